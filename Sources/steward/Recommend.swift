import Advice
import ArgumentParser
import CRM
import Foundation
import JSON
import Quantities

/// Advises one client or all of them and stores nothing.
struct Recommend: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Advise one client or all of them, storing nothing.",
    discussion: """
      Reads only; it may run beside a server. One JSON line for each client:
      {"client": id, "outcome": {…}}.

      Examples:
        steward recommend --all --goal borrow --amount 10000 --currency EUR --term 36 --out all.jsonl
        steward recommend --client 019ab3c4-0000-7000-8000-000000000000 --goal any
        steward recommend --all --goal save --amount 2000 --currency EUR --term 12 --as-of 2026-11-22
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var home: HomeOptions
  @OptionGroup var wish: GoalOptions

  @Option(help: ArgumentHelp("The client.", valueName: "id"))
  var client: String?

  @Flag(help: "All clients, in the order of their ids.")
  var all = false

  @Option(
    name: .customLong("as-of"),
    help: ArgumentHelp("The day of the decision; by default today.", valueName: "date"))
  var asOf: CalendarDate?

  @Option(help: ArgumentHelp("Where to write; by default the standard output.", valueName: "file"))
  var out: String?

  func validate() throws {
    guard (client == nil) == all else { throw ValidationError("name --client ID or --all") }
    if let client, ClientID(client) == nil {
      throw ValidationError("'\(client)' is no id of a client")
    }
    _ = try wish.read()
  }

  func run() async throws {
    let goal = try wish.read()
    let clocks = asOf.map { Clocks.frozen(at: Instant(startOf: $0)) } ?? .machine
    let folder = try home.folder()
    try await data.installation.withBook(for: .reading, clocks: clocks) { book in
      let adviser = try await AdviceDesk(book: book, home: folder, keeps: false).adviser
      let asked = Wish(goal: goal, day: book.today, learned: try await book.arbitration().0)
      var file = try OutputFile(out)
      if let client = client.flatMap({ ClientID($0) }) {
        let facts: VersionedFacts
        do {
          facts = try await book.read { tx in
            try tx.facts(tx.authorize(Operator(), for: client))
          }
        } catch Refusal.notFound {
          throw Failure("there is no client \(client)")
        }
        try file.write(adviser.line(for: facts, asked))
      } else {
        try await advise(adviser, asked, book, to: &file)
      }
      try file.finish()
    }
  }

  /// Advises all clients, some hundred at a time, so that memory does not grow with their number.
  private func advise(
    _ adviser: Adviser, _ wish: Wish, _ book: Book, to file: inout OutputFile
  ) async throws {
    let count = try await book.clientCount(for: Operator())
    let progress = Progress("advising clients", of: count)
    var done = 0
    try await book.forEachClient(for: Operator()) { batch in
      for lines in await adviser.lines(for: batch, wish) { try file.write(lines) }
      done += batch.count
      progress.update(done)
    }
    progress.finish(done)
    if done == 0 { throw Failure("there are no clients in '\(data.data)'") }
    if out != nil {
      print(
        "\(done.counted("client")) advised on \(wish.day), "
          + adviser.products.count.counted("product"))
    }
  }
}

/// What all clients are advised on.
private struct Wish: Sendable {
  let goal: Goal
  let day: CalendarDate
  /// What clients' answers taught, and the factors that are off: ranking reads both, as it does when
  /// it is asked over HTTP.
  let learned: Arbitration
}

extension Adviser {
  /// The outcome for a client as one JSON line.
  fileprivate func line(for facts: VersionedFacts, _ wish: Wish) -> [UInt8] {
    var writer = JSONWriter(capacity: Self.lineLength)
    write(facts, wish, &writer)
    return writer.bytes
  }

  /// The lines of many clients in their order, worked out on all processors.
  fileprivate func lines(
    for batch: [VersionedFacts], _ wish: Wish
  ) async -> [[UInt8]] {
    await batch.concurrentParts { part in
      var writer = JSONWriter(capacity: part.count * Self.lineLength)
      for facts in part { self.write(facts, wish, &writer) }
      return writer.bytes
    }
  }

  /// Bytes that most lines have at most.
  private static var lineLength: Int { 24_576 }

  private func write(_ facts: VersionedFacts, _ wish: Wish, _ writer: inout JSONWriter) {
    let outcome = Outcome(
      consult(facts.facts, for: wish.goal, on: wish.day, arbitration: wish.learned))
    writer.object { writer in
      writer.member("client", facts.client.text)
      writer.key("outcome")
      writer.raw(outcome.bytes)
    }
    writer.newline()
  }
}
