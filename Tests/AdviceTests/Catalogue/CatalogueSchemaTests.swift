import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice

@Suite("The schemas of the catalogue's files")
struct CatalogueSchemaTests {
  @Test(
    "Each schema file says what the reader's declaration says", arguments: CatalogueSchema.allCases)
  func filesAreCurrent(schema: CatalogueSchema) throws {
    let file = "\(CatalogueSamples.folder)/\(schema.rawValue).schema.json"
    if ProcessInfo.processInfo.environment["STEWARD_RECORD"] == "1" {
      try Data(schema.text).write(to: URL(filePath: file))
    }
    let written = try Array(Data(contentsOf: URL(filePath: file)))
    #expect(written == schema.text, "STEWARD_RECORD=1 writes \(file) anew")
  }

  /// Products that have between them every record of the declaration.
  static let changed: Set = [
    "loan/gold-card-usd.json", "loan/investment-home-loan.json", "deposit/instant-saver.json",
    "insurance/motor-comprehensive.json", "hedge/put-spread-95-80.json",
  ]

  @Test("Reader and schema accept each product of ours, and agree on every change to it")
  func readerAndSchemaAgree() throws {
    let check = try SchemaCheck(CatalogueSchema.product.text)
    var random = SeededRandom(seed: 20_261_015)
    var refused = 0
    var changes = 0
    for file in try CatalogueSamples.files() {
      let node = try JSONNode.parse(CatalogueSamples.bytes(file), limits: .file)
      try #expect(check.accepts(node), "\(file)")
      guard Self.changed.contains(file) else { continue }
      for change in Mutation.all(of: node, random: &random) {
        let bytes = Array(SchemaCheck.text(change.node).utf8)
        let verdict = Self.read(bytes)
        let isAllowed = try check.accepts(change.node)
        changes += 1
        refused += isAllowed ? 0 : 1
        // A rule between fields is the reader's alone.
        let agrees = isAllowed ? verdict != .refused : verdict == .refused
        #expect(agrees, "\(file): \(change.what): schema \(isAllowed), reader \(verdict)")
        if change.mustFail { #expect(!isAllowed, "\(file): \(change.what)") }
      }
    }
    #expect(changes > 1_500 && refused > 1_000, "\(changes) changes, \(refused) refused")
  }

  @Test(
    "Exchange rates and market data keep their schemas",
    arguments: [
      (CatalogueSchema.exchangeRates, "rates/exchange-rates.json"),
      (.market, "market/market.json"),
    ])
  func dataKeepsItsSchema(schema: CatalogueSchema, file: String) throws {
    let node = try JSONNode.parse(CatalogueSamples.bytes(file), limits: .file)
    #expect(try SchemaCheck(schema.text).accepts(node))
  }

  enum Verdict { case accepted, inconsistent, refused }

  /// What the reader says: accepted, refused for a rule between fields only, or refused.
  static func read(_ bytes: [UInt8]) -> Verdict {
    do {
      _ = try Product(json: bytes)
      return .accepted
    } catch let error as Violations {
      return error.list.allSatisfy { $0.code == "inconsistent" } ? .inconsistent : .refused
    } catch {
      return .refused
    }
  }

  @Test(
    "Text rules and their patterns allow the same texts",
    arguments: [
      TextRule.Shape.free, .slug, .code, .country, .region,
    ])
  func rulesMatchPatterns(shape: TextRule.Shape) throws {
    let rule = TextRule(maxLength: 100, shape: shape)
    let check = try SchemaCheck(Array("{}".utf8))
    let letters = Array("aZ09- /.!~\t\n\u{1}é ROB")
    var random = SeededRandom(seed: 7)
    for length in 0...7 {
      for _ in 0..<300 {
        let text = String((0..<length).map { _ in letters.randomElement(using: &random) ?? "a" })
        let isMatch = try check.matches(text, rule.pattern)
        #expect(rule.allows(text) == isMatch, "\(shape) \(text.debugDescription)")
      }
    }
  }
}

/// One change to a JSON value, somewhere within.
struct Mutation {
  let what: String
  let node: JSONNode
  let mustFail: Bool

  /// Drops each member, adds an unknown one to each object, and puts values of other types and
  /// sizes in the place of each.
  static func all(of node: JSONNode, random: inout SeededRandom) -> [Mutation] {
    var found: [Mutation] = []
    walk(node, "", &random) { changed, what, mustFail in
      found.append(Mutation(what: what, node: changed, mustFail: mustFail))
    }
    return found
  }

  private static func walk(
    _ node: JSONNode, _ path: String, _ random: inout SeededRandom,
    _ emit: (JSONNode, String, Bool) -> Void
  ) {
    let place = node.position
    for other in others(node, place) { emit(other, "\(path) = \(SchemaCheck.text(other))", false) }
    switch node.kind {
    case .object(let members):
      let unknown = JSONMember(
        key: "surprise", keyPosition: place, value: JSONNode(.null, at: place))
      emit(JSONNode(.object(members + [unknown]), at: place), "\(path)/surprise", true)
      for index in members.indices {
        var rest = members
        rest.remove(at: index)
        emit(
          JSONNode(.object(rest), at: place), "\(path) less \(members[index].key)",
          false)
        walk(members[index].value, "\(path)/\(members[index].key)", &random) { node, what, fails in
          var changed = members
          changed[index] = JSONMember(
            key: members[index].key, keyPosition: members[index].keyPosition, value: node)
          emit(JSONNode(.object(changed), at: place), what, fails)
        }
      }
    case .array(let elements):
      guard let first = elements.first else { return }
      emit(
        JSONNode(.array(elements + [first]), at: place), "\(path) repeats", false)
      // One element of a long list stands for all, drawn by lot.
      let index = Int.random(in: elements.indices, using: &random)
      walk(elements[index], "\(path)/\(index)", &random) { node, what, fails in
        var changed = elements
        changed[index] = node
        emit(JSONNode(.array(changed), at: place), what, fails)
      }
    default: break
    }
  }

  private static func others(_ node: JSONNode, _ place: JSONPosition) -> [JSONNode] {
    let kinds: [JSONNode.Kind] =
      switch node.kind {
      case .string:
        [
          .string(""), .string(" "), .string("no such word"), .string("XYZ"),
          .string(String(repeating: "long ", count: 500)), .number("1"), .null, .array([]),
        ]
      case .number:
        [
          .number("-1"), .number("0"), .number("1e30"), .number("0.5"), .number("-7.25"),
          .string("1"), .null, .boolean(true),
        ]
      case .boolean: [.boolean(false), .string("true"), .null, .number("1")]
      case .array: [.array([]), .object([]), .null, .string("a")]
      case .object: [.object([]), .array([]), .null, .number("1")]
      case .null: []
      }
    return kinds.map { JSONNode($0, at: place) }
  }
}
