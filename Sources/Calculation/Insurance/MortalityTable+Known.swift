import Quantities

/// Laws of mortality that are published for study and comparison; an insurer brings its own table.
extension MortalityTable {
  /// The Standard Ultimate Life Table: A = 0.00022, B = 2.7e-6, c = 1.124.
  ///
  /// Dickson, Hardy and Waters, Actuarial Mathematics for Life Contingent Risks, appendix D;
  /// Society of Actuaries, exam FAM-L.
  public static let standardUltimate = known(22, -5, 27, -7, growth: thousandths(1_124))

  /// The Illustrative Life Table: A = 0.0007, B = 0.00005, c = 10^0.04.
  ///
  /// Bowers et al., Actuarial Mathematics, appendix 2A.
  public static let illustrative = known(
    7, -4, 5, -5,
    growth: Decimal128(10).power(Decimal128(isNegative: false, coefficient: 4, exponent: -2)))

  private static func thousandths(_ count: UInt128) -> Decimal128 {
    Decimal128(isNegative: false, coefficient: count, exponent: -3)
  }

  /// A law from constants that are known to be one.
  private static func known(
    _ a: UInt128, _ aExponent: Int, _ b: UInt128, _ bExponent: Int, growth: Decimal128
  ) -> MortalityTable {
    MortalityTable(
      constant: Decimal128(isNegative: false, coefficient: a, exponent: aExponent),
      scale: Decimal128(isNegative: false, coefficient: b, exponent: bExponent), growth: growth,
      firstAge: 0)
  }
}
