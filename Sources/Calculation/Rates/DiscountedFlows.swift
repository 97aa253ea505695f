import Quantities

/// How a law discounts the part of a period.
enum PartialPeriod: Sendable, Hashable {
  /// (1 + x)^(k/m + d/n): the exponent carries the part (European Union).
  case compound(perYear: Int)
  /// (1 + f·i)·(1 + i)^t: simple interest over the part (United States, Russia).
  case simple
}

/// Flows with their times in one law's measure, ready to be discounted again and again.
struct DiscountedFlows {
  /// One flow in time.
  struct Term {
    let amount: Double
    let whole: Int32
    /// Which of the distinct parts of a period this flow has.
    let part: Int32
  }

  let law: PartialPeriod
  private(set) var terms: [Term] = []
  private(set) var parts: [(numerator: Int, denominator: Int)] = [(0, 1)]

  init(_ law: PartialPeriod, capacity: Int) {
    self.law = law
    terms.reserveCapacity(capacity)
  }

  mutating func append(_ amount: Double, _ interval: LegalInterval) {
    terms.append(
      Term(amount: amount, whole: Int32(clamping: interval.whole), part: partIndex(interval)))
  }

  private mutating func partIndex(_ interval: LegalInterval) -> Int32 {
    if interval.part == 0 { return 0 }
    for index in parts.indices.suffix(8).reversed()
    where parts[index] == (interval.part, interval.partOf) { return Int32(index) }
    parts.append((interval.part, interval.partOf))
    return Int32(parts.count - 1)
  }

  /// The value at a rate and its derivative.
  ///
  /// - Parameter x: for `compound` the continuous annual rate ln(1 + X); for `simple` the rate of
  ///   one period.
  func value(_ x: Double) -> (value: Double, slope: Double) {
    switch law {
    case .compound(let perYear): compoundValue(x, Double(perYear))
    case .simple: simpleValue(x)
    }
  }

  private func compoundValue(_ y: Double, _ perYear: Double) -> (Double, Double) {
    let step = Elementary.exponential(-y / perYear)
    let partTimes = parts.map { Double($0.numerator) / Double($0.denominator) }
    let partFactors = partTimes.map { $0 == 0 ? 1 : Elementary.exponential(-y * $0) }
    var value = 0.0
    var slope = 0.0
    var running = WholePower(step)
    for term in terms {
      let part = Int(term.part)
      let discounted = term.amount * running.power(term.whole) * partFactors[part]
      value += discounted
      slope -= discounted * (Double(term.whole) / perYear + partTimes[part])
    }
    return (value, slope)
  }

  private func simpleValue(_ i: Double) -> (Double, Double) {
    let base = 1 / (1 + i)
    let fractions = parts.map { Double($0.numerator) / Double($0.denominator) }
    let factors = fractions.map { 1 / (1 + $0 * i) }
    var value = 0.0
    var slope = 0.0
    var running = WholePower(base)
    for term in terms {
      let part = Int(term.part)
      let discounted = term.amount * running.power(term.whole) * factors[part]
      value += discounted
      slope -= discounted * (Double(term.whole) * base + fractions[part] * factors[part])
    }
    return (value, slope)
  }
}

/// Powers of one number with exponents that mostly go up by one: each is one product.
private struct WholePower {
  private let base: Double
  private var exponent: Int32 = 0
  private var current = 1.0

  init(_ base: Double) { self.base = base }

  @inline(__always)
  mutating func power(_ next: Int32) -> Double {
    if next == exponent { return current }
    if next == exponent &+ 1 {
      current *= base
    } else {
      current = Elementary.power(base, Double(next))
    }
    exponent = next
    return current
  }
}
