import Advice
import JSON
import Quantities

extension JSONWriter {
  /// The figures of a price, as an outcome has them.
  mutating func price(_ price: Price, _ texts: Texts) {
    member("amount", decimal: price.amount.amount)
    member("currency", price.amount.currency.code)
    member("termMonths", price.months)
    switch price.figures {
    case .loan(let loan):
      member("rate", decimal: loan.rate.rate)
      member("rateType", loan.rate.type.rawValue)
      member("rateFixedMonths", loan.rate.fixedMonths)
      member("instalment", decimal: loan.instalment)
      member("aprc", decimal: loan.aprc)
      member("fees", decimal: loan.fees)
      member("totalInterest", decimal: loan.totalInterest)
      member("totalCost", decimal: loan.totalCost)
      member("totalPayable", decimal: loan.totalPayable)
    case .deposit(let deposit):
      member("rate", decimal: deposit.rate.rate)
      member("rateType", deposit.rate.type.rawValue)
      member("rateMonths", deposit.rateMonths)
      member("interest", decimal: deposit.interest)
      member("fees", decimal: deposit.fees)
      member("effectiveYield", decimal: deposit.effectiveYield)
      member("maturityValue", decimal: deposit.maturityValue)
    case .insurance(let premium):
      member("premium", decimal: premium.premium)
      member("tax", decimal: premium.tax)
      member("totalPremium", decimal: premium.total)
      member("base", decimal: premium.base)
      member("deductible", decimal: premium.deductible)
    case .hedge(let hedge):
      member("market", hedge.market)
      member("contracts", hedge.contracts)
      member("strike", decimal: hedge.strike)
      member("capStrike", decimal: hedge.capStrike)
      member("cost", decimal: hedge.cost)
      member("costPercent", decimal: hedge.costPercent)
      member("floor", decimal: hedge.floor)
      member("breakEven", decimal: hedge.breakEven)
      member("residualRisk", hedge.residualRisk.sentence(texts))
    }
  }
}
