import Advice
import Foundation
import Quantities
import Support

@testable import CRM

/// Consumer Data Right products for tests: small ones made here, and the real ones beside the
/// project.
enum CDRSamples {
  /// The day of the real snapshot.
  static let snapshot = "data/cdr-products/products-2024-08-12.jsonl.gz"

  static var dollar: Currency { Currency("AUD") ?? .undecided }

  static func decimal(_ text: String) -> Decimal128 { Decimal128(text) ?? .nan }

  /// Reads lines given as texts.
  static func read(_ lines: [String]) -> CDRImport {
    var reader = CDRImport(currency: dollar)
    for (index, line) in lines.enumerated() {
      reader.take(Lines.Line(number: index + 1, bytes: Array(line.utf8)))
    }
    return reader
  }

  /// A product of a category with some members.
  static func line(_ members: String, category: String = "TERM_DEPOSITS") -> String {
    let tail = members.isEmpty ? "" : ",\(members)"
    return #"{"brandId":"b","product":{"productId":"p","name":"N","productCategory":"\#(category)""#
      + "\(tail)}}"
  }

  /// The one product of a line, and what became of its rows.
  static func one(
    _ members: String, category: String = "TERM_DEPOSITS"
  ) -> (product: Product, report: CDRReport) {
    let reader = read([line(members, category: category)])
    return (reader.products.first ?? Product(), reader.report)
  }

  /// The lines of a compressed file of real products.
  static func realLines(_ name: String) throws -> [Lines.Line] {
    guard let url = SharedFolder.find(name) else { return [] }
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["gzip", "-dc", url.path]
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return data.split(separator: UInt8(ascii: "\n")).enumerated().map {
      Lines.Line(number: $0.offset + 1, bytes: Array($0.element))
    }
  }

  /// The rows of a compressed CSV file, its head aside.
  ///
  /// A line break within quotes is no row.
  static func rows(_ name: String) throws -> Int {
    let lines = try realLines(name)
    var rows = -1
    var isQuoted = false
    for line in lines {
      if !isQuoted { rows += 1 }
      for byte in line.bytes where byte == UInt8(ascii: "\"") { isQuoted.toggle() }
    }
    return rows
  }
}

/// The real products, read once for all tests.
actor CDRSnapshot {
  static let shared = CDRSnapshot()
  private var read: (lines: [Lines.Line], reader: CDRImport)?

  func load() throws -> (lines: [Lines.Line], reader: CDRImport) {
    if let read { return read }
    let lines = try CDRSamples.realLines(CDRSamples.snapshot)
    var reader = CDRImport(currency: CDRSamples.dollar)
    reader.read(lines)
    read = (lines, reader)
    return (lines, reader)
  }
}
