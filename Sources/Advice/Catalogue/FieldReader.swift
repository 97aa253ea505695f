import JSON
import Quantities

/// Reads records from JSON that people write; everything that is wrong is recorded at once.
struct FieldReader: FieldWalk {
  let fields: JSONFields

  /// The years that a date of a product may lie in.
  static let years = 1900...2999

  /// The sizes of a file that holds one record.
  static let fileLimits = JSONLimits(depth: 16, bytes: 1 << 20)

  /// The node of a key, where its value is of the kind asked for; an explicit null is refused.
  private func node(_ key: String, isRequired: Bool) -> JSONNode? {
    guard let node = fields.node(key) else {
      if isRequired { fields.report(key, "required", "This value is required.") }
      return nil
    }
    if case .null = node.kind {
      fields.report(key, "type", "This must not be null; leave it out.")
      return nil
    }
    return node
  }

  private func text(_ node: JSONNode, at place: String, _ rule: TextRule) -> String? {
    guard case .string(let text) = node.kind else {
      fields.report(node, at: place, "type", "This must be a string.")
      return nil
    }
    guard text.unicodeScalars.count <= rule.maxLength else {
      fields.report(
        node, at: place, "tooLong", "This must have at most \(rule.maxLength) characters.")
      return nil
    }
    guard rule.allows(text) else {
      fields.report(node, at: place, "format", "This must be \(rule.sentence).")
      return nil
    }
    return text
  }

  private func number(
    _ node: JSONNode, at place: String, in range: ClosedRange<Decimal128>
  ) -> Decimal128? {
    guard case .number(let text) = node.kind else {
      fields.report(node, at: place, "type", "This must be a number.")
      return nil
    }
    guard let value = Decimal128(text), range.contains(value) else {
      fields.report(
        node, at: place, "range",
        "This must be from \(range.lowerBound.plainText) to \(range.upperBound.plainText).")
      return nil
    }
    return value.normalized
  }

  private func place(_ key: String) -> String { "\(fields.pointer)/\(key)" }

  mutating func text(_ key: String, _ value: inout String, _ rule: TextRule, _ says: String) {
    if let node = node(key, isRequired: true), let read = text(node, at: place(key), rule) {
      value = read
    }
  }

  mutating func optionalText(
    _ key: String, _ value: inout String?, _ rule: TextRule, _ says: String
  ) {
    if let node = node(key, isRequired: false) { value = text(node, at: place(key), rule) }
  }

  mutating func texts(
    _ key: String, _ value: inout [String], max: Int, _ rule: TextRule, _ says: String
  ) {
    value = list(key, max) { text($0, at: $1, rule) }
    refuseRepeated(key, value)
  }

  mutating func flag(_ key: String, _ value: inout Bool, _ says: String) {
    guard node(key, isRequired: false) != nil else { return }
    value = fields.boolean(key) ?? false
  }

  mutating func integer(
    _ key: String, _ value: inout Int, in range: ClosedRange<Int>, _ says: String
  ) {
    if let read = fields.integer(key, in: range) { value = read }
  }

  mutating func optionalInteger(
    _ key: String, _ value: inout Int?, in range: ClosedRange<Int>, _ says: String
  ) {
    if node(key, isRequired: false) != nil { value = fields.integer(key, in: range) }
  }

  mutating func integers(
    _ key: String, _ value: inout [Int], max: Int, in range: ClosedRange<Int>, _ says: String
  ) {
    let bounds = Decimal128(range.lowerBound)...Decimal128(range.upperBound)
    value = list(key, max) { node, place in
      guard let read = number(node, at: place, in: bounds) else { return nil }
      guard let whole = read.isInteger ? read.integerValue : nil else {
        fields.report(node, at: place, "type", "This must be a whole number.")
        return nil
      }
      return whole
    }
    refuseRepeated(key, value)
  }

  mutating func decimal(
    _ key: String, _ value: inout Decimal128, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    if let node = node(key, isRequired: true), let read = number(node, at: place(key), in: range) {
      value = read
    }
  }

  mutating func optionalDecimal(
    _ key: String, _ value: inout Decimal128?, in range: ClosedRange<Decimal128>, _ says: String
  ) {
    if let node = node(key, isRequired: false) { value = number(node, at: place(key), in: range) }
  }

  mutating func decimals(
    _ key: String, _ value: inout [Decimal128], max: Int, in range: ClosedRange<Decimal128>,
    _ says: String
  ) {
    value = list(key, max) { number($0, at: $1, in: range) }
    refuseRepeated(key, value)
  }

  mutating func date(_ key: String, _ value: inout CalendarDate, _ says: String) {
    if let read = fields.date(key), isWithinYears(key, read) { value = read }
  }

  mutating func optionalDate(_ key: String, _ value: inout CalendarDate?, _ says: String) {
    guard node(key, isRequired: false) != nil, let read = fields.date(key) else { return }
    if isWithinYears(key, read) { value = read }
  }

  mutating func currency(_ key: String, _ value: inout Currency, _ says: String) {
    if let read = fields.currency(key) { value = read }
  }

  mutating func optionalCurrency(_ key: String, _ value: inout Currency?, _ says: String) {
    if node(key, isRequired: false) != nil { value = fields.currency(key) }
  }

  mutating func choice<E: FieldChoice>(_ key: String, _ value: inout E, _ says: String) {
    if let read = fields.choice(key, E.self) { value = read }
  }

  mutating func optionalChoice<E: FieldChoice>(
    _ key: String, _ value: inout E?, _ says: String
  ) {
    if node(key, isRequired: false) != nil { value = fields.choice(key, E.self) }
  }

  mutating func choices<E: FieldChoice>(
    _ key: String, _ value: inout Choices<E>, _ says: String
  ) {
    let read = list(key, E.allCases.count) { node, place -> E? in
      if case .string(let text) = node.kind, let choice = E(rawValue: text) { return choice }
      let names = E.allCases.map(\.rawValue).joined(separator: ", ")
      fields.report(node, at: place, "choice", "This must be one of: \(names).")
      return nil
    }
    refuseRepeated(key, read)
    value = Choices(read)
  }

  mutating func record<T: Fielded>(_ key: String, _ value: inout T, _ says: String) {
    if let read = fields.object(key, Self.read) as T? { value = read }
  }

  mutating func optionalRecord<T: Fielded>(_ key: String, _ value: inout T?, _ says: String) {
    if node(key, isRequired: false) != nil { value = fields.object(key, Self.read) }
  }

  mutating func records<T: Fielded>(
    _ key: String, _ value: inout [T], in count: ClosedRange<Int>, _ says: String
  ) {
    guard node(key, isRequired: count.lowerBound > 0) != nil else { return }
    value =
      fields.objects(key, min: count.lowerBound, max: count.upperBound, Self.read) ?? []
  }

  mutating func check(_ key: String, _ isSound: @autoclosure () -> Bool, _ sentence: String) {
    // A record with a field that could not be read would fail rules between fields as well.
    guard !fields.hasViolations, !isSound() else { return }
    fields.report(key, "inconsistent", sentence)
  }

  /// Reads one record by its fields.
  static func read<T: Fielded>(_ fields: JSONFields) -> T? {
    var record = T()
    var reader = FieldReader(fields: fields)
    record.fields(&reader)
    return record
  }

  private func list<T>(_ key: String, _ max: Int, _ read: (JSONNode, String) -> T?) -> [T] {
    guard node(key, isRequired: false) != nil else { return [] }
    return fields.array(key, max: max, read) ?? []
  }

  private func refuseRepeated(_ key: String, _ values: [some Hashable]) {
    if Set(values).count < values.count {
      fields.report(key, "repeated", "A value stands here more than once.")
    }
  }

  private func isWithinYears(_ key: String, _ date: CalendarDate) -> Bool {
    if Self.years.contains(date.year) { return true }
    fields.report(
      key, "range",
      "The year must be from \(Self.years.lowerBound) to \(Self.years.upperBound).")
    return false
  }
}
