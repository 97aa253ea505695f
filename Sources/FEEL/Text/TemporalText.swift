import Quantities

/// Reads the lexical forms of dates, times, dates and times, and durations (10.3.4.1).
enum TemporalText {
  /// What an `@` literal stands for; null when the text has none of the four forms (rule 65).
  static func value(of text: String) -> Value {
    if let date = date(text) { return .date(date) }
    if let moment = dateTime(text) { return .dateTime(moment) }
    if let time = time(text) { return .time(time) }
    return duration(text)
  }

  static func date(_ text: String) -> CalendarDate? {
    var reader = Reader(text)
    guard let date = reader.date(), reader.isAtEnd else { return nil }
    return date
  }

  static func time(_ text: String) -> TimeOfDay? {
    var reader = Reader(text)
    guard let (time, _) = reader.time(), reader.isAtEnd else { return nil }
    return time
  }

  /// A date with an optional time after `T`; without one the time is local midnight.
  static func dateTime(_ text: String) -> DateTime? {
    var reader = Reader(text)
    guard let date = reader.date() else { return nil }
    if reader.isAtEnd {
      return DateTime(date: date, time: TimeOfDay(second: 0, nanosecond: 0, zone: nil))
    }
    guard reader.take(UInt8(ascii: "T")), let (time, endsDay) = reader.time(), reader.isAtEnd
    else { return nil }
    if !endsDay { return DateTime(date: date, time: time) }
    return date.moved(days: 1).map { DateTime(date: $0, time: time) }
  }

  /// A duration of either kind; null when the text has neither form.
  static func duration(_ text: String) -> Value {
    var reader = Reader(text)
    let negative = reader.take(UInt8(ascii: "-"))
    guard reader.take(UInt8(ascii: "P")) else { return .null }
    if let months = reader.months(), reader.isAtEnd {
      return .yearsMonths(YearsMonthsDuration(months: negative ? -months : months))
    }
    reader = Reader(text)
    _ = reader.take(UInt8(ascii: "-"))
    _ = reader.take(UInt8(ascii: "P"))
    guard let duration = reader.daysTime(), reader.isAtEnd else { return .null }
    if !negative { return .daysTime(duration) }
    return duration.negated.map(Value.daysTime) ?? .null
  }
}

/// A cursor over the bytes of a temporal text.
private struct Reader {
  private let bytes: [UInt8]
  private var offset = 0

  init(_ text: String) { bytes = Array(text.utf8) }

  var isAtEnd: Bool { offset == bytes.count }

  private var byte: UInt8? { offset < bytes.count ? bytes[offset] : nil }

  mutating func take(_ wanted: UInt8) -> Bool {
    guard byte == wanted else { return false }
    offset += 1
    return true
  }

  private mutating func take(_ wanted: Character) -> Bool {
    guard let ascii = wanted.asciiValue else { return false }
    return take(ascii)
  }

  /// At least one digit, as a number and the count of digits; nil beyond 18 digits.
  private mutating func digits() -> (value: Int64, count: Int)? {
    let start = offset
    var value: Int64 = 0
    while let digit = byte, (0x30...0x39).contains(digit) {
      guard offset - start < 18 else { return nil }
      value = value * 10 + Int64(digit - 0x30)
      offset += 1
    }
    return offset > start ? (value, offset - start) : nil
  }

  private mutating func two() -> Int? {
    guard let (value, count) = digits(), count == 2 else { return nil }
    return Int(value)
  }

  /// xs:date without a zone: at least four year digits, no needless zero before them.
  mutating func date() -> CalendarDate? {
    let negative = take("-")
    let first = byte
    guard let (year, count) = digits(), (4...9).contains(count),
      count == 4 || first != UInt8(ascii: "0"), take("-"), let month = two(), take("-"),
      let day = two()
    else { return nil }
    return CalendarDate(year: Int(negative ? -year : year), month: month, day: day)
  }

  /// A time with its zone; `24:00:00` is midnight at the end of the day.
  mutating func time() -> (TimeOfDay, endsDay: Bool)? {
    guard let hour = two(), take(":"), let minute = two(), take(":"), let second = two() else {
      return nil
    }
    var nanosecond = 0
    if take(".") {
      guard let fraction = fraction() else { return nil }
      nanosecond = fraction
    }
    let endsDay = hour == 24 && minute == 0 && second == 0 && nanosecond == 0
    guard let zone = zone(),
      let time = TimeOfDay(
        hour: endsDay ? 0 : hour, minute: minute, second: second, nanosecond: nanosecond,
        zone: zone)
    else { return nil }
    return (time, endsDay)
  }

  /// The digits after a decimal point as nanoseconds; more than nine are cut off.
  private mutating func fraction() -> Int? {
    let start = offset
    var value = 0
    while let digit = byte, (0x30...0x39).contains(digit) {
      if offset - start < 9 { value = value * 10 + Int(digit - 0x30) }
      offset += 1
    }
    guard offset > start else { return nil }
    for _ in 0..<max(0, 9 - (offset - start)) { value *= 10 }
    return value
  }

  /// The zone: an inner nil for none, an outer nil for a text that is no zone.
  private mutating func zone() -> Zone?? {
    guard let sign = byte else { return .some(nil) }
    offset += 1
    switch sign {
    case UInt8(ascii: "Z"), UInt8(ascii: "z"): return .some(.utc)
    case UInt8(ascii: "@"):
      let name = String(decoding: bytes[offset...], as: UTF8.self)
      offset = bytes.count
      return Region(name).map { .some(.region($0)) } ?? .none
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      guard let hours = two(), take(":"), let minutes = two(), minutes < 60 else { return .none }
      var seconds = hours * 3600 + minutes * 60
      if take(":") {
        guard let second = two(), second < 60 else { return .none }
        seconds += second
      }
      guard seconds <= Zone.greatestOffset else { return .none }
      return .some(.offset(sign == UInt8(ascii: "-") ? -seconds : seconds))
    default: return .none
    }
  }

  /// `nY nM`, at least one of them.
  mutating func months() -> Int64? {
    guard let (first, _) = digits() else { return nil }
    if take("M") { return first }
    guard take("Y") else { return nil }
    let (years, overflow) = first.multipliedReportingOverflow(by: 12)
    if overflow { return nil }
    if isAtEnd { return years }
    guard let (months, _) = digits(), take("M") else { return nil }
    let (sum, tooLarge) = years.addingReportingOverflow(months)
    return tooLarge ? nil : sum
  }

  /// `nD T nH nM n.nS`, at least one part, and one after `T`.
  mutating func daysTime() -> DaysTimeDuration? {
    var total: Int64 = 0
    var nanosecond = 0
    var parts = 0
    func add(_ count: Int64, _ unit: Int64) -> Bool {
      let (product, overflow) = count.multipliedReportingOverflow(by: unit)
      let (sum, tooLarge) = total.addingReportingOverflow(product)
      total = sum
      parts += 1
      return !overflow && !tooLarge
    }
    if byte != UInt8(ascii: "T") {
      guard let (days, _) = digits(), take("D"), add(days, 86_400) else { return nil }
      if isAtEnd { return DaysTimeDuration(seconds: total) }
    }
    guard take("T") else { return nil }
    parts = 0
    var units: [(Character, Int64)] = [("H", 3600), ("M", 60), ("S", 1)]
    while !isAtEnd {
      guard let (count, _) = digits() else { return nil }
      if take(".") {
        guard let fraction = fraction(), byte == UInt8(ascii: "S") else { return nil }
        nanosecond = fraction
      }
      guard let place = units.firstIndex(where: { $0.0.asciiValue == byte }) else { return nil }
      offset += 1
      guard add(count, units[place].1) else { return nil }
      units.removeFirst(place + 1)
    }
    return parts > 0 ? DaysTimeDuration(seconds: total, nanosecond: nanosecond) : nil
  }
}
