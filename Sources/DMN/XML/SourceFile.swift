/// A file of a model as it was given, kept while the model is loaded so that a problem can be
/// placed by line and column.
struct SourceFile: Sendable {
  /// What the caller calls the file.
  let name: String
  /// The text of the file as UTF-8, whatever its encoding was.
  let bytes: [UInt8]

  /// A place in a file, counted from 1, columns in code points.
  struct Place: Sendable, Hashable {
    var line: Int
    var column: Int
  }

  /// The line and column of a byte of the file.
  func place(at offset: Int) -> Place {
    let end = min(max(offset, 0), bytes.count)
    var line = 1
    var lineStart = 0
    for index in 0..<end where bytes[index] == UInt8(ascii: "\n") {
      line += 1
      lineStart = index + 1
    }
    var column = 1
    for index in lineStart..<end where bytes[index] & 0xC0 != 0x80 { column += 1 }
    return Place(line: line, column: column)
  }
}

/// Text read from an XML file, and where in the file it begins.
struct SourceText: Sendable, Hashable {
  /// The text with its references resolved and its line ends made `\n`.
  var text: String
  /// The byte of the file at which the text begins.
  var offset: Int

  /// Whether there is nothing but white space.
  var isBlank: Bool { text.utf8.allSatisfy { $0 == 0x20 || (0x09...0x0D).contains($0) } }
}
