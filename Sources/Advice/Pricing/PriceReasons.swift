import Quantities

extension Price {
  /// Why the price speaks for the product, with the values used.
  func reasons(_ limits: SuitabilityLimits, _ client: ClientInputs) -> [Reason] {
    let code = amount.currency.code
    func reason(_ name: String, _ actual: String?, _ required: String?) -> Reason {
      Reason(
        tier: .suitability, code: name, state: .met, actual: actual, required: required,
        source: .catalogue)
    }
    switch figures {
    case .loan(let loan):
      var reasons = [reason("rate", Self.percent(loan.rate.rate), nil)]
      if let most = limits.maximumInstalment(in: amount.currency) {
        reasons.append(
          Reason(
            tier: .suitability, code: "affordability", state: .met,
            rule: NoPrice.rule, cell: "<= \(most.plainText)",
            actual: "\(loan.instalment.plainText) \(code)",
            required: "\(most.plainText) \(code)", source: client.income?.source))
      }
      reasons.append(
        reason(
          "cost.loan", "\(loan.totalCost.plainText) \(code)",
          Self.percent(loan.aprc ?? loan.rate.rate)))
      return reasons
    case .deposit(let deposit):
      let rate = Self.percent(deposit.rate.rate)
      return [
        deposit.rateMonths.map { reason("rate-at-first", rate, "\($0) months") }
          ?? deposit.meanRate.map { reason("rate-parts", Self.percent($0), nil) }
          ?? reason("rate", rate, nil),
        reason(
          "cost.deposit", "\(deposit.interest.plainText) \(code)",
          Self.percent(deposit.effectiveYield)),
      ]
    case .insurance(let premium):
      return [
        reason(
          "premium", "\(premium.total.plainText) \(code) a year",
          "\(amount.amount.plainText) \(code)")
      ]
    case .hedge(let hedge):
      return [
        reason(
          "hedge", "\(hedge.floor.plainText) \(code)", "\(hedge.cost.plainText) \(code)")
      ]
    }
  }

  /// A fraction as people read it: 0.0525 is "5.25 %".
  static func percent(_ fraction: Decimal128) -> String {
    "\((fraction * 100).rounded(scale: 2, .halfUp).plainText) %"
  }
}
