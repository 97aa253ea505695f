import ArgumentParser

/// Brings outside data into the store.
struct Import: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Bring outside data into the store.",
    discussion: """
      A store has one writer: stop the server first, and start it again to serve
      what is new.
      """,
    subcommands: [ImportClients.self, ImportCDR.self, ImportForm.self])
}
