import ArgumentParser

/// What can be done with written rules besides running them.
struct Rules: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Check, test, explain, compare, export, measure and replay written rules.",
    subcommands: [
      RulesCheck.self, RulesTest.self, RulesExplain.self, RulesDiff.self, RulesExport.self,
      RulesMeasure.self, RulesReplay.self, RulesGate.self,
    ])
}
