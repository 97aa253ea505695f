import Quantities
import Testing

@testable import Advice

@Suite("Our own products make sense")
struct CatalogueProductsTests {
  /// Both ends of bounds and a value between; a single value where there are none.
  private func probes(_ bounds: Bounds) -> [Decimal128] {
    let low = bounds.minimum ?? 0
    let high = bounds.maximum ?? max(low * 2, 1_000_000)
    return [low, (low + high) / 2, high].map { $0.rounded(scale: 2) }
  }

  private func months(_ bounds: IntegerBounds) -> [Int] {
    let low = bounds.minimum ?? 1
    return Array(low...max(low, bounds.maximum ?? 60))
  }

  @Test("Wherever the terms allow a loan or a deposit, a standing rate holds")
  func ratesCoverTerms() throws {
    for product in try CatalogueSamples.load().products {
      guard product.line == .loan || product.line == .deposit else { continue }
      let ratios: [Decimal128] =
        product.terms.loanToValueMaximum.map { [1, $0 / 2, $0] } ?? [50]
      for amount in probes(product.terms.amount) {
        for months in months(product.terms.months) {
          for ratio in ratios {
            let situation = RateSituation(amount: amount, months: months, loanToValue: ratio)
            #expect(
              RateCard(product).best(in: situation) != nil,
              "\(product.id): \(amount), \(months) months, \(ratio) %")
          }
        }
      }
    }
  }

  @Test("Every age that may be insured has a premium, and every deductible makes it cheaper")
  func tariffsCoverTerms() throws {
    for product in try CatalogueSamples.load().products {
      guard let tariff = product.tariff else { continue }
      let ages = product.terms.age
      for factor in tariff.factors where factor.input == "age" {
        for age in (ages.minimum ?? 0)...(ages.maximum ?? 100) {
          #expect(factor.factor(for: Decimal128(age)) != nil, "\(product.id): \(age)")
        }
      }
      for (lower, higher) in zip(tariff.deductibles, tariff.deductibles.dropFirst()) {
        #expect(lower.amount < higher.amount, "\(product.id)")
        #expect(lower.factor > higher.factor, "\(product.id)")
      }
      for (fewer, more) in zip(tariff.instalments, tariff.instalments.dropFirst()) {
        #expect(fewer.payments < more.payments, "\(product.id)")
        #expect(fewer.loading <= more.loading, "\(product.id)")
      }
    }
  }

  @Test("Every hedge finds its underlying, its volatility and its interest rates")
  func hedgesHaveMarkets() throws {
    let catalogue = try CatalogueSamples.load()
    let market = try #require(catalogue.market.day(on: CatalogueSamples.day))
    for product in catalogue.products {
      guard let hedge = product.hedge else { continue }
      let underlying = try #require(market.underlying(hedge.market), "\(product.id)")
      #expect(underlying.kind == hedge.underlying, "\(product.id)")
      #expect(underlying.currency == product.currency, "\(product.id)")
      #expect(market.rate(product.currency, months: 12) != nil, "\(product.id)")
      if let priced = underlying.pricedCurrency {
        #expect(market.rate(priced, months: 12) != nil, "\(product.id)")
      }
      for tenor in hedge.tenors {
        #expect(product.terms.months.contains(tenor), "\(product.id): \(tenor) months")
        #expect(underlying.volatility(months: tenor, strikePercent: 90) != nil)
      }
      if product.kind != .fxForward { #expect(!hedge.floors.isEmpty, "\(product.id)") }
      #expect((product.kind == .putSpread) == (hedge.lowerFloor != nil), "\(product.id)")
      #expect(product.targetMarket.map { $0.riskClass >= 3 } ?? false, "\(product.id)")
    }
  }

  @Test("Every currency of the catalogue has an exchange rate")
  func currenciesConvert() throws {
    let catalogue = try CatalogueSamples.load()
    for currency in Set(catalogue.products.map(\.currency)) {
      #expect(catalogue.exchangeRates.rate(of: currency, on: CatalogueSamples.day) != nil)
    }
  }

  @Test("A factor looks up answers, numbers and what is left")
  func factors() throws {
    let text = #"""
      {"brand":"a","code":"b","kind":"pet","name":"n","brandName":"b","summary":"s",
      "currency":"EUR","audience":"person","terms":{},"charges":{},"tariff":{"basePremium":10,
      "covers":[{"name":"c"}],"factors":[
      {"name":"Kind","input":"kind","answers":[{"answer":"cat","factor":0.75}],"otherwise":2},
      {"name":"Age","input":"age","bands":[{"below":1,"factor":1.5},{"from":1,"below":9,"factor":1}]}
      ]}}
      """#
    let tariff = try #require(try Product(json: Array(text.utf8)).tariff)
    #expect(tariff.factors[0].factor(for: "cat") == CatalogueSamples.decimal("0.75"))
    #expect(tariff.factors[0].factor(for: "snake") == 2)
    for (answer, factor) in [("0", "1.5"), ("0.99", "1.5"), ("1", "1"), ("8.9", "1")] {
      #expect(tariff.factors[1].factor(for: answer) == CatalogueSamples.decimal(factor))
    }
    #expect(tariff.factors[1].factor(for: "9") == nil)
    #expect(tariff.factors[1].factor(for: "old") == nil)
  }
}
