package import JSON

/// All that is wrong with a catalogue's files, at once.
package struct CatalogueError: Error, Sendable, Hashable, CustomStringConvertible {
  /// The problems by file.
  package let problems: [CatalogueProblem]

  /// An error of some problems.
  package init(_ problems: [CatalogueProblem]) { self.problems = problems }

  /// One problem a line.
  package var description: String { problems.map(\.description).joined(separator: "\n") }
}

/// One thing wrong with one file of a catalogue.
package struct CatalogueProblem: Sendable, Hashable, CustomStringConvertible {
  /// The file, from the catalogue's folder on.
  package let file: String
  /// Where in the file.
  package let position: JSONPosition?
  /// Which value, as a JSON pointer; empty for the file as a whole.
  package let pointer: String
  /// A stable name.
  package let code: String
  /// A sentence.
  package let detail: String

  init(
    file: String, _ code: String, _ detail: String, pointer: String = "",
    position: JSONPosition? = nil
  ) {
    self.file = file
    self.code = code
    self.detail = detail
    self.pointer = pointer
    self.position = position
  }

  /// `loan/home.json:12:5: /terms/amount: …`.
  package var description: String {
    let place = position.map { ":\($0.line):\($0.column)" } ?? ""
    return "\(file)\(place): \(pointer.isEmpty ? "" : "\(pointer): ")\(detail)"
  }
}
