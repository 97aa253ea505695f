/// Order and equality by value: 1.0 equals 1.00, −0 equals 0.
///
/// So that every set and sorted list works, the order is total: nan equals itself and comes after
/// positive infinity. (IEEE 754 would leave nan unordered; FEEL has null in its place.)
extension Decimal128: Hashable, Comparable {
  /// Whether both stand for the same number.
  @inlinable
  public static func == (left: Decimal128, right: Decimal128) -> Bool {
    if left.high == right.high, left.low == right.low { return true }
    if (left.high | right.high) & notSmallMask == 0, left.high == right.high { return false }
    return order(left, right) == 0
  }

  /// Whether the left number is the smaller.
  @inlinable
  public static func < (left: Decimal128, right: Decimal128) -> Bool {
    if (left.high | right.high) & (notSmallMask | signBit) == 0, left.high == right.high {
      return left.low < right.low
    }
    return order(left, right) < 0
  }

  /// Whether the left number is the smaller or both are equal.
  @inlinable
  public static func <= (left: Decimal128, right: Decimal128) -> Bool { !(right < left) }

  /// Whether the left number is the larger.
  @inlinable
  public static func > (left: Decimal128, right: Decimal128) -> Bool { right < left }

  /// Whether the left number is the larger or both are equal.
  @inlinable
  public static func >= (left: Decimal128, right: Decimal128) -> Bool { !(left < right) }

  /// Equal numbers feed equal bits, whatever their scale.
  public func hash(into hasher: inout Hasher) {
    let canonical = normalized
    hasher.combine(canonical.high)
    hasher.combine(canonical.low)
  }

  /// −1, 0 or 1: how two numbers stand to each other.
  @usableFromInline
  static func order(_ left: Decimal128, _ right: Decimal128) -> Int {
    if (left.high | right.high) & (notSmallMask | signBit) == 0 {
      let distance =
        Int(truncatingIfNeeded: left.exponentField)
        &- Int(truncatingIfNeeded: right.exponentField)
      if distance.magnitude <= UInt(PowerOfTen.largestInWord) {
        let up = left.low.multipliedFullWidth(by: PowerOfTen.words[max(distance, 0)])
        let down = right.low.multipliedFullWidth(by: PowerOfTen.words[max(0 &- distance, 0)])
        let (first, second) = (
          UInt128(high: up.high, low: up.low), UInt128(high: down.high, low: down.low)
        )
        return (first > second ? 1 : 0) &- (first < second ? 1 : 0)
      }
    }
    return orderOfAny(left, right)
  }

  @inline(never)
  private static func orderOfAny(_ left: Decimal128, _ right: Decimal128) -> Int {
    guard left.isFinite, right.isFinite else {
      let (first, second) = (left.rankAmongSpecial, right.rankAmongSpecial)
      return first == second ? 0 : (first < second ? -1 : 1)
    }
    if left.isZero {
      return right.isZero ? 0 : (right.isNegative ? 1 : -1)
    }
    if right.isZero || left.sign != right.sign { return left.isNegative ? -1 : 1 }
    let magnitudes = orderOfMagnitudes(left, right)
    return left.isNegative ? -magnitudes : magnitudes
  }

  /// The place of a class of numbers in the order: −∞, finite, ∞, nan.
  private var rankAmongSpecial: Int {
    if isNaN { return 2 }
    if isFinite { return 0 }
    return isNegative ? -1 : 1
  }

  /// The order of two numbers that are finite and not zero, without regard to their signs.
  private static func orderOfMagnitudes(_ left: Decimal128, _ right: Decimal128) -> Int {
    if left.exponentField < right.exponentField { return -orderOfMagnitudes(right, left) }
    let distance = Int(truncatingIfNeeded: left.exponentField &- right.exponentField)
    let (large, small) = (left.coefficient, right.coefficient)
    // The left one has at least one digit more than any coefficient.
    if distance >= digits { return 1 }
    if distance == 0 { return large == small ? 0 : (large < small ? -1 : 1) }
    let scaled = WideInteger(large, times: PowerOfTen.value(distance))
    if scaled.high != 0 { return 1 }
    return scaled.low == small ? 0 : (scaled.low < small ? -1 : 1)
  }
}
