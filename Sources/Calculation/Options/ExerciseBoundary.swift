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
    let limitDistance = Elementary.logarithm(limit / terms.strike)
    for node in 0..<scheme.nodes {
      let deviation = factors.deviation[node]
      let logarithm = -shape[node].squareRoot()
      let lower =
        (logarithm + limitDistance + drift * factors.years[node]) / deviation - 0.5 * deviation
      let quotient = quotient(node, logarithm, lower, factors)
      guard quotient.isFinite, quotient > 0 else { return false }
      let distance = min(Elementary.logarithm(quotient) - limitDistance, 0)
      guard distance.isFinite else { return false }
      next[node] = distance * distance
    }
    shape = next
    return true
  }

  /// N/D of the boundary's equation: form "A" says that the put's slope at the boundary is −1,
  /// form "B" that its price there is what exercise brings.
  private func quotient(
    _ node: Int, _ logarithm: Double, _ lower: Double, _ factors: InnerFactors
  ) -> Double {
    let deviation = factors.deviation[node]
    let upper = lower + deviation
    let (lowerSum, upperSum) = integrals(node, logarithm, factors, scheme.inner)
    // du = 2τ·sinθ·cosθ dθ.
    let measure = 2 * factors.years[node]
    switch scheme.equation {
    case .smoothPasting:
      // The span's cosine cancels that of du.
      let density = NormalDistribution.density(upper)
      let numerator =
        factors.lastRate[node] * NormalDistribution.density(lower)
        + terms.rate * measure * lowerSum
      let denominator =
        factors.lastYield[node]
        * (density + deviation * NormalDistribution.cumulative(upper, density: density))
        + terms.dividendYield * measure * upperSum
      return numerator / denominator
    case .valueMatching:
      let numerator =
        factors.lastRate[node] * NormalDistribution.cumulative(lower)
        + terms.rate * measure * lowerSum
      let denominator =
        factors.lastYield[node] * NormalDistribution.cumulative(upper)
        + terms.dividendYield * measure * upperSum
      return numerator / denominator
    }
  }

  /// The integrals over the time left of what earns interest and of what earns dividends.
  private func integrals(
    _ node: Int, _ logarithm: Double, _ factors: InnerFactors, _ rule: CollocationScheme.Rule
  ) -> (lower: Double, upper: Double) {
    let deviation = factors.deviation[node]
    let carried = (terms.rate - terms.dividendYield) * factors.years[node]
    let paysDividends = terms.dividendYield != 0
    var (lowerSum, upperSum) = (Lanes.zero, Lanes.zero)
    for group in 0..<rule.groups {
      let index = node * rule.groups + group
      let cosine = rule.cosines[group]
      let span = deviation * cosine
      let root = rule.interpolated(index, shape).squareRoot()
      let minus = (logarithm + root + carried * cosine * cosine) / span - 0.5 * span
      switch scheme.equation {
      case .smoothPasting:
        let weight = rule.weights[group]
        lowerSum += weight * factors.rate[index] * NormalDistribution.density(minus)
        if paysDividends {
          let plus = minus + span
          let density = NormalDistribution.density(plus)
          let chance = NormalDistribution.cumulative(plus, density: density)
          upperSum += weight * factors.yield[index] * (chance * span + density)
        }
      case .valueMatching:
        let weight = rule.weights[group] * cosine
        lowerSum += weight * factors.rate[index] * NormalDistribution.cumulative(minus)
        if paysDividends {
          let chance = NormalDistribution.cumulative(minus + span)
          upperSum += weight * factors.yield[index] * chance
        }
      }
    }
    return (lowerSum.sum(), upperSum.sum())
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
      premium.change
    )
  }

  /// The early exercise premium ∫ r·K·e^(−rh)·Φ(−d₋) − q·S·e^(−qh)·Φ(−d₊) du, its delta, and how
  /// much the last correction of the boundary changed it.
  private func premium(at spot: Double) -> (value: Double, slope: Double, change: Double) {
    let rule = scheme.outer
    let drift = terms.rate - terms.dividendYield
    let deviation = terms.volatility * terms.years.squareRoot()
    let distance = Elementary.logarithm(spot / limit)
    let interestRate = terms.rate * terms.strike
    let dividendRate = terms.dividendYield * spot
    var (value, slope, change) = (Lanes.zero, Lanes.zero, Lanes.zero)
    for group in 0..<rule.groups {
      let cosine = rule.cosines[group]
      let span = deviation * cosine
      let shift = cosine * cosine * terms.years
      let weight = 2 * terms.years * rule.weights[group] * cosine
      let interest = weight * interestRate * Elementary.exponential(-terms.rate * shift)
      let root = rule.interpolated(group, shape).squareRoot()
      let moved = (root - rule.interpolated(group, shapeBefore).squareRoot()) / span
      let minus = (distance + drift * shift + root) / span - 0.5 * span
      let lower = NormalDistribution.density(minus)
      value += interest * NormalDistribution.cumulative(-minus, density: lower)
      slope -= interest * lower / span
      change += interest * lower * moved
      if dividendRate != 0 {
        let dividend = weight * dividendRate * Elementary.exponential(-terms.dividendYield * shift)
        let plus = minus + span
        let upper = NormalDistribution.density(plus)
        let chance = NormalDistribution.cumulative(-plus, density: upper)
        value -= dividend * chance
        slope += dividend * (upper / span - chance)
        change -= dividend * upper * moved
      }
    }
    return (value.sum(), slope.sum() / spot, abs(change.sum()))
  }
}

/// Discounts at the inner rule's points, which no correction changes.
private struct InnerFactors {
  let years: [Double]
  let deviation: [Double]
  let lastRate: [Double]
  let lastYield: [Double]
  let rate: [Lanes]
  let yield: [Lanes]

  init(_ terms: OptionTerms, _ scheme: CollocationScheme) {
    let years = scheme.positions.map { terms.years * $0 * $0 }
    self.years = years
    deviation = years.map { terms.volatility * $0.squareRoot() }
    lastRate = years.map { Elementary.exponential(-terms.rate * $0) }
    lastYield = years.map { Elementary.exponential(-terms.dividendYield * $0) }
    rate = InnerFactors.discounts(terms.rate, years, scheme.inner)
    yield =
      terms.dividendYield == 0
      ? [] : InnerFactors.discounts(terms.dividendYield, years, scheme.inner)
  }

  private static func discounts(
    _ rate: Double, _ years: [Double], _ rule: CollocationScheme.Rule
  ) -> [Lanes] {
    var discounts: [Lanes] = []
    discounts.reserveCapacity(years.count * rule.groups)
    for time in years {
      for cosine in rule.cosines {
        discounts.append(Elementary.exponential(-rate * time * (cosine * cosine)))
      }
    }
    return discounts
  }
}
