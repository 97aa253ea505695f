import ArgumentParser
import CRM

/// Brings clients and their history into the store.
struct ImportClients: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "clients",
    abstract: "Bring in clients, their accounts, contracts, positions and movements.",
    discussion: """
      Documentation/Import.md describes the form. Everything is checked first: a
      file with a fault writes nothing and every faulty line is named. What is
      there already is passed over, so an import that was cut short is completed
      by starting it again.

      A client who was erased for good (steward erase) is left out with all of
      their records, and the report names the line and the id. Who has become a
      client again is taken in anew by --bring-back, by name; nothing that was
      erased returns.

      Examples:
        steward import clients clients.jsonl --data data
        steward import clients clients.jsonl --bring-back c-1042 --data data
        steward import clients csv-folder --data data
        zcat clients.jsonl.gz | steward import clients - --data data
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var clock: ClockOptions

  @Argument(help: "A JSON Lines file, - for the standard input, or a folder of CSV files.")
  var path: String

  @Option(
    help: ArgumentHelp(
      "Add a client of the file who was erased for good as a new one, by the id in the file; "
        + "may be given several times.", valueName: "id"))
  var bringBack: [String] = []

  /// Clients that are named at most, of those without a record of their own and of those erased.
  private static let namedLimit = 20

  func run() async throws {
    let file = try ClientFile(path: path)
    let checking = Progress("checking lines")
    let count = try file.check { checking.update($0) }
    checking.finish(count)
    guard count > 0 else { throw Failure("'\(path)' has no records") }
    let writing = Progress("importing records", of: count)
    let counts = try await data.installation.withBook(for: .writing, clocks: clock.clocks) { book in
      try await ClientImport(file, bringingBack: Set(bringBack)).run(into: book, by: Operator()) {
        writing.update($0)
      }
    }
    writing.finish(count)
    print(count.counted("record"))
    var table = TextTable(["", "added", "known"])
    table.add("clients", counts.clientsAdded, counts.clientsKnown)
    table.add("entries of the history", counts.entriesAdded, counts.entriesKnown)
    table.add("contracts and positions", counts.holdingsAdded, counts.holdingsKnown)
    print(table.text)
    report(counts)
    guard counts.strangers.isEmpty else {
      let names = counts.strangers.prefix(Self.namedLimit).joined(separator: ", ")
      let rest = counts.strangers.count - Self.namedLimit
      throw Failure(
        "\(counts.strangers.count) clients have records but are not known, and were passed over: "
          + names + (rest > 0 ? " and \(rest) more" : ""))
    }
  }

  /// Says who was erased for good: who was left out, and who was brought back.
  private func report(_ counts: BatchCounts) {
    if !counts.erased.isEmpty {
      let others = counts.erasedRecords
      print(
        "\(counts.erased.count.counted("client")) of the file erased for good and left out"
          + (others > 0 ? ", with \(others.counted("record"))" : "") + ":")
      for one in counts.erased.prefix(Self.namedLimit) { print("  \(Self.line(one))") }
      let rest = counts.erased.count - Self.namedLimit
      if rest > 0 { print("  and \(rest) more") }
    }
    for one in counts.broughtBack { print("erased for good, added anew: \(Self.line(one))") }
    let back = Set(counts.broughtBack.map(\.sourceKey))
    for id in bringBack where !back.contains(id) {
      print("--bring-back \(id): the file has no client of this id who was erased")
    }
  }

  /// Where a client stands in the file, and their id there.
  private static func line(_ one: ErasedClient) -> String {
    one.place.map { "\($0): \(one.sourceKey)" } ?? one.sourceKey
  }
}
