import Advice
import ArgumentParser
import CRM
import Foundation
import Quantities

/// Makes a store with demo data.
struct Demo: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a store with demo data, for a first look.",
    discussion: """
      The same seed, clock and number of clients give the same data. A store
      made so is served on loopback only, since everybody knows its passwords.

      Examples:
        steward demo --data data
        steward demo --data data --clients 500 --seed 7 --clock 2026-11-22T09:00:00Z
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var clock: ClockOptions
  @OptionGroup var home: HomeOptions

  @Option(help: "The seed of the random clients.")
  var seed: UInt64 = 1

  @Option(help: "How many random clients there are besides the named ones.")
  var clients = 20

  func validate() throws {
    guard (0...DemoData.greatestCount).contains(clients) else {
      throw ValidationError("--clients must be from 0 to \(DemoData.greatestCount)")
    }
  }

  func run() async throws {
    let clocks = clock.clocks
    let day = clocks.business().calendarDate
    let edition = try EditionFolder(home.folder())
    let forms = try RuleBook(edition.rules(on: day)).forms
    _ = try edition.catalogue(asOf: day)
    let installation = data.installation
    let demo = DemoData(seed: seed, clients: clients, on: day)
    let progress = Progress("making demo data", of: demo.stepCount)
    try await installation.createWhole { draft in
      try draft.markDemo()
      let opened = try await draft.create(clocks: clocks)
      do {
        try await opened.book.take(demo, forms: forms, by: Operator()) { progress.update($0) }
      } catch {
        await opened.close()
        throw error
      }
      await opened.close()
    }
    progress.finish(demo.stepCount)
    print("Made a store with demo data of \(demo.date) in \(installation.folder.path).")
    print(DemoData.signInTable)
    print("Serve it with: steward serve --data \(data.data)")
  }
}
