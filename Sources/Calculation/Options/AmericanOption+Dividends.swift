extension AmericanOption {
  /// The fair price of an American option on an asset that pays known dividends.
  ///
  /// The asset's price less the worth of the dividends to come follows Black and Scholes; exercise
  /// brings the whole price (Hull, 21.3). A trinomial lattice, whose levels meet every dividend's
  /// day, gives what early exercise adds; the European price itself is exact.
  public init(
    _ terms: OptionTerms, dividends: [DiscreteDividend]
  ) throws(CalculationError) {
    let asset = try terms.lessDividends(dividends)
    let paid = dividends.filter { $0.years <= terms.years && $0.amount > 0 }
      .sorted { $0.years < $1.years }
    if paid.isEmpty {
      try self.init(terms)
      return
    }
    guard terms.years > 0 else {
      self.init(
        price: terms.intrinsic, delta: terms.intrinsic > 0 ? terms.kind.sign : 0,
        errorEstimate: 0, method: .certain, exercisedAt: nil)
      return
    }
    let steps = DividendLattice.steps
    let coarse = DividendLattice(asset, paid, steps: steps).earlyExercise()
    let fine = DividendLattice(asset, paid, steps: 2 * steps).earlyExercise()
    let european = EuropeanOption(checked: asset)
    let price = max(european.price + max(2 * fine.value - coarse.value, 0), terms.intrinsic)
    let delta = european.delta + 2 * fine.slope - coarse.slope
    try CalculationError.unless(
      price.isFinite && delta.isFinite, .outOfRange, "volatility",
      "The lattice's prices leave the range of numbers.")
    self.init(
      price: price, delta: delta,
      errorEstimate: abs(fine.value - coarse.value) + 1e-8 * terms.spot, method: .trees,
      exercisedAt: nil)
  }
}

/// A trinomial lattice over the logarithm of the uncertain part of an asset's price, measured from
/// its drift, with its levels on the days of the dividends.
private struct DividendLattice {
  /// Steps of the coarser lattice.
  static let steps = 400
  /// Deviations that the lattice reaches to either side.
  private static let reach = 8.0
  /// A volatility below this has the lattice follow the certain path.
  private static let leastVolatility = 1e-6

  private let terms: OptionTerms
  private let dividends: [DiscreteDividend]
  private let longestStep: Double
  private let spacing: Double
  private let half: Int
  private let shapes: [Double]
  private let drift: Double

  init(_ asset: OptionTerms, _ dividends: [DiscreteDividend], steps: Int) {
    terms = asset
    self.dividends = dividends
    let volatility = max(asset.volatility, DividendLattice.leastVolatility)
    longestStep = asset.years / Double(steps)
    let spacing = volatility * (3 * longestStep).squareRoot()
    self.spacing = spacing
    let half = Int((DividendLattice.reach * (Double(steps) / 3).squareRoot()).rounded(.up)) + 1
    self.half = half
    shapes = (-half...half).map { Elementary.exponential(Double($0) * spacing) }
    drift = asset.rate - asset.dividendYield - 0.5 * volatility * volatility
  }

  /// What the dividends after a time are worth then; those of the very time too where it is before
  /// they are paid.
  private func dividendsToCome(_ time: Double, beforePayment: Bool) -> Double {
    var worth = 0.0
    for dividend in dividends
    where dividend.years > time || beforePayment && dividend.years == time {
      worth += dividend.amount * Elementary.exponential(-terms.rate * (dividend.years - time))
    }
    return worth
  }

  /// Raises each value to what exercise brings at a time.
  private func exercise(
    _ values: inout [Double], at time: Double, beforePayment: Bool = false
  ) {
    let asset = terms.spot * Elementary.exponential(drift * time)
    let fixed = dividendsToCome(time, beforePayment: beforePayment) - terms.strike
    let sign = terms.kind.sign
    for node in values.indices {
      values[node] = max(values[node], sign * (asset * shapes[node] + fixed))
    }
  }

  /// The American less the European price today, and its change with the asset's price.
  func earlyExercise() -> (value: Double, slope: Double) {
    let sign = terms.kind.sign
    let asset = terms.spot * Elementary.exponential(drift * terms.years)
    var european = shapes.map { max(sign * (asset * $0 - terms.strike), 0) }
    var american = european
    var end = terms.years
    let days = Set(dividends.map(\.years)).union([0]).filter { $0 < terms.years }
    var isFirst = true
    for start in days.sorted(by: >) {
      if dividends.contains(where: { $0.years == end }) {
        exercise(&american, at: end, beforePayment: true)
      }
      walk(from: end, to: start, &american, &european, isFirst)
      isFirst = false
      end = start
    }
    if dividends.contains(where: { $0.years == 0 }) {
      exercise(&american, at: 0, beforePayment: true)
    }
    let above = american[half + 1] - european[half + 1]
    let below = american[half - 1] - european[half - 1]
    let distance = terms.spot * (shapes[half + 1] - shapes[half - 1])
    return (american[half] - european[half], (above - below) / distance)
  }

  /// Goes back from one time to an earlier one between which nothing is paid.
  private func walk(
    from end: Double, to start: Double, _ american: inout [Double], _ european: inout [Double],
    _ isFirst: Bool
  ) {
    let count = max(Int(((end - start) / longestStep).rounded(.up)), 1)
    let step = (end - start) / Double(count)
    let volatility = max(terms.volatility, DividendLattice.leastVolatility)
    // The chance to leave a node under which the asset grows by its drift exactly.
    let growth = Elementary.exponentialMinusOne(0.5 * volatility * volatility * step)
    let sine = 0.5 * (Elementary.exponential(spacing / 2) - Elementary.exponential(-spacing / 2))
    let chance = growth / (2 * sine * sine)
    let discount = Elementary.exponential(-terms.rate * step)
    let (side, stay) = (0.5 * chance * discount, (1 - chance) * discount)
    for level in stride(from: count - 1, through: 0, by: -1) {
      let time = start + Double(level) * step
      if isFirst, level == count - 1, american == european {
        // Black and Scholes's price smooths the kink at expiry.
        setLastStep(&european, at: time, step)
        american = european
      } else {
        roll(&american, side, stay, discount)
        roll(&european, side, stay, discount)
      }
      exercise(&american, at: time)
    }
  }

  private func setLastStep(_ values: inout [Double], at time: Double, _ step: Double) {
    var last = terms
    last.years = step
    let asset = terms.spot * Elementary.exponential(drift * time)
    for node in values.indices {
      last.spot = asset * shapes[node]
      values[node] = EuropeanOption.price(checked: last)
    }
  }

  /// One level back; beyond the ends, which are too far out to matter, values stay.
  private func roll(
    _ values: inout [Double], _ side: Double, _ stay: Double, _ discount: Double
  ) {
    var below = values[0]
    values[0] *= discount
    for node in 1..<values.count - 1 {
      let here = values[node]
      values[node] = side * (below + values[node + 1]) + stay * here
      below = here
    }
    values[values.count - 1] *= discount
  }
}
