import JSON
import Quantities

/// Writes records as canonical JSON: fields in the order of their declaration, none that is absent
/// or at its usual value, no white space.
///
/// Equal records give equal bytes.
struct FieldWriter: FieldWalk {
  var json = JSONWriter()

  mutating func text(_ key: String, _ value: inout String, _ rule: TextRule, _ says: String) {
    json.member(key, value)
  }

  mutating func optionalText(
    _ key: String, _ value: inout String?, _ rule: TextRule, _ says: String
  ) {
    json.member(key, value)
  }

  mutating func texts(
    _ key: String, _ value: inout [String], max: Int, _ rule: TextRule, _ says: String
  ) {
    if !value.isEmpty { json.member(key, value) }
  }

  mutating func flag(_ key: String, _ value: inout Bool, _ says: String) {
    if value { json.member(key, true) }
  }

  mutating func integer(
    _ key: String, _ value: inout Int, in range: ClosedRange<Int>, _ says: String
  ) {
    json.member(key, value)
  }

  mutating func optionalInteger(
    _ key: String, _ value: inout Int?, in range: ClosedRange<Int>, _ says: String
  ) {
    json.member(key, value)
  }

  mutating func integers(
    _ key: String, _ value: inout [Int], max: Int, in range: ClosedRange<Int>, _ says: String
  ) {
    guard !value.isEmpty else { return }
    json.key(key)
    json.beginArray()
    for number in value { json.integer(number) }
    json.endArray()
  }

  mutating func decimal(
    _ key: String, _ value: inout Decimal128, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    json.key(key)
    json.number(text: Self.plain(value))
  }

  mutating func optionalDecimal(
    _ key: String, _ value: inout Decimal128?, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    guard let value else { return }
    json.key(key)
    json.number(text: Self.plain(value))
  }

  mutating func decimals(
    _ key: String, _ value: inout [Decimal128], max: Int, in range: ClosedRange<Decimal128>,
    _ says: String
  ) {
    guard !value.isEmpty else { return }
    json.key(key)
    json.beginArray()
    for number in value { json.number(text: Self.plain(number)) }
    json.endArray()
  }

  mutating func date(_ key: String, _ value: inout CalendarDate, _ says: String) {
    json.member(key, value.description)
  }

  mutating func optionalDate(_ key: String, _ value: inout CalendarDate?, _ says: String) {
    json.member(key, value?.description)
  }

  mutating func currency(_ key: String, _ value: inout Currency, _ says: String) {
    json.member(key, value.code)
  }

  mutating func optionalCurrency(_ key: String, _ value: inout Currency?, _ says: String) {
    json.member(key, value?.code)
  }

  mutating func choice<E: FieldChoice>(_ key: String, _ value: inout E, _ says: String) {
    json.member(key, value.rawValue)
  }

  mutating func optionalChoice<E: FieldChoice>(
    _ key: String, _ value: inout E?, _ says: String
  ) {
    json.member(key, value?.rawValue)
  }

  mutating func choices<E: FieldChoice>(
    _ key: String, _ value: inout Choices<E>, _ says: String
  ) {
    if !value.isEmpty { json.member(key, value.elements.map(\.rawValue)) }
  }

  mutating func record<T: Fielded>(_ key: String, _ value: inout T, _ says: String) {
    json.key(key)
    write(&value)
  }

  mutating func optionalRecord<T: Fielded>(_ key: String, _ value: inout T?, _ says: String) {
    guard var record = value else { return }
    json.key(key)
    write(&record)
  }

  mutating func records<T: Fielded>(
    _ key: String, _ value: inout [T], in count: ClosedRange<Int>, _ says: String
  ) {
    guard !value.isEmpty else { return }
    json.key(key)
    json.beginArray()
    for index in value.indices { write(&value[index]) }
    json.endArray()
  }

  mutating func check(_ key: String, _ isSound: @autoclosure () -> Bool, _ sentence: String) {}

  /// Writes one record as an object.
  mutating func write<T: Fielded>(_ record: inout T) {
    json.beginObject()
    record.fields(&self)
    json.endObject()
  }

  private static func plain(_ number: Decimal128) -> String { number.normalized.plainText }
}
