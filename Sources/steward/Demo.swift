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
        steward demo --data data --products 500 --rules 200 --seed 1
        steward demo --data data --clients 500 --seed 7 --clock 2026-11-22T09:00:00Z
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var clock: ClockOptions
  @OptionGroup var home: HomeOptions

  @Option(help: "The seed of the random clients.")
  var seed: UInt64 = 1

  @Option(help: "How many random clients there are besides the named ones.")
  var clients = 20

  @Option(help: "How many products there are in all; our own without.")
  var products: Int?

  @Option(help: "How many rules there are besides our own.")
  var rules = 0

  func validate() throws {
    guard (0...DemoScale.greatestProducts).contains(products ?? 0) else {
      throw ValidationError("--products must be from 0 to \(DemoScale.greatestProducts)")
    }
    guard (0...DemoScale.greatestRules).contains(rules) else {
      throw ValidationError("--rules must be from 0 to \(DemoScale.greatestRules)")
    }
    guard (0...DemoData.greatestCount).contains(clients) else {
      throw ValidationError("--clients must be from 0 to \(DemoData.greatestCount)")
    }
  }

  func run() async throws {
    let clocks = clock.clocks
    let day = clocks.business().calendarDate
    let edition = EditionFolder(home.folder())
    let forms = try RuleBook(try edition.rules(on: day)).forms
    let rules = try edition.rules(on: day)
    let own = try edition.catalogue(asOf: day).products
    let scale = DemoScale(products: products ?? own.count, rules: self.rules, seed: seed)
    let installation = data.installation
    let demo = DemoData(seed: seed, clients: clients, on: day)
    let progress = Progress("making demo data", of: demo.stepCount)
    try await installation.createWhole { draft in
      try draft.markDemo()
      let opened = try await draft.create(clocks: clocks)
      do {
        try await opened.book.take(demo, forms: forms, by: Operator()) { progress.update($0) }
        try await opened.book.take(scale, own: own, rules: rules, on: day, by: Operator())
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
