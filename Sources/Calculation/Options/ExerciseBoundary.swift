/// The asset prices below which an American put is exercised, as a function of the time left, found
/// by spectral collocation.
///
/// L. Andersen, M. Lake and D. Offengenden, High Performance American Option Pricing (2016): the
/// boundary solves an integral equation in the form "A"; ln²(B/X) is interpolated in the root of
/// time and corrected by fixed-point steps from the quadratic approximation "QD+" of M. Li (2009).
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
    var guess = limit
    for node in 0..<scheme.nodes {
      let x = scheme.positions[node]
      let found = StartingBoundary(terms, years: terms.years * x * x).price(near: guess)
      let price = min(found.isFinite && found > 0 ? found : 0.9 * limit, limit)
      guess = price
      let logarithm = Elementary.logarithm(price / limit)
      shape[node] = logarithm * logarithm
    }
    return limit > 0 && limit.isFinite
  }

  /// One fixed-point step: B = K·N/D.
  private mutating func correct(_ factors: InnerFactors) -> Bool {
    var next = shape
    let count = scheme.inner.count
    let nodes = scheme.nodes
    let drift = terms.rate - terms.dividendYield
    for node in 0..<nodes {
      let years = factors.years[node]
      let deviation = factors.deviation[node]
      let logarithm = -shape[node].squareRoot()
      let price = limit * Elementary.exponential(logarithm)
      let lower =
        (Elementary.logarithm(price / terms.strike) + drift * years) / deviation
        - 0.5 * deviation
      var upperSum = 0.0
      var lowerSum = 0.0
      for point in 0..<count {
        let index = node * count + point
        let root = interpolated(scheme.inner.interpolation, index).squareRoot()
        let span = deviation * scheme.inner.cosines[point]
        let shift = scheme.inner.cosines[point] * scheme.inner.cosines[point] * years
        let minus = (logarithm + root + drift * shift) / span - 0.5 * span
        let weight = scheme.inner.weights[point] * scheme.inner.sines[point]
        lowerSum += weight * factors.rate[index] * NormalDistribution.density(minus)
        if terms.dividendYield != 0 {
          let plus = minus + span
          upperSum +=
            weight * factors.yield[index]
            * (NormalDistribution.cumulative(plus) * span + NormalDistribution.density(plus))
        }
      }
      // du = 2τ·sinθ·cosθ dθ, and the span's cosine cancels one of them.
      let measure = 2 * years / deviation
      let upper = lower + deviation
      let numerator =
        factors.lastRate[node] * NormalDistribution.density(lower) / deviation
        + terms.rate * measure * lowerSum
      let denominator =
        factors.lastYield[node]
        * (NormalDistribution.density(upper) / deviation + NormalDistribution.cumulative(upper))
        + terms.dividendYield * measure * upperSum
      let corrected = terms.strike * numerator / denominator
      guard corrected.isFinite, corrected > 0 else { return false }
      let distance = min(Elementary.logarithm(corrected / limit), 0)
      next[node] = distance * distance
    }
    shape = next
    return true
  }

  /// ln²(B/X) at a rule's point.
  @inline(__always)
  private func interpolated(_ weights: [Double], _ index: Int, before: Bool = false) -> Double {
    let nodes = scheme.nodes
    let values = before ? shapeBefore : shape
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
    let (premium, slope) = premium(at: spot, before: false)
    let (earlier, _) = self.premium(at: spot, before: true)
    return (
      max(european.price + premium, strike - spot), european.delta + slope,
      abs(premium - earlier)
    )
  }

  /// The early exercise premium and its delta: ∫ r·K·e^(−rh)·Φ(−d₋) − q·S·e^(−qh)·Φ(−d₊) du.
  private func premium(at spot: Double, before: Bool) -> (Double, Double) {
    let rule = scheme.outer
    let drift = terms.rate - terms.dividendYield
    let deviation = terms.volatility * terms.years.squareRoot()
    let distance = Elementary.logarithm(spot / limit)
    var premium = 0.0
    var slope = 0.0
    for point in 0..<rule.count {
      let cosine = rule.cosines[point]
      let root = interpolated(rule.interpolation, point, before: before).squareRoot()
      let span = deviation * cosine
      let shift = cosine * cosine * terms.years
      let minus = (distance + root + drift * shift) / span - 0.5 * span
      let plus = minus + span
      let weight = 2 * terms.years * rule.weights[point] * rule.sines[point] * cosine
      let interest =
        weight * terms.rate * terms.strike * Elementary.exponential(-terms.rate * shift)
      premium += interest * NormalDistribution.cumulative(-minus)
      if !before { slope -= interest * NormalDistribution.density(minus) / (spot * span) }
      if terms.dividendYield != 0 {
        let dividend =
          weight * terms.dividendYield * Elementary.exponential(-terms.dividendYield * shift)
        let chance = NormalDistribution.cumulative(-plus)
        premium -= dividend * spot * chance
        if !before { slope += dividend * (NormalDistribution.density(plus) / span - chance) }
      }
    }
    return (premium, slope)
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
