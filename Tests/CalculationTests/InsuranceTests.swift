import Calculation
import Quantities
import Testing

@Suite("Insurance")
struct InsuranceTests {
  @Test("a premium recomputes from its breakdown to the cent")
  func breakdown() throws {
    let premium = try FactorPremium(
      base: 4_118,
      factors: [
        TariffFactor("territory", value: "Kazan", factor: decimal("1.8")),
        TariffFactor("bonus-malus", value: "class 7", factor: decimal("0.78")),
        TariffFactor("power", value: "101-120", factor: decimal("1.2")),
      ])
    var again = premium.base
    for step in premium.steps {
      again *= step.factor.factor
      #expect(again == step.after)
    }
    #expect(again.rounded(scale: 2, .halfUp) == premium.premium)
    #expect(premium.premium == decimal("6938.01"))
  }

  @Test("the tariff's bounds hold")
  func bounds() throws {
    let low = try FactorPremium(
      base: 100, factors: [TariffFactor("f", factor: decimal("0.1"))], least: 25)
    #expect(low.premium == 25)
    let high = try FactorPremium(
      base: 100, factors: [TariffFactor("f", factor: 10)], greatest: 500)
    #expect(high.premium == 500)
  }

  @Test("instalments sum to the premium and its surcharge", arguments: 1...13)
  func instalments(count: Int) throws {
    let paid = try PremiumInstalments(
      premium: decimal("1000.01"), count: count, surcharge: decimal("0.03"))
    #expect(paid.amounts.reduce(.zero, +) == paid.total)
    #expect(paid.total == decimal("1030.01"))
    #expect(paid.amounts.count == count)
  }

  @Test("refund and earned premium sum to the premium on every day and by every method")
  func refunds() throws {
    let start = date("2026-01-31")
    let end = date("2027-01-31")
    let methods: [RefundMethod] = [
      .proRata, .shortRate(penalty: decimal("0.1")), .proRataLessFee(25), .startedMonths,
    ]
    for day in 0...365 {
      for method in methods {
        let refund = try CancellationRefund(
          premium: decimal("777.77"), start: start, end: end, cancelled: start.adding(days: day),
          method: method)
        #expect(refund.refund + refund.earned == decimal("777.77"))
        #expect(refund.refund >= 0)
        if day == 365 { #expect(refund.refund == 0) }
      }
    }
    let first = try CancellationRefund(
      premium: 1_200, start: start, end: end, cancelled: start, method: .startedMonths)
    #expect(first.refund == 1_200)
    let month = try CancellationRefund(
      premium: 1_200, start: start, end: end, cancelled: date("2026-02-28"),
      method: .startedMonths)
    #expect(month.refund == 1_100)
  }

  @Test("a claim is paid step by step in the stated order")
  func claims() throws {
    let terms = ClaimTerms(
      deductible: .ordinary(500), insurerShare: decimal("0.8"), limit: 5_000, aggregateLeft: 3_000)
    let claim = try ClaimPayment(loss: 10_500, terms: terms)
    #expect(claim.stages.map(\.after) == [10_000, 8_000, 5_000, 3_000])
    #expect(claim.payment == 3_000)
    #expect(claim.retained == 7_500)
    var other = terms
    other.order = [.limit, .deductible, .insurerShare]
    #expect(try ClaimPayment(loss: 10_500, terms: other).payment == 3_600)
    let franchise = ClaimTerms(deductible: .franchise(500))
    #expect(try ClaimPayment(loss: 500, terms: franchise).payment == 0)
    #expect(
      try ClaimPayment(loss: decimal("500.01"), terms: franchise).payment == decimal("500.01"))
    other.order = [.limit, .limit]
    #expect(refusal { _ = try ClaimPayment(loss: 1, terms: other) } == "order order")
  }

  @Test("under-insurance reduces every loss in proportion")
  func coinsurance() throws {
    let claim = try CoinsuranceClaim(
      propertyValue: 250_000, coinsurance: decimal("0.8"), limit: 100_000, loss: 60_000,
      deductible: 250)
    #expect(claim.requiredLimit == 200_000)
    #expect(claim.isUnderinsured)
    #expect(claim.payment == 29_750)
  }

  @Test("bonus-malus classes stay on their scale")
  func bonusMalus() throws {
    let rules = try BonusMalusPath.Rules(
      entryClass: 11, bonusStep: -1, malusPerClaim: 3, lowest: 1, highest: 19)
    let path = try BonusMalusPath(rules: rules, claimsByYear: [0, 5, 0])
    #expect(path.classes == [10, 19, 18])
    #expect(try BonusMalusScale.kosovo.coefficient(of: "18") == decimal("2.25"))
    #expect(
      refusal { _ = try BonusMalusScale.russia2022.coefficient(of: "14") } == "class outOfRange")
    for scale in BonusMalusScale.known {
      #expect(Set(scale.classes.map(\.name)).count == scale.classes.count)
      #expect(!scale.source.isEmpty)
    }
  }

  @Test("an endowment is a term insurance and a pure endowment, and premiums balance benefits")
  func life() throws {
    let table = try MortalityTable(
      makehamA: decimal("0.00022"), b: decimal("0.0000027"), c: decimal("1.124"))
    func contract(_ product: LifeProduct, _ term: Int?) throws -> LifeContract {
      try LifeContract(
        mortality: table, age: 40, term: term, interest: decimal("0.03"), product: product,
        benefit: 100_000)
    }
    let endowment = try contract(.endowment, 20)
    let parts =
      try contract(.term, 20).netSinglePremium
      + contract(.pureEndowment, 20).netSinglePremium
    #expect((endowment.netSinglePremium - parts).magnitude < decimal("1e-20"))
    // A = 1 − d·ä (Bowers 5.2.16) for an endowment and for whole life.
    let discount = decimal("0.03") / decimal("1.03")
    for one in [endowment, try contract(.wholeLife, nil)] {
      #expect((one.unitValue - (1 - discount * one.annuityDue)).magnitude < decimal("1e-20"))
    }
    let reserves = try LifeContract.reserves(
      mortality: table, age: 40, term: 20, interest: decimal("0.03"), product: .endowment,
      benefit: 100_000)
    #expect(reserves.count == 21)
    #expect(reserves[0].magnitude < decimal("1e-20"))
    #expect(reserves[20] == 100_000)
    #expect(zip(reserves, reserves.dropFirst()).allSatisfy { $0 < $1 })
  }

  @Test("gross premiums carry the expenses, and impossible ones are refused")
  func gross() throws {
    let table = try MortalityTable(
      firstAge: 30, deathRates: Array(repeating: decimal("0.01"), count: 40))
    let contract = try LifeContract(
      mortality: table, age: 30, term: 10, interest: decimal("0.02"), product: .term,
      benefit: 50_000)
    let gross = try contract.grossAnnualPremium(
      LifeExpenses(firstYear: decimal("0.5"), renewal: decimal("0.05"), fixedEachYear: 10))
    #expect(gross > contract.netAnnualPremium)
    #expect(
      refusal { _ = try contract.grossAnnualPremium(LifeExpenses(firstYear: 50)) }
        == "expenses noSolution")
    #expect(
      refusal {
        _ = try LifeContract(
          mortality: table, age: 90, term: 10, interest: 0, product: .term, benefit: 1)
      } == "age outOfRange")
    #expect(
      refusal {
        _ = try LifeContract(
          mortality: table, age: 30, term: nil, interest: 0, product: .term, benefit: 1)
      } == "term missing")
  }

  @Test("every scale and law of the data files is complete and says where it is laid down")
  func dataFiles() throws {
    #expect(BonusMalusScale.known.map(\.classes.count) == [15, 15, 23, 19])
    for scale in BonusMalusScale.known {
      #expect(!scale.name.isEmpty && !scale.source.isEmpty)
      #expect(Set(scale.classes.map(\.name)).count == scale.classes.count)
      #expect(scale.classes.allSatisfy { $0.coefficient.isFinite && $0.coefficient > 0 })
    }
    #expect(try BonusMalusScale.russia2022.coefficient(of: "M") == decimal("3.92"))
    for table in [MortalityTable.standardUltimate, .illustrative] {
      #expect(table.lastAge > 100)
      #expect(table.survival(at: 30) > decimal("0.99"))
    }
  }

  @Test("a premium quote shows premium, tax, fees and the total")
  func premiumQuote() throws {
    let tariff = try FactorPremium(base: 300, factors: [])
    let quote = try PremiumQuote(
      tariff, taxRate: decimal("0.19"), fees: 5, instalments: 4, surcharge: decimal("0.05"))
    #expect(quote.total == 362)
    #expect(quote.instalments.amounts.reduce(.zero, +) == decimal("380.10"))
    let keys = quote.disclosures.map(\.key)
    #expect(keys.prefix(4) == [.premium, .premiumTax, .premiumFees, .premiumTotal])
    #expect(keys.contains(.demandsAndNeeds))
    #expect(keys.count { $0 == .informationDocument } == 9)
  }
}
