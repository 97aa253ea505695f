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
    return walk(
      terms, steps: steps, up: up, upWeight: discount * chance,
      downWeight: discount * (1 - chance), exercise)
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
    values.withUnsafeMutableBufferPointer { values in
      same.withUnsafeBufferPointer { same in
        other.withUnsafeBufferPointer { other in
          for level in stride(from: steps - 1, through: 0, by: -1) {
            // The lowest price of this level lies (steps − level)/2 places up its line.
            let isOther = (steps - level) % 2 == 1
            let payoffs = isOther ? other : same
            let offset = (steps - level) / 2
            if exercise == .american {
              for node in 0...level {
                let held = upWeight * values[node &+ 1] + downWeight * values[node]
                let paid = payoffs[node &+ offset]
                values[node] = held > paid ? held : paid
              }
            } else {
              for node in 0...level {
                values[node] = upWeight * values[node &+ 1] + downWeight * values[node]
              }
            }
          }
        }
      }
    }
    return values[0]
  }
}
