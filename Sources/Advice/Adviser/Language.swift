package import Quantities

/// How a language writes numbers, dates and counted words (Unicode CLDR 44).
///
/// The languages of the wording are written out; another one is written as English is.
package enum Language: String, Sendable, CaseIterable {
  case english = "en"
  case romanian = "ro"
  case russian = "ru"

  /// The language of a locale such as `ro-MD`.
  package init(_ locale: String) {
    self = Language(rawValue: String(locale.prefix { $0 != "-" && $0 != "_" })) ?? .english
  }

  /// What parts the thousands of a number: a no-break space where a space does.
  var thousands: String {
    switch self {
    case .english: ","
    case .romanian: "."
    case .russian: "\u{A0}"
    }
  }

  /// What stands before the decimals.
  var point: String { self == .english ? "." : "," }

  /// How many forms a counted word has: one and other, or one, few and other.
  var formCount: Int { self == .english ? 2 : 3 }

  /// A number with its thousands apart: of five digits and more, or with decimals.
  ///
  /// - Parameter text: digits, with a point before decimals and a sign before all where there is
  ///   one.
  package func number(_ text: String, groupsAll: Bool = false) -> String {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let digits = isNegative ? text.utf8.dropFirst() : text.utf8[...]
    let whole = digits.prefix { $0 != UInt8(ascii: ".") }
    let decimals = digits.dropFirst(whole.count + 1)
    let isGrouped = groupsAll || whole.count > 4 || (whole.count == 4 && !decimals.isEmpty)
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count + 12)
    if isNegative { result += "\u{2212}".utf8 }
    for (index, digit) in whole.enumerated() {
      if isGrouped, index > 0, (whole.count - index) % 3 == 0 { result += thousands.utf8 }
      result.append(digit)
    }
    if !decimals.isEmpty {
      result += point.utf8
      result += decimals
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// A date: `5 March 2027`, `5 martie 2027`, `5 марта 2027 года`.
  package func date(_ date: CalendarDate) -> String {
    let month = monthNames[(date.month - 1) % 12]
    let end = self == .russian ? "\u{A0}года" : ""
    return "\(date.day)\u{A0}\(month)\u{A0}\(date.year)\(end)"
  }

  /// The form of a counted word for the last whole number in a text.
  func form(_ forms: [String], for text: String) -> String {
    let digits = text.split { !$0.isASCII || !$0.isNumber }.last.map(String.init) ?? ""
    let place = place(of: Int(digits.suffix(9)) ?? 2)
    return place < forms.count ? forms[place] : forms.last ?? ""
  }

  /// The form of a counted word for a number.
  package func form(_ forms: [String], for count: Int) -> String {
    let place = place(of: count)
    return place < forms.count ? forms[place] : forms.last ?? ""
  }

  /// The place of the form that a whole number takes: CLDR's cardinal plural rules.
  private func place(of number: Int) -> Int {
    let number = number.magnitude
    let (tens, ones) = (number % 100, number % 10)
    switch self {
    case .english: return number == 1 ? 0 : 1
    case .romanian:
      if number == 1 { return 0 }
      return number == 0 || (1...19).contains(tens) ? 1 : 2
    case .russian:
      if ones == 1, tens != 11 { return 0 }
      return (2...4).contains(ones) && !(12...14).contains(tens) ? 1 : 2
    }
  }

  private var monthNames: [String] {
    switch self {
    case .english:
      [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
      ]
    case .romanian:
      [
        "ianuarie", "februarie", "martie", "aprilie", "mai", "iunie", "iulie", "august",
        "septembrie", "octombrie", "noiembrie", "decembrie",
      ]
    case .russian:
      [
        "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября",
        "октября", "ноября", "декабря",
      ]
    }
  }
}
