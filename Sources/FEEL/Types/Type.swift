/// A FEEL type: a node of the type lattice L (DMN 1.5, 10.3.2.9).
public indirect enum Type: Sendable, Hashable {
  /// The upper type: every value conforms.
  case any
  /// The lower type: only null.
  case null
  case boolean, number, string, date, time, dateTime, daysTime, yearsMonths
  /// A list whose elements are of one type.
  case list(Type)
  /// A context with at least these entries.
  case context([Member])
  /// A function from parameter types to a result type.
  case function([Type], Type)
  /// A range whose endpoints are of one type.
  case range(Type)

  /// A named entry of a context type.
  public struct Member: Sendable, Hashable {
    /// The key.
    public let name: String
    /// The type of the value.
    public let type: Type

    /// The entry `name` of `type`.
    public init(_ name: String, _ type: Type) {
      self.name = name
      self.type = type
    }
  }

  /// A context of which nothing is known.
  public static let anyContext = Type.context([])

  /// The type that FEEL itself names so, such as `number` or `days and time duration`; nil for a
  /// name that only a model can define.
  ///
  /// The 1.1 spellings `dateTime`, `dayTimeDuration` and
  /// `yearMonthDuration` are read as well.
  public init?(named name: String) {
    switch name {
    case "Any": self = .any
    case "Null": self = .null
    case "boolean": self = .boolean
    case "number": self = .number
    case "string": self = .string
    case "date": self = .date
    case "time": self = .time
    case "date and time", "dateTime": self = .dateTime
    case "days and time duration", "dayTimeDuration": self = .daysTime
    case "years and months duration", "yearMonthDuration": self = .yearsMonths
    default: return nil
    }
  }

  /// The type of the entry `name`, or nil when it is not known.
  public func member(_ name: String) -> Type? {
    switch self {
    case .context(let members): members.first { $0.name == name }?.type
    case .list(let element): element.member(name).map { .list($0) }
    default: nil
    }
  }
}

extension Type: CustomStringConvertible {
  /// The type in FEEL's own notation (grammar rule 52).
  public var description: String {
    switch self {
    case .any: "Any"
    case .null: "Null"
    case .boolean: "boolean"
    case .number: "number"
    case .string: "string"
    case .date: "date"
    case .time: "time"
    case .dateTime: "date and time"
    case .daysTime: "days and time duration"
    case .yearsMonths: "years and months duration"
    case .list(let element): "list<\(element)>"
    case .context(let members):
      "context<" + members.map { "\($0.name): \($0.type)" }.joined(separator: ", ") + ">"
    case .function(let parameters, let result):
      "function<" + parameters.map(\.description).joined(separator: ", ") + ">->\(result)"
    case .range(let element): "range<\(element)>"
    }
  }
}
