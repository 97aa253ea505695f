import Advice
import Foundation
import Quantities
import Support
import Testing

@testable import CRM

@Suite("Importing people who were erased for good")
struct ErasedImportTests {
  private static let clients = ["ada", "bob"].map {
    #"{"record":"client","id":"\#($0)","name":"\#($0)","homeCurrency":"EUR","#
      + #""customerKind":"person","document":{"country":"RO","kind":"passport","number":"\#($0)"}}"#
  }
  private static let movements = ["ada", "bob"].map {
    #"{"record":"movement","client":"\#($0)","id":"m1","date":"2026-01-05","kind":"salary","#
      + #""currency":"EUR","amount":"100"}"#
  }

  private func file(_ lines: [String], in folder: URL) throws -> ClientFile {
    let url = folder.appending(path: "people.jsonl")
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: url)
    return try ClientFile(path: url.path)
  }

  private func id(_ key: String, in book: Book) async throws -> ClientID? {
    try await book.read { tx in try tx.client(sourceKey: key) }
  }

  /// Imports two people and erases one.
  private func erasing(_ key: String, in book: Book, _ folder: URL) async throws -> ClientFile {
    let file = try file(Self.clients + Self.movements, in: folder)
    _ = try await ClientImport(file).run(into: book, by: atMachine)
    let person = try #require(try await id(key, in: book))
    try await book.erase(person, by: atMachine)
    return file
  }

  @Test("They are left out with their records, and named by line and id")
  func leftOut() async throws {
    let test = try await TestBook()
    let file = try await erasing("ada", in: test.book, test.folder.url)
    for _ in 0..<2 {
      let counts = try await ClientImport(file).run(into: test.book, by: atMachine)
      #expect(counts.clientsAdded == 0 && counts.clientsKnown == 1 && counts.entriesAdded == 0)
      #expect(counts.erased.map(\.sourceKey) == ["ada"] && counts.erasedRecords == 1)
      #expect(counts.erased.first?.place?.hasSuffix("people.jsonl:1") == true)
      #expect(counts.strangers.isEmpty && counts.broughtBack.isEmpty)
    }
    #expect(try await test.book.clientCount(for: atMachine) == 2)
    // Records that come without the client are theirs too, and not a stranger's.
    let alone = try self.file(
      [Self.movements[1], Self.movements[0]], in: test.folder.url)
    let counts = try await ClientImport(alone).run(into: test.book, by: atMachine)
    #expect(counts.erased.first?.place?.hasSuffix(":2") == true && counts.strangers.isEmpty)
  }

  @Test("One who is brought back by name begins anew, and the others stay out")
  func broughtBack() async throws {
    let test = try await TestBook()
    let file = try await erasing("ada", in: test.book, test.folder.url)
    let old = try #require(try await id("ada", in: test.book))
    let bob = try #require(try await id("bob", in: test.book))
    try await test.book.erase(bob, by: atMachine)
    let counts = try await ClientImport(file, bringingBack: ["ada"]).run(
      into: test.book, by: atMachine)
    #expect(counts.broughtBack.map(\.sourceKey) == ["ada"] && counts.clientsAdded == 1)
    #expect(counts.erased.map(\.sourceKey) == ["bob"] && counts.entriesAdded == 1)
    let new = try #require(try await id("ada", in: test.book))
    #expect(new != old)
    let again = try await ClientImport(file).run(into: test.book, by: atMachine)
    #expect(again.clientsKnown == 1 && again.clientsAdded == 0 && again.entriesKnown == 1)
    #expect(again.erased.map(\.sourceKey) == ["bob"])
  }

  @Test("Who is counted in several batches is counted once")
  func batches() {
    var counts = BatchCounts()
    for line in 1...3 {
      var batch = BatchCounts()
      batch.erased = [ErasedClient(sourceKey: "ada", place: "f:\(line)")]
      batch.erasedRecords = 2
      counts += batch
    }
    #expect(counts.erased.map(\.place) == ["f:1"] && counts.erasedRecords == 6)
  }

  @Test("A record that repeats another client's document is named by line and id")
  func repeated() async throws {
    let test = try await TestBook()
    let twin = Self.clients[0].replacing(#""id":"ada""#, with: #""id":"eve""#)
    let file = try file([Self.clients[0], Self.clients[1], twin], in: test.folder.url)
    let refusal = await #expect(throws: Refusal.self) {
      _ = try await ClientImport(file).run(into: test.book, by: atMachine)
    }
    guard case .conflict(let code, let detail) = try #require(refusal) else {
      Issue.record("\(String(describing: refusal))")
      return
    }
    #expect(code == "client-exists")
    #expect(detail.contains("people.jsonl:3: client eve: "), "\(detail)")
  }
}
