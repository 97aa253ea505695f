import Calculation
import JSON
import Quantities

extension Price {
  /// What the law wants shown beside this offer, in order: of a loan the figures of Directive
  /// 2008/48/EC, Annex II; of a deposit its rate and yield; of cover the premium and its tax
  /// (Directive (EU) 2016/97, article 20); of a hedge its cost (Directive 2014/65/EU, article 24(4))
  /// and what it leaves open.
  func disclosures(_ texts: Texts) -> [Disclosure] {
    switch figures {
    case .loan(let loan):
      [
        Disclosure(.totalAmountOfCredit, .money(amount.amount)),
        Disclosure(.durationMonths, .count(months)),
        Disclosure(.borrowingRate, .percent(percent(loan.rate.rate))),
      ]
        + (loan.aprc.map { [Disclosure(.annualPercentageRateOfCharge, .percent(percent($0)))] }
          ?? []) + [
          Disclosure(.instalment, .money(loan.instalment)),
          Disclosure(.numberOfInstalments, .count(months)),
          Disclosure(.totalAmountPayable, .money(loan.totalPayable)),
          Disclosure(.totalCostOfCredit, .money(loan.totalCost)),
        ]
    case .deposit(let deposit):
      [
        Disclosure(.interestRate, .percent(percent(deposit.rate.rate))),
        Disclosure(.effectiveAnnualRate, .percent(percent(deposit.effectiveYield))),
        Disclosure(.interest, .money(deposit.interest)),
        Disclosure(.maturityValue, .money(deposit.maturityValue)),
        Disclosure(.durationMonths, .count(months)),
      ]
    case .insurance(let premium):
      [
        Disclosure(.premium, .money(premium.premium)),
        Disclosure(.premiumTax, .money(premium.tax)),
        Disclosure(.premiumTotal, .money(premium.total)),
        Disclosure(.demandsAndNeeds, .text(texts.sentence("disclosure.demandsAndNeeds"))),
      ]
    case .hedge(let hedge):
      [
        Disclosure(.costMoney, .money(hedge.cost)),
        Disclosure(.costPercent, .percent(hedge.costPercent)),
        Disclosure(.residualRisk, .text(hedge.residualRisk.sentence(texts))),
        Disclosure(.appropriateness, .text(texts.sentence("disclosure.appropriateness"))),
      ]
    }
  }

  private func percent(_ part: Decimal128) -> Decimal128 { (part * 100).normalized }
}

extension Disclosure {
  /// Writes the figure as calculators do.
  func write(_ writer: inout JSONWriter) {
    switch value {
    case .money(let amount): write("money", &writer) { $0.member("value", decimal: amount) }
    case .percent(let rate): write("percent", &writer) { $0.member("value", decimal: rate) }
    case .count(let count): write("count", &writer) { $0.member("value", count) }
    case .date(let day): write("date", &writer) { $0.member("value", day.description) }
    case .text(let text): write("text", &writer) { $0.member("value", text) }
    }
  }

  private func write(
    _ kind: String, _ writer: inout JSONWriter, _ value: (inout JSONWriter) -> Void
  ) {
    writer.member("kind", kind)
    writer.member("name", key.rawValue)
    value(&writer)
  }
}
