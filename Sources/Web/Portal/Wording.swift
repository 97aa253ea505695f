import Quantities

/// How figures and dates are written for people, in English.
enum Wording {
  /// An amount with its currency: `1,234.50 EUR`, held together by a no-break space.
  static func money(_ amount: Decimal128, _ currency: Currency) -> String {
    let rounded = amount.rounded(scale: currency.minorUnits, .halfUp)
    return "\(grouped(rounded))\u{A0}\(currency.code)"
  }

  /// A number with its thousands apart: `-1,234.50`.
  static func grouped(_ value: Decimal128) -> String {
    guard value.isFinite else { return "–" }
    let text = value.magnitude.plainText
    let whole = text.prefix { $0 != "." }
    var result = value.isNegative && !value.isZero ? "\u{2212}" : ""
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index) % 3 == 0 { result.append(",") }
      result.append(digit)
    }
    return result + text.dropFirst(whole.count)
  }

  /// A rate as per cent: 0.0549 is `5.49 %`.
  static func percent(_ rate: Decimal128, digits: Int = 2) -> String {
    "\(grouped((rate * 100).rounded(scale: digits, .halfUp)))\u{A0}%"
  }

  /// A date: `5 March 2027`.
  static func date(_ date: CalendarDate) -> String {
    "\(date.day)\u{A0}\(months[(date.month - 1) % 12])\u{A0}\(date.year)"
  }

  /// An instant to the minute: `5 March 2027, 14:05 UTC`.
  static func instant(_ instant: Instant) -> String {
    let minute = Int((instant.microseconds / 60_000_000) % 1_440)
    let positive = (minute + 1_440) % 1_440
    let hours = pad(positive / 60)
    let minutes = pad(positive % 60)
    return "\(date(instant.calendarDate)), \(hours):\(minutes)\u{A0}UTC"
  }

  /// Months as years and months: `2 years 6 months`.
  static func term(months: Int) -> String {
    let years = months / 12
    let rest = months % 12
    let parts = [
      years == 0 ? nil : years == 1 ? "1 year" : "\(years) years",
      rest == 0 && years > 0 ? nil : rest == 1 ? "1 month" : "\(rest) months",
    ]
    return parts.compactMap { $0 }.joined(separator: " ")
  }

  /// A name of the program as words: `termDeposit` is `Term deposit`.
  static func words(_ name: String) -> String {
    var result = ""
    for character in name {
      if character.isUppercase {
        result += " \(character.lowercased())"
      } else {
        result.append(character == "-" || character == "_" ? " " : character)
      }
    }
    return result.prefix(1).uppercased() + result.dropFirst()
  }

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

  private static let months = [
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
  ]
}
