/// The price where no single boundary exists.
extension AmericanOption {
  /// Steps of the coarser tree.
  private static let treeSteps = 250

  /// What early exercise adds, from two trees whose last step is Black and Scholes's price,
  /// extrapolated; the European price itself is exact.
  ///
  /// Broadie and Detemple, 1996, "BBSR"; Hull and White, 1988, for the control variate: a tree's
  /// error is nearly the same for both options, so their difference has little of it.
  init(byTrees terms: OptionTerms) throws(CalculationError) {
    let coarse = AmericanOption.earlyExercise(terms, AmericanOption.treeSteps)
    let fine = AmericanOption.earlyExercise(terms, 2 * AmericanOption.treeSteps)
    let bump = 1e-3 * terms.spot
    var (up, down) = (terms, terms)
    up.spot += bump
    down.spot -= bump
    let slope =
      (AmericanOption.earlyExercise(up, AmericanOption.treeSteps)
        - AmericanOption.earlyExercise(down, AmericanOption.treeSteps)) / (2 * bump)
    let european = EuropeanOption(checked: terms)
    // The right to exercise early is worth something or nothing, never less.
    let price = max(european.price + max(2 * fine - coarse, 0), terms.intrinsic)
    try CalculationError.unless(
      price.isFinite && slope.isFinite, .outOfRange, "volatility",
      "The tree's prices leave the range of numbers.")
    self.init(
      price: price, delta: european.delta + slope,
      errorEstimate: abs(fine - coarse) + 1e-8 * terms.spot, method: .trees, exercisedAt: nil)
  }

  /// The American less the European price by one tree.
  private static func earlyExercise(_ terms: OptionTerms, _ steps: Int) -> Double {
    let step = terms.years / Double(steps)
    let sign = terms.kind.sign
    let up = Elementary.exponential(terms.volatility * step.squareRoot())
    let growth = Elementary.exponential((terms.rate - terms.dividendYield) * step)
    let chance = min(max((growth - 1 / up) / (up - 1 / up), 0), 1)
    let discount = Elementary.exponential(-terms.rate * step)
    var last = terms
    last.years = step
    func asset(_ node: Int, _ level: Int) -> Double {
      terms.spot * Elementary.power(up, Double(2 * node - level))
    }
    // Both options go through the tree together.
    var values = (0..<steps).map { node -> (american: Double, european: Double) in
      last.spot = asset(node, steps - 1)
      let european = EuropeanOption.price(checked: last)
      return (max(european, sign * (last.spot - terms.strike)), european)
    }
    let (upWeight, downWeight) = (discount * chance, discount * (1 - chance))
    for level in stride(from: steps - 2, through: 0, by: -1) {
      var price = asset(0, level)
      for node in 0...level {
        let (above, below) = (values[node + 1], values[node])
        let held = upWeight * above.american + downWeight * below.american
        values[node] = (
          max(held, sign * (price - terms.strike)),
          upWeight * above.european + downWeight * below.european
        )
        price *= up * up
      }
    }
    return values[0].american - values[0].european
  }
}
