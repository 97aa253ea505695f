import Advice
import Foundation
import JSON
import Quantities
import Storage
import Support
import Testing
import Vault

@testable import CRM

@Suite("Editions of a catalogue")
struct CatalogueEditionTests {
  private static func product(_ code: String, _ text: String) -> ProductBody {
    var product = Product()
    product.id = ProductID(brand: "b", code: code)
    product.name = "Product \(code)"
    product.summary = text
    product.currency = .euro
    return ProductBody(brand: "b", code: code, body: product.packed)
  }

  private static let days: [(day: String, products: [String: String])] = [
    ("2024-01-01", ["a": "1", "b": "1", "c": "1", "d": "1"]),
    ("2024-02-01", ["a": "1", "b": "2", "d": "2", "e": "1"]),
    ("2024-03-01", ["a": "2", "b": "1", "c": "1", "d": "2", "e": "1"]),
    ("2024-04-01", ["b": "1", "d": "3", "e": "2", "f": "1"]),
  ]

  @Test("The order of the imports makes no difference to any day")
  func order() async throws {
    var tables: Set<String> = []
    for order in Self.orders(of: Array(Self.days.indices)) {
      let test = try await TestBook()
      for place in order {
        let (day, products) = Self.days[place]
        _ = try await test.book.take(
          products.map { Self.product($0.key, $0.value) }, from: "s", asOf: .on(day), report: "",
          withdrawing: true, by: atMachine)
      }
      for (day, products) in Self.days {
        let found = try await test.book.products(from: "s", on: .on(day).adding(days: 3))
        let texts = try found.map { ($0.code, try Product(packed: $0.body).summary) }
        #expect(
          Dictionary(texts, uniquingKeysWith: { $1 }) == products, "\(order) on \(day)")
      }
      let rows = try await test.engine.read { tx in
        try tx.all(
          """
          SELECT code, valid_from, COALESCE(valid_to, ''), digest FROM product_version
          ORDER BY code, valid_from
          """, as: (String, String, String, Digest).self
        ).map { "\($0.0) \($0.1) \($0.2) \($0.3.hex)" }
      }
      tables.insert(rows.joined(separator: "\n"))
    }
    #expect(tables.count == 1)
  }

  private static func orders(of places: [Int]) -> [[Int]] {
    guard places.count > 1 else { return [places] }
    return places.flatMap { first in
      orders(of: places.filter { $0 != first }).map { [first] + $0 }
    }
  }

  @Test("The difference of two days is counted and told in words; a day before all is refused")
  func difference() async throws {
    let test = try await TestBook()
    for (day, products) in Self.days {
      _ = try await test.book.take(
        products.map { Self.product($0.key, $0.value) }, from: "s", asOf: .on(day), report: "",
        withdrawing: true, by: atMachine)
    }
    let found = try await test.book.difference(
      of: "s", from: .on("2024-01-15"), to: .on("2024-02-01"), limit: 10)
    #expect(found.old.asOf == .on("2024-01-01"))
    #expect((found.both, found.changed, found.added, found.closed) == (3, 2, 1, 1))
    let words = found.items.map { "\($0.product.code) \($0.kind): \($0.sentences.joined())" }
    #expect(
      words == [
        "b changed: Summary was “1”, is now “2”.", "c closed: It is no longer offered.",
        "d changed: Summary was “1”, is now “2”.", "e added: It is new.",
      ])
    do {
      _ = try await test.book.difference(
        of: "s", from: .on("2023-12-31"), to: .on("2024-02-01"), limit: 10)
      Issue.record("a day before all editions has a catalogue")
    } catch Refusal.invalid(let violations) {
      #expect(violations.map(\.pointer) == ["?from"])
    }
    await #expect(throws: Refusal.notFound) {
      try await test.book.difference(
        of: "other", from: .on("2024-01-01"), to: .on("2024-02-01"), limit: 10)
    }
  }

  @Test("Decisions and lists of a day use the catalogue then in force")
  func asOf() async throws {
    let test = try await TestBook()
    for (day, products) in Self.days {
      _ = try await test.book.take(
        products.map { Self.product($0.key, $0.value) }, from: "s", asOf: .on(day), report: "",
        withdrawing: true, by: atMachine)
    }
    let desk = try await AdviceDesk(book: test.book, home: ProjectFolder.root)
    for (day, products) in Self.days {
      let catalogue = try await desk.catalogue(on: .on(day))
      let codes = catalogue.products.filter { $0.id.brand == "b" }.map(\.id.code)
      #expect(codes == products.keys.sorted(), "\(day)")
      let adviser = try await desk.adviser(on: .on(day))
      #expect(adviser.catalogue.edition == catalogue.edition)
    }
    #expect(desk.adviser.catalogue.asOf == .on("2024-04-01"))
    await #expect(throws: Refusal.self) { try await desk.catalogue(on: .on("2023-12-31")) }
  }

  @Test(
    "The two real snapshots have 3,988 products in common, in either order of import",
    .enabled(if: SharedFolder.find(Self.older) != nil, "needs ../shared/data/cdr-products"))
  func realSnapshots() async throws {
    let newer = try await CDRSnapshot.shared.load().reader.products
    var reader = CDRImport(currency: CDRSamples.dollar)
    reader.read(try CDRSamples.realLines(Self.older))
    let bodies = [reader.products, newer].map { products in
      products.map { ProductBody(brand: $0.id.brand, code: $0.id.code, body: $0.packed) }
    }
    let days: [CalendarDate] = [.on("2023-03-27"), .on("2024-08-12")]
    for order in [[0, 1], [1, 0]] {
      let test = try await TestBook()
      for place in order {
        _ = try await test.book.take(
          bodies[place], from: "cdr", asOf: days[place], report: "", by: atMachine)
      }
      let found = try await test.book.difference(of: "cdr", from: days[0], to: days[1], limit: 0)
      #expect((found.both, found.changed) == (3_988, 3_722), "\(order)")
      #expect((found.added, found.closed) == (1_263, 942), "\(order)")
    }
  }

  static let older = "data/cdr-products/products-2023-03-27.jsonl.gz"
}
