import Advice
import ArgumentParser
import CRM
import Foundation
import JSON
import Quantities

/// Brings a catalogue of the Australian Consumer Data Right into the store.
struct ImportCDR: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "cdr",
    abstract: "Bring in products of the Australian Consumer Data Right.",
    discussion: """
      One {"brandId": …, "product": …} a line, as the product endpoints of the
      standard give them. The file is the whole catalogue of its day: products
      that it lacks are withdrawn from that day on, earlier versions are kept
      with their dates. Every rate, eligibility, fee and constraint is counted
      as evaluated, shown to the client to confirm, or quarantined.

      Examples:
        steward import cdr products.jsonl --as-of 2024-08-12 --data data
        zcat products.jsonl.gz | steward import cdr - --as-of 2024-08-12 --data data
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var clock: ClockOptions

  @Argument(help: "A JSON Lines file; - is the standard input.")
  var path: String

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("The day that the catalogue describes.", valueName: "date"))
  var asOf: CalendarDate

  @Option(help: "The currency of the products, which the standard leaves out.")
  var currency: Currency = .australianDollar

  @Option(
    name: .customLong("brand-names"),
    help: ArgumentHelp("A JSON file of the brands' names by their ids.", valueName: "file"))
  var brandNames: String?

  @Flag(help: "Let more than half of the products in force be withdrawn.")
  var withdraw = false

  @Option(help: ArgumentHelp("Write what was quarantined as JSON Lines.", valueName: "file"))
  var quarantine: String?

  /// The name under which the catalogue is stored.
  private static let source = "cdr"

  func run() async throws {
    let reading = try read()
    if let quarantine { try write(reading.report.quarantine, to: quarantine) }
    guard !reading.products.isEmpty else {
      let first = reading.report.quarantine.first.map { "; \($0)" } ?? ""
      throw Failure("'\(path)' holds no product that can be read; nothing was stored\(first)")
    }
    let products = reading.products.map {
      ProductBody(brand: $0.id.brand, code: $0.id.code, body: $0.packed)
    }
    let (report, asOf, withdraw) = (reading.report.json, asOf, withdraw)
    let (counts, difference) = try await data.installation.withBook(
      for: .writing, clocks: clock.clocks
    ) { book in
      let counts: EditionCounts
      do {
        counts = try await Progress.seconds("storing products, seconds") {
          try await book.take(
            products, from: Self.source, asOf: asOf, report: report, withdrawing: withdraw,
            by: Operator())
        }.counts
      } catch Refusal.conflict("withdrawals", let detail) {
        throw Failure("\(detail) If the file is whole, say so with --withdraw; nothing was stored")
      }
      let following = try await book.editions(of: Self.source).first { $0.asOf > asOf }
      guard let following else { return (counts, EditionDifference?.none) }
      return (
        counts,
        try await book.difference(of: Self.source, from: asOf, to: following.asOf, limit: 0)
      )
    }
    show(reading.report, counts)
    if let difference {
      print("against the edition of \(difference.new.asOf), which follows:")
      var table = TextTable(["in both", "of them changed", "new", "closed"])
      table.add(
        "\(difference.both)", difference.changed, difference.added, difference.closed)
      print(table.text)
    }
  }

  private func read() throws -> CDRImport {
    var names: [String: String] = [:]
    if let brandNames {
      guard let data = FileManager.default.contents(atPath: brandNames) else {
        throw Failure("cannot read '\(brandNames)'")
      }
      do {
        names = try CDRImport.brandNames(json: Array(data))
      } catch {
        throw Failure("\(brandNames): \(error)")
      }
    }
    var reading = CDRImport(currency: currency, brandNames: names)
    var lines = try Lines(path: path)
    let progress = Progress("reading products")
    var last: Lines.Line?
    while let line = lines.next() {
      reading.take(line)
      last = line
      progress.update(reading.report.lines)
    }
    progress.finish(reading.report.lines)
    if let fault = lines.fault { throw fault }
    if let last, let cut = reading.report.quarantine.last, cut.line == last.number,
      cut.fault == .badJSON, !last.hasEnd
    {
      throw Failure("'\(path)' is cut off in line \(last.number): \(cut.detail)")
    }
    return reading
  }

  private func show(_ report: CDRReport, _ counts: EditionCounts) {
    print("\(report.lines.counted("line")), \(report.products.counted("product")) of \(asOf)")
    var rows = TextTable(["rows", "evaluated", "shown", "quarantined", "all"])
    for kind in CDRRowKind.allCases {
      rows.add(
        kind.rawValue, report.count(kind, .evaluated), report.count(kind, .shown),
        report.count(kind, .quarantined), report.total(kind))
    }
    rows.add("whole lines", report.products, 0, report.quarantinedLines, report.lines)
    print(rows.text)
    var products = TextTable(["products", "added", "changed", "unchanged", "withdrawn"])
    products.add("", counts.added, counts.changed, counts.unchanged, counts.withdrawn)
    print(products.text)
    guard !report.quarantine.isEmpty else { return }
    var faults = TextTable(["quarantined because", "rows"])
    for fault in CDRFault.allCases {
      if let count = report.faults[fault] { faults.add(fault.rawValue, count) }
    }
    print(faults.text)
    if quarantine == nil { print("Each is listed with --quarantine FILE.") }
  }

  private func write(_ rows: [CDRQuarantined], to path: String) throws {
    var file = try OutputFile(path)
    for row in rows {
      var writer = JSONWriter()
      writer.object { writer in
        writer.member("line", row.line)
        writer.member("product", row.product?.description)
        writer.member("kind", row.kind?.rawValue)
        writer.member("place", row.place)
        writer.member("fault", row.fault.rawValue)
        writer.member("detail", row.detail)
      }
      writer.newline()
      try file.write(writer.bytes)
    }
    try file.finish()
  }
}

extension Currency {
  /// The currency of the Consumer Data Right.
  fileprivate static var australianDollar: Currency {
    guard let dollar = Currency("AUD") else { preconditionFailure("AUD is in ISO 4217") }
    return dollar
  }
}
