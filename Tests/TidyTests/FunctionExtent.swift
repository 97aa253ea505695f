/// Where a function stands in a file and how long it is, found by its indentation, which the
/// formatter keeps equal for the first and the last line.
struct FunctionExtent {
  /// The 1-based line of the declaration.
  let line: Int
  /// The declaration's first line.
  let name: String
  /// Lines from the declaration to the closing brace.
  let length: Int

  /// All functions, initialisers and subscripts of a file that have a body of several lines.
  static func all(in file: SourceFile) -> [FunctionExtent] {
    var found: [FunctionExtent] = []
    for (index, line) in file.lines.enumerated() {
      let code = line.drop { $0 == " " }
      let indent = line.count - code.count
      guard isDeclaration(code) else { continue }
      let closing = String(repeating: " ", count: indent) + "}"
      guard let end = file.lines[(index + 1)...].firstIndex(where: { $0.hasPrefix(closing) })
      else { continue }
      found.append(FunctionExtent(line: index + 1, name: String(code), length: end - index + 1))
    }
    return found
  }

  private static func isDeclaration(_ code: Substring) -> Bool {
    let modifiers: Set<Substring> = [
      "public", "package", "internal", "private", "fileprivate", "static", "mutating", "final",
      "override", "convenience", "nonisolated", "required", "borrowing", "consuming",
    ]
    var words = code.split(separator: " ", maxSplits: 8)[...]
    while let first = words.first, modifiers.contains(first) || first.hasPrefix("@") {
      words = words.dropFirst()
    }
    guard let first = words.first else { return false }
    return first == "func" || first.hasPrefix("init(") || first.hasPrefix("init?(")
      || first.hasPrefix("subscript(")
  }
}
