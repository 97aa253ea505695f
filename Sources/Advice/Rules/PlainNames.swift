import DMN

/// The names in some models that are declared to be of a plain type, such as a number or a string:
/// what is written out of them is that value and nothing else.
struct PlainNames: Sendable {
  private var byFile: [String: Set<String>] = [:]

  private static let types: Set<String> = [
    "string", "number", "boolean", "date", "time", "date and time", "dateTime",
    "days and time duration", "dayTimeDuration", "years and months duration", "yearMonthDuration",
  ]

  init(_ files: [ModelOutline.File]) {
    for file in files {
      var (plain, others): (Set<String>, Set<String>) = ([], [])
      for declaration in file.declarations where !declaration.isType {
        let isPlain = declaration.others.contains(where: Self.types.contains)
        if isPlain { plain.insert(declaration.name) } else { others.insert(declaration.name) }
      }
      byFile[file.name] = plain.subtracting(others)
    }
  }

  /// Whether a name, or the last one of a path, is of a plain type wherever it is declared.
  func holds(_ name: String, in file: String) -> Bool {
    let last = name.split(separator: ".").last.map { $0.trimmingPrefix(while: \.isWhitespace) }
    return last.map { byFile[file]?.contains(String($0)) == true } ?? false
  }
}
