/// The asset prices below which an American put is exercised, as a function of the time left, found
/// by spectral collocation.
///
/// L. Andersen, M. Lake and D. Offengenden, High Performance American Option Pricing (2016): the
/// boundary solves an integral equation, in the form "A" or "B" as the scheme says; ln²(B/X) is
/// interpolated in the root of time and corrected by fixed-point steps from the quadratic
/// approximation "QD+" of M. Li (2009).
/// The integrals are taken in an angle (see `CollocationScheme`).
struct ExerciseBoundary {
  /// A put with a positive rate.
  private let terms: OptionTerms
  private let scheme: CollocationScheme
  /// The boundary at expiry: K·min(1, r/q).
  private let limit: Double
  /// ln²(B/X) at the scheme's points 1…n.
  private var shape: [Double]
  /// The same before the last correction.
  private var shapeBefore: [Double]

  /// The boundary of a put; nil where the equation has no stable solution in binary.
  init?(_ terms: OptionTerms, _ scheme: CollocationScheme) {
    self.terms = terms
    self.scheme = scheme
    let yield = terms.dividendYield
    limit = yield > terms.rate ? terms.strike * terms.rate / yield : terms.strike
    shape = Array(repeating: 0, count: scheme.nodes)
    shapeBefore = shape
    guard start() else { return nil }
    let factors = InnerFactors(terms, scheme)
    for _ in 0..<scheme.corrections {
      shapeBefore = shape
      guard correct(factors) else { return nil }
    }
  }

  /// Below this price the put is exercised today.
  var today: Double { limit * Elementary.exponential(-shape[scheme.nodes - 1].squareRoot()) }

  /// The first boundary, point by point from expiry on.
  private mutating func start() -> Bool {
    var (before, last) = (limit, limit)
    for node in 0..<scheme.nodes {
      let x = scheme.positions[node]
      // Close to expiry the boundary is a few deviations away, which may be far less than 1 %.
      let deviation = terms.volatility * terms.years.squareRoot() * x
      let nearest = min(0.99, Elementary.exponential(-deviation))
      let step = min(max(last / before, 0.9), max(nearest, 1 - deviation))
      let found = StartingBoundary(terms, years: terms.years * x * x)
        .price(near: (last, last * step))
      let price = min(found.isFinite && found > 0 ? found : 0.9 * last, limit)
      (before, last) = (last, price)
      let logarithm = Elementary.logarithm(price / limit)
      shape[node] = logarithm * logarithm
    }
    return limit > 0 && limit.isFinite
  }

  /// One fixed-point step: B = K·N/D.
  private mutating func correct(_ factors: InnerFactors) -> Bool {
    var next = shape
    let drift = terms.rate - terms.dividendYield
    for node in 0..<scheme.nodes {
      let deviation = factors.deviation[node]
      let logarithm = -shape[node].squareRoot()
      let price = limit * Elementary.exponential(logarithm)
      let lower =
        (Elementary.logarithm(price / terms.strike) + drift * factors.years[node]) / deviation
        - 0.5 * deviation
      let quotient: Double
      switch scheme.equation {
      case .smoothPasting: quotient = smoothPasting(node, logarithm, lower, factors)
      case .valueMatching: quotient = valueMatching(node, logarithm, lower, factors)
      }
      let corrected = terms.strike * quotient
      guard corrected.isFinite, corrected > 0 else { return false }
      let distance = min(Elementary.logarithm(corrected / limit), 0)
      next[node] = distance * distance
    }
    shape = next
    return true
  }

  /// N/D of the form "A": the put's slope at the boundary is −1.
  private func smoothPasting(
    _ node: Int, _ logarithm: Double, _ lower: Double, _ factors: InnerFactors
  ) -> Double {
    let years = factors.years[node]
    let deviation = factors.deviation[node]
    let drift = terms.rate - terms.dividendYield
    let count = scheme.inner.count
    var upperSum = 0.0
    var lowerSum = 0.0
    for point in 0..<count {
      let index = node * count + point
      let root = interpolated(scheme.inner.interpolation, index, shape).squareRoot()
      let span = deviation * scheme.inner.cosines[point]
      let shift = scheme.inner.cosines[point] * scheme.inner.cosines[point] * years
      let minus = (logarithm + root + drift * shift) / span - 0.5 * span
      let weight = scheme.inner.weights[point] * scheme.inner.sines[point]
      lowerSum += weight * factors.rate[index] * NormalDistribution.density(minus)
      if terms.dividendYield != 0 {
        let plus = minus + span
        let density = NormalDistribution.density(plus)
        upperSum +=
          weight * factors.yield[index]
          * (NormalDistribution.cumulative(plus, density: density) * span + density)
      }
    }
    // du = 2τ·sinθ·cosθ dθ, and the span's cosine cancels one of them.
    let measure = 2 * years / deviation
    let upper = lower + deviation
    let density = NormalDistribution.density(upper)
    let numerator =
      factors.lastRate[node] * NormalDistribution.density(lower) / deviation
      + terms.rate * measure * lowerSum
    let denominator =
      factors.lastYield[node]
      * (density / deviation + NormalDistribution.cumulative(upper, density: density))
      + terms.dividendYield * measure * upperSum
    return numerator / denominator
  }

  /// N/D of the form "B": the put's price at the boundary is what exercise brings.
  private func valueMatching(
    _ node: Int, _ logarithm: Double, _ lower: Double, _ factors: InnerFactors
  ) -> Double {
    let years = factors.years[node]
    let deviation = factors.deviation[node]
    let drift = terms.rate - terms.dividendYield
    let count = scheme.inner.count
    var upperSum = 0.0
    var lowerSum = 0.0
    for point in 0..<count {
      let index = node * count + point
      let root = interpolated(scheme.inner.interpolation, index, shape).squareRoot()
      let cosine = scheme.inner.cosines[point]
      let span = deviation * cosine
      let minus = (logarithm + root + drift * cosine * cosine * years) / span - 0.5 * span
      let weight = scheme.inner.weights[point] * scheme.inner.sines[point] * cosine
      lowerSum += weight * factors.rate[index] * NormalDistribution.cumulative(minus)
      upperSum += weight * factors.yield[index] * NormalDistribution.cumulative(minus + span)
    }
    let measure = 2 * years
    let numerator =
      factors.lastRate[node] * NormalDistribution.cumulative(lower)
      + terms.rate * measure * lowerSum
    let denominator =
      factors.lastYield[node] * NormalDistribution.cumulative(lower + deviation)
      + terms.dividendYield * measure * upperSum
    return numerator / denominator
  }

  /// ln²(B/X) at a rule's point.
  @inline(__always)
  private func interpolated(_ weights: [Double], _ index: Int, _ values: [Double]) -> Double {
    let nodes = scheme.nodes
    var sum = 0.0
    for node in 0..<nodes { sum += weights[index * nodes + node] * values[node] }
    return max(sum, 0)
  }

  /// The put's price, its delta, and how much the last correction changed the price.
  func value(at spot: Double) -> (price: Double, delta: Double, change: Double) {
    let strike = terms.strike
    if spot <= today { return (strike - spot, -1, 0) }
    var put = terms
    put.spot = spot
    let european = EuropeanOption(checked: put)
    let premium = premium(at: spot)
    return (
      max(european.price + premium.value, strike - spot), european.delta + premium.slope,
      abs(premium.value - premium.earlier)
    )
  }

  /// The early exercise premium ∫ r·K·e^(−rh)·Φ(−d₋) − q·S·e^(−qh)·Φ(−d₊) du, its delta, and the
  /// premium before the last correction.
  private func premium(at spot: Double) -> (value: Double, slope: Double, earlier: Double) {
    let rule = scheme.outer
    let drift = terms.rate - terms.dividendYield
    let deviation = terms.volatility * terms.years.squareRoot()
    let distance = Elementary.logarithm(spot / limit)
    let interestRate = terms.rate * terms.strike
    let dividendRate = terms.dividendYield * spot
    var (value, slope, earlier) = (0.0, 0.0, 0.0)
    for point in 0..<rule.count {
      let cosine = rule.cosines[point]
      let span = deviation * cosine
      let shift = cosine * cosine * terms.years
      let weight = 2 * terms.years * rule.weights[point] * rule.sines[point] * cosine
      let interest = weight * interestRate * Elementary.exponential(-terms.rate * shift)
      let dividend =
        dividendRate == 0
        ? 0 : weight * dividendRate * Elementary.exponential(-terms.dividendYield * shift)
      let carried = distance + drift * shift
      let root = interpolated(rule.interpolation, point, shape).squareRoot()
      let minus = (carried + root) / span - 0.5 * span
      let now = ExerciseBoundary.gain(minus, span, interest, dividend)
      value += now.value
      slope += now.slope
      let rootBefore = interpolated(rule.interpolation, point, shapeBefore).squareRoot()
      let minusBefore = (carried + rootBefore) / span - 0.5 * span
      earlier += ExerciseBoundary.gain(minusBefore, span, interest, dividend).value
    }
    return (value, slope / spot, earlier)
  }

  /// One point's share of the premium, and of its delta times the asset's price.
  @inline(__always)
  private static func gain(
    _ minus: Double, _ span: Double, _ interest: Double, _ dividend: Double
  ) -> (value: Double, slope: Double) {
    let density = NormalDistribution.density(minus)
    var value = interest * NormalDistribution.cumulative(-minus, density: density)
    var slope = -interest * density / span
    if dividend != 0 {
      let plus = minus + span
      let upper = NormalDistribution.density(plus)
      let chance = NormalDistribution.cumulative(-plus, density: upper)
      value -= dividend * chance
      slope += dividend * (upper / span - chance)
    }
    return (value, slope)
  }
}

/// Discounts at the inner rule's points, which no correction changes.
private struct InnerFactors {
  let years: [Double]
  let deviation: [Double]
  let lastRate: [Double]
  let lastYield: [Double]
  let rate: [Double]
  let yield: [Double]

  init(_ terms: OptionTerms, _ scheme: CollocationScheme) {
    let years = scheme.positions.map { terms.years * $0 * $0 }
    self.years = years
    deviation = years.map { terms.volatility * $0.squareRoot() }
    lastRate = years.map { Elementary.exponential(-terms.rate * $0) }
    lastYield = years.map { Elementary.exponential(-terms.dividendYield * $0) }
    var rate: [Double] = []
    var yield: [Double] = []
    rate.reserveCapacity(years.count * scheme.inner.count)
    yield.reserveCapacity(years.count * scheme.inner.count)
    for time in years {
      for cosine in scheme.inner.cosines {
        let shift = time * cosine * cosine
        rate.append(Elementary.exponential(-terms.rate * shift))
        yield.append(
          terms.dividendYield == 0
            ? 1 : Elementary.exponential(-terms.dividendYield * shift))
      }
    }
    self.rate = rate
    self.yield = yield
  }
}
