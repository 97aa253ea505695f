/// A table of counts for the terminal: the first column to the left, the others to the right.
struct TextTable {
  private var rows: [[String]]

  /// A table with the names of its columns.
  init(_ header: [String]) { rows = [header] }

  /// Adds a row of counts.
  mutating func add(_ name: String, _ counts: Int...) {
    rows.append([name] + counts.map { String($0) })
  }

  /// Adds a row of texts.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// The lines of the table.
  var text: String {
    let widths = rows.reduce(into: [Int]()) { widths, row in
      for (place, cell) in row.enumerated() {
        if place == widths.count { widths.append(0) }
        widths[place] = max(widths[place], cell.count)
      }
    }
    return rows.map { row in
      row.enumerated().map { place, cell in
        let padding = String(repeating: " ", count: widths[place] - cell.count)
        return place == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }
}
