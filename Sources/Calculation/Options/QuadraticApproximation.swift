/// What the quadratic approximations of an American option share: the exponent of the early
/// exercise premium and the critical price.
///
/// Barone-Adesi and Whaley, 1987.
struct QuadraticApproximation {
  let terms: OptionTerms
  let sign: Double
  let discount: Double
  let yieldDiscount: Double
  let deviation: Double
  /// 1 − e^(−rT).
  let horizon: Double
  /// 2r ÷ σ², as α in Ju and Zhong.
  let alpha: Double
  /// 2(r − q) ÷ σ², as β in Ju and Zhong.
  let beta: Double
  /// α/h, which tends to 2 ÷ (σ²T) as the rate vanishes.
  let quotient: Double
  /// √((β − 1)² + 4α/h).
  let root: Double
  /// The exponent of the premium, λ.
  let exponent: Double

  init(_ terms: OptionTerms) {
    self.terms = terms
    sign = terms.kind.sign
    discount = Elementary.exponential(-terms.rate * terms.years)
    yieldDiscount = Elementary.exponential(-terms.dividendYield * terms.years)
    let variance = terms.volatility * terms.volatility
    deviation = terms.volatility * terms.years.squareRoot()
    horizon = -Elementary.exponentialMinusOne(-terms.rate * terms.years)
    alpha = 2 * terms.rate / variance
    beta = 2 * (terms.rate - terms.dividendYield) / variance
    quotient =
      abs(terms.rate) * terms.years < 1e-12 ? 2 / (variance * terms.years) : alpha / horizon
    root = ((beta - 1) * (beta - 1) + 4 * quotient).squareRoot()
    exponent = 0.5 * (1 - beta + sign * root)
  }

  /// Whether early exercise is never worth more than waiting: a call without a positive yield, a
  /// put without a positive rate (where the other cost of carry is not lower still).
  static func isNeverExercised(_ terms: OptionTerms) -> Bool {
    terms.kind == .call
      ? terms.dividendYield <= 0 && terms.dividendYield <= terms.rate
      : terms.rate <= 0 && terms.rate <= terms.dividendYield
  }

  /// The European price at an asset price, with Φ(φ·d₁), d₁ and φ(d₁).
  @inline(__always)
  func european(
    at spot: Double
  ) -> (price: Double, cumulative: Double, d1: Double, density: Double) {
    let asset = spot * yieldDiscount
    let strike = terms.strike * discount
    let quotient = asset / strike
    let d1 = Elementary.logarithm(quotient) / deviation + 0.5 * deviation
    let density = NormalDistribution.density(d1)
    let cumulative = NormalDistribution.cumulative(sign * d1, density: density)
    let other = NormalDistribution.cumulative(
      sign * (d1 - deviation), density: density * quotient)
    return (sign * (asset * cumulative - strike * other), cumulative, d1, density)
  }

  /// The asset price from which on exercise is better than holding: Newton's steps on
  /// φ(S − K) = V(S) + φ·(S/λ)·(1 − e^(−qT)·Φ(φ·d1)).
  func criticalPrice() -> Double? {
    var spot = seed()
    for _ in 0..<QuadraticApproximation.steps {
      let (price, cumulative, _, density) = european(at: spot)
      let slack = 1 - yieldDiscount * cumulative
      let difference =
        price + sign * spot / exponent * slack - sign * (spot - terms.strike)
      if abs(difference) <= 1e-9 * terms.strike { return spot }
      let slope =
        sign * (yieldDiscount * cumulative * (1 - 1 / exponent) + 1 / exponent - 1)
        - yieldDiscount * density / (exponent * deviation)
      var next = spot - difference / slope
      guard next.isFinite else { return nil }
      if next <= 0 { next = spot / 2 }
      if abs(next - spot) <= 1e-13 * spot { return next }
      spot = next
    }
    return spot
  }

  private static let steps = 100

  /// A first critical price between the one at expiry and the one of an endless option
  /// (Barone-Adesi and Whaley, equations 32 to 34).
  private func seed() -> Double {
    let variance = terms.volatility * terms.volatility
    let drift = terms.rate - terms.dividendYield
    let perpetual =
      0.5 * (1 - beta + sign * ((beta - 1) * (beta - 1) + 4 * max(alpha, 0)).squareRoot())
    let endless = terms.strike / (1 - 1 / perpetual)
    let bound = sign * (drift * terms.years) + 2 * deviation
    let isSteady = endless.isFinite && endless > 0 && variance > 0
    guard isSteady else { return terms.strike }
    if terms.kind == .call {
      let weight = Elementary.exponential(-bound * terms.strike / (endless - terms.strike))
      let seed = terms.strike + (endless - terms.strike) * (1 - weight)
      return seed.isFinite && seed > 0 ? seed : terms.strike
    }
    let weight = Elementary.exponential(-bound * terms.strike / (terms.strike - endless))
    let seed = endless + (terms.strike - endless) * weight
    return seed.isFinite && seed > 0 ? min(seed, terms.strike) : terms.strike
  }
}
