package import JSON
package import Quantities

/// The inputs of a calculator: read from a JSON object, or only described.
///
/// One piece of code says what a calculator reads and reads it, so that the documentation cannot
/// differ from what is done: in a description every reading records its field and yields nil. A
/// calculator therefore reads all of its inputs first and gives up once.
package final class CalculatorInputs {
  private let fields: JSONFields?
  private(set) var described: [CalculatorField] = []

  /// The day that stands for dates left out; nil where there is none, as in rules.
  package let today: CalendarDate?

  /// Inputs from an object.
  package init(_ fields: JSONFields, today: CalendarDate?) {
    self.fields = fields
    self.today = today
  }

  private init() {
    fields = nil
    today = nil
  }

  /// The fields that a piece of code reads.
  static func fields(of read: (CalculatorInputs) throws -> Void) -> [CalculatorField] {
    let inputs = CalculatorInputs()
    // A description has no values, so that what is calculated from them may fail.
    try? read(inputs)
    return inputs.described
  }

  /// Records that a value cannot be used.
  func report(_ key: String, _ code: String, _ sentence: String) {
    fields?.report(key, code, sentence)
  }

  /// Whether something has been found wrong.
  var isFaulty: Bool { fields?.hasViolations ?? true }

  private func field<T>(
    _ name: String, _ about: String, _ kind: @autoclosure () -> CalculatorField.Kind,
    isRequired: Bool, _ read: (JSONFields) -> T?
  ) -> T? {
    if let fields {
      // Most of what may be given is not: that is told before anything is made ready to read it.
      return isRequired || fields.has(name) ? read(fields) : nil
    }
    described.append(CalculatorField(name, about, kind(), isRequired: isRequired))
    return nil
  }
}

/// Single values.
extension CalculatorInputs {
  func decimal(
    _ name: String, _ about: String, in range: ClosedRange<Decimal128>? = nil
  ) -> Decimal128? {
    field(name, about, .decimal, isRequired: true) { $0.decimal(name, in: range) }
  }

  func optionalDecimal(
    _ name: String, _ about: String, in range: ClosedRange<Decimal128>? = nil
  ) -> Decimal128? {
    field(name, about, .decimal, isRequired: false) { $0.optionalDecimal(name, in: range) }
  }

  func integer(_ name: String, _ about: String, in range: ClosedRange<Int>) -> Int? {
    field(name, about, .integer(range), isRequired: true) { $0.integer(name, in: range) }
  }

  func optionalInteger(_ name: String, _ about: String, in range: ClosedRange<Int>) -> Int? {
    field(name, about, .integer(range), isRequired: false) {
      $0.optionalInteger(name, in: range)
    }
  }

  func date(_ name: String, _ about: String) -> CalendarDate? {
    field(name, about, .date, isRequired: true) { fields in
      fields.date(name).flatMap { fields.dated($0, name) }
    }
  }

  func optionalDate(_ name: String, _ about: String) -> CalendarDate? {
    field(name, about, .date, isRequired: false) { fields in
      fields.optionalDate(name).flatMap { fields.dated($0, name) }
    }
  }

  /// A date that is today when it is left out; rules know no today and must give it.
  func dateOrToday(_ name: String, _ about: String) -> CalendarDate? {
    if let date = optionalDate(name, about) { return date }
    if let today { return today }
    if let fields, !fields.has(name) {
      fields.report(name, "required", "A rule has no today: this day must be given.")
    }
    return nil
  }

  func boolean(_ name: String, _ about: String, or usual: Bool) -> Bool {
    field(name, about, .boolean, isRequired: false) { $0.optionalBoolean(name) } ?? usual
  }

  func optionalText(_ name: String, _ about: String) -> String? {
    field(name, about, .text, isRequired: false) {
      $0.optionalString(name, maxLength: CalculatorInputs.nameLength)
    }
  }

  func text(_ name: String, _ about: String) -> String? {
    field(name, about, .text, isRequired: true) {
      $0.string(name, maxLength: CalculatorInputs.nameLength)
    }
  }

  /// Code points that a name may have.
  private static let nameLength = 200

  func currency(_ name: String, _ about: String) -> Currency? {
    field(name, about, .currency, isRequired: false) { $0.optionalCurrency(name) }
  }

  func choice<E: RawRepresentable & CaseIterable>(
    _ name: String, _ about: String, _ type: E.Type = E.self
  ) -> E? where E.RawValue == String {
    field(name, about, .choice(E.allCases.map(\.rawValue)), isRequired: true) {
      $0.choice(name, type)
    }
  }

  func choice<E: RawRepresentable & CaseIterable>(
    _ name: String, _ about: String, or usual: E
  ) -> E where E.RawValue == String {
    field(name, about, .choice(E.allCases.map(\.rawValue)), isRequired: false) {
      $0.optionalChoice(name, E.self)
    } ?? usual
  }
}

/// Lists and objects.
extension CalculatorInputs {
  func decimals(_ name: String, _ about: String, max: Int) -> [Decimal128]? {
    field(name, about, .list(.decimal, max: max), isRequired: true) { fields in
      fields.array(name, max: max) { fields.decimal($0, at: $1) }
    }
  }

  func optionalDecimals(_ name: String, _ about: String, max: Int) -> [Decimal128]? {
    field(name, about, .list(.decimal, max: max), isRequired: false) { fields in
      fields.optionalArray(name, max: max) { fields.decimal($0, at: $1) }
    }
  }

  func dates(_ name: String, _ about: String, max: Int) -> [CalendarDate]? {
    field(name, about, .list(.date, max: max), isRequired: true) { fields in
      fields.array(name, max: max) { fields.date($0, at: $1) }
    }
  }

  func optionalDates(_ name: String, _ about: String, max: Int) -> [CalendarDate]? {
    field(name, about, .list(.date, max: max), isRequired: false) { fields in
      fields.optionalArray(name, max: max) { fields.date($0, at: $1) }
    }
  }

  func integers(_ name: String, _ about: String, in range: ClosedRange<Int>, max: Int) -> [Int]? {
    field(name, about, .list(.integer(range), max: max), isRequired: true) { fields in
      fields.array(name, max: max) { fields.integer($0, at: $1, in: range) }
    }
  }

  func optionalIntegers(
    _ name: String, _ about: String, in range: ClosedRange<Int>, max: Int
  ) -> [Int]? {
    field(name, about, .list(.integer(range), max: max), isRequired: false) { fields in
      fields.optionalArray(name, max: max) { fields.integer($0, at: $1, in: range) }
    }
  }

  /// Objects, each read by its own fields; absent is empty.
  func objects<T>(
    _ name: String, _ about: String, min: Int = 0, max: Int, isRequired: Bool = true,
    _ body: (CalculatorInputs) -> T?
  ) -> [T]? {
    func read(_ fields: JSONFields) -> T? { body(CalculatorInputs(fields, today: today)) }
    if let fields, !isRequired, !fields.has(name) { return [] }
    return field(
      name, about, .list(.fields(CalculatorInputs.fields { _ = body($0) }), max: max),
      isRequired: isRequired
    ) {
      $0.objects(name, min: min, max: max, read)
    }
  }

  func object<T>(
    _ name: String, _ about: String, isRequired: Bool = true, _ body: (CalculatorInputs) -> T?
  ) -> T? {
    field(
      name, about, .fields(CalculatorInputs.fields { _ = body($0) }), isRequired: isRequired
    ) { fields in
      func read(_ fields: JSONFields) -> T? { body(CalculatorInputs(fields, today: today)) }
      return isRequired ? fields.object(name, read) : fields.optionalObject(name, read)
    }
  }

  /// Decimals by names that the caller chooses.
  func optionalDictionary(
    _ name: String, _ about: String, max: Int
  ) -> [(String, Decimal128)]? {
    field(name, about, .dictionary(.decimal), isRequired: false) { fields in
      fields.optionalDictionary(name, max: max) { fields.decimal($0, at: $1) }?
        .map { ($0.key, $0.value) }
    }
  }
}

/// Single values inside lists.
extension JSONFields {
  fileprivate func decimal(_ node: JSONNode, at place: String) -> Decimal128? {
    let text: String?
    switch node.kind {
    case .number(let number): text = number
    case .string(let string): text = JSONNumberText.isNumber(string) ? string : nil
    default: text = nil
    }
    guard let text, JSONNumberText.significantDigits(text) <= 34, let value = Decimal128(text),
      value.isFinite
    else {
      report(node, at: place, "format", "This must be a decimal number such as \"1234.50\".")
      return nil
    }
    return value
  }

  /// A date within the years that contracts lie in.
  fileprivate func dated(_ date: CalendarDate, _ name: String) -> CalendarDate? {
    if CalculatorRanges.years.contains(date.year) { return date }
    report(name, "range", CalculatorRanges.yearsSentence)
    return nil
  }

  fileprivate func integer(
    _ node: JSONNode, at place: String, in range: ClosedRange<Int>
  ) -> Int? {
    guard case .number(let text) = node.kind,
      let value = Decimal128(text).flatMap({ $0.isInteger ? $0.integerValue : nil }),
      range.contains(value)
    else {
      report(
        node, at: place, "range",
        "This must be a whole number from \(range.lowerBound) to \(range.upperBound).")
      return nil
    }
    return value
  }

  fileprivate func date(_ node: JSONNode, at place: String) -> CalendarDate? {
    guard let date = node.stringValue.flatMap({ CalendarDate(iso: $0) }) else {
      report(node, at: place, "format", "This must be a date such as \"2026-01-31\".")
      return nil
    }
    guard CalculatorRanges.years.contains(date.year) else {
      report(node, at: place, "range", CalculatorRanges.yearsSentence)
      return nil
    }
    return date
  }
}
