/// Named approximations of an American option's price, for comparison with those who quote them.
public enum AmericanApproximation: String, Sendable, Hashable, CaseIterable {
  /// G. Barone-Adesi and R. Whaley, Efficient Analytic Approximation of American Option Values,
  /// Journal of Finance 42 (1987).
  case baroneAdesiWhaley
  /// P. Bjerksund and G. Stensland, Closed-Form Approximation of American Options, Scandinavian
  /// Journal of Management 9 (1993): one flat exercise boundary.
  case bjerksundStensland
  /// N. Ju and R. Zhong, An Approximate Formula for Pricing American Options, Journal of
  /// Derivatives 7 (1999).
  case juZhong

  /// The price by this approximation.
  public func price(_ terms: OptionTerms) throws(CalculationError) -> Double {
    try terms.check()
    guard terms.years > 0, terms.volatility > 0 else {
      return AmericanOption.certainValue(terms)
    }
    if QuadraticApproximation.isNeverExercised(terms) {
      return EuropeanOption.price(checked: terms)
    }
    // An approximation may be worth less than no early exercise at all.
    return max(approximated(terms), EuropeanOption.price(checked: terms))
  }

  private func approximated(_ terms: OptionTerms) -> Double {
    switch self {
    case .baroneAdesiWhaley: AmericanApproximation.quadratic(terms, isCorrected: false)
    case .juZhong: AmericanApproximation.quadratic(terms, isCorrected: true)
    case .bjerksundStensland:
      AmericanApproximation.flatBoundaryCall(terms.kind == .call ? terms : terms.mirrored)
    }
  }

  private static func quadratic(_ terms: OptionTerms, isCorrected: Bool) -> Double {
    let quadratic = QuadraticApproximation(terms)
    let european = quadratic.european(at: terms.spot).price
    guard let critical = quadratic.criticalPrice() else { return max(european, terms.intrinsic) }
    let sign = quadratic.sign
    if sign * (terms.spot - critical) >= 0 { return sign * (terms.spot - terms.strike) }
    let (price, cumulative, d1, _) = quadratic.european(at: critical)
    let distance = Elementary.logarithm(terms.spot / critical)
    let fade = Elementary.exponential(quadratic.exponent * distance)
    if !isCorrected {
      let amplitude =
        sign * critical / quadratic.exponent * (1 - quadratic.yieldDiscount * cumulative)
      return european + amplitude * fade
    }
    let premium = sign * (critical - terms.strike) - price
    let chi = correction(quadratic, critical, premium, cumulative, d1, distance)
    return european + premium * fade / (1 - chi)
  }

  /// χ of Ju and Zhong, equation 25.
  private static func correction(
    _ quadratic: QuadraticApproximation, _ critical: Double, _ premium: Double,
    _ cumulative: Double, _ d1: Double, _ distance: Double
  ) -> Double {
    let terms = quadratic.terms
    let sign = quadratic.sign
    let denominator = 2 * quadratic.exponent + quadratic.beta - 1
    let forward = critical * quadratic.yieldDiscount / quadratic.discount
    let other = NormalDistribution.cumulative(sign * (d1 - quadratic.deviation))
    // Each of these is α times what the paper has, and finite where the rate vanishes: α/h, α·λ′(h)
    // and α·∂V/∂h with h = 1 − e^(−rT).
    let quotient = quadratic.quotient
    let exponentSlope = -sign * quotient * quotient / quadratic.root
    let variance = terms.volatility * terms.volatility
    let europeanSlope =
      forward * NormalDistribution.density(d1) / quadratic.deviation
      - sign * forward * cumulative * 2 * terms.dividendYield / variance
      + sign * terms.strike * other * quadratic.alpha
    let scale = (1 - quadratic.horizon) / denominator
    let quadraticPart = scale * exponentSlope / 2
    let linearPart = -scale * (europeanSlope / premium + quotient + exponentSlope / denominator)
    return distance * (quadraticPart * distance + linearPart)
  }

  /// The flat-boundary price of a call (equations 4 to 11 of Bjerksund and Stensland).
  private static func flatBoundaryCall(_ terms: OptionTerms) -> Double {
    let carry = terms.rate - terms.dividendYield
    if carry >= terms.rate { return EuropeanOption.price(checked: terms) }
    let variance = terms.volatility * terms.volatility
    let half = 0.5 - carry / variance
    let beta = half + (half * half + 2 * terms.rate / variance).squareRoot()
    let endless = beta / (beta - 1) * terms.strike
    let nearest = max(terms.strike, terms.rate / terms.dividendYield * terms.strike)
    let time =
      -(carry * terms.years + 2 * terms.volatility * terms.years.squareRoot()) * nearest
      / (endless - nearest)
    let trigger = nearest + (endless - nearest) * (1 - Elementary.exponential(time))
    guard trigger.isFinite, terms.spot < trigger else { return terms.spot - terms.strike }
    let strike = terms.strike
    let region = FlatBoundary(terms: terms, carry: carry, trigger: trigger)
    return (trigger - strike)
      * (Elementary.power(terms.spot / trigger, beta) - region.value(beta, trigger))
      + trigger * (region.value(1, trigger) - region.value(1, strike))
      - strike * (region.value(0, trigger) - region.value(0, strike))
  }
}

/// The function φ(S, T, γ, H, I) of Bjerksund and Stensland, divided by I^γ.
private struct FlatBoundary {
  let terms: OptionTerms
  let carry: Double
  let trigger: Double

  func value(_ gamma: Double, _ level: Double) -> Double {
    let variance = terms.volatility * terms.volatility
    let deviation = terms.volatility * terms.years.squareRoot()
    let drift = (carry + (gamma - 0.5) * variance) * terms.years
    let d = -(Elementary.logarithm(terms.spot / level) + drift) / deviation
    let lambda =
      (-terms.rate + gamma * carry + 0.5 * gamma * (gamma - 1) * variance) * terms.years
    let kappa = 2 * carry / variance + (2 * gamma - 1)
    let distance = Elementary.logarithm(trigger / terms.spot)
    let reflected = NormalDistribution.scaledCumulative(
      kappa * distance, d - 2 * distance / deviation)
    return Elementary.exponential(lambda - gamma * distance)
      * (NormalDistribution.cumulative(d) - reflected)
  }
}
