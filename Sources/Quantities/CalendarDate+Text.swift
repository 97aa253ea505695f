/// Dates as text: `2026-02-28`, years of more than four digits and negative years as in
/// XML Schema 1.1, 3.3.9 (which FEEL follows).
extension CalendarDate: CustomStringConvertible {
  /// A day written `YYYY-MM-DD`; a longer year has no leading zero, a negative one a minus.
  public init?(iso text: some StringProtocol) {
    guard let date = DigitCursor.read(text, CalendarDate.read) else { return nil }
    self = date
  }

  private static func read(_ cursor: inout DigitCursor) -> CalendarDate? {
    let isNegative = cursor.skip(0x2D)
    let yearStart = cursor.remaining
    guard let year = cursor.number(digits: 4...9) else { return nil }
    let length = yearStart - cursor.remaining
    if length > 4, year < smallestYearWithDigits(length) { return nil }
    guard cursor.skip(0x2D), let month = cursor.number(digits: 2...2),
      cursor.skip(0x2D), let day = cursor.number(digits: 2...2)
    else { return nil }
    return CalendarDate(year: isNegative ? -year : year, month: month, day: day)
  }

  private static func smallestYearWithDigits(_ count: Int) -> Int {
    (1..<count).reduce(1) { power, _ in power * 10 }
  }

  /// The day written `YYYY-MM-DD`, the year with at least four digits.
  public var description: String {
    var text: [UInt8] = []
    text.reserveCapacity(16)
    append(to: &text)
    return String(decoding: text, as: UTF8.self)
  }

  func append(to text: inout [UInt8]) {
    if year < 0 { text.append(0x2D) }
    text.append(Int(year.magnitude), digits: 4)
    text.append(0x2D)
    text.append(month, digits: 2)
    text.append(0x2D)
    text.append(day, digits: 2)
  }
}

extension [UInt8] {
  /// Appends a number that is not negative, with leading zeros up to a number of digits.
  mutating func append(_ number: Int, digits: Int) {
    var divisor = 1
    var count = 1
    while count < digits || number / divisor >= 10 {
      divisor *= 10
      count += 1
    }
    while divisor > 0 {
      append(Ascii.zero &+ UInt8(truncatingIfNeeded: number / divisor % 10))
      divisor /= 10
    }
  }
}
