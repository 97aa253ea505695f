import Advice
import Quantities

/// How figures and dates are written for people, in the language of the page.
enum Wording {
  /// An amount with its currency: `1,234.50 EUR`, held together by a no-break space.
  static func money(_ amount: Decimal128, _ currency: Currency) -> String {
    let rounded = amount.rounded(scale: currency.minorUnits, .halfUp)
    return "\(grouped(rounded))\u{A0}\(currency.code)"
  }

  /// A number with its thousands apart: `-1,234.50`.
  static func grouped(_ value: Decimal128) -> String {
    guard value.isFinite else { return "–" }
    let sign = value.isNegative && !value.isZero ? "\u{2212}" : ""
    return sign + PageLanguage.current.number(value.magnitude.plainText, groupsAll: true)
  }

  /// A number as it stands in a field: without its thousands apart.
  static func typed(_ value: Decimal128) -> String {
    let text = value.plainText
    return PageLanguage.current == .english ? text : text.replacing(".", with: ",")
  }

  /// A number as people type it, with a point before its decimals.
  static func plain(_ text: String) -> String {
    guard PageLanguage.current != .english else {
      return CalculatorForm.plain(text, isAmount: true)
    }
    let digits = text.filter { !$0.isWhitespace && $0 != "\u{A0}" }
    let isGrouped = digits.wholeMatch(of: /-?[0-9]{1,3}(\.[0-9]{3})+(,[0-9]+)?/) != nil
    return (isGrouped ? digits.filter { $0 != "." } : digits).replacing(",", with: ".")
  }

  /// A rate as per cent: 0.0549 is `5.49 %`.
  static func percent(_ rate: Decimal128, digits: Int = 2) -> String {
    "\(grouped((rate * 100).rounded(scale: digits, .halfUp)))\u{A0}%"
  }

  /// A date: `5 March 2027`.
  static func date(_ date: CalendarDate) -> String {
    PageLanguage.current.date(date)
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
    let language = PageLanguage.current
    let forms = countedForms(language)
    let parts = [
      years == 0 ? nil : "\(years) \(language.form(forms.years, for: years))",
      rest == 0 && years > 0 ? nil : "\(rest) \(language.form(forms.months, for: rest))",
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

  private static func countedForms(
    _ language: Language
  ) -> (years: [String], months: [String]) {
    switch language {
    case .english: (["year", "years"], ["month", "months"])
    case .romanian: (["an", "ani", "de ani"], ["lună", "luni", "de luni"])
    case .russian: (["год", "года", "лет"], ["месяц", "месяца", "месяцев"])
    }
  }

  private static func pad(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
