import Quantities

/// The part of an annuity's amount that each of n payments is: i / (1 − (1 + i)^−n), with i a
/// twelfth of the yearly rate; 1/n where there is no interest.
///
/// Many products share a rate, and many requests a term, so that factors are kept.
struct AnnuityFactors: Sendable {
  private struct Key: Hashable {
    let rate: Decimal128
    let months: Int
  }

  private let known = KnownAnswers<Key, Decimal128>(limit: 16_384)

  /// The factor of a yearly rate as a fraction and a number of monthly payments.
  func factor(_ rate: Decimal128, _ months: Int) -> Decimal128 {
    known.answer(to: Key(rate: rate, months: months)) {
      let i = rate / 12
      return i.isZero ? 1 / Decimal128(months) : i / (1 - (1 + i).power(-months))
    }
  }
}
