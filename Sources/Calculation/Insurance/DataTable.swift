/// A table of the trade that is held as data: comma-separated rows below their column names, with
/// the table's name and source in comments above.
struct DataTable {
  /// What the table is called.
  let name: String

  /// Where it is laid down.
  let source: String

  /// The rows.
  let rows: [[String]]

  /// A table from its file.
  init(_ bytes: [UInt8]) {
    let lines = String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    func comment(_ key: String) -> String {
      let marks = "# \(key): "
      return lines.filter { $0.hasPrefix(marks) }.map { String($0.dropFirst(marks.count)) }
        .joined(separator: "; ")
    }
    name = comment("name")
    source = comment("source")
    rows = lines.filter { !$0.hasPrefix("#") }.dropFirst()
      .map { $0.split(separator: ",").map(String.init) }
  }
}
