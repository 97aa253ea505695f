/// An American option's fair price with its sensitivities.
///
/// A put with a positive rate, and through symmetry a call with a positive yield, is priced by
/// spectral collocation to a millionth of the asset's price. Where exercise never pays early the
/// European price stands. Where both rates are negative such that the option is exercised between
/// two boundaries, two binomial trees give what early exercise adds to the European price.
public struct AmericanOption: Sendable, Hashable {
  /// How the price was found.
  public enum Method: String, Sendable, Hashable, CaseIterable {
    /// Nothing is gained by exercise before expiry.
    case european
    /// Spectral collocation of the exercise boundary.
    case collocation
    /// Binomial trees that end in Black and Scholes's price, extrapolated.
    case trees
    /// No time or no volatility is left.
    case certain
  }

  /// The price of one option.
  public let price: Double

  /// The change of the price with the asset's price.
  public let delta: Double

  /// About how far the price may be from the exact one.
  public let errorEstimate: Double

  /// How the price was found.
  public let method: Method

  /// The asset price at which the option is exercised today; nil where it never is early.
  public let exercisedAt: Double?

  /// The fair price.
  public init(_ terms: OptionTerms) throws(CalculationError) {
    try self.init(terms, ladder: nil)
  }

  /// The price by the high-precision scheme, which the usual ones are measured against.
  package init(precisely terms: OptionTerms) throws(CalculationError) {
    try self.init(terms, ladder: [.precise])
  }

  /// The price by one scheme, or by the first of the usual ones that is close enough.
  init(_ terms: OptionTerms, ladder: [CollocationScheme]?) throws(CalculationError) {
    try terms.check()
    guard terms.years > 0, terms.volatility > 0 else {
      self.init(certain: terms)
      return
    }
    if QuadraticApproximation.isNeverExercised(terms) {
      let european = EuropeanOption(checked: terms)
      self.init(
        price: european.price, delta: european.delta, errorEstimate: 1e-14 * terms.spot,
        method: .european, exercisedAt: nil)
      return
    }
    let put = terms.kind == .put ? terms : terms.mirrored
    if put.rate > 0 {
      var best: AmericanOption?
      for scheme in ladder ?? CollocationScheme.ladder(for: put) {
        guard let boundary = ExerciseBoundary(put, scheme) else { continue }
        let option = AmericanOption(terms, put, boundary)
        best = option
        if option.errorEstimate <= AmericanOption.enough * terms.spot { break }
      }
      if let best {
        self = best
        return
      }
    }
    try self.init(byTrees: terms)
  }

  /// The part of the asset's price that an error estimate may be before a finer scheme is taken.
  private static let enough = 1e-6

  init(
    price: Double, delta: Double, errorEstimate: Double, method: Method, exercisedAt: Double?
  ) {
    self.price = price
    self.delta = delta
    self.errorEstimate = errorEstimate
    self.method = method
    self.exercisedAt = exercisedAt
  }

  private init(_ terms: OptionTerms, _ put: OptionTerms, _ boundary: ExerciseBoundary) {
    let (price, slope, change) = boundary.value(at: put.spot)
    if terms.kind == .put {
      self.init(
        price: price, delta: slope, errorEstimate: change + 1e-8 * terms.spot,
        method: .collocation, exercisedAt: boundary.today)
    } else {
      // A call C(S, K) is the put P(K, S): prices scale with both, so that
      // ∂C/∂S = (P − K·∂P/∂K) ÷ S with the put's asset price K.
      self.init(
        price: price, delta: (price - put.spot * slope) / terms.spot,
        errorEstimate: change + 1e-8 * terms.spot, method: .collocation,
        exercisedAt: terms.strike * terms.spot / boundary.today)
    }
  }

  private init(certain terms: OptionTerms) {
    let price = AmericanOption.certainValue(terms)
    let isHeld = price > 0
    self.init(
      price: price, delta: isHeld ? terms.kind.sign : 0, errorEstimate: 0, method: .certain,
      exercisedAt: nil)
  }

  /// Without volatility the best time of exercise is known: now, at expiry, or in between where
  /// the exercise value peaks.
  static func certainValue(_ terms: OptionTerms) -> Double {
    func value(_ time: Double) -> Double {
      terms.kind.sign
        * (terms.spot * Elementary.exponential(-terms.dividendYield * time)
          - terms.strike * Elementary.exponential(-terms.rate * time))
    }
    var best = max(value(0), value(terms.years), 0)
    let ratio = terms.rate * terms.strike / (terms.dividendYield * terms.spot)
    let difference = terms.rate - terms.dividendYield
    if ratio > 0, difference != 0 {
      let peak = Elementary.logarithm(ratio) / difference
      if peak > 0, peak < terms.years { best = max(best, value(peak)) }
    }
    return best
  }
}
