import JSON
import Quantities
import Testing

@testable import Advice

@Suite("The order of what fits a visitor")
struct MatchTests {
  private static let euro = Currency("EUR") ?? .undecided

  private static func decimal(_ text: String) -> Decimal128 { Decimal128(text) ?? .nan }

  private static func deposit(
    _ id: String, _ rate: String, fee: Decimal128? = nil, floor: Decimal128? = nil
  ) -> Product {
    var product = Product()
    product.id = ProductID(id) ?? product.id
    product.name = id
    product.kind = .termDeposit
    product.currency = euro
    product.audience = .everyone
    var band = RateBand(
      .fixed, decimal(rate), conditions: [BandCondition(.months, minimum: 12, maximum: 12)])
    if let floor {
      band.conditions.append(BandCondition(.amount, minimum: floor))
      band.application = .perTier
    }
    product.charges.rates = [band]
    if let fee {
      var charge = Fee()
      charge.name = "Keeping"
      charge.occasion = .periodic
      charge.everyMonths = 1
      charge.amount = fee
      charge.isPartOfPrice = true
      product.charges.fees = [charge]
    }
    return product
  }

  private static func adviser(_ products: [Product]) throws -> Adviser {
    let own = try Sample.catalogue()
    let catalogue = try Catalogue(
      edition: "test", asOf: Sample.date, products: products.sorted { $0.id < $1.id },
      exchangeRates: own.exchangeRates, market: own.market)
    return try Adviser(catalogue: catalogue, rules: Sample.rules())
  }

  private static func ids(_ adviser: Adviser, order: String? = nil) throws -> [String] {
    let tail = order.map { #","order":"\#($0)""# } ?? ""
    let json =
      #"{"kinds":["termDeposit"],"amount":"10000","currency":"EUR","termMonths":12\#(tail)}"#
    let query = try decodeJSON(Array(json.utf8)) { MatchQuery(reading: $0) }
    return adviser.match(query, on: Sample.date).fits.map(\.product.id.description)
  }

  @Test("Term deposits stand by their stated rate, equal ones by brand and then by product id")
  func byRate() throws {
    let adviser = try Self.adviser([
      Self.deposit("b/2", "0.04"), Self.deposit("a-x/1", "0.05"), Self.deposit("a/2", "0.05"),
      Self.deposit("a/1", "0.051", fee: 5), Self.deposit("c/1", "0.05", floor: 1_000),
    ])
    let byRate = ["a/1", "a/2", "a-x/1", "c/1", "b/2"]
    #expect(try Self.ids(adviser) == byRate)
    #expect(try Self.ids(adviser, order: "rate") == byRate)
  }

  @Test("By cost, the fees that every client pays count")
  func byCost() throws {
    let adviser = try Self.adviser([
      Self.deposit("a/1", "0.051", fee: 5), Self.deposit("b/1", "0.05"),
    ])
    #expect(try Self.ids(adviser, order: "cost") == ["b/1", "a/1"])
    #expect(try Self.ids(adviser) == ["a/1", "b/1"])
  }

  @Test("A floor without a rate below it takes nothing from what the whole amount earns")
  func floor() {
    let product = Self.deposit("a/1", "0.05", floor: 1_000)
    #expect(product.interest(on: 10_000, DepositPlan(band: 0), months: 12) == 500)
  }

  @Test("Brackets of one term earn each their own rate, and those of another term nothing")
  func brackets() {
    var product = Self.deposit("a/1", "0.01", floor: 0)
    product.charges.rates[0].conditions[1].bounds.maximum = 1_000
    var upper = product.charges.rates[0]
    upper.rate = Self.decimal("0.02")
    upper.conditions[1].bounds = Bounds(minimum: Self.decimal("1000.01"), maximum: 5_000)
    var other = product.charges.rates[0]
    other.rate = Self.decimal("0.09")
    other.conditions[0] = BandCondition(.months, minimum: 24, maximum: 24)
    product.charges.rates += [upper, other]
    let interest = product.interest(on: 3_000, DepositPlan(band: 1), months: 12)
    #expect(interest.rounded(scale: 20, .halfEven) == 50)
    #expect(product.interest(on: 600, DepositPlan(band: 0), months: 12) == 6)
  }

  @Test("A business is not asked how old it is, and a person is")
  func ages() throws {
    var product = Self.deposit("a/1", "0.05")
    product.terms.age = IntegerBounds(minimum: 18)
    let adviser = try Self.adviser([product])
    let goal = try Sample.goal(
      #"{"kind":"save","amount":"5000","currency":"EUR","termMonths":12}"#)
    var facts = Facts(homeCurrency: Self.euro)
    facts.profile.customerKind = .business
    #expect(adviser.consult(facts, for: goal, on: Sample.date).counts.offered == 1)
    facts.profile.customerKind = .person
    let person = adviser.consult(facts, for: goal, on: Sample.date)
    #expect(person.counts.undecided == 1)
    #expect(person.exclusions(from: 0, limit: 1).first?.reasons.first?.question == "birth-date")
  }

  @Test("A rate of the first months is followed by the one that lasts")
  func introductory() throws {
    func account(_ id: String, _ first: String?, _ months: Int, _ lasting: String?) -> Product {
      var product = Self.deposit(id, "0")
      product.kind = .savingsAccount
      var rates: [RateBand] = []
      if let first {
        var band = RateBand(.introductory, Self.decimal(first))
        band.fixedMonths = months
        rates.append(band)
      }
      if let lasting { rates.append(RateBand(.variable, Self.decimal(lasting))) }
      product.charges.rates = rates
      return product
    }
    let adviser = try Self.adviser([
      account("a/1", "0.06", 4, "0.02"), account("b/1", nil, 0, "0.04"),
      account("c/1", "0.06", 4, nil), account("d/1", "0.06", 12, "0.01"),
      account("e/1", "0.05", 4, "0.05"),
    ])
    let json =
      #"{"kinds":["savingsAccount"],"amount":"12000","currency":"EUR","termMonths":12}"#
    let query = try decodeJSON(Array(json.utf8)) { MatchQuery(reading: $0) }
    let fits = adviser.match(query, on: Sample.date).fits
    let interest = fits.map { fit -> String in
      guard case .deposit(let figures) = fit.price?.figures else { return "" }
      let months = figures.rateMonths.map { " \($0)" } ?? ""
      return "\(fit.product.id) \(figures.interest.plainText)\(months)"
    }
    // a: 240 of the first four months and 160 of the others; c: nothing is counted on after four.
    #expect(
      interest == ["d/1 720.00", "e/1 600.00", "b/1 480.00", "a/1 400.00 4", "c/1 240.00 4"],
      "\(interest)")
  }

  @Test("The pages of a kept split are those of one made anew, and each day has its own")
  func pages() throws {
    let used = try Sample.adviser()
    let query = try decodeJSON(
      Array(#"{"line":"loan","amount":"9000","currency":"EUR","termMonths":36,"age":35}"#.utf8)
    ) { MatchQuery(reading: $0) }
    var (fits, misses) = ([String](), [String]())
    for from in stride(from: 0, to: used.products.count, by: 7) {
      var page = query
      (page.from, page.othersFrom, page.limit) = (from, from, 7)
      let found = used.match(page, on: Sample.date)
      fits += found.fits.map { "\($0.product.id) \($0.price.map { "\($0)" } ?? "")" }
      misses += found.misses.map { "\($0.product.id) \($0.reasons)" }
    }
    var whole = query
    whole.limit = used.products.count
    let anew = try Adviser(catalogue: Sample.catalogue(), rules: Sample.rules())
      .match(whole, on: Sample.date)
    #expect(fits == anew.fits.map { "\($0.product.id) \($0.price.map { "\($0)" } ?? "")" })
    #expect(misses.count == anew.missCount && fits.count == anew.fitCount)
    #expect(misses.map { $0.prefix { $0 != " " } } == anew.misses.map { "\($0.product.id)"[...] })
    let early = CalendarDate(year: 1999, month: 1, day: 1) ?? Sample.date
    #expect(used.match(query, on: early).fitCount != anew.fitCount)
  }

  @Test(
    "A residency that is no country is refused, and not taken for another one",
    arguments: ["md", "ZZ", "XX", "EU", "UK", "QO", "M", "1A", ""])
  func residency(text: String) {
    let json = #"{"residency":"\#(text)"}"#
    #expect(throws: Violations.self) {
      try decodeJSON(Array(json.utf8)) { MatchQuery(reading: $0) }
    }
  }
}
