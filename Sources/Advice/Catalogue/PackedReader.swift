import Quantities

/// Reads records in the stored form.
///
/// Whatever the bytes are, it ends without a crash: after the first fault every field keeps its
/// blank and ``fault`` says where.
struct PackedReader: FieldWalk {
  let form: UInt8
  private let bytes: [UInt8]
  private var offset: Int
  /// Where reading could not go on.
  private(set) var fault: Int?

  /// The exponents that a decimal can have.
  private static let exponents = -6176...6111
  /// The days since 1970 that a date of a product can have: some thousand years each way.
  private static let days = -1_000_000...1_000_000

  /// Bytes whose first is the number of their form.
  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    form = bytes.first ?? 0
    offset = 1
    if !PackedForm.readable.contains(form) {
      offset = bytes.count
      fault = 0
    }
  }

  /// Whether all bytes were read, and nothing was wrong.
  var isComplete: Bool { fault == nil && offset == bytes.count }

  private mutating func fail() {
    if fault == nil { fault = offset }
    offset = bytes.count
  }

  mutating func number() -> UInt64 {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 64 {
      let byte = bytes[offset]
      offset &+= 1
      value |= UInt64(byte & 0x7F) << shift
      if byte < 0x80 { return value }
      shift &+= 7
    }
    fail()
    return 0
  }

  mutating func signed() -> Int {
    let value = number()
    return Int(truncatingIfNeeded: value >> 1) ^ -Int(truncatingIfNeeded: value & 1)
  }

  private mutating func isPresent() -> Bool {
    switch number() {
    case 0: return false
    case 1: return true
    default:
      fail()
      return false
    }
  }

  /// The number of elements of a list, each of which takes at least one byte.
  private mutating func length() -> Int {
    let value = number()
    guard value <= UInt64(bytes.count - offset) else {
      fail()
      return 0
    }
    return Int(value)
  }

  mutating func string() -> String {
    let count = length()
    let start = offset
    offset &+= count
    return String(decoding: bytes[start..<start + count], as: UTF8.self)
  }

  mutating func decimal() -> Decimal128 {
    let head = signed()
    var coefficient = UInt128(number())
    if head & 2 != 0 { coefficient |= UInt128(number()) << 64 }
    guard Self.exponents.contains(head >> 2) else {
      fail()
      return .zero
    }
    return Decimal128(isNegative: head & 1 != 0, coefficient: coefficient, exponent: head >> 2)
  }

  private mutating func date() -> CalendarDate {
    let days = signed()
    if Self.days.contains(days) { return CalendarDate(daysSinceEpoch: days) }
    fail()
    return CalendarDate(daysSinceEpoch: 0)
  }

  private mutating func currency() -> Currency? {
    let currency = Currency(string())
    if currency == nil { fail() }
    return currency
  }

  private mutating func choice<E: FieldChoice>() -> E? {
    let place = number()
    let cases = E.allCases
    guard place < UInt64(cases.count) else {
      fail()
      return nil
    }
    return cases[cases.index(cases.startIndex, offsetBy: Int(place))]
  }

  mutating func text(_ key: String, _ value: inout String, _ rule: TextRule, _ says: String) {
    value = string()
  }

  mutating func optionalText(
    _ key: String, _ value: inout String?, _ rule: TextRule, _ says: String
  ) {
    value = isPresent() ? string() : nil
  }

  mutating func texts(
    _ key: String, _ value: inout [String], max: Int, _ rule: TextRule, _ says: String
  ) {
    value = list { $0.string() }
  }

  mutating func flag(_ key: String, _ value: inout Bool, _ says: String) { value = isPresent() }

  mutating func integer(
    _ key: String, _ value: inout Int, in range: ClosedRange<Int>, _ says: String
  ) {
    value = signed()
  }

  mutating func optionalInteger(
    _ key: String, _ value: inout Int?, in range: ClosedRange<Int>, _ says: String
  ) {
    value = isPresent() ? signed() : nil
  }

  mutating func integers(
    _ key: String, _ value: inout [Int], max: Int, in range: ClosedRange<Int>, _ says: String
  ) {
    value = list { $0.signed() }
  }

  mutating func decimal(
    _ key: String, _ value: inout Decimal128, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    value = decimal()
  }

  mutating func optionalDecimal(
    _ key: String, _ value: inout Decimal128?, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    value = isPresent() ? decimal() : nil
  }

  mutating func decimals(
    _ key: String, _ value: inout [Decimal128], max: Int, in range: ClosedRange<Decimal128>,
    _ says: String
  ) {
    value = list { $0.decimal() }
  }

  mutating func date(_ key: String, _ value: inout CalendarDate, _ says: String) {
    value = date()
  }

  mutating func optionalDate(_ key: String, _ value: inout CalendarDate?, _ says: String) {
    value = isPresent() ? date() : nil
  }

  mutating func currency(_ key: String, _ value: inout Currency, _ says: String) {
    if let read = currency() { value = read }
  }

  mutating func optionalCurrency(_ key: String, _ value: inout Currency?, _ says: String) {
    value = isPresent() ? currency() : nil
  }

  mutating func choice<E: FieldChoice>(_ key: String, _ value: inout E, _ says: String) {
    if let read = choice() as E? { value = read }
  }

  mutating func optionalChoice<E: FieldChoice>(
    _ key: String, _ value: inout E?, _ says: String
  ) {
    value = isPresent() ? choice() : nil
  }

  mutating func choices<E: FieldChoice>(
    _ key: String, _ value: inout Choices<E>, _ says: String
  ) {
    value = Choices(bits: number())
    if E.allCases.count < 64, value.bits >> UInt64(E.allCases.count) != 0 { fail() }
  }

  mutating func record<T: Fielded>(_ key: String, _ value: inout T, _ says: String) {
    value.fields(&self)
  }

  mutating func optionalRecord<T: Fielded>(_ key: String, _ value: inout T?, _ says: String) {
    value = nil
    guard isPresent() else { return }
    var record = T()
    record.fields(&self)
    value = record
  }

  mutating func records<T: Fielded>(
    _ key: String, _ value: inout [T], in count: ClosedRange<Int>, _ says: String
  ) {
    value = list { reader in
      var record = T()
      record.fields(&reader)
      return record
    }
  }

  mutating func check(_ key: String, _ isSound: @autoclosure () -> Bool, _ sentence: String) {}

  private mutating func list<T>(_ read: (inout PackedReader) -> T) -> [T] {
    let count = length()
    guard count > 0 else { return [] }
    var values: [T] = []
    values.reserveCapacity(count)
    for _ in 0..<count where fault == nil { values.append(read(&self)) }
    return values
  }
}
