import ArgumentParser

/// What can be done with stored decisions.
struct Decisions: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make stored decisions again and compare them.",
    subcommands: [Replay.self])
}
