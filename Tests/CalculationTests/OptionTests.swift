import Quantities
import Testing

@testable import Calculation

@Suite("Options")
struct OptionTests {
  private static func random(_ source: inout SeededRandom) -> OptionTerms {
    func value(_ range: ClosedRange<Double>) -> Double { .random(in: range, using: &source) }
    return OptionTerms(
      kind: Bool.random(using: &source) ? .call : .put, spot: 100, strike: value(60...160),
      years: value(0.02...3), rate: value(-0.02...0.15), dividendYield: value(-0.01...0.12),
      volatility: value(0.05...0.9))
  }

  @Test("the normal distribution is right in the middle and in both tails")
  func normal() {
    for x in stride(from: -38.0, through: 38, by: 0.0625) {
      let expected = 0.5 * Elementary.complementaryError(-x / 2.0.squareRoot())
      let got = NormalDistribution.cumulative(x)
      #expect(abs(got - expected) <= 2e-15 + 1e-12 * expected, "\(x)")
    }
  }

  @Test("four numbers at once give what one at a time gives")
  func lanes() {
    for step in stride(from: -760.0, through: 760, by: 0.473) {
      let x = Lanes(step, step / 10, step / 100, -step / 1_000)
      let powers = Elementary.exponential(x)
      let chances = NormalDistribution.cumulative(x / 20)
      for lane in 0..<4 {
        let expected = Elementary.exponential(min(max(x[lane], -700), 700))
        #expect(abs(powers[lane] / expected - 1) < 5e-16, "\(x[lane])")
        let chance = NormalDistribution.cumulative(x[lane] / 20)
        #expect(abs(chances[lane] - chance) < 1e-14, "\(x[lane])")
      }
    }
  }

  @Test("Ju and Zhong's price goes to its limit as the rate vanishes")
  func vanishingRate() throws {
    // QuantLib 1.44, JuQuadraticApproximationEngine.
    let cases: [(Double, Double, Double, Double, Double, Double)] = [
      (5_000, 4_211.8715, 1_826.0 / 365, 0.06, 1.2, 3_491.413_343),
      (100, 100, 10, 0.06, 0.1, 2.918_871),
    ]
    for (spot, strike, years, yield, volatility, price) in cases {
      var terms = OptionTerms(
        kind: .call, spot: spot, strike: strike, years: years, rate: 0, dividendYield: yield,
        volatility: volatility)
      let none = try AmericanApproximation.juZhong.price(terms)
      #expect(abs(none - price) < 1e-6 * spot, "\(none)")
      terms.rate = 1e-7
      #expect(abs(try AmericanApproximation.juZhong.price(terms) - none) < 1e-4 * spot)
    }
  }

  @Test("no approximation is below the European price")
  func notBelowEuropean() throws {
    let seed: UInt64 = 662_607
    var source = SeededRandom(seed: seed)
    for index in 0..<2_000 {
      let terms = Self.random(&source)
      let european = try EuropeanOption(terms).price
      for approximation in AmericanApproximation.allCases {
        let price = try approximation.price(terms)
        #expect(
          price >= european - 1e-9 * terms.spot,
          "seed \(seed), case \(index): \(approximation) \(price) < \(european) of \(terms)")
      }
    }
  }

  @Test("put-call parity, American ≥ European ≥ bound, and monotone in volatility and strike")
  func properties() throws {
    let seed: UInt64 = 314_159
    var source = SeededRandom(seed: seed)
    for index in 0..<2_000 {
      let terms = Self.random(&source)
      let context = "seed \(seed), case \(index): \(terms)"
      var call = terms
      call.kind = .call
      var put = terms
      put.kind = .put
      let forward =
        terms.spot * Elementary.exponential(-terms.dividendYield * terms.years)
        - terms.strike * Elementary.exponential(-terms.rate * terms.years)
      let difference = try EuropeanOption(call).price - EuropeanOption(put).price
      #expect(abs(difference - forward) < 1e-11 * terms.spot, "\(context)")
      let european = try EuropeanOption(terms).price
      let american = try AmericanOption(terms)
      #expect(european >= max(terms.kind.sign * forward, 0) - 1e-12 * terms.spot, "\(context)")
      #expect(american.price >= european - 1e-12 * terms.spot, "\(context)")
      #expect(american.price >= terms.intrinsic - 1e-12, "\(context)")
      var wilder = terms
      wilder.volatility += 0.01
      #expect(try EuropeanOption(wilder).price >= european, "\(context)")
      var higher = terms
      higher.strike += 1
      let moved = try EuropeanOption(higher).price - european
      #expect(terms.kind.sign * moved <= 1e-12 * terms.spot, "\(context)")
    }
  }

  @Test("the quick American price is within a millionth of the asset's price of the precise one")
  func quickAgainstPrecise() throws {
    let seed: UInt64 = 271_828
    var source = SeededRandom(seed: seed)
    var worst = 0.0
    for index in 0..<150 {
      let terms = Self.random(&source)
      let quick = try AmericanOption(terms)
      let precise = try AmericanOption(precisely: terms)
      let error = abs(quick.price - precise.price) / terms.spot
      worst = max(worst, error)
      #expect(error < 1e-6, "seed \(seed), case \(index): \(terms), \(quick)")
      // Beside the boundary delta falls steeply, so that it shows more of the boundary's error.
      #expect(abs(quick.delta - precise.delta) < 5e-4, "seed \(seed), case \(index): \(terms)")
    }
    print("American quick against precise: worst \(worst) of spot")
  }

  @Test(
    "where the drift is large beside the volatility the boundary still converges",
    arguments: [
      (OptionKind.put, 100.277_679, 1.936_524, 0.143_163, 0.033_430, 0.116_772),
      (.call, 105.107_274, 2.141_137, -0.007_982, 0.111_469, 0.101_326),
      (.put, 99.191_721, 4.954_327, 0.294_294, 0.160_258, 0.109_807),
    ])
  func steepDrift(
    kind: OptionKind, strike: Double, years: Double, rate: Double, yield: Double,
    volatility: Double
  ) throws {
    let terms = OptionTerms(
      kind: kind, spot: 100, strike: strike, years: years, rate: rate, dividendYield: yield,
      volatility: volatility)
    let fair = try AmericanOption(terms)
    #expect(fair.method == .collocation)
    #expect(abs(fair.price - (try BinomialTree.price(terms, steps: 4_001))) < 2e-3, "\(fair)")
  }

  @Test("two boundaries and one boundary agree with a fine tree")
  func againstTrees() throws {
    let cases: [(OptionKind, Double, Double)] = [
      (.put, -0.005, -0.02), (.call, -0.02, -0.005), (.put, 0.03, -0.01), (.put, 0.05, 0.02),
      (.call, 0.02, 0.06), (.put, 0.0001, 0.05),
    ]
    for (kind, rate, yield) in cases {
      let terms = OptionTerms(
        kind: kind, spot: 100, strike: 100, years: 1, rate: rate, dividendYield: yield,
        volatility: 0.25)
      let fair = try AmericanOption(terms)
      let tree = try BinomialTree.price(terms, steps: 4_001)
      #expect(abs(fair.price - tree) < 2e-3, "\(kind) \(rate) \(yield): \(fair) \(tree)")
    }
  }

  @Test("the volatility that was put in comes out again, deep in and out of the money")
  func impliedVolatility() throws {
    let seed: UInt64 = 161_803
    var source = SeededRandom(seed: seed)
    for index in 0..<2_000 {
      let terms = Self.random(&source)
      let option = try EuropeanOption(terms)
      // Where a price hardly depends on the volatility, its digits cannot carry it.
      guard option.vega > 1e-6 * terms.spot else { continue }
      let found = try ImpliedVolatility.solve(terms, price: option.price)
      #expect(
        abs(found - terms.volatility) < 1e-9 + 1e-13 * option.price / option.vega * 10,
        "seed \(seed), case \(index): \(terms), \(found)")
    }
  }

  @Test("without time or volatility an option is worth what is certain")
  func certain() throws {
    for (years, volatility) in [(0.0, 0.2), (1.0, 0.0), (0.0, 0.0)] {
      let terms = OptionTerms(
        kind: .put, spot: 90, strike: 100, years: years, rate: 0.05, volatility: volatility)
      let european = try EuropeanOption(terms)
      let expected = 100 * Elementary.exponential(-0.05 * years) - 90
      #expect(abs(european.price - expected) < 1e-12)
      #expect(try AmericanOption(terms).price == 10)
      #expect(try BinomialTree.price(terms, steps: 10) == 10)
      for approximation in AmericanApproximation.allCases {
        #expect(try approximation.price(terms) == 10)
      }
    }
  }

  @Test(
    "bad terms are refused by name",
    arguments: [
      BadTerm("spot outOfRange") { $0.spot = 0 }, BadTerm("spot outOfRange") { $0.spot = .nan },
      BadTerm("strike outOfRange") { $0.strike = -1 },
      BadTerm("years outOfRange") { $0.years = -0.1 },
      BadTerm("years outOfRange") { $0.years = 1_000 }, BadTerm("rate outOfRange") { $0.rate = 10 },
      BadTerm("dividendYield outOfRange") { $0.dividendYield = -.infinity },
      BadTerm("volatility outOfRange") { $0.volatility = 11 },
    ] as [BadTerm<OptionTerms>])
  func refused(bad: BadTerm<OptionTerms>) {
    var terms = OptionTerms(
      kind: .put, spot: 100, strike: 100, years: 1, rate: 0.05, volatility: 0.2)
    bad.change(&terms)
    #expect(refusal { _ = try EuropeanOption(terms) } == bad.description)
    #expect(refusal { _ = try AmericanOption(terms) } == bad.description)
    #expect(refusal { _ = try BinomialTree.price(terms, steps: 10) } == bad.description)
  }

  @Test("no corner of the allowed ranges traps or gives anything but a number")
  func corners() {
    for kind in OptionKind.allCases {
      for spot in [1e-9, 100, 1e15] {
        for strike in [1e-9, 100, 1e15] {
          for years in [0, 1e-12, 1, 100] {
            for rate in [-1, 0, 1e-9, 5] {
              for yield in [-1.0, 0, 5] {
                for volatility in [0, 1e-9, 0.2, 10] {
                  let terms = OptionTerms(
                    kind: kind, spot: spot, strike: strike, years: years, rate: rate,
                    dividendYield: yield, volatility: volatility)
                  let american = try? AmericanOption(terms).price
                  #expect(american.map { !$0.isNaN } ?? true, "\(terms)")
                  _ = try? ImpliedVolatility.solve(terms, price: spot / 10)
                  for approximation in AmericanApproximation.allCases {
                    _ = try? approximation.price(terms)
                  }
                }
              }
            }
          }
        }
      }
    }
  }
}
