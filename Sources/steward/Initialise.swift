import ArgumentParser
import CRM
import Foundation

/// Makes an empty store with its keys.
struct Initialise: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Make an empty store with its keys.",
    discussion: """
      Example:
        steward init --data data

      The root key data/keys/root.key opens everything in the store: keep a copy
      of it apart from the store. Nobody can read the data without it.
      """)

  @OptionGroup var data: DataOptions

  func run() async throws {
    let installation = data.installation
    let opened = try await installation.create(clocks: .machine)
    await opened.close()
    print("Made an empty store in \(installation.folder.path).")
    print("Keep a copy of \(installation.rootPath) apart from it.")
  }
}
