/// How a number that lies between two representable ones is brought to one of them.
///
/// The names are those of the General Decimal Arithmetic and of DMN 1.5, 10.3.4.2.
public enum Rounding: String, Sendable, CaseIterable {
  /// To the nearest; a tie goes to the even last digit ("banker's rounding").
  case halfEven
  /// To the nearest; a tie goes away from zero (the usual rule of commerce).
  case halfUp
  /// To the nearest; a tie goes towards zero.
  case halfDown
  /// Away from zero.
  case up
  /// Towards zero, that is truncation.
  case down
  /// Towards positive infinity.
  case ceiling
  /// Towards negative infinity.
  case floor

  /// Whether the magnitude goes up by one unit of the last digit that is kept.
  ///
  /// - Parameters:
  ///   - tail: how the part cut off compares with half a unit of the last digit kept.
  ///   - isOdd: whether the last digit kept is odd.
  ///   - isNegative: whether the number is below zero.
  @inline(__always)
  func raises(_ tail: Tail, isOdd: Bool, isNegative: Bool) -> Bool {
    if tail == .nothing { return false }
    switch self {
    case .halfEven: return tail > .half || (tail == .half && isOdd)
    case .halfUp: return tail >= .half
    case .halfDown: return tail > .half
    case .up: return true
    case .down: return false
    case .ceiling: return !isNegative
    case .floor: return isNegative
    }
  }
}

/// The part of a number below the last digit kept, compared with half a unit of that digit.
enum Tail: UInt8, Comparable {
  case nothing, belowHalf, half, aboveHalf

  /// Compares a remainder with half of its divisor; `rest` tells that something lies below it.
  @inline(__always)
  init(_ remainder: UInt128, of divisor: UInt128, rest: Bool) {
    if remainder == 0 {
      self = rest ? .belowHalf : .nothing
      return
    }
    // Twice the remainder cannot overflow: the divisor is at most 10^36, below 2^127.
    let double = remainder &<< 1
    if double == divisor {
      self = rest ? .aboveHalf : .half
    } else {
      self = double > divisor ? .aboveHalf : .belowHalf
    }
  }

  @inline(__always)
  static func < (left: Tail, right: Tail) -> Bool { left.rawValue < right.rawValue }
}
