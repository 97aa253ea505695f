package import Quantities
import Storage
import Vault

/// A product of an outside or own catalogue as it is stored: its identity and its body, which the
/// catalogue's reader understands.
package struct ProductBody: Sendable, Hashable {
  /// Who offers it.
  package let brand: String
  /// The brand's own code for it.
  package let code: String
  /// The product, in the form that the source's reader understands.
  package let body: [UInt8]

  /// A product.
  package init(brand: String, code: String, body: [UInt8]) {
    self.brand = brand
    self.code = code
    self.body = body
  }
}

/// What an import of a catalogue changed.
package struct EditionCounts: Sendable, Hashable {
  /// Products that were not known.
  package var added = 0
  /// Products with a new version.
  package var changed = 0
  /// Products as they were.
  package var unchanged = 0
  /// Products that the source no longer has.
  package var withdrawn = 0

  /// Nothing yet.
  package init() {}

  /// Whether the import left the catalogue as it was.
  package var isEmpty: Bool { added == 0 && changed == 0 && withdrawn == 0 }
}

/// One import of a source's catalogue.
package struct CatalogueEdition: Sendable, Hashable {
  /// The id of the import.
  package let id: String
  /// Where the catalogue comes from.
  package let source: String
  /// The day the source describes.
  package let asOf: CalendarDate
  /// Over the digests of its products.
  package let digest: String
  /// How many products it has.
  package let products: Int
  /// What the importer has to say about it, in the importer's own form.
  package let report: String
}

extension CatalogueEdition {
  /// An edition from the columns id, source, as_of, digest, products, report.
  fileprivate init(_ row: Row) throws {
    self.init(
      id: try row[0], source: try row[1], asOf: try row[2], digest: try row[3],
      products: try row[4], report: try row[5])
  }
}

extension Transaction {
  /// Takes in a source's whole catalogue as of a day: new products are added, changed ones get a
  /// new version from that day on, absent ones end.
  ///
  /// The same catalogue again changes nothing. A day before that of editions which are in already
  /// is taken in between: it holds until the next edition's day, and what the store then says of
  /// any day does not depend on the order of the imports.
  ///
  /// - Parameter withdrawing: whether more than half of the products in force may end at once;
  ///   without it so few products are taken for a file that was cut off.
  /// - Throws: `Refusal.conflict` when too much would be withdrawn.
  package func take(
    _ products: [ProductBody], from source: String, asOf day: CalendarDate, report: String,
    withdrawing: Bool, by operator: Operator
  ) throws -> (edition: CatalogueEdition, counts: EditionCounts) {
    let id = try newID(RecordID<CatalogueEdition>.self).text
    var intake = try EditionIntake(self, source: source, day: day, edition: id)
    let digest = try intake.take(products)
    let counts = intake.counts
    let before = counts.unchanged + counts.changed + counts.withdrawn
    guard withdrawing || counts.withdrawn * 2 <= before else {
      throw Refusal.conflict(
        code: "withdrawals",
        detail: "It would withdraw \(counts.withdrawn) of the \(before) products in force.")
    }
    let edition = CatalogueEdition(
      id: id, source: source, asOf: day, digest: digest, products: products.count,
      report: report)
    if counts.isEmpty, let last = try self.edition(of: source, on: day), last.digest == digest {
      return (last, counts)
    }
    try connection.execute(
      """
      INSERT INTO catalogue_edition (tenant, id, source, as_of, digest, created, products, report)
      VALUES (\(tenant), \(id), \(source), \(day), \(digest), \(now), \(products.count),
        \(report))
      """)
    try record(.catalogueImported, by: Actor(`operator`), subject: "", detail: "\(source) \(day)")
    return (edition, counts)
  }

  /// The edition of a source in force on a day; nil before its first one.
  package func edition(
    of source: String, on day: CalendarDate
  ) throws -> CatalogueEdition? {
    try editions(of: source).last { $0.asOf <= day }
  }

  /// The editions of a source, the oldest day first; of one day the newest import alone.
  package func editions(of source: String) throws -> [CatalogueEdition] {
    let all = try connection.rows(
      """
      SELECT id, source, as_of, digest, products, report FROM catalogue_edition
      WHERE tenant = \(tenant) AND source = \(source) ORDER BY as_of, created, id
      """, CatalogueEdition.init)
    var editions: [CatalogueEdition] = []
    for edition in all {
      if editions.last?.asOf == edition.asOf { editions.removeLast() }
      editions.append(edition)
    }
    return editions
  }

  /// The newest edition of a source; nil before the first import.
  package func newestEdition(of source: String) throws -> CatalogueEdition? {
    try connection.row(
      """
      SELECT id, source, as_of, digest, products, report FROM catalogue_edition
      WHERE tenant = \(tenant) AND source = \(source) ORDER BY as_of DESC, created DESC, id DESC
      LIMIT 1
      """, CatalogueEdition.init)
  }

  /// The products of a source in force on a day, in the order of brand and code.
  ///
  /// Nil takes those in force now, after the newest import.
  package func products(
    from source: String, on day: CalendarDate? = nil
  ) throws -> [ProductBody] {
    let inForce: SQL =
      if let day {
        "valid_from <= \(day) AND (valid_to IS NULL OR valid_to > \(day))"
      } else {
        "valid_to IS NULL"
      }
    return try connection.rows(
      """
      SELECT brand, code, body FROM product_version WHERE tenant = \(tenant)
        AND source = \(source) AND \(inForce) ORDER BY brand, code
      """
    ) { row in ProductBody(brand: try row[0], code: try row[1], body: try row[2]) }
  }

  /// The sources that catalogues have come from.
  package func catalogueSources() throws -> [String] {
    try connection.all(
      """
      SELECT DISTINCT source FROM catalogue_edition WHERE tenant = \(tenant) ORDER BY source
      """, as: String.self)
  }
}

extension Book {
  /// Takes in a source's whole catalogue as of a day; see ``Transaction``.
  package func take(
    _ products: [ProductBody], from source: String, asOf day: CalendarDate, report: String,
    withdrawing: Bool = false, by operator: Operator
  ) async throws -> (edition: CatalogueEdition, counts: EditionCounts) {
    try await write { tx in
      try tx.take(
        products, from: source, asOf: day, report: report, withdrawing: withdrawing,
        by: `operator`)
    }
  }

  /// The products of a source in force on a day; nil takes those in force after the newest import.
  package func products(
    from source: String, on day: CalendarDate? = nil
  ) async throws -> [ProductBody] {
    try await read { tx in try tx.products(from: source, on: day) }
  }

  /// The newest edition of a source; nil before the first import.
  package func newestEdition(of source: String) async throws -> CatalogueEdition? {
    try await read { tx in try tx.newestEdition(of: source) }
  }

  /// The editions of a source, the oldest day first.
  package func editions(of source: String) async throws -> [CatalogueEdition] {
    try await read { tx in try tx.editions(of: source) }
  }

  /// The sources that catalogues have come from.
  package func catalogueSources() async throws -> [String] {
    try await read { tx in try tx.catalogueSources() }
  }

  /// A setting of the store itself, such as that it holds demo data; nil when it was never set.
  package func setting(_ name: String) async throws -> String? {
    try await read { tx in
      try tx.connection.first(
        "SELECT value FROM setting WHERE tenant = \(tx.tenant) AND name = \(name)",
        as: String.self)
    }
  }

  /// Sets a setting of the store itself.
  package func set(_ name: String, to value: String, by operator: Operator) async throws {
    try await write { tx in
      try tx.connection.execute(
        """
        INSERT INTO setting (tenant, name, value) VALUES (\(tx.tenant), \(name), \(value))
        ON CONFLICT (tenant, name) DO UPDATE SET value = excluded.value
        """)
      try tx.record(.settingChanged, by: Actor(`operator`), subject: "", detail: name)
    }
  }
}
