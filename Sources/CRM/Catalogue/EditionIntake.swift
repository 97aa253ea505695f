import Quantities
import Storage
import Vault

/// One import of a source's whole catalogue as it is compared with what the store says of its day.
///
/// Versions begin and end on the days of editions only. An edition in between holds until the next
/// one's day, on which everything goes on as it was.
struct EditionIntake {
  private let tx: Transaction
  private let source: String
  private let day: CalendarDate
  private let edition: String
  /// The day of the next edition, which is in already; nil where this one is the newest.
  private let next: CalendarDate?
  private(set) var counts = EditionCounts()

  /// A version of a product as it stands.
  private struct Version {
    let digest: Digest
    let from: CalendarDate
    let to: CalendarDate?
  }

  init(
    _ tx: Transaction, source: String, day: CalendarDate, edition: String
  ) throws {
    self.tx = tx
    self.source = source
    self.day = day
    self.edition = edition
    next = try tx.connection.first(
      """
      SELECT as_of FROM catalogue_edition WHERE tenant = \(tx.tenant) AND source = \(source)
        AND as_of > \(day) ORDER BY as_of LIMIT 1
      """, as: CalendarDate.self)
  }

  /// Writes what differs from the versions in force on the day; returns the digest of the whole.
  mutating func take(_ products: [ProductBody]) throws -> String {
    var current = try versions("valid_from <= \(day) AND (valid_to IS NULL OR valid_to > \(day))")
    let following = try next.map { try versions("valid_from = \($0)") } ?? [:]
    var all: [String] = []
    for product in products {
      let digest = Digest.sha256(product.body)
      let key = "\(product.brand)\n\(product.code)"
      all.append("\(key)\n\(digest.hex)")
      let known = current.removeValue(forKey: key)
      guard known?.digest != digest else {
        counts.unchanged += 1
        continue
      }
      if let known {
        counts.changed += 1
        try end(known, product.brand, product.code)
      } else {
        counts.added += 1
      }
      try insert(product, digest, before: following[key])
    }
    for (key, version) in current {
      let parts = key.split(separator: "\n", maxSplits: 1)
      try end(version, String(parts[0]), String(parts[1]))
      counts.withdrawn += 1
    }
    return Digest.sha256(all.sorted().joined(separator: "\n")).hex
  }

  private func versions(_ condition: SQL) throws -> [String: Version] {
    var found: [String: Version] = [:]
    let rows = try tx.connection.all(
      """
      SELECT brand, code, digest, valid_from, valid_to FROM product_version
      WHERE tenant = \(tx.tenant) AND source = \(source) AND \(condition)
      """, as: (String, String, Digest, CalendarDate, CalendarDate?).self)
    for (brand, code, digest, from, to) in rows {
      found["\(brand)\n\(code)"] = Version(digest: digest, from: from, to: to)
    }
    return found
  }

  /// Ends a version on the day; where a later edition has it still, it goes on from there.
  private func end(_ version: Version, _ brand: String, _ code: String) throws {
    if let next, version.to.map({ $0 > next }) ?? true {
      try tx.connection.execute(
        """
        INSERT INTO product_version (tenant, source, brand, code, valid_from, valid_to, digest,
          edition, body)
        SELECT tenant, source, brand, code, \(next), valid_to, digest, edition, body
        FROM product_version WHERE \(row(version.from, brand, code))
        """)
    }
    if version.from == day {
      // It began on the same day: it was never in force.
      try tx.connection.execute(
        "DELETE FROM product_version WHERE \(row(version.from, brand, code))")
    } else {
      try tx.connection.execute(
        """
        UPDATE product_version SET valid_to = \(day) WHERE \(row(version.from, brand, code))
        """)
    }
  }

  private func row(_ from: CalendarDate, _ brand: String, _ code: String) -> SQL {
    """
    tenant = \(tx.tenant) AND source = \(source) AND brand = \(brand) AND code = \(code)
      AND valid_from = \(from)
    """
  }

  /// Puts a version in from the day on; where the next edition begins the same version, the two
  /// become one.
  private func insert(
    _ product: ProductBody, _ digest: Digest, before following: Version?
  ) throws {
    var end = next
    if let following, following.digest == digest {
      try tx.connection.execute(
        "DELETE FROM product_version WHERE \(row(following.from, product.brand, product.code))")
      end = following.to
    }
    try tx.connection.execute(
      """
      INSERT INTO product_version (tenant, source, brand, code, valid_from, valid_to, digest,
        edition, body)
      VALUES (\(tx.tenant), \(source), \(product.brand), \(product.code), \(day), \(end),
        \(digest), \(edition), \(product.body))
      """)
  }
}
