import JSON
import Quantities
import Testing

@Suite("Decoding fields")
struct FieldsTests {
  private enum Kind: String, CaseIterable { case loan, deposit }

  private func violations<T>(_ text: String, _ body: (JSONFields) -> T?) -> [String] {
    do {
      _ = try decodeJSON(Array(text.utf8), body)
      return []
    } catch let error as Violations {
      return error.list.map { "\($0.pointer) \($0.code)" }
    } catch {
      return ["\(error)"]
    }
  }

  @Test("a whole object is read with nested objects and lists")
  func reads() throws {
    let text = """
      {"name": "Ada", "amount": "1234.50", "rate": 0.05, "months": 12, "kind": "loan", "on": true,
       "goal": {"date": "2026-01-31"}, "tags": ["a", "b"], "rows": [{"n": 1}, {"n": 2}],
       "note": null, "names": {"x": 1, "y": 2}}
      """
    let read = try decodeJSON(Array(text.utf8)) { fields -> [String]? in
      let name = fields.string("name")
      let amount = fields.decimal("amount")
      let rate = fields.decimal("rate", in: 0...1)
      let months = fields.integer("months", in: 1...600)
      let kind: Kind? = fields.choice("kind")
      let on = fields.boolean("on")
      let date = fields.object("goal") { $0.date("date") }
      let tags = fields.strings("tags")
      let rows = fields.objects("rows") { $0.integer("n", in: 0...9) }
      let names = fields.dictionary("names") { node, _ in node.numberText }
      #expect(fields.optionalString("note") == nil)
      #expect(fields.optionalInteger("absent", in: 0...1) == nil)
      guard let name, let amount, let rate, let months, let kind, let on, date != nil,
        let tags, let rows, let names
      else { return nil }
      return [name, amount.plainText, rate.plainText, "\(months) \(kind) \(on)"] + tags
        + rows.map(String.init) + names.map { $0.key + $0.value }
    }
    #expect(
      read == ["Ada", "1234.50", "0.05", "12 loan true", "a", "b", "1", "2", "x1", "y2"])
  }

  @Test("all violations come at once, with their pointers")
  func collects() {
    let text = """
      {"name": 1, "amount": "12,5", "months": 700, "kind": "lease", "a/b~": "x",
       "goal": {"date": "tomorrow", "more": 1}, "rows": [{"n": 1}, {"n": "2"}, 3]}
      """
    let found = violations(text) { fields -> Int? in
      _ = fields.string("name")
      _ = fields.decimal("amount")
      _ = fields.integer("months", in: 1...600)
      _ = fields.choice("kind", Kind.self)
      _ = fields.object("goal") { $0.date("date") }
      _ = fields.objects("rows") { $0.integer("n", in: 0...9) }
      _ = fields.boolean("on")
      return 1
    }
    #expect(
      found == [
        "/name type", "/amount format", "/months range", "/kind choice", "/goal/date format",
        "/goal/more unknownKey", "/rows/1/n type", "/rows/2 type", "/on required",
        "/a~1b~0 unknownKey",
      ])
  }

  @Test(
    "decimals are exact or refused",
    arguments: [
      (#"{"x": "1e3"}"#, []), (#"{"x": 0.1}"#, []), (#"{"x": " 1"}"#, ["/x format"]),
      (#"{"x": "NaN"}"#, ["/x format"]), (#"{"x": "Infinity"}"#, ["/x format"]),
      (#"{"x": "+1"}"#, ["/x format"]), (#"{"x": ""}"#, ["/x format"]),
      (#"{"x": true}"#, ["/x type"]), (#"{"x": 5000}"#, ["/x range"]),
      (#"{"x": 0.1234567890123456789012345678901234}"#, []),
      (#"{"x": 0.12345678901234567890123456789012345}"#, ["/x precision"]),
    ])
  func decimals(text: String, expected: [String]) {
    #expect(violations(text) { $0.decimal("x", in: 0...1_000) } == expected)
  }

  @Test("texts have a length in code points, no control characters and keep their pattern")
  func texts() {
    #expect(violations(#"{"x": "žluť"}"#) { $0.string("x", maxLength: 4) } == [])
    #expect(violations(#"{"x": "žluťo"}"#) { $0.string("x", maxLength: 4) } == ["/x tooLong"])
    #expect(violations(#"{"x": "a\u0000"}"#) { $0.string("x") } == ["/x format"])
    #expect(violations(#"{"x": "A b"}"#) { $0.string("x", pattern: .slug) } == ["/x format"])
    #expect(violations(#"{"x": "  "}"#) { $0.string("x", pattern: .notBlank) } == ["/x format"])
    #expect(violations(#"{"x": []}"#) { $0.strings("x", min: 1) } == ["/x tooFew"])
    #expect(violations(#"{"x": ["a","b"]}"#) { $0.strings("x", max: 1) } == ["/x tooMany"])
  }

  @Test("an own check is reported at its field, and the list of violations is bounded")
  func ownChecks() {
    let found = violations(#"{"from": 2, "to": 1}"#) { fields -> Int? in
      let from = fields.integer("from", in: 0...9)
      let to = fields.integer("to", in: 0...9)
      if let from, let to, from > to { fields.report("to", "order", "To must not be before from.") }
      return 0
    }
    #expect(found == ["/to order"])
    let many = "{" + (0..<500).map { "\"k\($0)\":1" }.joined(separator: ",") + "}"
    #expect(violations(many) { _ in 1 }.count == Violations.listed)
  }

  @Test("a value that is no object is a violation of the whole")
  func noObject() {
    #expect(violations("[1]") { _ in 1 } == [" type"])
    #expect(violations("{}") { _ in nil as Int? } == [" format"])
  }
}
