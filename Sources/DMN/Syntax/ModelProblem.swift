/// A fault of a model, with its place and how to mend it.
public struct ModelProblem: Sendable, Hashable {
  /// How grave a problem is.
  public enum Severity: String, Sendable { case error, warning }

  /// Whether the model can be used all the same.
  public var severity: Severity
  /// What kind of problem it is, in one word: a stable code.
  public var code: String
  /// The file, by the name that the caller gave it.
  public var file: String
  /// The line in the file, from 1.
  public var line: Int
  /// The column in the line, from 1, in code points.
  public var column: Int
  /// The decision, business knowledge model or other element; nil for the file as a whole.
  public var element: String?
  /// The rule of a decision table, from 1.
  public var rule: Int?
  /// The column of a decision table, by its name.
  public var tableColumn: String?
  /// What is wrong, in one sentence.
  public var message: String
  /// The text with the place marked below it, over several lines; nil where there is no text.
  public var drawing: String?
  /// What was expected and how to mend it; nil where the message says it.
  public var advice: String?

  /// A problem at a place.
  public init(
    severity: Severity = .error, code: String, file: String, line: Int, column: Int,
    element: String? = nil, rule: Int? = nil, tableColumn: String? = nil, message: String,
    drawing: String? = nil, advice: String? = nil
  ) {
    self.severity = severity
    self.code = code
    self.file = file
    self.line = line
    self.column = column
    self.element = element
    self.rule = rule
    self.tableColumn = tableColumn
    self.message = message
    self.drawing = drawing
    self.advice = advice
  }
}

extension ModelProblem: CustomStringConvertible {
  /// The problem as it is shown to people.
  public var description: String {
    var place: [String] = []
    if let element { place.append(element) }
    if let rule { place.append("rule \(rule)") }
    if let tableColumn { place.append("column \(tableColumn)") }
    var lines = ["\(file):\(line):\(column): \(severity.rawValue): \(message)"]
    if !place.isEmpty { lines.append("  in " + place.joined(separator: ", ")) }
    if let drawing {
      lines += drawing.split(separator: "\n", omittingEmptySubsequences: false).map { "    " + $0 }
    }
    if let advice { lines.append("  " + advice) }
    return lines.joined(separator: "\n")
  }
}

/// All problems of a model that keep it from being used.
public struct ModelProblems: Error, Sendable, Hashable, CustomStringConvertible {
  /// The problems in the order of files and places.
  public let list: [ModelProblem]

  /// Problems as one error.
  public init(_ list: [ModelProblem]) { self.list = list }

  /// All problems as they are shown to people.
  public var description: String { list.map(\.description).joined(separator: "\n") }
}
