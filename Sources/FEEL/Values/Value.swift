public import Quantities

/// An element of the FEEL semantic domain (DMN 1.5, 10.3.2.1).
///
/// Swift equality (`==`) is identity in the sense of the built-in `is`: it never yields null.
/// FEEL's own three-valued `=` is `Value.equals(_:_:)`.
public enum Value: Sendable, Hashable {
  /// The only value of the type Null; also the result of every error.
  case null
  /// A truth value; FEEL logic is three-valued, so a missing truth value is `null`.
  case boolean(Bool)
  /// A decimal128 number (10.3.2.3.1); never infinite and never NaN.
  case number(Decimal128)
  /// A sequence of Unicode code points (10.3.2.3.2).
  case string(String)
  /// A calendar date (10.3.2.3.5).
  case date(CalendarDate)
  /// A time of day with an optional offset or zone (10.3.2.3.4).
  case time(TimeOfDay)
  /// A date and time with an optional offset or zone (10.3.2.3.6).
  case dateTime(DateTime)
  /// A days and time duration (10.3.2.3.7).
  case daysTime(DaysTimeDuration)
  /// A years and months duration (10.3.2.3.8).
  case yearsMonths(YearsMonthsDuration)
  /// An ordered list; elements may be of different types.
  case list([Value])
  /// An ordered collection of entries with distinct keys.
  case context(Context)
  /// An interval or a comparison with one endpoint (10.3.2.7).
  case range(ValueRange)
  /// A built-in, user-defined, host or external function.
  case function(FunctionValue)
}

extension Value {
  /// A whole number.
  public static func number(_ value: Int) -> Value { .number(Decimal128(value)) }

  /// Whether this is `null`.
  public var isNull: Bool {
    if case .null = self { return true }
    return false
  }

  /// The truth value, or nil when this is not a boolean.
  public var truth: Bool? {
    if case .boolean(let value) = self { return value }
    return nil
  }

  /// The number, or nil when this is not one.
  public var decimal: Decimal128? {
    if case .number(let value) = self { return value }
    return nil
  }

  /// The text, or nil when this is not a string.
  public var text: String? {
    if case .string(let value) = self { return value }
    return nil
  }

  /// The elements, or nil when this is not a list.
  public var elements: [Value]? {
    if case .list(let value) = self { return value }
    return nil
  }

  /// The context, or nil when this is not one.
  public var entries: Context? {
    if case .context(let value) = self { return value }
    return nil
  }

  /// The kind of the value in the standard's words, such as `number` or `days and time duration`.
  public var kindName: String {
    switch self {
    case .null: "null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date and time"
    case .daysTime: "days and time duration"
    case .yearsMonths: "years and months duration"
    case .list: "list"
    case .context: "context"
    case .range: "range"
    case .function: "function"
    }
  }

  /// Whether the value holds other values.
  var isContainer: Bool {
    switch self {
    case .list, .context: true
    default: false
    }
  }

  /// A three-valued truth as a value: nil is `null`.
  static func truth(_ value: Bool?) -> Value {
    guard let value else { return .null }
    return .boolean(value)
  }
}

extension Value: ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByStringLiteral, ExpressibleByArrayLiteral
{
  /// The value of a literal.
  public init(booleanLiteral value: Bool) { self = .boolean(value) }
  /// The value of a literal.
  public init(integerLiteral value: Int) { self = .number(Decimal128(value)) }
  /// The value of a literal.
  public init(stringLiteral value: String) { self = .string(value) }
  /// The value of a literal.
  public init(arrayLiteral elements: Value...) { self = .list(elements) }
}
