import Quantities

/// A record whose fields are declared once, for every form in which it is read or written.
protocol Fielded: Sendable {
  /// A record to be filled in.
  init()

  /// Names each field to a walk, with its bounds and what it means.
  ///
  /// A reading walk fills the fields, a writing one takes them, and the one that writes the schema
  /// looks at neither.
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk)
}

/// One pass over the fields of a record: reading JSON, writing JSON, reading the stored form,
/// writing it, or writing the schema.
///
/// Required fields are those without "optional" in the name; a flag that is absent is false, and a
/// list that is absent is empty. `says` is what the schema tells the author of a product.
protocol FieldWalk {
  /// The stored form that is walked.
  ///
  /// A field that a later form added is asked for only where the form has it, at the end of its
  /// record; so what was stored before can be read for ever.
  var form: UInt8 { get }

  mutating func text(_ key: String, _ value: inout String, _ rule: TextRule, _ says: String)
  mutating func optionalText(
    _ key: String, _ value: inout String?, _ rule: TextRule, _ says: String)
  mutating func texts(
    _ key: String, _ value: inout [String], max: Int, _ rule: TextRule, _ says: String)
  mutating func flag(_ key: String, _ value: inout Bool, _ says: String)
  mutating func integer(
    _ key: String, _ value: inout Int, in range: ClosedRange<Int>, _ says: String)
  mutating func optionalInteger(
    _ key: String, _ value: inout Int?, in range: ClosedRange<Int>, _ says: String)
  mutating func integers(
    _ key: String, _ value: inout [Int], max: Int, in range: ClosedRange<Int>, _ says: String)
  mutating func decimal(
    _ key: String, _ value: inout Decimal128, in range: ClosedRange<Decimal128>, _ says: String)
  mutating func optionalDecimal(
    _ key: String, _ value: inout Decimal128?, in range: ClosedRange<Decimal128>, _ says: String)
  mutating func decimals(
    _ key: String, _ value: inout [Decimal128], max: Int, in range: ClosedRange<Decimal128>,
    _ says: String)
  mutating func date(_ key: String, _ value: inout CalendarDate, _ says: String)
  mutating func optionalDate(_ key: String, _ value: inout CalendarDate?, _ says: String)
  mutating func currency(_ key: String, _ value: inout Currency, _ says: String)
  mutating func optionalCurrency(_ key: String, _ value: inout Currency?, _ says: String)
  mutating func choice<E: FieldChoice>(_ key: String, _ value: inout E, _ says: String)
  mutating func optionalChoice<E: FieldChoice>(
    _ key: String, _ value: inout E?, _ says: String)
  mutating func choices<E: FieldChoice>(
    _ key: String, _ value: inout Choices<E>, _ says: String)
  mutating func record<T: Fielded>(_ key: String, _ value: inout T, _ says: String)
  mutating func optionalRecord<T: Fielded>(_ key: String, _ value: inout T?, _ says: String)
  mutating func records<T: Fielded>(
    _ key: String, _ value: inout [T], in count: ClosedRange<Int>, _ says: String)

  /// A rule between fields; only a walk that reads what people write looks at it.
  mutating func check(_ key: String, _ isSound: @autoclosure () -> Bool, _ sentence: String)
}

/// An enumeration that a field can hold.
typealias FieldChoice = CaseIterable & Hashable & RawRepresentable<String> & Sendable

extension FieldWalk {
  /// All but stored products of old have every field.
  var form: UInt8 { PackedForm.number }

  /// The reference to the schema that a file may begin with, for editors; nobody keeps it.
  mutating func schemaReference() {
    var place: String?
    optionalText("$schema", &place, .name, "Where this schema lies.")
  }

  /// A choice that may be left out where it is the usual one.
  mutating func choice<E: FieldChoice>(
    _ key: String, _ value: inout E, usually usual: E, _ says: String
  ) {
    var given: E? = value == usual ? nil : value
    optionalChoice(key, &given, says)
    value = given ?? usual
  }

  /// A decimal that may be left out where it is the usual one.
  mutating func decimal(
    _ key: String, _ value: inout Decimal128, usually usual: Decimal128,
    in range: ClosedRange<Decimal128>, _ says: String
  ) {
    var given: Decimal128? = value == usual ? nil : value
    optionalDecimal(key, &given, in: range, says)
    value = given ?? usual
  }

  /// Bounds that may be left out where they are open.
  mutating func bounds(_ key: String, _ value: inout Bounds, _ says: String) {
    var given: Bounds? = value.isOpen ? nil : value
    optionalRecord(key, &given, says)
    value = given ?? Bounds()
  }

  /// Bounds of whole numbers that may be left out where they are open.
  mutating func bounds(_ key: String, _ value: inout IntegerBounds, _ says: String) {
    var given: IntegerBounds? = value.isOpen ? nil : value
    optionalRecord(key, &given, says)
    value = given ?? IntegerBounds()
  }
}

/// The spans of numbers that fields hold.
enum Span {
  /// The largest sum of money, in any currency.
  static let moneyMaximum: Decimal128 = 1_000_000_000_000_000
  /// Sums of money from nothing up.
  static let money: ClosedRange<Decimal128> = 0...moneyMaximum
  /// A fraction of a whole.
  static let share: ClosedRange<Decimal128> = 0...1
  /// A rate a year as a fraction; discounts may be negative.
  static let rate: ClosedRange<Decimal128> = -1...10
  /// What a premium is multiplied by.
  static let factor: ClosedRange<Decimal128> = 0...100
  /// Per cent of a price or a value.
  static let percent: ClosedRange<Decimal128> = 0...1000
  /// Numbers of either sign.
  static let any: ClosedRange<Decimal128> = -moneyMaximum...moneyMaximum
  /// Months, up to a hundred years.
  static let months = 0...1200
  /// Years of age.
  static let years = 0...150
  /// Other counts.
  static let count = 0...1_000_000
}
