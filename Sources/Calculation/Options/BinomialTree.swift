/// The binomial tree of Cox, Ross and Rubinstein (1979): u = e^(σ√Δt), d = 1/u,
/// p = (e^((r − q)Δt) − d) ÷ (u − d).
public enum BinomialTree {
  /// When the holder may exercise.
  public enum Exercise: String, Sendable, Hashable, CaseIterable {
    /// At expiry only.
    case european
    /// At every node, today included.
    case american
  }

  /// The price by a tree of so many steps.
  ///
  /// - Throws: `steps: outOfRange` where the tree's probability leaves 0…1: the steps are too few
  ///   for this volatility.
  public static func price(
    _ terms: OptionTerms, steps: Int, exercise: Exercise = .american
  ) throws(CalculationError) -> Double {
    try terms.check()
    try CalculationLimits.check(steps, in: 1...CalculationLimits.treeSteps, "steps")
    guard terms.years > 0, terms.volatility > 0 else {
      let european = EuropeanOption.price(checked: terms)
      return exercise == .american ? max(european, terms.intrinsic) : european
    }
    let step = terms.years / Double(steps)
    let up = Elementary.exponential(terms.volatility * step.squareRoot())
    let down = 1 / up
    let growth = Elementary.exponential((terms.rate - terms.dividendYield) * step)
    let chance = (growth - down) / (up - down)
    try CalculationError.unless(
      chance > 0 && chance < 1, .outOfRange, "steps",
      "A tree of \(steps) steps is too coarse for this volatility.")
    let discount = Elementary.exponential(-terms.rate * step)
    let price = walk(
      terms, steps: steps, up: up, upWeight: discount * chance,
      downWeight: discount * (1 - chance), exercise)
    try CalculationError.unless(
      price.isFinite, .outOfRange, "volatility", "The tree's prices leave the range of numbers.")
    return price
  }

  private static func walk(
    _ terms: OptionTerms, steps: Int, up: Double, upWeight: Double, downWeight: Double,
    _ exercise: Exercise
  ) -> Double {
    // Pay-offs lie on one line of prices spot·u^k, k = −steps…steps; a step uses every other one,
    // so the even and the odd are kept apart and each step reads one of them in order.
    let sign = terms.kind.sign
    func payoff(_ power: Int) -> Double {
      sign * (terms.spot * Elementary.power(up, Double(power)) - terms.strike)
    }
    let same = (0...steps).map { payoff(2 * $0 - steps) }
    let other = (0..<steps).map { payoff(2 * $0 - steps + 1) }
    var values = same.map { max($0, 0) }
    let weights = (up: upWeight, down: downWeight)
    for level in stride(from: steps - 1, through: 0, by: -1) {
      // The lowest price of this level lies (steps − level)/2 places up its line.
      let isOther = (steps - level) % 2 == 1
      let offset = (steps - level) / 2
      step(
        &values, level: level, weights, payoffs: isOther ? other : same, offset: offset,
        exercise)
    }
    return values[0]
  }

  /// One step back: eight nodes at a time, each from itself and the one above it.
  private static func step(
    _ values: inout [Double], level: Int, _ weights: (up: Double, down: Double),
    payoffs: [Double], offset: Int, _ exercise: Exercise
  ) {
    let up = SIMD8(repeating: weights.up)
    let down = SIMD8(repeating: weights.down)
    let isAmerican = exercise == .american
    values.withUnsafeMutableBufferPointer { values in
      payoffs.withUnsafeBufferPointer { payoffs in
        // Nodes 0…level are written; node level + 1 is read, and both buffers have that many.
        precondition(values.count > level + 1 && payoffs.count > level + offset)
        let raw = UnsafeMutableRawPointer(values.baseAddress)
        let paid = UnsafeRawPointer(payoffs.baseAddress)
        var node = 0
        if let raw, let paid {
          while node &+ 7 <= level {
            let place = node &* 8
            let lower = raw.loadUnaligned(fromByteOffset: place, as: SIMD8<Double>.self)
            let upper = raw.loadUnaligned(fromByteOffset: place &+ 8, as: SIMD8<Double>.self)
            var held = up * upper + down * lower
            if isAmerican {
              let payoff = paid.loadUnaligned(
                fromByteOffset: (node &+ offset) &* 8, as: SIMD8<Double>.self)
              held.replace(with: payoff, where: payoff .> held)
            }
            raw.storeBytes(of: held, toByteOffset: place, as: SIMD8<Double>.self)
            node &+= 8
          }
        }
        while node <= level {
          let held = weights.up * values[node &+ 1] + weights.down * values[node]
          values[node] = isAmerican ? max(held, payoffs[node &+ offset]) : held
          node &+= 1
        }
      }
    }
  }
}
