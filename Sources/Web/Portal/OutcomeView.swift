import Advice
import JSON
import Quantities

/// Reads an outcome's JSON into what the pages show, so that the portal shows what the API says.
struct OutcomeView: Sendable {
  private let root: JSONNode

  init(_ outcome: [UInt8]) throws {
    root = try JSONNode.parse(outcome, limits: .file)
  }

  /// The goal as a heading: `Borrow 250,000.00 EUR over 20 years`.
  var title: String {
    let goal = root["goal"]
    let verb =
      switch goal?["kind"]?.stringValue {
      case "borrow": "Borrow"
      case "save": "Save"
      case "insure": "Insure"
      case "hedge": "Protect"
      default: "What you may need"
      }
    var title = verb
    if let amount = goal?["amount"].flatMap(Self.decimal),
      let currency = goal?["currency"]?.stringValue.flatMap({ Currency($0) })
    {
      title += " \(Wording.money(amount, currency))"
    }
    if let months = goal?["termMonths"]?.numberText.flatMap({ Int($0) }) {
      title += " over \(Wording.term(months: months))"
    }
    return title
  }

  /// The sentences of the needs.
  var needs: [String] { (root["needs"]?.elements ?? []).compactMap { $0["text"]?.stringValue } }

  /// The open questions' ids.
  var questions: [String] {
    (root["questions"]?.elements ?? []).compactMap { $0["id"]?.stringValue }
  }

  /// The catalogue by verdict.
  var counts: [DecisionPage.Count] {
    let labels = [
      ("total", "Products looked at"), ("offered", "Offered"),
      ("eligibility", "Not for you by law or their terms"),
      ("applicability", "Not what you need now"), ("suitability", "Not suitable for you"),
      ("arbitration", "Fit, but others fit better"), ("undecided", "Cannot be told yet"),
    ]
    return labels.compactMap { key, label in
      guard let text = root["counts"]?[key]?.numberText, let count = Decimal128(text) else {
        return nil
      }
      return DecisionPage.Count(label: label, value: Wording.grouped(count))
    }
  }

  /// The offers in their order.
  var offers: [OfferLine] { (root["offers"]?.elements ?? []).map(Self.offer) }

  /// An offer as an outcome has it.
  static func offer(_ node: JSONNode) -> OfferLine {
    let product = node["product"]
    let price = node["price"]
    let line = product?["line"]?.stringValue.flatMap { ProductLine(rawValue: $0) }
    let (headline, facts) = figures(price, line)
    let conditions = (node["conditions"]?.elements ?? []).compactMap { $0["text"]?.stringValue }
    return OfferLine(
      rank: node["rank"]?.numberText, name: product?["name"]?.stringValue ?? "",
      brand: product?["brand"]?.stringValue ?? "",
      kind: Wording.words(product?["kind"]?.stringValue ?? ""), headline: headline, facts: facts,
      reasons: (node["reasons"]?.elements ?? []).compactMap { $0["text"]?.stringValue }
        .map(ReasonLine.met),
      conditions: conditions)
  }

  private static func figures(
    _ price: JSONNode?, _ line: ProductLine?
  ) -> (headline: String, facts: [OfferLine.Fact]) {
    guard let price, let line,
      let currency = price["currency"]?.stringValue.flatMap({ Currency($0) })
    else { return ("", []) }
    func money(_ key: String) -> String? {
      price[key].flatMap(decimal).map { Wording.money($0, currency) }
    }
    func rate(_ key: String) -> String? { price[key].flatMap(decimal).map { Wording.percent($0) } }
    let term = price["termMonths"]?.numberText.flatMap { Int($0) }.map { Wording.term(months: $0) }
    let headline: String?
    let facts: [(String, String?)]
    switch line {
    case .loan:
      headline = money("instalment").map { "\($0) a month" }
      facts = [
        ("Rate", rate("rate")), ("APRC", rate("aprc")), ("Amount", money("amount")),
        ("Term", term), ("Total cost", money("totalCost")),
      ]
    case .deposit:
      headline = money("interest").map { "\($0) interest" }
      facts = [
        ("Rate", rate("rate")), ("Effective yield", rate("effectiveYield")),
        ("Amount", money("amount")), ("Term", term), ("At maturity", money("maturityValue")),
      ]
    case .insurance:
      headline = money("totalPremium").map { "\($0) a year" }
      facts = [
        ("Sum insured", money("sumInsured")), ("Deductible", money("deductible")),
        ("Tax in it", money("tax")), ("Term", term),
      ]
    case .hedge:
      headline = money("cost").map { "\($0) in all" }
      facts = [
        ("Protects", money("amount")), ("Floor", money("floor")),
        ("Break-even", money("breakEven")), ("Market", price["market"]?.stringValue),
        ("Term", term),
      ]
    }
    return (
      headline ?? "",
      facts.compactMap { label, value in value.map { .init(label: label, value: $0) } }
    )
  }

  private static func decimal(_ node: JSONNode) -> Decimal128? {
    (node.stringValue ?? node.numberText).flatMap { Decimal128($0) }
  }
}
