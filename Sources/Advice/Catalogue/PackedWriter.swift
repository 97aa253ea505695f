import Quantities

/// Writes records in the stored form: no keys, numbers in as many bytes as they need, enumerations
/// by the place of the case.
///
/// The form is read many times faster than JSON, for a start within a second over thousands of
/// products.
///
/// Fields may only be added at the end of a record, under a new ``PackedForm/number``.
struct PackedWriter: FieldWalk {
  var bytes: [UInt8] = []

  /// Base 128, low digits first, the high bit set on all bytes but the last.
  mutating func number(_ value: UInt64) {
    var rest = value
    while rest > 0x7F {
      bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(truncatingIfNeeded: rest))
  }

  /// Small magnitudes of either sign in few bytes: 0, -1, 1, -2 as 0, 1, 2, 3.
  mutating func signed(_ value: Int) {
    let value = Int64(value)
    number(UInt64(bitPattern: (value << 1) ^ (value >> 63)))
  }

  mutating func string(_ text: String) {
    var text = text
    text.withUTF8 { utf8 in
      number(UInt64(utf8.count))
      bytes.append(contentsOf: utf8)
    }
  }

  /// The sign and exponent in one number, then the coefficient in one or two.
  mutating func decimal(_ value: Decimal128) {
    let coefficient = value.coefficient
    let isWide = coefficient > UInt128(UInt64.max)
    signed(value.exponent << 2 | (isWide ? 2 : 0) | (value.isNegative ? 1 : 0))
    number(UInt64(truncatingIfNeeded: coefficient))
    if isWide { number(UInt64(truncatingIfNeeded: coefficient >> 64)) }
  }

  mutating func place<E: FieldChoice>(of value: E) {
    for (index, other) in E.allCases.enumerated() where other == value {
      return number(UInt64(index))
    }
  }

  private mutating func optional<T>(_ value: T?, _ write: (inout PackedWriter, T) -> Void) {
    guard let value else { return bytes.append(0) }
    bytes.append(1)
    write(&self, value)
  }

  private mutating func list<T>(_ values: [T], _ write: (inout PackedWriter, T) -> Void) {
    number(UInt64(values.count))
    for value in values { write(&self, value) }
  }

  mutating func text(_ key: String, _ value: inout String, _ rule: TextRule, _ says: String) {
    string(value)
  }

  mutating func optionalText(
    _ key: String, _ value: inout String?, _ rule: TextRule, _ says: String
  ) {
    optional(value) { $0.string($1) }
  }

  mutating func texts(
    _ key: String, _ value: inout [String], max: Int, _ rule: TextRule, _ says: String
  ) {
    list(value) { $0.string($1) }
  }

  mutating func flag(_ key: String, _ value: inout Bool, _ says: String) {
    bytes.append(value ? 1 : 0)
  }

  mutating func integer(
    _ key: String, _ value: inout Int, in range: ClosedRange<Int>, _ says: String
  ) {
    signed(value)
  }

  mutating func optionalInteger(
    _ key: String, _ value: inout Int?, in range: ClosedRange<Int>, _ says: String
  ) {
    optional(value) { $0.signed($1) }
  }

  mutating func integers(
    _ key: String, _ value: inout [Int], max: Int, in range: ClosedRange<Int>, _ says: String
  ) {
    list(value) { $0.signed($1) }
  }

  mutating func decimal(
    _ key: String, _ value: inout Decimal128, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    decimal(value)
  }

  mutating func optionalDecimal(
    _ key: String, _ value: inout Decimal128?, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    optional(value) { $0.decimal($1) }
  }

  mutating func decimals(
    _ key: String, _ value: inout [Decimal128], max: Int, in range: ClosedRange<Decimal128>,
    _ says: String
  ) {
    list(value) { $0.decimal($1) }
  }

  mutating func date(_ key: String, _ value: inout CalendarDate, _ says: String) {
    signed(value.daysSinceEpoch)
  }

  mutating func optionalDate(_ key: String, _ value: inout CalendarDate?, _ says: String) {
    optional(value) { $0.signed($1.daysSinceEpoch) }
  }

  mutating func currency(_ key: String, _ value: inout Currency, _ says: String) {
    string(value.code)
  }

  mutating func optionalCurrency(_ key: String, _ value: inout Currency?, _ says: String) {
    optional(value) { $0.string($1.code) }
  }

  mutating func choice<E: FieldChoice>(_ key: String, _ value: inout E, _ says: String) {
    place(of: value)
  }

  mutating func optionalChoice<E: FieldChoice>(
    _ key: String, _ value: inout E?, _ says: String
  ) {
    optional(value) { $0.place(of: $1) }
  }

  mutating func choices<E: FieldChoice>(
    _ key: String, _ value: inout Choices<E>, _ says: String
  ) {
    number(value.bits)
  }

  mutating func record<T: Fielded>(_ key: String, _ value: inout T, _ says: String) {
    value.fields(&self)
  }

  mutating func optionalRecord<T: Fielded>(_ key: String, _ value: inout T?, _ says: String) {
    guard var record = value else { return bytes.append(0) }
    bytes.append(1)
    record.fields(&self)
  }

  mutating func records<T: Fielded>(
    _ key: String, _ value: inout [T], in count: ClosedRange<Int>, _ says: String
  ) {
    number(UInt64(value.count))
    for index in value.indices { value[index].fields(&self) }
  }

  mutating func check(_ key: String, _ isSound: @autoclosure () -> Bool, _ sentence: String) {}
}
