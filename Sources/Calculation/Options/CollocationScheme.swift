/// The points at which the exercise boundary of an American put is found and integrated over, and
/// the weights between them.
///
/// They depend on no option and are computed once.
///
/// Times are τ = T·x², x on Chebyshev's extreme points of 0…1. Integrals over 0…τ are taken in the
/// angle θ with u = τ·sin²θ, which makes both the root of u and the root of τ − u smooth, so that
/// Gauss's rule converges with few points.
struct CollocationScheme: Sendable {
  /// The form of the boundary's equation.
  let equation: Equation
  /// Boundary points beside the one at expiry.
  let nodes: Int
  /// Times the boundary is corrected.
  let corrections: Int
  /// x at the points 1…nodes.
  let positions: [Double]
  /// The rule for the boundary's own integrals.
  let inner: Rule
  /// The rule for the price.
  let outer: Rule

  /// A rule over the angle with the weights of interpolation at its points, four points a lane.
  struct Rule: Sendable {
    /// How many fours of points there are; the last is filled up with points of no weight.
    let groups: Int
    let cosines: [Lanes]
    /// Gauss's weights for 0…π/2 times the sines of the angles.
    let weights: [Lanes]
    /// For each boundary point, each four of points, each node: the weight of its value there.
    let interpolation: [Lanes]
    let nodes: Int

    /// What has given values at the nodes, at a four of points; never below zero.
    @inline(__always)
    func interpolated(_ index: Int, _ values: [Double]) -> Lanes {
      var sum = Lanes.zero
      for node in 0..<nodes { sum += interpolation[index * nodes + node] * values[node] }
      return sum.orLarger(0)
    }
  }

  /// For terms of up to a year or so: eight rule points, three corrections.
  static let quick = CollocationScheme(
    .smoothPasting, nodes: 8, inner: 8, outer: 24, corrections: 3)

  /// For wider deviations and for what the quick scheme leaves open.
  static let medium = CollocationScheme(
    .smoothPasting, nodes: 12, inner: 16, outer: 40, corrections: 6)

  /// For drifts that are large beside the deviation: the form that always converges, with what is
  /// enough for most.
  static let steep = CollocationScheme(
    .valueMatching, nodes: 12, inner: 16, outer: 40, corrections: 10)

  /// For everything else: the form that always converges.
  static let fine = CollocationScheme(
    .valueMatching, nodes: 20, inner: 32, outer: 64, corrections: 12)

  /// What the others are measured against.
  static let precise = CollocationScheme(
    .valueMatching, nodes: 24, inner: 48, outer: 128, corrections: 40)

  /// The forms of the boundary's equation.
  enum Equation: Sendable {
    /// The put's slope at the boundary is −1: form "A", which converges fast where the drift is
    /// small beside the volatility, and not at all where it is large.
    case smoothPasting
    /// The put's price at the boundary is what exercise brings: form "B", slower and always
    /// convergent.
    case valueMatching
  }

  /// The schemes to try in order for a put: each answers unless it finds itself to be too far off.
  static func ladder(for put: OptionTerms) -> [CollocationScheme] {
    let deviation = put.volatility * put.years.squareRoot()
    let drift = abs(put.rate - put.dividendYield) * put.years
    guard drift <= deviation, deviation <= 2 else {
      return [.steep, .fine]
    }
    return deviation <= 1 ? [.quick, .medium, .fine] : [.medium, .fine]
  }

  init(_ equation: Equation, nodes: Int, inner: Int, outer: Int, corrections: Int) {
    self.equation = equation
    self.nodes = nodes
    self.corrections = corrections
    let all = (0...nodes).map { 0.5 * (1 - Elementary.cosine(.pi * Double($0) / Double(nodes))) }
    positions = Array(all.dropFirst())
    self.inner = CollocationScheme.rule(inner, at: positions, nodes)
    self.outer = CollocationScheme.rule(outer, at: [1], nodes)
  }

  private static func rule(_ count: Int, at positions: [Double], _ nodes: Int) -> Rule {
    let (points, weights) = gauss(count)
    let angles = points.map { .pi / 4 * (1 + $0) }
    let sines = angles.map(Elementary.sine)
    let groups = (count + Lanes.scalarCount - 1) / Lanes.scalarCount
    /// The values of a four of points; beyond the last, the last again with a factor.
    func lanes(_ group: Int, beyond factor: Double = 1, _ value: (Int) -> Double) -> Lanes {
      var lanes = Lanes.zero
      for lane in 0..<Lanes.scalarCount {
        let point = group * Lanes.scalarCount + lane
        lanes[lane] = point < count ? value(point) : factor * value(count - 1)
      }
      return lanes
    }
    var interpolation: [Lanes] = []
    for position in positions {
      for group in 0..<groups {
        let rows = sines.map { lagrange(at: 2 * position * $0 - 1, nodes) }
        for node in 0..<nodes { interpolation.append(lanes(group) { rows[$0][node] }) }
      }
    }
    return Rule(
      groups: groups, cosines: (0..<groups).map { lanes($0) { Elementary.cosine(angles[$0]) } },
      weights: (0..<groups).map {
        lanes($0, beyond: 0) { weights[$0] * sines[$0] * .pi / 4 }
      },
      interpolation: interpolation, nodes: nodes)
  }

  /// The weights of the values at Chebyshev's extreme points 1…n for a point z in −1…1; the value
  /// at point 0 is zero.
  private static func lagrange(at z: Double, _ nodes: Int) -> [Double] {
    let count = Double(nodes)
    func polynomial(_ degree: Int, _ x: Double) -> Double {
      var (before, current) = (1.0, x)
      if degree == 0 { return before }
      for _ in 1..<max(degree, 1) { (before, current) = (current, 2 * x * current - before) }
      return current
    }
    return (1...nodes).map { node in
      let x = -Elementary.cosine(.pi * Double(node) / count)
      var sum = 0.0
      for degree in 0...nodes {
        let half = degree == 0 || degree == nodes ? 0.5 : 1.0
        sum += half * polynomial(degree, x) * polynomial(degree, z)
      }
      return sum * (node == nodes ? 1 : 2) / count
    }
  }

  /// Gauss and Legendre's points and weights on −1…1 (Abramowitz & Stegun 25.4.29).
  private static func gauss(_ count: Int) -> (points: [Double], weights: [Double]) {
    var points: [Double] = []
    var weights: [Double] = []
    for index in 0..<count {
      var x = Elementary.cosine(.pi * (Double(index) + 0.75) / (Double(count) + 0.5))
      var slope = 1.0
      for _ in 0..<100 {
        var (before, current) = (1.0, x)
        for degree in stride(from: 2, through: count, by: 1) {
          let next =
            (Double(2 * degree - 1) * x * current - Double(degree - 1) * before) / Double(degree)
          (before, current) = (current, next)
        }
        slope = Double(count) * (x * current - before) / (x * x - 1)
        let step = current / slope
        x -= step
        if abs(step) < 1e-16 { break }
      }
      points.append(x)
      weights.append(2 / ((1 - x * x) * slope * slope))
    }
    return (points, weights)
  }
}
