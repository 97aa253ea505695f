import Quantities
import Synchronization

/// The part of an annuity's amount that each of n payments is: i / (1 − (1 + i)^−n), with i a
/// twelfth of the yearly rate; 1/n where there is no interest.
///
/// Many products share a rate, and many requests a term, so that factors are kept.
final class AnnuityFactors: Sendable {
  /// Factors kept at once; when there are more, all are dropped.
  static let limit = 16_384

  private struct Key: Hashable {
    let rate: Decimal128
    let months: Int
  }

  private let known = Mutex<[Key: Decimal128]>([:])

  /// The factor of a yearly rate as a fraction and a number of monthly payments.
  func factor(_ rate: Decimal128, _ months: Int) -> Decimal128 {
    let key = Key(rate: rate, months: months)
    if let factor = known.withLock({ $0[key] }) { return factor }
    let i = rate / 12
    let factor = i.isZero ? 1 / Decimal128(months) : i / (1 - (1 + i).power(-months))
    known.withLock { known in
      if known.count >= Self.limit { known.removeAll(keepingCapacity: true) }
      known[key] = factor
    }
    return factor
  }
}
