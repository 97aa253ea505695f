package import Advice
package import Quantities
import Storage
import Vault

/// What two days of a source's catalogue have in common and what not.
package struct EditionDifference: Sendable {
  /// The source.
  package let source: String
  /// The edition in force on the earlier day.
  package let old: CatalogueEdition
  /// The edition in force on the later day.
  package let new: CatalogueEdition
  /// Products of both editions.
  package let both: Int
  /// Products of both whose text differs.
  package let changed: Int
  /// Products of the later edition only.
  package let added: Int
  /// Products of the earlier edition only.
  package let closed: Int
  /// The products that differ, page by page, by brand and code.
  package let items: [Item]

  /// How a product differs.
  package struct Item: Sendable {
    /// What became of it.
    package enum Kind: String, Sendable, CaseIterable { case added, changed, closed }

    package let kind: Kind
    package let product: ProductID
    package let name: String
    /// What differs, a sentence each.
    package let sentences: [String]
  }
}

extension Transaction {
  /// What differs between a source's catalogue on two days.
  ///
  /// - Parameters:
  ///   - start: how many differences to pass over.
  ///   - limit: how many to tell in words at most.
  /// - Throws: `Refusal.invalid` for a day before all editions.
  package func difference(
    of source: String, from earlier: CalendarDate, to later: CalendarDate, start: Int, limit: Int
  ) throws -> EditionDifference {
    guard let first = try editions(of: source).first else { throw Refusal.notFound }
    guard let old = try edition(of: source, on: earlier) else {
      throw Refusal.beforeAll("from", earlier, first: first.asOf)
    }
    guard let new = try edition(of: source, on: later) else {
      throw Refusal.beforeAll("to", later, first: first.asOf)
    }
    let before = try digests(of: source, on: earlier)
    let after = try digests(of: source, on: later)
    let both = Set(before.keys).intersection(after.keys)
    let changed = both.filter { before[$0] != after[$0] }
    let differing = Set(before.keys).symmetricDifference(after.keys).union(changed)
    let page = differing.sorted().dropFirst(start).prefix(limit)
    let items = try page.map { key in
      let parts = key.split(separator: "\n", maxSplits: 1).map(String.init)
      return try item(
        try product(source, parts, on: earlier), try product(source, parts, on: later))
    }
    return EditionDifference(
      source: source, old: old, new: new, both: both.count, changed: changed.count,
      added: after.count - both.count, closed: before.count - both.count,
      items: items.compactMap { $0 })
  }

  private func digests(of source: String, on day: CalendarDate) throws -> [String: Digest] {
    let rows = try connection.all(
      """
      SELECT brand, code, digest FROM product_version WHERE tenant = \(tenant)
        AND source = \(source) AND valid_from <= \(day) AND (valid_to IS NULL OR valid_to > \(day))
      """, as: (String, String, Digest).self)
    return Dictionary(
      rows.map { ("\($0.0)\n\($0.1)", $0.2) }, uniquingKeysWith: { first, _ in first })
  }

  private func product(
    _ source: String, _ parts: [String], on day: CalendarDate
  ) throws -> Product? {
    let body = try connection.first(
      """
      SELECT body FROM product_version WHERE tenant = \(tenant) AND source = \(source)
        AND brand = \(parts[0]) AND code = \(parts[1]) AND valid_from <= \(day)
        AND (valid_to IS NULL OR valid_to > \(day))
      """, as: [UInt8].self)
    return try body.map { try Product(packed: $0) }
  }

  private func item(_ old: Product?, _ new: Product?) throws -> EditionDifference.Item? {
    guard let product = new ?? old else { return nil }
    guard let old, let new else {
      return .init(
        kind: old == nil ? .added : .closed, product: product.id, name: product.name,
        sentences: [old == nil ? "It is new." : "It is no longer offered."])
    }
    return .init(
      kind: .changed, product: new.id, name: new.name, sentences: new.changes(since: old))
  }
}

extension Book {
  /// What differs between a source's catalogue on two days.
  package func difference(
    of source: String, from earlier: CalendarDate, to later: CalendarDate, start: Int = 0,
    limit: Int
  ) async throws -> EditionDifference {
    try await read { tx in
      try tx.difference(of: source, from: earlier, to: later, start: start, limit: limit)
    }
  }
}
