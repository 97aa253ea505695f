import Advice
import DMN
import JSON
import Quantities
import Storage
import Vault

/// A catalogue or rule book under which decisions were made, kept by its digest, so that they can
/// be made again years later whatever the files have become.
enum KeptEdition {
  static let catalogue = "catalogue"
  static let rules = "rules"
  static let cases = "cases"

  static let schema: [SQL] = [
    """
    CREATE TABLE kept_edition (
      tenant \(.text) NOT NULL, kind \(.text) NOT NULL, digest \(.text) NOT NULL,
      created \(.integer) NOT NULL, body \(.bytes) NOT NULL,
      PRIMARY KEY (tenant, kind, digest)
    ) \(.strict)
    """
  ]
}

extension Transaction {
  /// Keeps an edition unless it is kept already.
  func keep(_ kind: String, _ digest: String, _ body: () -> [UInt8]) throws {
    guard try !isKept(kind, digest) else { return }
    try connection.execute(
      """
      INSERT INTO kept_edition (tenant, kind, digest, created, body)
      VALUES (\(tenant), \(kind), \(digest), \(now), \(body()))
      """)
  }

  func isKept(_ kind: String, _ digest: String) throws -> Bool {
    try connection.first(
      """
      SELECT 1 FROM kept_edition WHERE tenant = \(tenant) AND kind = \(kind)
        AND digest = \(digest)
      """, as: Int.self) != nil
  }

  func kept(_ kind: String, _ digest: String) throws -> [UInt8]? {
    try connection.first(
      """
      SELECT body FROM kept_edition WHERE tenant = \(tenant) AND kind = \(kind)
        AND digest = \(digest)
      """, as: [UInt8].self)
  }
}

/// Length-prefixed parts: the stored form of catalogues and rule books.
struct Parts {
  var bytes: [UInt8]
  private var place = 0

  init(_ bytes: [UInt8] = []) { self.bytes = bytes }

  mutating func append(_ part: [UInt8]) {
    let count = UInt32(clamping: part.count)
    for shift in [24, 16, 8, 0] as [UInt32] { bytes.append(UInt8(count >> shift & 0xFF)) }
    bytes += part
  }

  mutating func next() -> [UInt8]? {
    guard place + 4 <= bytes.count else { return nil }
    let count = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
    guard place + 4 + count <= bytes.count else { return nil }
    defer { place += 4 + count }
    return Array(bytes[place + 4..<place + 4 + count])
  }
}

extension Catalogue {
  /// Everything that pricing and eligibility read of this catalogue.
  var keptBytes: [UInt8] {
    var parts = Parts()
    parts.append(Array(edition.utf8))
    parts.append(Array(asOf.description.utf8))
    parts.append(exchangeRates.packed)
    parts.append(market.packed)
    for product in products { parts.append(product.packed) }
    return parts.bytes
  }

  /// A catalogue as ``keptBytes`` kept it; nil when the bytes are something else.
  init?(keptBytes: [UInt8]) throws {
    var parts = Parts(keptBytes)
    guard let edition = parts.next(), let day = parts.next(), let rates = parts.next(),
      let market = parts.next(),
      let asOf = CalendarDate(iso: String(decoding: day, as: UTF8.self))
    else { return nil }
    var products: [Product] = []
    while let product = parts.next() { products.append(try Product(packed: product)) }
    try self.init(
      edition: String(decoding: edition, as: UTF8.self), asOf: asOf, products: products,
      exchangeRates: try ExchangeRates(packed: rates), market: try MarketData(packed: market))
  }
}

extension RuleBook.Source {
  /// All files of this rule book.
  var keptBytes: [UInt8] {
    var parts = Parts()
    parts.append(Array(effective.description.utf8))
    parts.append(Array(digest.utf8))
    for file in models { parts.append("model", file.name, file.bytes) }
    for locale in texts.keys.sorted() { parts.append("text", locale, texts[locale] ?? []) }
    for file in questionnaires { parts.append("form", file.name, file.bytes) }
    return parts.bytes
  }

  /// A rule book as ``keptBytes`` kept it; nil when the bytes are something else.
  init?(keptBytes: [UInt8]) {
    var parts = Parts(keptBytes)
    guard let day = parts.next(), let digest = parts.next(),
      let effective = CalendarDate(iso: String(decoding: day, as: UTF8.self))
    else { return nil }
    self.init(
      effective: effective, models: [], texts: [:], questionnaires: [],
      digest: String(decoding: digest, as: UTF8.self))
    while let kind = parts.next(), let name = parts.next(), let body = parts.next() {
      let name = String(decoding: name, as: UTF8.self)
      switch String(decoding: kind, as: UTF8.self) {
      case "model": models.append(ModelFile(name: name, bytes: body))
      case "text": texts[name] = body
      default: questionnaires.append(ModelFile(name: name, bytes: body))
      }
    }
  }
}

extension Parts {
  mutating func append(_ kind: String, _ name: String, _ body: [UInt8]) {
    append(Array(kind.utf8))
    append(Array(name.utf8))
    append(body)
  }
}
