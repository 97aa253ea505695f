import JSON
import Quantities
import Testing

@testable import Advice

@Suite("The forms of a product")
struct CatalogueFormsTests {
  @Test("Stored form and canonical JSON read back as the same product, the same bytes")
  func roundTrips() throws {
    for product in try CatalogueSamples.load().products {
      let packed = product.packed
      let back = try Product(packed: packed)
      #expect(back == product, "\(product.id)")
      #expect(back.packed == packed)
      let json = product.canonicalJSON
      #expect(try Product(json: json) == product, "\(product.id)")
      #expect(try Product(json: json).canonicalJSON == json)
      #expect(packed.count < json.count)
    }
    let catalogue = try CatalogueSamples.load()
    #expect(try ExchangeRates(packed: catalogue.exchangeRates.packed) == catalogue.exchangeRates)
    #expect(try MarketData(packed: catalogue.market.packed) == catalogue.market)
    #expect(try MarketData(json: catalogue.market.canonicalJSON) == catalogue.market)
  }

  @Test("A stored product cut short anywhere is refused")
  func refusesTruncation() throws {
    let product = try #require(
      try CatalogueSamples.load()[ProductID(brand: "harbour", code: "motor-comprehensive")])
    let packed = product.packed
    for length in 0..<packed.count {
      #expect(throws: PackedFault.self) { try Product(packed: Array(packed.prefix(length))) }
    }
    #expect(throws: PackedFault.self) { try Product(packed: packed + [0]) }
    #expect(throws: PackedFault.self) { try Product(packed: [99] + packed.dropFirst()) }
  }

  @Test("Whatever bytes stand in the store, reading them ends without a crash")
  func survivesAnyBytes() throws {
    var random = SeededRandom(seed: 4)
    for product in try CatalogueSamples.load().products {
      let packed = product.packed
      for _ in 0..<60 {
        var bytes = packed
        for _ in 0..<Int.random(in: 1...4, using: &random) {
          let index = Int.random(in: 1..<bytes.count, using: &random)
          bytes[index] = UInt8.random(in: .min ... .max, using: &random)
        }
        _ = try? Product(packed: bytes)
      }
    }
  }

  @Test(
    "Numbers of every size and sign survive the stored form",
    arguments: [
      "0", "1", "-1", "0.0524", "-0.0901", "1000000000000000", "0.000000000000000001",
      "9999999999999999999999999999999999", "-1234567890.123456789012345678901",
    ])
  func decimals(text: String) throws {
    var fee = Fee("F", .event, amount: 1)
    fee.amount = CatalogueSamples.decimal(text)
    #expect(try Fee(packedBytes: fee.packedBytes) == fee)
  }

  @Test("The order of fields and cases is the stored form's, so it may only grow at the end")
  func formIsFrozen() throws {
    // A product with every part, byte for byte as form 1 has it. When this fails, data that banks
    // have stored can no longer be read: add fields at the end, under a new form number.
    var product = Product()
    product.id = ProductID(brand: "b", code: "c")
    product.name = "n"
    product.brandName = "B"
    product.summary = "s"
    product.kind = .motor
    product.currency = try #require(Currency("EUR"))
    product.effectiveFrom = CatalogueSamples.date("1970-01-02")
    product.terms.amount = Bounds(minimum: 1000)
    product.charges.rates = [RateBand(.fixed, CatalogueSamples.decimal("0.05"))]
    product.charges.fees = [Fee("f", .periodic, amount: 2, everyMonths: 12)]
    product.conditions = [ShownCondition(kind: .fee, text: "t")]
    product.targetMarket = TargetMarket()
    product.tariff = Tariff()
    product.hedge = HedgeTerms()
    let expected = [
      "010162016311016e0142017303455552010200000000010100e80700000000000000000000000000",
      "0000000001000f050000000000000000000001016601010002000000000001180100000106017401",
      "0200000000000001000000000000000000010000000000000001000000",
    ].joined()
    let second = "02" + expected.dropFirst(2) + "00"
    #expect(ContentDigest.hexadecimal(product.packed) == second)
    // What was stored in form 1 is read for ever.
    let first = stride(from: 0, to: expected.utf8.count, by: 2).compactMap {
      UInt8(expected.dropFirst($0).prefix(2), radix: 16)
    }
    #expect(try Product(packed: first) == product)
  }

  @Test("Cases of enumerations keep their places in the stored form")
  func casesAreFrozen() {
    func words<E: CaseIterable & RawRepresentable<String>>(_ type: E.Type) -> String {
      E.allCases.map(\.rawValue).joined(separator: " ")
    }
    for (cases, frozen) in [
      (
        words(ProductKind.self),
        """
        personalLoan mortgage carLoan studentLoan businessLoan overdraft creditCard lease \
        marginLoan tradeFinance currentAccount savingsAccount termDeposit childrenSavings \
        pensionSavings trustAccount travelCard motor property contents health travel termLife \
        liability business pet accident incomeProtection protectivePut collar putSpread \
        fxForward fxOption fxCollar interestRateCap motorLiability
        """
      ),
      (
        words(RateType.self),
        """
        fixed variable introductory floating marketLinked purchase cashAdvance bonus \
        bundleBonus discount bundleDiscount bundleDiscountFixed bundleDiscountVariable penalty \
        balanceTransfer
        """
      ),
      (
        words(FeeOccasion.self),
        "upfront periodic exit event transaction withdrawal payment deposit purchase variable"
      ),
      (words(FeeMeasure.self), "amount balance transaction accruedInterest"),
      (
        words(ShownCondition.Kind.self),
        "eligibility residency employment customer amount rate fee security documents bundle "
          + "unreadable"
      ),
      (words(BandUnit.self), "amount months days loanToValue"),
      (words(Audience.self), "person business everyone"),
      (words(SalesChannel.self), "online mobile branch phone broker"),
      (
        words(EmploymentStatus.self),
        "employed fixedTerm civilServant selfEmployed casual retired student homemaker unemployed"
      ),
      (
        words(LoanPurpose.self),
        """
        homePurchase homeConstruction renovation refinance investmentProperty car education \
        debtConsolidation medical travel household workingCapital equipment trade securities \
        other
        """
      ),
      (
        words(Objective.self),
        "preservation income growth hedging liquidity protection financing retirement children"
      ),
      (words(Knowledge.self), "none basic informed advanced"),
      (words(CapacityForLoss.self), "none limited full"),
      (words(UnderlyingClass.self), "equityIndex singleStock currencyPair interestRate"),
    ] {
      #expect(cases.hasPrefix(frozen), "\(cases)")
    }
  }
}
