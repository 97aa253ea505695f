import Calculation
import Quantities
import Testing

@Suite("Hedges")
struct HedgeTests {
  private let put = OptionTerms(
    kind: .put, spot: 100, strike: 95, years: 0.5, rate: 0.03, dividendYield: 0.01,
    volatility: 0.2)

  @Test("a protected holding never loses more than its most, and breaks even where it says")
  func protectivePut() throws {
    let hedge = try ProtectivePut(put: put, units: 1_000)
    let rows = try hedge.payoffs(changes: [-1, -0.5, -0.05, 0, 0.5])
    #expect(rows.allSatisfy { $0.profit >= -hedge.maximumLoss - 1e-9 })
    let even = try hedge.payoffs(changes: [hedge.price / 100])
    #expect(abs(even[0].profit) < 1e-9)
    #expect(abs(even[0].spot - hedge.breakEven) < 1e-9)
    let quote = HedgeQuote(hedge)
    #expect(quote.cost.percentPerYear > quote.cost.percent)
    #expect(quote.disclosures.map(\.key).contains(.maximumLoss))
  }

  @Test("a zero-cost collar costs nothing, a paid one what was asked")
  func collars() throws {
    for cost in [-1, 0, 0.5, 2.0] {
      let collar = try Collar(put: put, cost: cost)
      #expect(abs(collar.cost - cost) < 1e-9)
      #expect(collar.callStrike > put.strike)
      let rows = try collar.payoffs(units: 10, changes: [-0.5, 0.9])
      #expect(abs(rows[0].profit + 10 * collar.maximumLoss) < 1e-9)
      #expect(abs(rows[1].profit - 10 * collar.maximumGain) < 1e-9)
    }
    #expect(refusal { _ = try Collar(put: put, cost: 100) } == "cost noSolution")
    #expect(refusal { _ = try Collar(put: put, cost: -100) } == "cost noSolution")
    var call = put
    call.kind = .call
    #expect(refusal { _ = try Collar(put: call) } == "type unsupported")
  }

  @Test("a put spread costs less than its put and protects only so far")
  func spread() throws {
    let spread = try PutSpread(bought: put, soldStrike: 80)
    #expect(spread.cost < (try EuropeanOption(put).price))
    #expect(spread.maximumProtection == 15)
    #expect(refusal { _ = try PutSpread(bought: put, soldStrike: 95) } == "soldStrike order")
  }

  @Test("the textbook portfolio with beta two is insured at the index that Hull prints")
  func portfolioInsurance() throws {
    let exposure = IndexExposure(
      value: 500_000, beta: 2, dividendYield: decimal("0.04"), index: 1_000,
      indexDividendYield: decimal("0.04"), rate: decimal("0.12"), multiplier: 100)
    #expect(try exposure.strike(floor: decimal("0.9"), years: decimal("0.25")) == 960)
    #expect(try exposure.contracts().whole == 10)
    let value = try exposure.portfolioValue(atIndex: 960, years: decimal("0.25"))
    #expect(value == 450_000)
  }

  @Test("contracts round to full cover, and what cannot be is refused by name")
  func contracts() throws {
    var exposure = IndexExposure(
      value: decimal("1000001"), beta: 1, index: 1_000, multiplier: 100)
    let count = try exposure.contracts()
    #expect(count.exact == decimal("10.00001"))
    #expect(count.whole == 11)
    exposure.beta = 0
    #expect(refusal { _ = try exposure.contracts() } == "beta outOfRange")
    exposure.beta = 1
    exposure.index = 0
    #expect(refusal { _ = try exposure.contracts() } == "indexLevel outOfRange")
    exposure.index = decimal("1e-15")
    #expect(refusal { _ = try exposure.contracts() } == "contracts outOfRange")
    #expect(
      refusal { _ = try DeltaHedge(option: put, contracts: .nan, multiplier: 1) }
        == "contracts outOfRange")
  }

  @Test("a delta hedge trades against the position and names the prices to trade again")
  func delta() throws {
    let hedge = try DeltaHedge(option: put, contracts: -10, multiplier: 100, band: 50)
    #expect(hedge.unitsToBuy == -hedge.positionDelta)
    #expect(hedge.unitsToBuy < 0)
    let levels = try #require(hedge.rebalanceAt)
    #expect(levels.contains(100))
  }
}
