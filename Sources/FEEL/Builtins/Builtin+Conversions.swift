import Quantities

/// Conversion functions (DMN 1.5, 10.3.4.1, Table 72) and boolean functions (10.3.4.2).
extension Builtin {
  static let booleans: [Builtin] = [
    Builtin(
      "not", .boolean,
      .one("negand", .boolean) { value, _ in .truth(value.truth.map { !$0 }) })
  ]

  static let conversions: [Builtin] = uncharged.map { $0.costing(10) }

  private static let uncharged: [Builtin] = [
    Builtin("date", .date, .one("from", .any, date(from:_:)), .many(dateParts, date(parts:_:))),
    Builtin("time", .time, .one("from", .any, time(from:_:)), .many(timeParts, time(parts:_:))),
    Builtin(
      "date and time", .dateTime, .one("from", .any, dateTime(from:_:)),
      .two(("date", .any), ("time", .time), dateTime(date:time:_:))),
    Builtin(
      "number", .number, .one("from", .string, number(from:_:)),
      .many(numberParts, number(parts:_:))),
    Builtin(
      "string", .string,
      .one("from", .any, text(from:_:))),
    Builtin("duration", .any, .one("from", .any, duration(from:_:))),
    Builtin(
      "years and months duration", .yearsMonths,
      .two(("from", .any), ("to", .any), monthsBetween(_:_:_:))),
    Builtin("range", .range(.any), .one("from", .string, range(from:_:))),
  ]

  private static let dateParts = [
    Parameter("year", .number), Parameter("month", .number), Parameter("day", .number),
  ]
  private static let timeParts = [
    Parameter("hour", .number), Parameter("minute", .number), Parameter("second", .number),
    Parameter("offset", .daysTime, isOptional: true),
  ]
  private static let numberParts = [
    Parameter("from", .string), Parameter("grouping separator", .string, isOptional: true),
    Parameter("decimal separator", .string, isOptional: true),
  ]

  /// The only element of a singleton list (10.3.2.9.4), else the value itself.
  static func single(_ value: Value) -> Value {
    if case .list(let elements) = value, elements.count == 1 { return elements[0] }
    return value
  }

  private static func text(from value: Value, _ call: Call) -> Value {
    if case .string = value { return value }
    if value.isNull { return call.outside("null has no text") }
    var writer = ValueWriter(limit: call.evaluation.limits.stringLength)
    writer.write(value)
    guard call.spend(writer.text.utf8.count / 16) else {
      return call.evaluation.exhausted(call.span)
    }
    guard !writer.isCut else {
      return call.evaluation.null(.limit, call.span, "the text of the value is too long")
    }
    return .string(writer.text)
  }

  private static func date(from value: Value, _ call: Call) -> Value {
    switch single(value) {
    case .string(let text):
      if let date = TemporalText.date(text) { return .date(date) }
      return invalid(text, "date such as 2024-02-29", call)
    case .date(let date): return .date(date)
    case .dateTime(let moment): return .date(moment.date)
    case let other: return call.wrongType("'date' takes no \(other.kindName)")
    }
  }

  private static func invalid(_ text: String, _ wanted: String, _ call: Call) -> Value {
    call.evaluation.null(.invalidText, call.span, "\"\(text)\" is no \(wanted)")
  }

  private static func date(parts: [Value], _ call: Call) -> Value {
    if let year = parts[0].whole, let month = parts[1].whole, let day = parts[2].whole,
      let date = CalendarDate(year: year, month: month, day: day)
    {
      return .date(date)
    }
    return call.outside("there is no date \(parts[0])-\(parts[1])-\(parts[2])")
  }

  private static func time(from value: Value, _ call: Call) -> Value {
    switch single(value) {
    case .string(let text):
      if let time = TemporalText.time(text) { return .time(time) }
      return invalid(text, "time such as 23:59:00 or 23:59:00@Europe/Paris", call)
    case .time(let time): return .time(time)
    case .dateTime(let moment): return .time(moment.time)
    case .date: return .time(.midnightUTC)
    case let other: return call.wrongType("'time' takes no \(other.kindName)")
    }
  }

  private static func time(parts: [Value], _ call: Call) -> Value {
    guard let hour = parts[0].whole, let minute = parts[1].whole,
      case .number(let second) = parts[2], !second.isNegative,
      let exact = DaysTimeDuration(seconds: second), exact.seconds < 60
    else { return call.outside("hour, minute or second is out of range") }
    var zone: Zone?
    if case .daysTime(let offset) = parts[3] {
      guard offset.nanosecond == 0, offset.seconds.magnitude <= Zone.greatestOffset else {
        return call.outside("the offset is beyond 18 hours")
      }
      zone = .offset(Int(offset.seconds))
    }
    let time = TimeOfDay(
      hour: hour, minute: minute, second: Int(exact.seconds),
      nanosecond: Int(exact.nanosecond), zone: zone)
    return time.map { .time($0) } ?? call.outside("hour, minute or second is out of range")
  }

  private static func dateTime(from value: Value, _ call: Call) -> Value {
    switch single(value) {
    case .string(let text):
      if let moment = TemporalText.dateTime(text) { return .dateTime(moment) }
      return invalid(text, "date and time such as 2024-02-29T23:59:00Z", call)
    case .dateTime(let moment): return .dateTime(moment)
    case .date(let date): return .dateTime(DateTime(date: date, time: .midnightUTC))
    case let other: return call.wrongType("'date and time' takes no \(other.kindName)")
    }
  }

  private static func dateTime(date: Value, time: Value, _ call: Call) -> Value {
    guard case .time(let time) = time else { return call.wrongType("the time is missing") }
    switch single(date) {
    case .date(let date): return .dateTime(DateTime(date: date, time: time))
    case .dateTime(let moment): return .dateTime(DateTime(date: moment.date, time: time))
    case let other: return call.wrongType("'date and time' takes no \(other.kindName) as date")
    }
  }

  private static func number(from value: Value, _ call: Call) -> Value {
    number(parts: [value, .null, .null], call)
  }

  /// Footnote 1 of Table 72: grouping is space, comma, period or null; decimal is period, comma
  /// or null; both differ unless both are null.
  private static func number(parts: [Value], _ call: Call) -> Value {
    guard case .string(let from) = parts[0] else { return call.wrongType("'from' is no string") }
    let grouping = parts[1].text
    let decimal = parts[2].text
    if let grouping, ![" ", ",", "."].contains(grouping) {
      return call.outside("the grouping separator is a space, a comma, a period or null")
    }
    if let decimal, ![",", "."].contains(decimal) {
      return call.outside("the decimal separator is a comma, a period or null")
    }
    if grouping != nil, grouping == decimal {
      return call.outside("the two separators are the same")
    }
    var text = ""
    for scalar in from.unicodeScalars {
      if String(scalar) == grouping { continue }
      if String(scalar) == decimal {
        text += "."
      } else if scalar == ".", decimal == "," {
        return call.outside("\"\(from)\" is no number with these separators")
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    guard isNumeral(text), let number = Decimal128(text), number.isFinite else {
      return call.evaluation.null(.invalidText, call.span, "\"\(from)\" is no number")
    }
    return .number(number)
  }

  /// Rule 35, with the exponent that literals may have.
  private static func isNumeral(_ text: String) -> Bool {
    var digits = text.utf8[...]
    if digits.first == UInt8(ascii: "-") { digits = digits.dropFirst() }
    guard let tokens = try? Lexer.tokens(of: String(Substring(digits)), limits: .standard) else {
      return false
    }
    return tokens.count == 2 && tokens[0].kind == .number && !tokens[0].isSpaced
      && !tokens[1].isSpaced
  }

  private static func duration(from value: Value, _ call: Call) -> Value {
    switch single(value) {
    case .string(let text):
      let duration = TemporalText.duration(text)
      return duration.isNull ? invalid(text, "duration such as P1Y2M or P1DT2H", call) : duration
    case .daysTime(let duration): return .daysTime(duration)
    case .yearsMonths(let duration): return .yearsMonths(duration)
    case let other: return call.wrongType("'duration' takes no \(other.kindName)")
    }
  }

  /// Whole months between two dates; times of day do not count.
  private static func monthsBetween(_ from: Value, _ to: Value, _ call: Call) -> Value {
    guard let first = single(from).calendarDate, let last = single(to).calendarDate else {
      return call.wrongType("'years and months duration' takes two dates or dates and times")
    }
    var months = (last.year - first.year) * 12 + last.month - first.month
    if months > 0, last.day < first.day { months -= 1 }
    if months < 0, last.day > first.day { months += 1 }
    return .yearsMonths(YearsMonthsDuration(months: Int64(months)))
  }

  /// An interval with literal endpoints, as the text of rule 8.
  private static func range(from value: Value, _ call: Call) -> Value {
    guard case .string(let text) = value else { return call.wrongType("'from' is no string") }
    return RangeText.range(text).map { .range($0) }
      ?? invalid(text, "range with literal endpoints such as [1..10)", call)
  }
}

extension Value {
  /// The number as an integer; nil when it has a fraction.
  var whole: Int? {
    guard case .number(let number) = self, number.isInteger else { return nil }
    return number.integerValue
  }

  /// The number without its fraction.
  var truncated: Int? {
    guard case .number(let number) = self else { return nil }
    return number.rounded(scale: 0, .down).integerValue
  }

  /// A date, or the date of a date and time.
  var calendarDate: CalendarDate? {
    switch self {
    case .date(let date): date
    case .dateTime(let moment): moment.date
    default: nil
    }
  }
}
