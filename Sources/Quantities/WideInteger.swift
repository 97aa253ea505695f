/// An unsigned integer of 256 bits: the exact product or sum of two scaled coefficients.
struct WideInteger {
  var high: UInt128
  var low: UInt128

  @inline(__always)
  init(high: UInt128, low: UInt128) {
    self.high = high
    self.low = low
  }

  @inline(__always)
  init(_ value: UInt128) {
    self.init(high: 0, low: value)
  }

  /// The exact product.
  @inline(__always)
  init(_ left: UInt128, times right: UInt128) {
    let lows = left.lowWord.multipliedFullWidth(by: right.lowWord)
    let crossA = left.lowWord.multipliedFullWidth(by: right.highWord)
    let crossB = left.highWord.multipliedFullWidth(by: right.lowWord)
    let highs = left.highWord.multipliedFullWidth(by: right.highWord)
    let bottom = UInt128(high: lows.high, low: lows.low)
    // Neither sum overflows: a product of words is at most (2^64 − 1)^2.
    let middle =
      UInt128(high: crossA.high, low: crossA.low) &+ UInt128(high: 0, low: bottom.highWord)
    let lower = UInt128(high: crossB.high, low: crossB.low) &+ UInt128(high: 0, low: middle.lowWord)
    low = UInt128(high: lower.lowWord, low: bottom.lowWord)
    high =
      UInt128(high: highs.high, low: highs.low)
      &+ UInt128(high: 0, low: middle.highWord) &+ UInt128(high: 0, low: lower.highWord)
  }

  @inline(__always)
  var isZero: Bool { high == 0 && low == 0 }

  /// The number of significant bits; 0 for zero.
  @inline(__always)
  var width: Int { high != 0 ? 128 &+ high.width : low.width }

  /// The number of decimal digits, up to 74; 0 for zero.
  @inline(__always)
  var decimalDigits: Int {
    if high == 0 { return low.decimalDigits }
    // The number has at least 39 digits, so the power is the product of 10^38 and another.
    let estimate = (width &* 1233) &>> 12
    let power = WideInteger(
      PowerOfTen.value(PowerOfTen.largest),
      times: PowerOfTen.value(estimate &- PowerOfTen.largest))
    return self < power ? estimate : estimate &+ 1
  }

  @inline(__always)
  static func < (left: WideInteger, right: WideInteger) -> Bool {
    left.high == right.high ? left.low < right.low : left.high < right.high
  }

  @inline(__always)
  static func == (left: WideInteger, right: WideInteger) -> Bool {
    left.high == right.high && left.low == right.low
  }

  /// The sum, which the caller knows to fit.
  @inline(__always)
  static func &+ (left: WideInteger, right: WideInteger) -> WideInteger {
    let (low, carry) = left.low.addingReportingOverflow(right.low)
    return WideInteger(high: left.high &+ right.high &+ (carry ? 1 : 0), low: low)
  }

  /// The difference, which the caller knows not to be negative.
  @inline(__always)
  static func &- (left: WideInteger, right: WideInteger) -> WideInteger {
    let (low, borrow) = left.low.subtractingReportingOverflow(right.low)
    return WideInteger(high: left.high &- right.high &- (borrow ? 1 : 0), low: low)
  }
}
