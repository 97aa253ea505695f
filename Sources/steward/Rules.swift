import ArgumentParser

/// Checks and tests written rules.
struct Rules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check and test written rules.",
    subcommands: [RulesCheck.self, RulesTest.self])
}
