/// Conversion to and from the numbers of the machine.
extension Decimal128 {
  /// The shortest decimal that reads back as the same double; infinities and nan stay so.
  public init(_ value: Double) {
    if value.isNaN {
      self = .nan
    } else if value.isInfinite {
      self = value < 0 ? -Decimal128.infinity : .infinity
    } else if value.magnitude < 0x1p53, Double(UInt64(value.magnitude)) == value.magnitude {
      let whole = UInt64(value.magnitude)
      let sign = value.sign == .minus ? Decimal128.signBit : 0
      self.init(sign: sign, exponent: 0, coefficient: UInt128(high: 0, low: whole))
    } else {
      // The shortest text that reads back is what a double prints.
      self = (Decimal128("\(value)") ?? .nan).withoutPointZero
    }
  }

  /// A large double prints as `1e+22` or `12345678901234567000.0`: the zero after the point is
  /// only a mark of its type.
  private var withoutPointZero: Decimal128 {
    exponent == -1 && isInteger ? rounded(scale: 0) : self
  }

  /// A whole number of any width, rounded half to even to 34 digits.
  public init(_ value: some BinaryInteger) {
    if let small = Int(exactly: value) {
      self.init(small)
    } else if let large = UInt128(exactly: value.magnitude) {
      self.init(isNegative: value < 0, coefficient: large, exponent: 0)
    } else {
      self = Decimal128("\(value)") ?? .infinity
    }
  }

  /// The number as a machine integer; nil where it is not whole or too large.
  public var integerValue: Int? {
    guard isFinite else { return nil }
    var value = coefficient
    let power = exponent
    if power < 0, value != 0 {
      guard power > -Decimal128.digits else { return nil }
      let parts = value.quotientAndRemainder(dividingBy: PowerOfTen.value(-power))
      guard parts.remainder == 0 else { return nil }
      value = parts.quotient
    } else if power > 0, value != 0 {
      guard power <= PowerOfTen.largestInWord, value.highWord == 0 else { return nil }
      value = value &* PowerOfTen.value(power)
    }
    guard value.highWord == 0 else { return nil }
    if isNegative {
      return value.lowWord <= Int.min.magnitude ? Int(truncatingIfNeeded: 0 &- value.lowWord) : nil
    }
    return Int(exactly: value.lowWord)
  }

  /// The nearest double.
  public var doubleValue: Double {
    guard isFinite else { return isNaN ? .nan : (isNegative ? -.infinity : .infinity) }
    let digits = coefficient
    let power = exponent
    if digits < 1 << 53, power >= -22, power <= 22 {
      // Both are exact as doubles, so one operation rounds once.
      let whole = Double(digits.lowWord)
      if power == -2 { return isNegative ? -whole / 100 : whole / 100 }
      let unit = Double(PowerOfTen.words[min(Int(power.magnitude), 19)])
      let rest = Double(PowerOfTen.words[max(Int(power.magnitude) - 19, 0)])
      let magnitude = power < 0 ? whole / (unit * rest) : whole * (unit * rest)
      return isNegative ? -magnitude : magnitude
    }
    return Double(description) ?? (isNegative ? -.infinity : .infinity)
  }
}
