package import JSON

/// Splits lines of comma-separated values (RFC 4180) into fields and names them by the header, so
/// that a row reads like the JSON object of the same form.
package struct DelimitedRows: Sendable {
  /// The names of the columns.
  package let header: [String]

  /// Columns that a file may have.
  package static let columnLimit = 100

  /// Why a line is no row.
  package enum Fault: Error, Sendable, Hashable, CustomStringConvertible {
    case openQuote
    case textAfterQuote
    case columnCount(expected: Int, found: Int)
    case header(String)
    case notUTF8

    /// The fault in a sentence.
    package var description: String {
      switch self {
      case .openQuote: "a quoted field does not end"
      case .textAfterQuote: "text stands after a closing quote"
      case .columnCount(let expected, let found):
        "\(found) fields where the header names \(expected): is the line cut off?"
      case .header(let why): why
      case .notUTF8: "a field is not valid UTF-8"
      }
    }
  }

  /// Reads the header line.
  ///
  /// A byte order mark, which spreadsheets write, is passed over.
  package init(header line: [UInt8]) throws(Fault) {
    let hasMark = line.starts(with: [0xEF, 0xBB, 0xBF])
    let names = try Self.split(hasMark ? Array(line.dropFirst(3)) : line)
    guard names.count <= Self.columnLimit else {
      throw .header("more than \(Self.columnLimit) columns")
    }
    guard Set(names).count == names.count, !names.contains("") else {
      throw .header("the header names a column twice or not at all")
    }
    header = names
  }

  /// A row as a JSON object with the record's kind; empty fields are absent.
  package func object(_ line: [UInt8], record: String) throws(Fault) -> JSONValue {
    let fields = try Self.split(line)
    guard fields.count == header.count else {
      throw .columnCount(expected: header.count, found: fields.count)
    }
    var members: [String: JSONValue] = ["record": .string(record)]
    for (name, field) in zip(header, fields) where !field.isEmpty {
      members[name] =
        Self.lists.contains(name)
        ? .array(field.split(separator: ";").map { .string(String($0)) })
        : Self.value(field, name)
    }
    return .object(members)
  }

  /// Columns that hold several values, separated by semicolons.
  private static let lists: Set = ["segments", "objectives"]
  /// Columns that hold whole numbers.
  private static let integers: Set = ["dependants", "riskClass", "horizonMonths"]

  private static func value(_ field: String, _ name: String) -> JSONValue {
    // What is neither stays text, so that the reader names the field.
    if name == "isStaff", field == "true" || field == "false" { return .boolean(field == "true") }
    if integers.contains(name), let number = Int(field) { return JSONValue(number) }
    return .string(field)
  }

  private static func split(_ line: [UInt8]) throws(Fault) -> [String] {
    var fields: [String] = []
    var field: [UInt8] = []
    var index = line.startIndex
    let end = line.last == UInt8(ascii: "\r") ? line.endIndex - 1 : line.endIndex
    let quote = UInt8(ascii: "\"")
    while true {
      if index < end, line[index] == quote {
        index += 1
        while true {
          guard index < end else { throw .openQuote }
          if line[index] == quote {
            guard index + 1 < end, line[index + 1] == quote else { break }
            index += 1
          }
          field.append(line[index])
          index += 1
        }
        index += 1
        guard index >= end || line[index] == UInt8(ascii: ",") else { throw .textAfterQuote }
      } else {
        while index < end, line[index] != UInt8(ascii: ",") {
          field.append(line[index])
          index += 1
        }
      }
      guard let text = String(validating: field, as: UTF8.self) else { throw .notUTF8 }
      fields.append(text)
      field.removeAll(keepingCapacity: true)
      guard index < end else { return fields }
      index += 1
    }
  }
}
