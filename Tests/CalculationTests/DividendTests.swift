import Testing

@testable import Calculation

@Suite("Options on assets with known dividends")
struct DividendTests {
  /// An option with what a finite-difference engine gives for it (QuantLib 1.44,
  /// FdBlackScholesVanillaEngine, escrowed dividends, 2,000 × 4,000 points).
  struct Case: Sendable {
    let kind: OptionKind
    let spot: Double
    let strike: Double
    let days: Double
    let rate: Double
    let yield: Double
    let volatility: Double
    let dividends: [(day: Double, amount: Double)]
    let price: Double
    let delta: Double

    var terms: OptionTerms {
      OptionTerms(
        kind: kind, spot: spot, strike: strike, years: days / 365, rate: rate,
        dividendYield: yield, volatility: volatility)
    }

    var paid: [DiscreteDividend] {
      dividends.map { DiscreteDividend(years: $0.day / 365, amount: $0.amount) }
    }
  }

  static let cases = [
    Case(
      kind: .call, spot: 100, strike: 95, days: 365, rate: 0.05, yield: 0, volatility: 0.25,
      dividends: [(90, 3), (270, 3)], price: 11.656_648, delta: 0.642_382),
    Case(
      kind: .put, spot: 100, strike: 105, days: 365, rate: 0.05, yield: 0, volatility: 0.25,
      dividends: [(90, 3), (270, 3)], price: 13.327_259, delta: -0.567_319),
    Case(
      kind: .call, spot: 40, strike: 40, days: 182, rate: 0.09, yield: 0, volatility: 0.3,
      dividends: [(61, 0.5), (152, 0.5)], price: 3.712_075, delta: 0.587_844),
    Case(
      kind: .put, spot: 50, strike: 55, days: 730, rate: 0.03, yield: 0, volatility: 0.4,
      dividends: [(180, 1), (365, 1), (545, 1)], price: 13.840_703, delta: -0.466_580),
    Case(
      kind: .call, spot: 100, strike: 80, days: 180, rate: 0.02, yield: 0, volatility: 0.2,
      dividends: [(170, 6)], price: 20.893_312, delta: 0.970_849),
    Case(
      kind: .call, spot: 100, strike: 100, days: 365, rate: 0.08, yield: 0, volatility: 0.15,
      dividends: [(5, 1)], price: 9.673_107, delta: 0.705_886),
    Case(
      kind: .put, spot: 100, strike: 110, days: 365, rate: 0.08, yield: 0, volatility: 0.15,
      dividends: [(300, 8)], price: 12.345_635, delta: -0.748_276),
  ]

  @Test("the American price and delta are those of finite differences", arguments: cases.indices)
  func finiteDifferences(index: Int) throws {
    let one = Self.cases[index]
    let option = try AmericanOption(one.terms, dividends: one.paid)
    #expect(abs(option.price - one.price) < 2e-5 * one.spot, "\(option)")
    #expect(abs(option.delta - one.delta) < 1e-3, "\(option)")
    #expect(option.errorEstimate < 1e-4 * one.spot, "\(option)")
    let european = try EuropeanOption(one.terms, dividends: one.paid)
    #expect(option.price >= european.price)
    #expect(option.price >= one.terms.intrinsic)
  }

  @Test("no dividend before expiry changes nothing, and time that has run out leaves exercise")
  func without() throws {
    let terms = Self.cases[1].terms
    let late = [DiscreteDividend(years: 2, amount: 5), DiscreteDividend(years: 0.5, amount: 0)]
    #expect(try AmericanOption(terms, dividends: late) == AmericanOption(terms))
    var over = terms
    over.years = 0
    let paidNow = [DiscreteDividend(years: 0, amount: 2)]
    #expect(try AmericanOption(over, dividends: paidNow).price == 5)
  }

  @Test("a call is worth more before a dividend than without the right to exercise")
  func beforePayment() throws {
    let one = Self.cases[4]
    let european = try EuropeanOption(one.terms, dividends: one.paid).price
    let american = try AmericanOption(one.terms, dividends: one.paid).price
    #expect(american > european + 4)
  }

  @Test("dividends that are worth more than the asset are refused by name")
  func refused() {
    let terms = Self.cases[0].terms
    let bad = [
      [DiscreteDividend(years: 0.1, amount: 101)], [DiscreteDividend(years: -1, amount: 1)],
      [DiscreteDividend(years: 0.1, amount: .nan)],
    ]
    for dividends in bad {
      #expect(
        refusal { _ = try AmericanOption(terms, dividends: dividends) } == "dividends outOfRange")
    }
    let many = Array(
      repeating: DiscreteDividend(years: 0.1, amount: 0), count: CalculationLimits.entries + 1)
    #expect(refusal { _ = try AmericanOption(terms, dividends: many) } == "dividends tooMany")
  }

  @Test("no volatility and volatility that is hardly any agree")
  func certain() throws {
    for kind in OptionKind.allCases {
      var terms = Self.cases[0].terms
      terms.kind = kind
      let paid = Self.cases[0].paid
      terms.volatility = 0
      let none = try AmericanOption(terms, dividends: paid).price
      terms.volatility = 1e-4
      #expect(abs(none - (try AmericanOption(terms, dividends: paid).price)) < 0.05)
      #expect(none >= terms.intrinsic)
    }
  }
}
