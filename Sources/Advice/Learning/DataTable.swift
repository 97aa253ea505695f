/// A table of data as it was read: each cell of a column is one of the column's distinct texts.
package struct DataTable: Sendable {
  /// The columns in the order of the header.
  package let columns: [DataColumn]
  /// How many rows there are.
  package let rowCount: Int

  /// Limits on a table that is learned from.
  package enum Limit {
    /// Columns of a table.
    package static let columns = 2_000
    /// Cells of a table, which bound the memory: 4 bytes each, and the distinct texts.
    package static let cells = 60_000_000
    /// Bytes of one cell.
    package static let cell = 10_000
  }

  /// The place of a column by its name.
  package func place(of name: String) -> Int? { columns.firstIndex { $0.name == name } }
}

/// One column of a table.
package struct DataColumn: Sendable {
  /// The name in the header.
  package let name: String
  /// The distinct texts, in the order of their first row.
  package let texts: [String]
  /// For each row the place of its text.
  package let codes: [Int32]

  /// The text of a row.
  package func text(_ row: Int) -> String { texts[Int(codes[row])] }
}

/// Why data cannot be learned from or scored, in one line.
package struct DataFault: Error, Sendable, Hashable, CustomStringConvertible {
  /// The line.
  package let description: String

  /// A fault in one line.
  package init(_ description: String) { self.description = description }
}

/// Takes the lines of comma-separated values (RFC 4180) into a table.
package struct DataTableReader: Sendable {
  private let names: [String]
  private var texts: [[String]]
  private var places: [[[UInt8]: Int32]]
  private var codes: [[Int32]]
  private var rowCount = 0
  /// The fields of the record that is being read, whose last one may go on in the next line.
  private var fields: [[UInt8]] = []
  private var openField: [UInt8]?
  /// The line in which the record began.
  private var firstLine = 1

  /// Reads the header; a byte order mark, which spreadsheets write, is passed over.
  package init(header line: [UInt8]) throws(DataFault) {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    let bytes = line.starts(with: mark) ? Array(line.dropFirst(mark.count)) : line
    try Self.refuseCompressed(bytes)
    var header: [[UInt8]] = []
    guard try Self.split(bytes, number: 1, into: &header) == nil else {
      throw DataFault("line 1: a quoted field does not end")
    }
    guard header.count <= DataTable.Limit.columns else {
      throw DataFault("line 1: more than \(DataTable.Limit.columns) columns")
    }
    var names: [String] = []
    for field in header {
      guard let name = String(validating: field, as: UTF8.self) else {
        throw DataFault("line 1: the name of a column is not valid UTF-8")
      }
      names.append(name)
    }
    if let empty = names.firstIndex(of: "") {
      throw DataFault("line 1: column \(empty + 1) has no name")
    }
    var seen: Set<String> = []
    for name in names where !seen.insert(name).inserted {
      throw DataFault("line 1: two columns are called '\(name)'")
    }
    self.names = names
    texts = Array(repeating: [], count: names.count)
    places = Array(repeating: [:], count: names.count)
    codes = Array(repeating: [], count: names.count)
  }

  private static func refuseCompressed(_ bytes: [UInt8]) throws(DataFault) {
    if bytes.starts(with: [0x1F, 0x8B]) {
      throw DataFault("the data is compressed by gzip; give it as: zcat FILE | steward learn … -")
    }
    if bytes.contains(0) { throw DataFault("line 1: this is no text of comma-separated values") }
  }

  /// Takes a line; one without any character is passed over, unless it stands within quotes.
  package mutating func take(_ line: [UInt8], number: Int) throws(DataFault) {
    var text = line
    if let openField {
      text = openField + [0x0A] + line
    } else {
      if line.isEmpty || line == [0x0D] { return }
      firstLine = number
      fields.removeAll(keepingCapacity: true)
    }
    if let start = try Self.split(text, number: firstLine, into: &fields) {
      openField = Array(text[start...])
      return
    }
    openField = nil
    try takeRecord(number: firstLine)
  }

  private mutating func takeRecord(number: Int) throws(DataFault) {
    guard fields.count == names.count else {
      throw DataFault(
        "line \(number): \(fields.count) fields where the header names \(names.count)")
    }
    guard (rowCount + 1) * names.count <= DataTable.Limit.cells else {
      throw DataFault("line \(number): more than \(DataTable.Limit.cells) cells")
    }
    for column in names.indices {
      let field = fields[column]
      if let place = places[column][field] {
        codes[column].append(place)
        continue
      }
      guard field.count <= DataTable.Limit.cell else {
        throw DataFault(
          "line \(number): '\(names[column])' has more than \(DataTable.Limit.cell) bytes")
      }
      guard let text = String(validating: field, as: UTF8.self) else {
        throw DataFault("line \(number): '\(names[column])' is not valid UTF-8")
      }
      let place = Int32(texts[column].count)
      places[column][field] = place
      texts[column].append(text)
      codes[column].append(place)
    }
    rowCount += 1
  }

  /// The table of the lines so far.
  package var table: DataTable {
    get throws(DataFault) {
      if openField != nil { throw DataFault("line \(firstLine): a quoted field does not end") }
      return DataTable(
        columns: names.indices.map {
          DataColumn(name: names[$0], texts: texts[$0], codes: codes[$0])
        }, rowCount: rowCount)
    }
  }

  /// Adds the fields of a text.
  ///
  /// - Returns: where a quoted field begins that goes on in the next line; nil where none does.
  private static func split(
    _ line: [UInt8], number: Int, into fields: inout [[UInt8]]
  ) throws(DataFault) -> Int? {
    let end = line.last == 0x0D ? line.count - 1 : line.count
    let (quote, comma) = (UInt8(ascii: "\""), UInt8(ascii: ","))
    var index = 0
    while true {
      var field: [UInt8] = []
      let start = index
      if index < end, line[index] == quote {
        index += 1
        while true {
          guard index < end else {
            guard field.count <= DataTable.Limit.cell else {
              throw DataFault(
                "line \(number): a quoted field does not end within \(DataTable.Limit.cell) bytes")
            }
            return start
          }
          if line[index] == quote {
            guard index + 1 < end, line[index + 1] == quote else { break }
            index += 1
          }
          field.append(line[index])
          index += 1
        }
        index += 1
        guard index >= end || line[index] == comma else {
          throw DataFault("line \(number): text stands after a closing quote")
        }
      } else {
        while index < end, line[index] != comma { index += 1 }
        field = Array(line[start..<index])
      }
      fields.append(field)
      guard index < end else { return nil }
      index += 1
    }
  }
}
