/// A place in a JSON text, as an editor shows it.
///
/// Columns count code points, so that a caret drawn under the line stands where the reader looks.
package struct JSONPosition: Sendable, Hashable, CustomStringConvertible {
  private let storedLine: UInt32
  private let storedColumn: UInt32
  private let storedOffset: UInt32

  /// A place by its line and column, both counted from 1, and its byte offset counted from 0.
  package init(line: Int, column: Int, offset: Int) {
    storedLine = UInt32(clamping: line)
    storedColumn = UInt32(clamping: column)
    storedOffset = UInt32(clamping: offset)
  }

  /// The line, counted from 1.
  package var line: Int { Int(storedLine) }

  /// The column in code points, counted from 1.
  package var column: Int { Int(storedColumn) }

  /// The offset in bytes from the start of the text.
  package var offset: Int { Int(storedOffset) }

  /// `line 3, column 14`.
  package var description: String { "line \(line), column \(column)" }
}
