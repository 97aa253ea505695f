import Quantities
import Testing

@testable import Advice

@Suite("Why not: every condition, each once")
struct WhyNotTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  static let borrow = #"{"kind":"borrow","amount":"10000","currency":"EUR","termMonths":36}"#

  private func exclusions(
    _ json: String, _ facts: Facts = Sample.ana(), of other: Adviser? = nil
  ) throws -> [Exclusion] {
    (other ?? adviser).consult(facts, for: try Sample.goal(json), on: Sample.date)
      .exclusions(from: 0, limit: 10_000)
  }

  /// The same adviser with some products changed.
  private func changed(_ change: (inout Product) -> Void) throws -> Adviser {
    var products = adviser.products
    for index in products.indices { change(&products[index]) }
    let catalogue = try Catalogue(
      edition: "changed", asOf: adviser.catalogue.asOf, products: products,
      exchangeRates: adviser.catalogue.exchangeRates, market: adviser.catalogue.market)
    return try Adviser(catalogue: catalogue, rules: adviser.rules)
  }

  @Test("A product that nobody needs tells what else stands in its way, and stays excluded")
  func unneeded() throws {
    var facts = Sample.ana()
    facts.answers["owns-vehicle"] = "false"
    let wanted: [(ProductKind, String, Reason.State)] = [
      (.motor, "no-vehicle", .failed), (.pet, "pet-unknown", .unknown),
      (.collar, "portfolio-unknown", .unknown),
    ]
    let found = try exclusions(Self.borrow, facts)
    for (kind, code, state) in wanted {
      let products = found.filter { $0.product.kind == kind }
      #expect(!products.isEmpty, "\(kind)")
      for exclusion in products {
        let reasons = exclusion.reasons
        #expect(exclusion.verdict == .excluded, "\(exclusion.product.id)")
        #expect(reasons.contains { $0.code == "no-need" }, "\(exclusion.product.id)")
        // What policy has refused waits for no answer.
        let isRefused = reasons.contains {
          $0.state == .failed && $0.rule.hasPrefix("eligibility.dmn")
        }
        if state == .unknown, isRefused { continue }
        #expect(
          reasons.contains { $0.code == code && $0.state == state }, "\(exclusion.product.id)")
      }
    }
  }

  @Test("What nobody needs is asked about by nobody")
  func unneededIsNotAsked() throws {
    let consultation = adviser.consult(
      Sample.ana(), for: try Sample.goal(Self.borrow), on: Sample.date)
    let asked = Set(consultation.questions.map(\.id))
    #expect(asked.isDisjoint(with: ["keeps-pet", "portfolio-value", "owns-vehicle"]))
  }
}
