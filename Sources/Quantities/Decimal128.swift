/// A decimal number of 34 digits: IEEE 754-2008 decimal128 in its binary encoding.
///
/// This is the number of FEEL (DMN 1.5, 10.3.2.3.1) and the amount in all money of this package.
/// Results round half to even. Nothing traps: what has no finite result is `nan` or an infinity.
/// A number remembers its scale (`1.50` has two digits after the point), yet `1.5` and `1.50`
/// are equal and hash alike.
public struct Decimal128: Sendable {
  /// Sign (1 bit), exponent plus 6176 (14 bits), upper 49 bits of the coefficient.
  @usableFromInline let high: UInt64
  /// Lower 64 bits of the coefficient.
  @usableFromInline let low: UInt64

  /// A number from its two words, which the caller knows to be a proper encoding.
  @inlinable @inline(__always)
  init(high: UInt64, low: UInt64) {
    self.high = high
    self.low = low
  }
}

/// The encoding.
extension Decimal128 {
  @usableFromInline static var signBit: UInt64 { @inline(__always) get { 1 &<< 63 } }
  @usableFromInline static var exponentShift: UInt64 { @inline(__always) get { 49 } }
  /// What is added to an exponent to store it.
  @usableFromInline static var bias: Int { @inline(__always) get { 6176 } }
  @usableFromInline static var exponentMask: UInt64 {
    @inline(__always) get { 0x7FFE_0000_0000_0000 }
  }
  @usableFromInline static var coefficientMask: UInt64 {
    @inline(__always) get { 0x0001_FFFF_FFFF_FFFF }
  }
  /// Both bits are set in infinities and nan, and in no finite number.
  @usableFromInline static var specialMask: UInt64 {
    @inline(__always) get { 0x6000_0000_0000_0000 }
  }
  @usableFromInline static var infinityBits: UInt64 {
    @inline(__always) get { 0x7800_0000_0000_0000 }
  }
  @usableFromInline static var nanBits: UInt64 {
    @inline(__always) get { 0x7C00_0000_0000_0000 }
  }
  /// None of these bits is set in a finite number with a coefficient below 2^64 and an exponent
  /// below 2016: the quick forms of the operations ask this of both operands at once.
  @usableFromInline static var notSmallMask: UInt64 {
    @inline(__always) get { 0x4001_FFFF_FFFF_FFFF }
  }
  /// The upper word of 10^34: a coefficient with a smaller upper word has at most 34 digits.
  @usableFromInline static var coefficientHighLimit: UInt64 {
    @inline(__always) get { 0x0001_ED09_BEAD_87C0 }
  }

  /// The most digits of a coefficient.
  static let digits = 34
  /// The largest coefficient, 34 nines.
  static var largestCoefficient: UInt128 {
    @inline(__always) get { UInt128(high: 0x0001_ED09_BEAD_87C0, low: 0x378D_8E63_FFFF_FFFF) }
  }
  /// The smallest exponent of a coefficient taken as a whole number.
  static let smallestExponent = -6176
  /// The largest exponent of a coefficient taken as a whole number.
  static let largestExponent = 6111

  /// A finite number from parts that are known to be in range.
  @inline(__always)
  init(sign: UInt64, exponent: Int, coefficient: UInt128) {
    let field = UInt64(truncatingIfNeeded: exponent &+ Decimal128.bias)
    self.init(
      high: sign | field &<< Decimal128.exponentShift | coefficient.highWord,
      low: coefficient.lowWord)
  }

  /// The sign bit, in its place.
  @inlinable @inline(__always)
  var sign: UInt64 { high & Decimal128.signBit }

  /// The coefficient of a number that is known to be finite.
  @inline(__always)
  var finiteCoefficient: UInt128 {
    UInt128(high: high & Decimal128.coefficientMask, low: low)
  }

  /// The exponent of a number that is known to be finite.
  @inline(__always)
  var finiteExponent: Int { Int(truncatingIfNeeded: exponentField) &- Decimal128.bias }

  /// The stored exponent field.
  @inlinable @inline(__always)
  var exponentField: UInt64 { (high & Decimal128.exponentMask) &>> Decimal128.exponentShift }
}

/// What a number is made of.
extension Decimal128 {
  /// 0.
  @inlinable public static var zero: Decimal128 { Decimal128(0) }
  /// 1.
  @inlinable public static var one: Decimal128 { Decimal128(1) }
  /// Not a number: the result of 0 ÷ 0, of ∞ − ∞, of the logarithm of −1.
  @inlinable public static var nan: Decimal128 { Decimal128(high: nanBits, low: 0) }
  /// Positive infinity: what overflows becomes this.
  @inlinable public static var infinity: Decimal128 { Decimal128(high: infinityBits, low: 0) }
  /// The largest finite number, 34 nines followed by 6111 zeros.
  public static var greatestFinite: Decimal128 {
    Decimal128(sign: 0, exponent: largestExponent, coefficient: largestCoefficient)
  }

  /// Whether this is neither an infinity nor nan.
  @inlinable public var isFinite: Bool {
    high & Decimal128.specialMask != Decimal128.specialMask
  }

  /// Whether this is not a number.
  @inlinable public var isNaN: Bool { high & Decimal128.nanBits == Decimal128.nanBits }

  /// Whether this is positive or negative infinity.
  @inlinable public var isInfinite: Bool { !isFinite && !isNaN }

  /// Whether this is a zero of either sign and any scale.
  @inlinable public var isZero: Bool {
    low == 0 && high & Decimal128.coefficientMask == 0 && isFinite
  }

  /// Whether the sign is minus; this is so for a negative zero too.
  @inlinable public var isNegative: Bool { high & Decimal128.signBit != 0 }

  /// Whether this is a whole number.
  public var isInteger: Bool {
    guard isFinite else { return false }
    if exponent >= 0 || isZero { return true }
    guard exponent > -Decimal128.digits else { return false }
    let unit = PowerOfTen.value(-exponent)
    return coefficient % unit == 0
  }

  /// The digits as a whole number: the value is ± coefficient × 10^exponent; 0 where not finite.
  public var coefficient: UInt128 {
    guard isFinite else { return 0 }
    return finiteCoefficient
  }

  /// The power of ten of the last digit; 0 where the number is not finite.
  @inlinable public var exponent: Int {
    guard isFinite else { return 0 }
    return Int(truncatingIfNeeded: exponentField) &- Decimal128.bias
  }

  /// The number without its sign.
  @inlinable public var magnitude: Decimal128 {
    Decimal128(high: high & ~Decimal128.signBit, low: low)
  }

  /// The same value without zeros at the end of the coefficient; every zero becomes 0.
  public var normalized: Decimal128 {
    guard isFinite else { return self }
    var digits = coefficient
    if digits == 0 { return .zero }
    var exponent = exponent
    digits.dropTrailingZeros(into: &exponent, limit: Decimal128.largestExponent)
    return Decimal128(sign: sign, exponent: exponent, coefficient: digits)
  }
}

/// Numbers from integers.
extension Decimal128: ExpressibleByIntegerLiteral {
  /// The whole number, exactly.
  @inlinable public init(_ value: Int) {
    let sign: UInt64 = value < 0 ? Decimal128.signBit : 0
    let zeroExponent = UInt64(6176) &<< Decimal128.exponentShift
    self.init(high: sign | zeroExponent, low: UInt64(value.magnitude))
  }

  /// A whole number written in the source, exactly.
  @inlinable public init(integerLiteral value: Int) { self.init(value) }

  /// ± coefficient × 10^exponent, rounded half to even to 34 digits.
  ///
  /// What is too large becomes an infinity, and what is too small a zero.
  public init(isNegative: Bool, coefficient: UInt128, exponent: Int) {
    let sign = isNegative ? Decimal128.signBit : 0
    if coefficient <= Decimal128.largestCoefficient,
      exponent >= Decimal128.smallestExponent, exponent <= Decimal128.largestExponent
    {
      self.init(sign: sign, exponent: exponent, coefficient: coefficient)
    } else {
      // Beyond this every number is zero or infinite.
      let nearby = min(max(exponent, -20_000), 20_000)
      self.init(sign: sign, rounding: WideInteger(coefficient), exponent: nearby)
    }
  }
}

extension UInt128 {
  /// Divides by ten as long as that is exact, counting `exponent` up, at most to `limit`.
  mutating func dropTrailingZeros(into exponent: inout Int, limit: Int) {
    // A number that 10^n divides has n zero bits at its end: most numbers need no division.
    while exponent < limit, self != 0, lowWord & 1 == 0 {
      if highWord == 0 {
        var word = lowWord
        while exponent < limit, word & 1 == 0 {
          let (quotient, rest) = word.quotientAndRemainder(dividingBy: 10)
          if rest != 0 { break }
          word = quotient
          exponent &+= 1
        }
        self = UInt128(high: 0, low: word)
        return
      }
      let eight = exponent &+ 8 <= limit && trailingZeroBitCount >= 8
      let (quotient, rest) = quotientAndRemainder(dividingBy: eight ? 100_000_000 : 10)
      if rest == 0 {
        self = quotient
        exponent &+= eight ? 8 : 1
      } else if eight {
        dropTrailingZerosOneByOne(into: &exponent, limit: limit)
        return
      } else {
        return
      }
    }
  }

  private mutating func dropTrailingZerosOneByOne(into exponent: inout Int, limit: Int) {
    while exponent < limit, lowWord & 1 == 0 {
      let (quotient, rest) = quotientAndRemainder(dividingBy: 10)
      if rest != 0 { return }
      self = quotient
      exponent &+= 1
    }
  }
}
