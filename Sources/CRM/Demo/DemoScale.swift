package import Advice
import DMN
import Foundation
package import Quantities
import Vault

/// A demo of a real house's size: products like our own with other rates, amounts and ages, and
/// rules like our own for narrower groups of clients.
///
/// The same seed gives the same.
package struct DemoScale: Sendable {
  /// How many products there are in all.
  package let products: Int
  /// How many rules are added to the sales policy.
  package let rules: Int
  private let seed: UInt64

  /// Products of a demo at most.
  package static let greatestProducts = 20_000
  /// Added rules of a demo at most.
  package static let greatestRules = 5_000
  /// The name under which the added products are taken in.
  package static let source = "demo"

  /// A demo of a size.
  package init(products: Int, rules: Int, seed: UInt64) {
    self.products = products
    self.rules = rules
    self.seed = seed
  }

  /// The products added to our own.
  package func added(to own: [Product]) -> [ProductBody] {
    guard !own.isEmpty, products > own.count else { return [] }
    var random = DemoRandom(seed: seed)
    let open = Self.openDeposits(own)
    return (0..<(products - own.count)).map { index in
      let isOpen = index < Self.openCount && !open.isEmpty
      var product = isOpen ? open[index % open.count] : own[index % own.count]
      product.id = ProductID(brand: "demo", code: "\(product.id.code)-\(index)")
      product.brandName = "Demo House \(index / own.count + 1)"
      product.name += " \(index / own.count + 1)"
      for band in product.charges.rates.indices {
        let part = Decimal128(800 + random.int(0...399)) / 1_000
        let rate = product.charges.rates[band].rate * part
        product.charges.rates[band].rate = rate.rounded(scale: 4, .halfEven)
      }
      if let most = product.terms.amount.maximum {
        product.terms.amount.maximum = most * Decimal128(1 + random.int(0...2))
      }
      if let oldest = product.terms.age.maximum, oldest > 60 {
        product.terms.age.maximum = oldest - random.int(0...4)
      }
      return ProductBody(brand: "demo", code: product.id.code, body: product.packed)
    }
  }

  /// Added products that everybody may have, so that there is a choice to price for each client.
  private static let openCount = 60

  /// A savings account and a term deposit of ours in euro, without conditions on who may have them.
  private static func openDeposits(_ own: [Product]) -> [Product] {
    [ProductKind.savingsAccount, .termDeposit].compactMap { kind in
      var product = own.first { $0.kind == kind && $0.currency.code == "EUR" }
      product?.audience = .everyone
      product?.terms = Terms()
      return product
    }
  }

  /// The rules with those added: further groups whose arrears keep them from credit.
  package func rules(added source: RuleBook.Source) -> RuleBook.Source {
    guard rules > 0 else { return source }
    var random = DemoRandom(seed: seed &+ 1)
    let kinds = ProductKind.allCases.filter { $0.line == .loan }
    var text = ""
    for index in 0..<rules {
      let kind = random.one(of: kinds, else: .personalLoan)
      let age = 18 + random.int(0...59)
      let status = random.one(of: EmploymentStatus.allCases, else: .employed)
      text += """
          <rule id="D\(index + 1)">
            <inputEntry><text>"loan"</text></inputEntry>
            <inputEntry><text>"\(kind.rawValue)"</text></inputEntry>
            <inputEntry><text>"person"</text></inputEntry>
            <inputEntry><text>[\(age)..\(age + 1 + random.int(0...9))]</text></inputEntry>
            <inputEntry><text>"\(status.rawValue)"</text></inputEntry>
            <inputEntry><text>&gt; \(3 + random.int(0...5))</text></inputEntry>
            <outputEntry><text>"exclude"</text></outputEntry>
            <outputEntry><text>"arrears"</text></outputEntry>
            <outputEntry><text>null</text></outputEntry>
            <annotationEntry><text>Arrears of a group that paid late before</text></annotationEntry>
          </rule>

        """
    }
    let models = source.models.map { file -> ModelFile in
      guard file.name == "eligibility.dmn" else { return file }
      let model = String(decoding: file.bytes, as: UTF8.self)
      guard let table = model.range(of: "sales-policy-table"),
        let end = model[table.upperBound...].range(of: "</decisionTable>")
      else { return file }
      let whole = model[..<end.lowerBound] + text + model[end.lowerBound...]
      return ModelFile(name: file.name, bytes: Array(whole.utf8))
    }
    return RuleBook.Source(
      effective: source.effective, models: models, texts: source.texts,
      questionnaires: source.questionnaires)
  }
}

extension Book {
  /// Takes in the products and the rules of a demo of some size.
  package func take(
    _ scale: DemoScale, own: [Product], rules: RuleBook.Source, on day: CalendarDate,
    by operator: Operator
  ) async throws {
    let added = scale.added(to: own)
    if !added.isEmpty {
      _ = try await take(
        added, from: DemoScale.source, asOf: day, report: "{}", withdrawing: true, by: `operator`)
    }
    guard scale.rules > 0 else { return }
    let source = scale.rules(added: rules)
    _ = try RuleBook(source)
    try await write { tx in
      try tx.keep(KeptEdition.rules, source.digest) { source.keptBytes }
      try tx.publish(
        .published, source.digest, effective: day, draft: nil, by: try tx.newID(),
        reason: "demo of \(scale.rules) more rules")
    }
  }
}
