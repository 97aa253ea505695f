/// The price where no single boundary exists.
extension AmericanOption {
  /// Steps of the coarser tree.
  private static let treeSteps = 250

  /// Two trees whose last step is Black and Scholes's price, extrapolated (M. Broadie and
  /// J. Detemple, 1996, "BBSR").
  init(byTrees terms: OptionTerms) throws(CalculationError) {
    let coarse = AmericanOption.smoothTree(terms, AmericanOption.treeSteps)
    let fine = AmericanOption.smoothTree(terms, 2 * AmericanOption.treeSteps)
    let bump = 1e-3 * terms.spot
    var (up, down) = (terms, terms)
    up.spot += bump
    down.spot -= bump
    let slope =
      (AmericanOption.smoothTree(up, AmericanOption.treeSteps)
        - AmericanOption.smoothTree(down, AmericanOption.treeSteps)) / (2 * bump)
    let price = max(2 * fine - coarse, terms.intrinsic)
    self.init(
      price: price, delta: slope, errorEstimate: abs(fine - coarse), method: .trees,
      exercisedAt: nil)
  }

  private static func smoothTree(_ terms: OptionTerms, _ steps: Int) -> Double {
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
    var values = (0..<steps).map { node -> Double in
      last.spot = asset(node, steps - 1)
      return max(EuropeanOption.price(checked: last), sign * (last.spot - terms.strike))
    }
    for level in stride(from: steps - 2, through: 0, by: -1) {
      var price = asset(0, level)
      for node in 0...level {
        let held = discount * (chance * values[node + 1] + (1 - chance) * values[node])
        values[node] = max(held, sign * (price - terms.strike))
        price *= up * up
      }
    }
    return values[0]
  }
}
