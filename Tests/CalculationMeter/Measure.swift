import Calculation
import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// One operation whose time is measured: the processor's time of the best of several rounds, each
/// of many calls.
struct Measure: Sendable {
  let name: String
  /// Microseconds that it may take.
  let target: Double
  /// Calls of one round.
  let calls: Int
  let body: @Sendable (Int) throws -> Double

  private static let rounds = 25

  /// `name microseconds target`, for a script to read.
  func line() throws -> String {
    var best = Double.infinity
    var sink = 0.0
    for _ in 0..<Measure.rounds {
      let began = Measure.processorTime
      for call in 0..<calls { sink += try body(call) }
      best = min(best, (Measure.processorTime - began) / Double(calls))
    }
    precondition(sink.isFinite || sink.isNaN, "the results are used")
    return "\(name)\t\((best * 1_000).rounded() / 1_000)\t\(target)"
  }

  /// Microseconds that this thread has computed for; what others do meanwhile is not in it.
  private static var processorTime: Double {
    var time = timespec()
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
    return Double(time.tv_sec) * 1e6 + Double(time.tv_nsec) / 1e3
  }

  /// The largest difference of the fair value of American options of many kinds from that of the
  /// high-precision scheme, as a part of the asset's price: `# …` for a script to print.
  static func accuracy() throws -> String {
    var worst = 0.0
    var time = 0.0
    let cases = 2_000
    for call in 0..<cases {
      let terms = mixed(call)
      let began = processorTime
      let fair = try AmericanOption(terms)
      time += processorTime - began
      worst = max(
        worst, abs(fair.price - (try AmericanOption(precisely: terms).price)) / terms.spot)
    }
    return
      "# American fair value of \(cases) mixed options: \((time / Double(cases)).rounded()) µs "
      + "each, at most \(worst) of spot from the high-precision scheme"
  }

  /// Puts and calls of a day to three years with rates, yields and volatilities of all sizes.
  private static func mixed(_ call: Int) -> OptionTerms {
    func part(_ step: Double) -> Double { (Double(call) * step).truncatingRemainder(dividingBy: 1) }
    return OptionTerms(
      kind: call.isMultiple(of: 2) ? .put : .call, spot: 100, strike: 70 + 60 * part(0.618_034),
      years: 0.003 + 3 * part(0.414_214) * part(0.732_051), rate: 0.1 * part(0.236_068),
      dividendYield: call.isMultiple(of: 3) ? 0 : 0.08 * part(0.645_751),
      volatility: 0.08 + 0.6 * part(0.302_776))
  }

  static let all: [Measure] = [
    schedule, effectiveRate, european, impliedVolatility, quadratic, american, tree,
  ]

  private static let start = CalendarDate(daysSinceEpoch: 20_468)

  private static func terms(_ call: Int) -> LoanTerms {
    LoanTerms(
      amount: Decimal128(250_000 + call % 100), annualRate: Decimal128(349) / 10_000,
      disbursed: start, dueDates: .monthly(after: start, count: 360),
      basis: .dayCount(.thirtyE360))
  }

  private static let schedule = Measure(
    name: "schedule of 360 rows", target: 20, calls: 500
  ) { call in
    Double(try LoanSchedule(terms(call)).rows.count)
  }

  private static let effectiveRate = {
    let payments = (try? LoanSchedule(terms(0)).rows) ?? []
    let flows = payments.map { CashFlow(date: $0.due, amount: $0.payment) }
    return Measure(name: "APR over 360 payments", target: 15, calls: 500) { call in
      let advance = CashFlow(date: start, amount: Decimal128(248_000 + call % 100))
      return try EffectiveRate.eu(advances: [advance], payments: flows, period: .month)
        .rate.doubleValue
    }
  }()

  private static func option(_ call: Int) -> OptionTerms {
    OptionTerms(
      kind: .put, spot: 90 + Double(call % 20), strike: 100, years: 0.75, rate: 0.04,
      dividendYield: 0.015, volatility: 0.22 + 0.001 * Double(call % 7))
  }

  private static let european = Measure(
    name: "Black-Scholes with Greeks", target: 0.2, calls: 200_000
  ) { call in
    let option = try EuropeanOption(option(call))
    return option.price + option.delta + option.gamma + option.vega + option.theta + option.rho
  }

  private static let impliedVolatility = {
    let prices = (0..<20).map { (try? EuropeanOption(option($0)).price) ?? 1 }
    return Measure(name: "implied volatility", target: 0.6, calls: 100_000) { call in
      try ImpliedVolatility.solve(option(call % 20), price: prices[call % 20])
    }
  }()

  private static let quadratic = Measure(
    name: "Barone-Adesi-Whaley", target: 1.5, calls: 50_000
  ) { call in
    try AmericanApproximation.baroneAdesiWhaley.price(option(call))
  }

  private static let american = Measure(
    name: "American fair value", target: 25, calls: 5_000
  ) { call in
    try AmericanOption(option(call)).price
  }

  private static let tree = Measure(
    name: "CRR 801 steps", target: 700, calls: 200
  ) { call in
    try BinomialTree.price(option(call), steps: 801)
  }
}
