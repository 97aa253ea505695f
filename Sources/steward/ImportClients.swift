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

      Examples:
        steward import clients clients.jsonl --data data
        steward import clients csv-folder --data data
        zcat clients.jsonl.gz | steward import clients - --data data
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var clock: ClockOptions

  @Argument(help: "A JSON Lines file, - for the standard input, or a folder of CSV files.")
  var path: String

  /// Clients without a record of their own that are named at most.
  private static let namedLimit = 20

  func run() async throws {
    let file = try ClientFile(path: path)
    let checking = Progress("checking lines")
    let count = try file.check { checking.update($0) }
    checking.finish(count)
    guard count > 0 else { throw Failure("'\(path)' has no records") }
    let opened = try await data.installation.open(for: .writing, clocks: clock.clocks)
    let writing = Progress("importing records", of: count)
    let counts: BatchCounts
    do {
      counts = try await ClientImport(file).run(into: opened.book, by: Operator()) {
        writing.update($0)
      }
    } catch {
      await opened.close()
      throw error
    }
    writing.finish(count)
    await opened.close()
    print(count.counted("record"))
    var table = TextTable(["", "added", "known"])
    table.add("clients", counts.clientsAdded, counts.clientsKnown)
    table.add("entries of the history", counts.entriesAdded, counts.entriesKnown)
    table.add("contracts and positions", counts.holdingsAdded, counts.holdingsKnown)
    print(table.text)
    guard counts.strangers.isEmpty else {
      let names = counts.strangers.prefix(Self.namedLimit).joined(separator: ", ")
      throw Failure(
        "\(counts.strangers.count) clients have records but are not known, and were passed over: "
          + names + (counts.strangers.count > Self.namedLimit ? " …" : ""))
    }
  }
}
