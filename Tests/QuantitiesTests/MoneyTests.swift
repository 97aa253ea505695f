import Quantities
import Testing

/// A currency that a test knows to be in the list.
func currency(_ code: String) throws -> Currency { try #require(Currency(code)) }

@Suite struct CurrencyTests {
  @Test("The list is sorted and has no code and no number twice")
  func list() {
    let codes = Currency.all.map(\.code)
    #expect(codes.count == 176)
    #expect(codes == codes.sorted())
    #expect(Set(codes).count == codes.count)
    #expect(Set(Currency.all.map(\.numericCode)).count == codes.count)
    for currency in Currency.all {
      #expect(Currency(currency.code) == currency)
      #expect(Currency(numericCode: currency.numericCode) == currency)
      #expect((0...4).contains(currency.minorUnits))
      #expect(currency.code.utf8.count == 3)
    }
  }

  @Test(
    "Minor units are those of ISO 4217",
    arguments: [
      ("EUR", 978, 2), ("USD", 840, 2), ("JPY", 392, 0), ("KRW", 410, 0), ("KWD", 414, 3),
      ("BHD", 48, 3), ("TND", 788, 3), ("CLF", 990, 4), ("UYW", 927, 4), ("CLP", 152, 0),
      ("RUB", 643, 2), ("XCG", 532, 2), ("ZWG", 924, 2), ("SLE", 925, 2), ("XAU", 959, 0),
    ])
  func minorUnits(code: String, number: Int, units: Int) throws {
    let currency = try currency(code)
    #expect(currency.numericCode == number)
    #expect(currency.minorUnits == units)
    #expect(currency.hasMinorUnits == (code != "XAU"))
  }

  @Test(
    "Three digits after the point are for seven currencies, none for sixteen and a unit of account")
  func groups() {
    let byUnits = Dictionary(grouping: Currency.all.filter(\.hasMinorUnits), by: \.minorUnits)
      .mapValues { $0.map(\.code) }
    #expect(byUnits[3] == ["BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"])
    #expect(byUnits[4] == ["CLF", "UYW"])
    #expect(
      byUnits[0] == [
        "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND",
        "VUV", "XAF", "XOF", "XPF",
      ])
    #expect(byUnits[1] == nil)
  }

  @Test(
    "Other codes are no currency",
    arguments: [
      "", "EU", "EURO", "eur", "Eur", "XXX", "XTS", "DEM", "HRK", "BGN", "ANG", "€", "E R",
    ])
  func refusal(code: String) {
    #expect(Currency(code) == nil)
  }
}

@Suite struct MoneyTests {
  @Test(
    "Amounts are rounded to the smallest unit of their currency",
    arguments: [
      ("1234.505", "EUR", Rounding.halfUp, "1234.51 EUR"),
      ("1234.505", "EUR", .halfEven, "1234.50 EUR"),
      ("-0.005", "EUR", .halfUp, "-0.01 EUR"), ("99.5", "JPY", .halfUp, "100 JPY"),
      ("1.0005", "KWD", .halfUp, "1.001 KWD"), ("1", "KWD", .halfUp, "1.000 KWD"),
      ("0.00005", "CLF", .up, "0.0001 CLF"), ("1.23456", "XAU", .halfUp, "1.23456 XAU"),
    ])
  func rounding(amount: String, code: String, rule: Rounding, text: String) throws {
    let money = Money(number(amount), try currency(code))
    #expect(money.rounded(rule).description == text)
  }

  @Test("An amount is written with the digits of its currency, and none is hidden")
  func description() throws {
    let euro = try currency("EUR")
    #expect(Money(number("1234.5"), euro).description == "1234.50 EUR")
    #expect(Money(number("0.125"), euro).description == "0.125 EUR")
    #expect(Money(number("1E+3"), euro).description == "1000.00 EUR")
    #expect(Money(minorUnits: -5, euro).description == "-0.05 EUR")
    #expect(Money(minorUnits: 5, try currency("JPY")).description == "5 JPY")
    #expect(Money.zero(euro).description == "0.00 EUR")
  }

  @Test("Amounts of one currency are added, of two they are not")
  func adding() throws {
    let (euro, yen) = (try currency("EUR"), try currency("JPY"))
    let cent = Money(minorUnits: 1, euro)
    #expect(cent.adding(Money(minorUnits: 2, euro)) == Money(minorUnits: 3, euro))
    #expect(cent.subtracting(Money(minorUnits: 2, euro)) == Money(minorUnits: -1, euro))
    #expect(cent.adding(Money(minorUnits: 1, yen)) == nil)
    #expect(cent.subtracting(Money(minorUnits: 1, yen)) == nil)
    #expect(cent.isLess(than: Money(minorUnits: 2, euro)) == true)
    #expect(cent.isLess(than: Money(minorUnits: 2, yen)) == nil)
    #expect(Money.sum([cent, cent, cent], in: euro) == Money(minorUnits: 3, euro))
    #expect(Money.sum([cent], in: yen) == nil)
    #expect(Money.sum([], in: yen) == .zero(yen))
  }

  @Test("Amounts are rounded to steps that are no power of ten")
  func steps() throws {
    let franc = try currency("CHF")
    let step = number("0.05")
    #expect(Money(number("1.024"), franc).rounded(toMultipleOf: step)?.description == "1.00 CHF")
    #expect(Money(number("1.025"), franc).rounded(toMultipleOf: step)?.description == "1.05 CHF")
    #expect(Money(number("-1.025"), franc).rounded(toMultipleOf: step)?.description == "-1.05 CHF")
    #expect(
      Money(number("1.01"), franc).rounded(toMultipleOf: 10, .up)?.description == "10.00 CHF")
    #expect(Money(number("1.01"), franc).rounded(toMultipleOf: 0) == nil)
  }

  @Test("Smallest units come out where the amount is a whole number of them")
  func minorUnits() throws {
    let euro = try currency("EUR")
    #expect(Money(number("12.34"), euro).minorUnits == 1234)
    #expect(Money(number("-12.3"), euro).minorUnits == -1230)
    #expect(Money(number("0.001"), euro).minorUnits == nil)
    #expect(Money(number("1E+40"), euro).minorUnits == nil)
    #expect(Money(.nan, euro).minorUnits == nil)
    #expect(Money(number("1"), try currency("XAU")).minorUnits == nil)
  }

  @Test("Factors keep the currency")
  func factors() throws {
    let euro = try currency("EUR")
    #expect((Money(100, euro) * number("0.055")).description == "5.500 EUR")
    #expect((Money(100, euro) / 3).rounded().description == "33.33 EUR")
    #expect((-Money(100, euro)).amount == -100)
  }

  @Test("Rates are fractions and per cent")
  func rates() {
    let rate = Rate(percent: number("5.25"))
    #expect(rate.perAnnum == number("0.0525"))
    #expect(rate.percent == number("5.25"))
    #expect(rate.description == "5.25 %")
    #expect(Rate(perAnnum: 1).description == "100 %")
    #expect(rate.nominal(periodsPerYear: 12) == number("0.004375"))
    #expect(rate < Rate(percent: 6))
    #expect(rate + Rate(percent: 1) == Rate(percent: number("6.25")))
    #expect(rate - rate == .zero)
    #expect(-rate < .zero)
  }
}
