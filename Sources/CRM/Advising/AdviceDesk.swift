package import Advice
package import Foundation
import JSON
import Quantities
import Storage
import Synchronization
import Vault

/// Where clients are advised: the book's facts, the adviser in force, and the record of every
/// decision, which can be made again from what is kept.
package final class AdviceDesk: Sendable {
  /// The book of business.
  package let book: Book
  /// The products, rules and market in force, swapped whole.
  package let adviser: Adviser
  let recentOutcomes = RecentOutcomes()
  private let earlier = Mutex<[String: Adviser]>([:])

  /// Advisers of earlier editions that are held ready at once, for replays.
  static let earlierLimit = 8
  /// Times that a decision is made anew when the client's facts change meanwhile.
  static let attempts = 3

  /// Loads the products, rules and forms of a folder and the catalogues that were imported, and
  /// keeps what decisions will be made under.
  ///
  /// - Parameter keeps: false for a reader, which makes no decisions.
  package init(book: Book, home: URL, keeps: Bool = true) async throws {
    self.book = book
    let folder = EditionFolder(home)
    let source = try folder.rules(on: book.today)
    let rules = try RuleBook(source)
    let own = try folder.catalogue(asOf: book.today)
    let catalogue = try await Self.catalogue(own, with: book)
    adviser = try Adviser(catalogue: catalogue, rules: rules)
    guard keeps else { return }
    try await book.write { tx in
      try tx.keep(KeptEdition.rules, rules.digest) { source.keptBytes }
      try tx.keep(KeptEdition.catalogue, catalogue.edition) { catalogue.keptBytes }
    }
  }

  /// Our own products together with those of every source that was imported.
  private static func catalogue(_ own: Catalogue, with book: Book) async throws -> Catalogue {
    var products = own.products
    var names = [own.edition]
    for source in try await book.catalogueSources() {
      guard let edition = try await book.newestEdition(of: source) else { continue }
      names.append("\(source) \(edition.digest)")
      for product in try await book.products(from: source) {
        products.append(try Product(packed: product.body))
      }
    }
    guard names.count > 1 else { return own }
    return try Catalogue(
      edition: Digest.sha256(names.joined(separator: "\n")).hex, asOf: own.asOf,
      products: products, exchangeRates: own.exchangeRates, market: own.market)
  }

  /// The adviser that a decision was made by: the one in force, or an earlier one that is kept.
  ///
  /// - Throws: ``Lost`` when what it was made under is not kept.
  func adviser(for basis: DecisionBasis) async throws -> Adviser {
    if basis.catalogue == adviser.catalogue.edition, basis.rules == adviser.rules.digest {
      return adviser
    }
    let name = "\(basis.catalogue) \(basis.rules)"
    if let known = earlier.withLock({ $0[name] }) { return known }
    let (catalogue, rules) = try await book.read { tx in
      (
        try tx.kept(KeptEdition.catalogue, basis.catalogue),
        try tx.kept(KeptEdition.rules, basis.rules)
      )
    }
    guard let catalogue, let products = try Catalogue(keptBytes: catalogue), let rules,
      let source = RuleBook.Source(keptBytes: rules)
    else { throw Lost(catalogue: basis.catalogue, rules: basis.rules) }
    let found = try Adviser(catalogue: products, rules: try RuleBook(source, wasInForce: true))
    earlier.withLock { known in
      if known.count >= Self.earlierLimit { known.removeAll() }
      known[name] = found
    }
    return found
  }

  /// What a decision was made under is not kept in this store.
  package struct Lost: Error, Sendable, CustomStringConvertible {
    let catalogue: String
    let rules: String

    /// Which editions are missing.
    package var description: String {
      "the catalogue \(catalogue.prefix(12)) or the rules \(rules.prefix(12)) are not kept here"
    }
  }
}
