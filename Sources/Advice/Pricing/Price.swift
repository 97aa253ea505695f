import Calculation
package import JSON
package import Quantities

/// What a product would cost or earn for one need.
package struct Price: Sendable {
  /// The amount lent, placed, insured or protected, in the product's currency.
  package let amount: Money
  /// For how many months.
  package let months: Int
  /// The figures of the line.
  package let figures: Figures
  /// What it costs or earns a year, as a fraction of the amount.
  package let costRatio: Decimal128

  /// The figures of one line of products.
  package enum Figures: Sendable {
    case loan(LoanFigures)
    case deposit(DepositFigures)
    case insurance(PremiumFigures)
    case hedge(HedgeFigures)
  }
}

/// What a loan costs.
package struct LoanFigures: Sendable {
  package let rate: RateBand
  /// The instalment a month, rounded to the currency's minor unit.
  package let instalment: Decimal128
  package let totalInterest: Decimal128
  /// Fees that every client pays, over the whole term.
  package let fees: Decimal128
  /// Interest and fees.
  package let totalCost: Decimal128
  package let totalPayable: Decimal128
  /// The annual percentage rate of charge (Directive (EU) 2023/2225, annex III), as a fraction.
  package let aprc: Decimal128?
}

/// What a deposit earns.
package struct DepositFigures: Sendable {
  package let rate: RateBand
  /// What the amount earns on the whole, where each part of it has a rate of its own.
  package let meanRate: Decimal128?
  /// The first months that earn the rate, where it ends before the term.
  package let rateMonths: Int?
  package let interest: Decimal128
  package let fees: Decimal128
  package let maturityValue: Decimal128
  /// The effective yield a year, as a fraction.
  package let effectiveYield: Decimal128
}

/// What cover costs.
package struct PremiumFigures: Sendable {
  /// The yearly premium without tax.
  package let premium: Decimal128
  package let tax: Decimal128
  /// Premium and tax a year.
  package let total: Decimal128
  /// What the base was multiplied by, in order: the factor's name, the answer and the factor.
  package let factors: [PremiumFactor]
  package let base: Decimal128
  package let deductible: Decimal128?
}

/// One factor of a premium.
package struct PremiumFactor: Sendable {
  package let name: String
  package let answer: String
  package let factor: Decimal128
}

/// What a hedge costs and what it protects.
package struct HedgeFigures: Sendable {
  /// The market it is written on.
  package let market: String
  package let contracts: Int
  package let strike: Decimal128
  package let capStrike: Decimal128?
  package let cost: Decimal128
  package let costPercent: Decimal128
  /// What is left at worst: of a spread only what lies between its strikes, since below the lower
  /// one it pays no more.
  package let floor: Decimal128
  package let breakEven: Decimal128
  /// What the hedge does not cover, in words.
  package let residualRisk: ResidualRisk
}

/// What a product costs for one need, as far as ranking needs it; the shown figures follow from it.
package struct Quote: Sendable {
  /// The amount lent, placed, insured or protected, in the product's currency.
  package let amount: Money
  /// For how many months.
  package let months: Int
  /// Loans, insurance and hedges: what it costs a year as a fraction of the amount.
  ///
  /// Deposits: what it earns a year. The one figure that ranks products of a kind, taken from
  /// unrounded flows so that it rises with every rate and fee.
  package let costRatio: Decimal128
  let basis: Basis

  /// What the figures of each line follow from.
  enum Basis: Sendable {
    case loan(band: Int, fees: LoanFees, instalment: Decimal128)
    case deposit(DepositPlan, fees: Decimal128)
    indirect case insurance(PremiumFigures)
    indirect case hedge(HedgeFigures)
  }

  /// Digits after the point of a cost ratio.
  static let ratioScale = 12

  /// The cost ratio as the rules of the ranking read it, to a thousandth of a per cent a year, so
  /// that products of the same cost share their answer; of equal priorities the exact one decides.
  var rankedRatio: Decimal128 { costRatio.rounded(scale: Self.rankedScale, .halfEven) }

  private static let rankedScale = 5
}

/// Whether a product can be priced, and if not why.
enum Pricing {
  case quote(Quote)
  /// It cannot be sold on these terms, or something is missing.
  case none(NoPrice)
}

extension Price {
  /// Writes the figures as members of the object that has been begun, their keys in order.
  package func write(_ writer: inout JSONWriter, _ texts: Texts) {
    switch figures {
    case .loan(let loan): write(loan, &writer)
    case .deposit(let deposit): write(deposit, &writer)
    case .insurance(let premium): write(premium, &writer)
    case .hedge(let hedge): write(hedge, &writer, texts)
    }
  }

  private func write(_ loan: LoanFigures, _ writer: inout JSONWriter) {
    writer.member("amount", decimal: amount.amount)
    writer.member("aprc", decimal: loan.aprc)
    writer.member("currency", amount.currency.code)
    writer.member("fees", decimal: loan.fees)
    writer.member("instalment", decimal: loan.instalment)
    writer.member("rate", decimal: loan.rate.rate)
    writer.member("rateFixedMonths", loan.rate.fixedMonths)
    writer.member("rateType", loan.rate.type.rawValue)
    writer.member("termMonths", months)
    writer.member("totalCost", decimal: loan.totalCost)
    writer.member("totalInterest", decimal: loan.totalInterest)
    writer.member("totalPayable", decimal: loan.totalPayable)
  }

  private func write(_ deposit: DepositFigures, _ writer: inout JSONWriter) {
    writer.member("amount", decimal: amount.amount)
    writer.member("currency", amount.currency.code)
    writer.member("effectiveYield", decimal: deposit.effectiveYield)
    writer.member("fees", decimal: deposit.fees)
    writer.member("interest", decimal: deposit.interest)
    writer.member("maturityValue", decimal: deposit.maturityValue)
    writer.member("rate", decimal: deposit.rate.rate)
    writer.member("rateMonths", deposit.rateMonths)
    writer.member("rateType", deposit.rate.type.rawValue)
    writer.member("termMonths", months)
  }

  private func write(_ premium: PremiumFigures, _ writer: inout JSONWriter) {
    writer.member("amount", decimal: amount.amount)
    writer.member("base", decimal: premium.base)
    writer.member("currency", amount.currency.code)
    writer.member("deductible", decimal: premium.deductible)
    writer.array(
      "factors",
      { writer in
        for factor in premium.factors {
          writer.object { writer in
            writer.member("answer", factor.answer)
            writer.member("factor", decimal: factor.factor)
            writer.member("name", factor.name)
          }
        }
      })
    writer.member("premium", decimal: premium.premium)
    writer.member("sumInsured", decimal: amount.amount)
    writer.member("tax", decimal: premium.tax)
    writer.member("termMonths", months)
    writer.member("totalPremium", decimal: premium.total)
  }

  private func write(
    _ hedge: HedgeFigures, _ writer: inout JSONWriter, _ texts: Texts
  ) {
    writer.member("amount", decimal: amount.amount)
    writer.member("breakEven", decimal: hedge.breakEven)
    writer.member("capStrike", decimal: hedge.capStrike)
    writer.member("contracts", hedge.contracts)
    writer.member("cost", decimal: hedge.cost)
    writer.member("costPercent", decimal: hedge.costPercent)
    writer.member("currency", amount.currency.code)
    writer.member("floor", decimal: hedge.floor)
    writer.member("market", hedge.market)
    writer.member("residualRisk", hedge.residualRisk.sentence(texts))
    writer.member("strike", decimal: hedge.strike)
    writer.member("termMonths", months)
  }
}
