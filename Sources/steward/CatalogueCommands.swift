import ArgumentParser
import CRM
import Quantities

/// What can be done with the catalogues that were imported.
struct CatalogueCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalogue",
    abstract: "List the editions of imported catalogues, and say what differs between two.",
    subcommands: [CatalogueList.self, CatalogueDifference.self])
}

/// Lists the editions of every source.
struct CatalogueList: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "list",
    abstract: "List the editions of every source.",
    discussion: """
      Example:
        steward catalogue list --data data
      """)

  @OptionGroup var data: DataOptions

  func run() async throws {
    var table = TextTable(["source", "as of", "products", "digest"])
    try await data.installation.withBook(for: .reading) { book in
      for source in try await book.catalogueSources() {
        for edition in try await book.editions(of: source) {
          table.add([
            source, "\(edition.asOf)", "\(edition.products)", "\(edition.digest.prefix(12))",
          ])
        }
      }
    }
    print(table.text)
  }
}

/// Says in words what differs between a source's catalogue on two days.
struct CatalogueDifference: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say in words what differs between a source's catalogue on two days.",
    discussion: """
      A day stands for the edition in force on it.

      Examples:
        steward catalogue diff 2023-03-27 2024-08-12 --data data
        steward catalogue diff 2023-03-27 2024-08-12 --data data --limit 0
      """)

  @OptionGroup var data: DataOptions

  @Argument(help: "The earlier day.")
  var earlier: CalendarDate

  @Argument(help: "The later day.")
  var later: CalendarDate

  @Option(help: "The source.")
  var source = "cdr"

  @Option(help: ArgumentHelp("How many products to tell in words.", valueName: "number"))
  var limit = 20

  @Option(help: ArgumentHelp("How many to pass over.", valueName: "number"))
  var from = 0

  func validate() throws {
    guard limit >= 0, from >= 0 else { throw ValidationError("a number is not below 0") }
  }

  func run() async throws {
    let found: EditionDifference
    do {
      found = try await data.installation.withBook(for: .reading) { book in
        try await book.difference(of: source, from: earlier, to: later, start: from, limit: limit)
      }
    } catch Refusal.notFound {
      throw Failure("there is no catalogue of the source '\(source)'")
    }
    print("\(source) of \(found.old.asOf) and of \(found.new.asOf)")
    var table = TextTable(["in both", "of them changed", "new", "closed"])
    table.add("\(found.both)", found.changed, found.added, found.closed)
    print(table.text)
    for item in found.items {
      print("\(item.product) \(item.name)")
      for sentence in item.sentences { print("  \(sentence)") }
    }
  }
}
