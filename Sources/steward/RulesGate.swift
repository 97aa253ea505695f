import ArgumentParser
import CRM
import Quantities

/// Sets how much an edition may flip.
struct RulesGate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "gate",
    abstract: "Show or set which fraction of the replayed an edition may flip.",
    discussion: """
      Publishing refuses an edition that flips more than this fraction of the
      recorded decisions and clients, unless a reason is given. Set by the
      operator, so that no author of rules can. A store has one writer: stop
      the server first to set it.

      Examples:
        steward rules gate --data data
        steward rules gate --data data --greatest 0.02
      """)

  @OptionGroup var data: DataOptions

  @Option(help: ArgumentHelp("The fraction from 0 to 1.", valueName: "fraction"))
  var greatest: String?

  func validate() throws {
    guard let greatest else { return }
    guard let value = Decimal128(greatest), (0...1).contains(value) else {
      throw ValidationError("--greatest is from 0 to 1")
    }
  }

  func run() async throws {
    let value = greatest.flatMap { Decimal128($0) }
    let found = try await data.installation.withBook(for: value == nil ? .reading : .writing) {
      book in
      if let value {
        try await book.set(
          RuleDesk.flipsSetting, to: value.normalized.plainText, by: Operator())
      }
      return try await book.setting(RuleDesk.flipsSetting)
    }
    print("greatest fraction flipped: \(found ?? RuleDesk.usualFlips.plainText)")
  }
}
