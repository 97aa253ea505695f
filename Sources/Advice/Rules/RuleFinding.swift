package import DMN
package import JSON

/// Something to know of a rule book before it is published, with its place.
package struct RuleFinding: Sendable, Hashable {
  /// Whether it keeps the book from being published.
  package let isError: Bool
  /// What kind of finding it is, in one stable word such as `gap`, `overlap` or `protected`.
  package let code: String
  /// The file.
  package let file: String
  /// The decision or business knowledge model; nil for the file as a whole.
  package let element: String?
  /// The rules of the decision table that it is about, from 1.
  package let rules: [Int]
  /// The column of the decision table, by its name.
  package let column: String?
  /// The line and the column in the file, from 1, where the text itself is wrong.
  package let position: Position?
  /// What was found, in a sentence or a drawing.
  package let sentence: String

  /// A place in a file, from 1.
  package struct Position: Sendable, Hashable {
    package let line: Int
    package let column: Int
  }

  /// A finding.
  package init(
    isError: Bool = true, code: String, file: String, element: String? = nil, rules: [Int] = [],
    column: String? = nil, position: Position? = nil, sentence: String
  ) {
    self.isError = isError
    self.code = code
    self.file = file
    self.element = element
    self.rules = rules
    self.column = column
    self.position = position
    self.sentence = sentence
  }

  /// A fault of a model's text.
  ///
  /// - Parameter isFatal: whether it keeps the rules from being published though the model is one.
  package init(problem: ModelProblem, isFatal: Bool = false) {
    let sentence = [problem.message, problem.advice ?? ""].filter { !$0.isEmpty }
      .map(\.asSentence).joined(separator: " ")
    self.init(
      isError: problem.severity == .error || isFatal, code: problem.code, file: problem.file,
      element: problem.element, rules: problem.rule.map { [$0] } ?? [],
      column: problem.tableColumn,
      position: Position(line: problem.line, column: problem.column), sentence: sentence)
  }

  /// Something that the search of a table found.
  ///
  /// Inputs without a rule are grave where one rule decides; where all hits count, none is an
  /// answer too.
  init(_ finding: TableAnalysis.Finding, of table: TableAnalysis, _ policy: HitPolicy?) {
    let region = finding.region.filter { $0.cell != "-" }
    let decidesByOne = policy.map { [.unique, .any, .first, .priority].contains($0) } ?? true
    let isGap = finding.kind == .gap && finding.isCertain
    var sentence = finding.sentence
    if !region.isEmpty {
      sentence +=
        " [" + region.map { "\($0.column): \($0.cell)" }.joined(separator: "; ") + "]"
    }
    self.init(
      isError: finding.isError || (isGap && decidesByOne), code: finding.kind.rawValue,
      file: table.file, element: table.element, rules: finding.rules,
      column: finding.column ?? (region.count == 1 ? region.first?.column : nil),
      sentence: sentence)
  }
}

extension RuleFinding: CustomStringConvertible {
  /// The finding on one line.
  package var description: String {
    var place = file.isEmpty ? [] : [file]
    if let position { place.append("\(position.line):\(position.column)") }
    if let element { place.append(element) }
    if !rules.isEmpty {
      place.append(
        (rules.count == 1 ? "rule " : "rules ")
          + rules.map(String.init).joined(separator: " and "))
    }
    if let column { place.append("column \(column)") }
    let start = place.isEmpty ? "" : place.joined(separator: ", ") + ": "
    return "\(start)\(isError ? "error" : "warning"): \(sentence)"
  }
}

extension RuleFinding {
  /// The finding as what is wrong with a field, for the form in which refusals leave.
  package var violation: Violation {
    var pointer = file.isEmpty ? "/files" : "/files/\(file)"
    if let element { pointer += "/\(element)" }
    if !rules.isEmpty {
      pointer += "/rules/" + rules.map(String.init).joined(separator: ",")
    }
    if let column { pointer += "/\(column)" }
    // Where the pointer says it all, the sentence stands alone.
    let isPlain = element == nil && position == nil && rules.isEmpty && column == nil
    return Violation(pointer: pointer, code: code, detail: isPlain ? sentence : description)
  }
}

extension String {
  /// The text with a capital letter and a full stop, unless it ends as a sentence does.
  fileprivate var asSentence: String {
    guard let last else { return self }
    return prefix(1).uppercased() + dropFirst() + (".!?…".contains(last) ? "" : ".")
  }

  /// The text without a full stop, to stand before another.
  var withoutStop: String { hasSuffix(".") ? String(dropLast()) : self }
}
