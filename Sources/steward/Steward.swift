import ArgumentParser

/// The command line of Steward.
@main
struct Steward: AsyncParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "steward",
    abstract: "Self-service decisions for banks, insurers and brokers.",
    discussion: """
      A first look:
        steward demo --data data          make a store with demo data
        steward serve --data data         serve it on http://localhost:8080
        steward evaluate rules.dmn --decision price --input '{"age": 30}'

      Exit codes: 0 done, 1 failed, 2 wrong usage.
      """,
    version: version,
    subcommands: [
      Serve.self, Initialise.self, Demo.self, Import.self, Recommend.self, Evaluate.self,
      Rules.self, Learn.self, Questionnaires.self, CatalogueCommands.self, Replay.self,
      Decisions.self, ColleagueCommands.self, Erase.self, Kit.self,
    ])

  /// Runs a command and turns what went wrong into one line and the exit code that says which.
  static func main() async {
    do {
      var command = try parseAsRoot()
      if var command = command as? any AsyncParsableCommand {
        try await command.run()
      } else {
        try command.run()
      }
    } catch {
      Failure.end(error)
    }
  }
}
