import Quantities
import Testing

@testable import Advice

@Suite("Rates, exchange rates and prices")
struct CatalogueRatesTests {
  private func band(_ type: RateType, _ rate: String, _ conditions: BandCondition...) -> RateBand {
    RateBand(type, CatalogueSamples.decimal(rate), conditions: conditions)
  }

  private func card(_ kind: ProductKind, _ charges: Charges) -> RateCard {
    var product = Product()
    product.kind = kind
    product.charges = charges
    return RateCard(product)
  }

  private func fit(_ rate: RateBand, _ situation: RateSituation) -> BandFit? {
    var charges = Charges()
    charges.rates = [rate]
    let card = card(.mortgage, charges)
    return card.rates.first.map { card.fit($0, in: situation) }
  }

  @Test("Bounds in different units hold together, and their ends are within")
  func boundsHoldTogether() {
    let rate = band(
      .fixed, "0.05", BandCondition(.amount, minimum: 1000, maximum: 5000),
      BandCondition(.months, minimum: 12, maximum: 12))
    for (amount, months, expected) in [
      (1000, 12, BandFit.holds), (5000, 12, .holds), (999, 12, .fails), (5001, 12, .fails),
      (1000, 11, .fails), (1000, 13, .fails),
    ] {
      let situation = RateSituation(amount: Decimal128(amount), months: months)
      #expect(fit(rate, situation) == expected, "\(amount) \(months)")
    }
    #expect(fit(rate, RateSituation(amount: 1000)) == .unknown([.months]))
    #expect(fit(rate, RateSituation()) == .unknown([.amount, .months]))
    #expect(fit(rate, RateSituation(amount: 1)) == .fails)
  }

  @Test("Bounds in one unit are brackets of which one must hold")
  func bracketsOfOneUnit() {
    let rate = band(
      .variable, "0.02", BandCondition(.amount, maximum: 100),
      BandCondition(.amount, minimum: 1000), BandCondition(.loanToValue, maximum: 80))
    for (amount, ratio, holds) in [
      (50, 80, true), (100, 80, true), (101, 80, false), (1000, 80, true), (50, 81, false),
    ] {
      let situation = RateSituation(amount: Decimal128(amount), loanToValue: Decimal128(ratio))
      #expect((fit(rate, situation) == .holds) == holds, "\(amount) \(ratio)")
    }
  }

  @Test("Deposits earn the highest standing rate and loans cost the lowest, first of equals")
  func choosesRates() {
    var charges = Charges()
    charges.rates = [
      band(.bonus, "0.09"), band(.fixed, "0.03", BandCondition(.months, minimum: 6)),
      band(.variable, "0.02"), band(.fixed, "0.03", BandCondition(.months, minimum: 3)),
      band(.introductory, "0.001"), band(.penalty, "0.2"),
    ]
    func best(_ kind: ProductKind, _ situation: RateSituation) -> Int? {
      card(kind, charges).best(in: situation)?.band
    }
    #expect(best(.termDeposit, RateSituation(months: 12)) == 1)
    #expect(best(.termDeposit, RateSituation(months: 4)) == 3)
    #expect(best(.termDeposit, RateSituation(months: 1)) == 2)
    #expect(best(.personalLoan, RateSituation(months: 12)) == 2)
    #expect(card(.termDeposit, charges).unknownUnits(in: RateSituation()).isEmpty)
    charges.rates.remove(at: 4)
    charges.rates.remove(at: 2)
    #expect(card(.termDeposit, charges).unknownUnits(in: RateSituation()) == [.months])
    #expect(best(.termDeposit, RateSituation()) == nil)
  }

  @Test("Repayment and occupancy tell rates apart where both are known")
  func repaymentAndOccupancy() {
    var rate = band(.variable, "0.04")
    rate.repayment = .interestOnly
    rate.occupancy = .investment
    #expect(fit(rate, RateSituation()) == .holds)
    #expect(fit(rate, RateSituation(repayment: .interestOnly, occupancy: .investment)) == .holds)
    #expect(fit(rate, RateSituation(repayment: .principalAndInterest)) != .holds)
    #expect(fit(rate, RateSituation(occupancy: .ownerOccupied)) != .holds)
  }

  @Test("A fee is its sum plus its share within bounds")
  func fees() {
    var fee = Fee("Arrangement", .upfront, amount: 10)
    fee.share = CatalogueSamples.decimal("0.01")
    fee.shareOf = .amount
    fee.minimum = 25
    fee.maximum = 300
    for (base, charge) in [(0, 35), (2500, 35), (10000, 110), (30000, 310), (900_000, 310)] {
      #expect(RateCard.Charge(fee)?.sum(on: Decimal128(base)) == Decimal128(charge), "\(base)")
    }
    var unstated = Fee()
    unstated.name = "Told in each case"
    #expect(RateCard.Charge(unstated) == nil)
  }

  @Test("Money converts through the priced currency and is rounded to the target's minor units")
  func converts() throws {
    let rates = try CatalogueSamples.load().exchangeRates
    let eur = try #require(Currency("EUR"))
    let jpy = try #require(Currency("JPY"))
    let kwd = try #require(Currency("KWD"))
    let day = CatalogueSamples.date("2024-01-02")
    #expect(rates.convert(Money(100, eur), to: jpy, on: day) == Money(15575, jpy))
    #expect(
      rates.convert(Money(15575, jpy), to: kwd, on: day)
        == Money(CatalogueSamples.decimal("33.670"), kwd))
    #expect(rates.convert(Money(7, kwd), to: kwd, on: day) == Money(7, kwd))
  }

  @Test("There is no rate before the first day, after the last has aged, or for other currencies")
  func noRate() throws {
    let text = #"""
      {"pricedCurrency":"EUR","goodForDays":10,"days":[
      {"date":"2026-01-02","rates":[{"currency":"USD","rate":1.1}]},
      {"date":"2026-01-09","rates":[{"currency":"USD","rate":1.2}]}]}
      """#
    let rates = try ExchangeRates(json: Array(text.utf8))
    let usd = try #require(Currency("USD"))
    let ron = try #require(Currency("RON"))
    for (day, rate) in [
      ("2026-01-01", nil), ("2026-01-02", "1.1"), ("2026-01-08", "1.1"), ("2026-01-09", "1.2"),
      ("2026-01-19", "1.2"), ("2026-01-20", nil),
    ] {
      let found = rates.rate(of: usd, on: CatalogueSamples.date(day))
      #expect(found == rate.map(CatalogueSamples.decimal), "\(day)")
    }
    let day = CatalogueSamples.date("2026-01-09")
    #expect(rates.convert(Money(1, ron), to: usd, on: day) == nil)
    #expect(rates.convert(Money(1, usd), to: ron, on: day) == nil)
    #expect(rates.convert(Money(1, ron), to: ron, on: day) == Money(1, ron))
  }

  @Test("Prices between two points are in proportion, and beyond them as at the last")
  func marketPoints() throws {
    let market = try CatalogueSamples.load().market
    let day = try #require(market.day(on: CatalogueSamples.day))
    let index = try #require(day.underlying("ESTX50"))
    let short = try #require(index.volatility(months: 1, strikePercent: 100))
    let long = try #require(index.volatility(months: 24, strikePercent: 100))
    #expect(index.volatility(months: 120, strikePercent: 100) == long)
    let middle = try #require(index.volatility(months: 2, strikePercent: 100))
    #expect(short < middle && middle < long)
    let low = try #require(index.volatility(months: 1, strikePercent: 90))
    #expect(low == short + index.skew)
    #expect(market.day(on: CatalogueSamples.date("2020-01-01")) == nil)
    #expect(day.underlying("NONE") == nil)
  }
}
