import Quantities

/// A table that leaves the portal: as CSV or as a workbook.
struct Sheet: Sendable {
  /// A cell.
  enum Cell: Sendable {
    case text(String)
    case number(Decimal128)
  }

  let name: String
  let columns: [String]
  let rows: [[Cell]]

  /// Comma-separated values (RFC 4180), UTF-8.
  ///
  /// A text that a spreadsheet would take for a formula is put behind an apostrophe.
  var csv: [UInt8] {
    var text = columns.map(Self.quoted).joined(separator: ",") + "\r\n"
    for row in rows {
      let cells = row.map { cell in
        switch cell {
        case .text(let text): Self.quoted(text)
        case .number(let number): number.plainText
        }
      }
      text += cells.joined(separator: ",") + "\r\n"
    }
    return Array(text.utf8)
  }

  private static func quoted(_ text: String) -> String {
    let isFormula = text.first.map { "=+-@\t\r".contains($0) } ?? false
    let safe = isFormula ? "'" + text : text
    guard safe.contains(where: { ",\"\r\n".contains($0) }) else { return safe }
    return "\"" + safe.replacing("\"", with: "\"\"") + "\""
  }

  /// An Office Open XML workbook of one sheet (ECMA-376).
  var workbook: [UInt8] {
    var archive = ZipArchive()
    let head = #"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    let relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    let package = "http://schemas.openxmlformats.org/package/2006"
    let type = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    archive.add(
      "[Content_Types].xml",
      Array(
        """
        \(head)<Types xmlns="\(package)/content-types"><Default Extension="rels" \
        ContentType="application/vnd.openxmlformats-package.relationships+xml"/>\
        <Default Extension="xml" ContentType="application/xml"/><Override \
        PartName="/xl/workbook.xml" ContentType="\(type).sheet.main+xml"/><Override \
        PartName="/xl/worksheets/sheet1.xml" ContentType="\(type).worksheet+xml"/></Types>
        """.utf8))
    archive.add(
      "_rels/.rels",
      Array(
        """
        \(head)<Relationships xmlns="\(package)/relationships"><Relationship Id="r1" \
        Type="\(relations)/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """.utf8))
    archive.add(
      "xl/workbook.xml",
      Array(
        """
        \(head)<workbook xmlns="\(main)" xmlns:r="\(relations)"><sheets><sheet \
        name="\(Self.escaped(String(name.prefix(31))))" sheetId="1" r:id="r1"/></sheets></workbook>
        """.utf8))
    archive.add(
      "xl/_rels/workbook.xml.rels",
      Array(
        """
        \(head)<Relationships xmlns="\(package)/relationships"><Relationship Id="r1" \
        Type="\(relations)/worksheet" Target="worksheets/sheet1.xml"/></Relationships>
        """.utf8))
    var sheet = "\(head)<worksheet xmlns=\"\(main)\"><sheetData>"
    for row in [columns.map { Cell.text($0) }] + rows {
      sheet += "<row>"
      for cell in row {
        switch cell {
        case .text(let text):
          sheet += "<c t=\"inlineStr\"><is><t>\(Self.escaped(text))</t></is></c>"
        case .number(let number): sheet += "<c><v>\(number.plainText)</v></c>"
        }
      }
      sheet += "</row>"
    }
    archive.add("xl/worksheets/sheet1.xml", Array((sheet + "</sheetData></worksheet>").utf8))
    return archive.finished()
  }

  private static func escaped(_ text: String) -> String {
    text.replacing("&", with: "&amp;").replacing("<", with: "&lt;")
      .replacing(">", with: "&gt;").replacing("\"", with: "&quot;")
  }
}
