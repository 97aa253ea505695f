import Quantities

/// The values at which the cells of one column change their answer, in rising order.
///
/// With *k* cut points an input lies at one of 2*k* + 1 positions: position 2*i* + 1 is the cut
/// point *i* itself, position 2*i* is the gap before it. All inputs at one position get the same
/// answer of every cell, so one bit set of rules a position is all there is to know.
struct CutPoints: Sendable, Hashable {
  /// The points: whole numbers as they are, decimals times a power of ten.
  let points: [Int64]
  /// The power of ten of decimals.
  let scale: Int
  /// The points themselves where a decimal is too large or too fine for `points`.
  let decimals: [Decimal128]

  /// How many positions there are.
  var positionCount: Int { 2 * max(points.count, decimals.count) + 1 }

  /// Cut points of a kind that is counted in whole numbers, such as dates.
  init(integers: some Sequence<Int64>) {
    points = Set(integers).sorted()
    scale = 0
    decimals = []
  }

  /// Cut points of numbers.
  init(numbers: some Sequence<Decimal128>) {
    let sorted = Set(numbers).sorted()
    let scale = sorted.map { -$0.normalized.exponent }.max() ?? 0
    let range = 0...CutPoints.scaleLimit
    let used = max(scale, 0)
    let scaled = sorted.compactMap { CutPoints.exactly($0, scale: used) }
    if range.contains(used), scaled.count == sorted.count {
      (points, self.scale, decimals) = (scaled, used, [])
    } else {
      (points, self.scale, decimals) = ([], 0, sorted)
    }
  }

  /// The finest scale at which decimals are kept as whole numbers.
  private static let scaleLimit = 12

  /// A cut point that is a whole number.
  func integer(_ place: Int) -> Int64 { points[place] }

  /// The position of a whole number.
  func position(of value: Int64) -> Int { position(of: value, isBetween: false) }

  /// The position of a number.
  func position(of value: Decimal128) -> Int {
    guard decimals.isEmpty else { return slowPosition(of: value) }
    let shift = value.exponent &+ scale
    guard value.isFinite, let small = UInt64(exactly: value.coefficient) else {
      if let (floor, isBetween) = CutPoints.floor(value, shift: shift) {
        return position(of: floor, isBetween: isBetween)
      }
      return value.isNegative ? 0 : 2 * points.count
    }
    var magnitude = small
    var isBetween = false
    if shift > 0 {
      guard shift < CutPoints.powers.count else {
        if small == 0 { return position(of: Int64(0)) }
        return value.isNegative ? 0 : 2 * points.count
      }
      let (product, overflow) = small.multipliedReportingOverflow(by: CutPoints.powers[shift])
      guard !overflow, product <= UInt64(Int64.max) else {
        return value.isNegative ? 0 : 2 * points.count
      }
      magnitude = product
    } else if shift < 0 {
      if -shift < CutPoints.powers.count {
        let (quotient, rest) = small.quotientAndRemainder(dividingBy: CutPoints.powers[-shift])
        magnitude = quotient
        isBetween = rest != 0
      } else {
        magnitude = 0
        isBetween = small != 0
      }
    }
    guard magnitude <= UInt64(Int64.max) else {
      return value.isNegative ? 0 : 2 * points.count
    }
    let signed = Int64(magnitude)
    guard value.isNegative else { return position(of: signed, isBetween: isBetween) }
    return position(of: isBetween ? -signed &- 1 : -signed, isBetween: isBetween)
  }

  /// The position of a number that is `value`, or lies between `value` and the next whole one.
  func position(of value: Int64, isBetween: Bool) -> Int {
    var low = 0
    var high = points.count
    while low < high {
      let middle = (low &+ high) >> 1
      if points[middle] < value { low = middle &+ 1 } else { high = middle }
    }
    guard low < points.count, points[low] == value else { return 2 * low }
    return isBetween ? 2 * low + 2 : 2 * low + 1
  }

  private func slowPosition(of value: Decimal128) -> Int {
    var low = 0
    var high = decimals.count
    while low < high {
      let middle = (low + high) / 2
      if decimals[middle] < value { low = middle + 1 } else { high = middle }
    }
    return low < decimals.count && decimals[low] == value ? 2 * low + 1 : 2 * low
  }
}

extension CutPoints {
  /// 10 to the powers 0 to 19.
  private static let powers: [UInt64] = {
    var list: [UInt64] = [1]
    while list.count < 20 { list.append(list[list.count - 1] * 10) }
    return list
  }()

  private static func exactly(_ value: Decimal128, scale: Int) -> Int64? {
    guard value.isFinite, scale >= 0, scale <= scaleLimit else { return nil }
    let normal = value.normalized
    let shift = normal.exponent + scale
    guard shift >= 0, shift < powers.count, let small = Int64(exactly: normal.coefficient),
      let power = Int64(exactly: powers[shift])
    else { return normal.isZero ? 0 : nil }
    let (product, overflow) = small.multipliedReportingOverflow(by: power)
    return overflow ? nil : (value.isNegative ? -product : product)
  }

  /// The whole part at a scale of a number whose coefficient needs more than 64 bits.
  private static func floor(_ value: Decimal128, shift: Int) -> (Int64, isBetween: Bool)? {
    guard value.isFinite, shift < 0 else { return nil }
    var quotient = value.coefficient
    var isBetween = false
    for _ in 0..<min(-shift, 40) {
      let (next, rest) = quotient.quotientAndRemainder(dividingBy: 10)
      isBetween = isBetween || rest != 0
      quotient = next
    }
    guard let magnitude = Int64(exactly: quotient) else { return nil }
    guard value.isNegative else { return (magnitude, isBetween) }
    return (isBetween ? -magnitude - 1 : -magnitude, isBetween)
  }
}
