import Advice
import CRM
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import JSON
import NIOCore
import Quantities
import Testing

@testable import Web

@Suite("Rules from outside")
struct RuleOperationTests {
  private struct Caller {
    let client: any TestClientProtocol
    let token: String

    func call(
      _ method: HTTPRequest.Method, _ path: String, _ body: String? = nil,
      type: String = "application/json"
    ) async throws -> (status: Int, json: JSONNode?, text: String) {
      var headers: HTTPFields = [.authorization: "Bearer \(token)"]
      headers[.idempotencyKey] = UUID().uuidString
      if body != nil { headers[.contentType] = type }
      let response = try await client.execute(
        uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
      return (
        response.status.code, try? JSONNode.parse(response.text, limits: .file), response.text
      )
    }
  }

  @Test("A model is uploaded, checked by row and column, evaluated, reviewed, replayed, published")
  func life() async throws {
    let house = try await House.shared.value
    let (writer, approver) = (try await house.token("stella"), try await house.token("rita"))
    let plain = try await house.token("otto")
    try await house.server().application().test(.router) { client in
      let stella = Caller(client: client, token: writer)
      let rita = Caller(client: client, token: approver)
      let otto = Caller(client: client, token: plain)
      let refused = try await otto.call(.post, "/v1/rules/drafts", #"{"title":"Mine"}"#)
      #expect(refused.status == 403 && refused.text.contains("not-a-rule-owner"))
      let begun = try await stella.call(.post, "/v1/rules/drafts", #"{"title":"Stricter"}"#)
      #expect(begun.status == 201, "\(begun.text)")
      let id = try #require(begun.json?["id"]?.stringValue)
      let draft = "/v1/rules/drafts/\(id)"
      let model = try await stella.call(.get, "\(draft)/files/suitability.dmn").text
      let overlap = try await stella.call(
        .put, "\(draft)/files/suitability.dmn", model.replacing("[12..36)", with: "[11..36)"),
        type: "application/xml")
      let finding = try #require(overlap.json?["findings"]?.elements?.first)
      #expect(finding["code"]?.stringValue == "overlap")
      #expect(finding["column"]?.stringValue == "horizon months")
      #expect(finding["rules"]?.elements?.compactMap(\.numberText) == ["1", "2"])
      let held = try await stella.call(.post, "\(draft)/review")
      #expect(held.status == 422 && held.text.contains("horizon months"))
      let mended = model.replacing("Nothing may be lost", with: "Nothing at all may be lost")
      let put = try await stella.call(
        .put, "\(draft)/files/suitability.dmn", mended, type: "application/xml")
      #expect(put.status == 200, "\(put.text)")
      #expect(try await stella.call(.get, "\(draft)/files/suitability.dmn").text == mended)
      let words = try await otto.call(.get, "\(draft)/changes")
      #expect(words.text.contains("the note was"), "\(words.text)")
      let answer = try await otto.call(
        .post, "\(draft)/evaluation",
        #"{"model":"suitability.dmn","decision":"capacity limit","inputs":{"capacity for loss":"full"}}"#
      )
      #expect(answer.json?["result"]?.numberText == "7", "\(answer.text)")
      let unknown = try await otto.call(
        .post, "\(draft)/evaluation",
        #"{"model":"suitability.dmn","decision":"capacity limit","inputs":{"wealth":1}}"#)
      #expect(unknown.status == 422 && unknown.text.contains("/inputs/wealth"))
      let unheld = try await otto.call(
        .post, "\(draft)/evaluation",
        #"{"model":"suitability.dmn","decision":"horizon limit","inputs":{"horizon months":1e7000}}"#
      )
      #expect(unheld.status == 422 && unheld.text.contains("/inputs/horizon months"))
      #expect(try await stella.call(.post, "\(draft)/review").status == 200)
      let order = #"{"effective":"2026-03-09"}"#
      let own = try await stella.call(.post, "\(draft)/publication", order)
      #expect(own.status == 403 && own.text.contains("self-approval"))
      let early = try await rita.call(.post, "\(draft)/publication", order)
      #expect(early.status == 409 && early.text.contains("replay-missing"))
      try await Self.replay(rita, draft)
      let published = try await rita.call(.post, "\(draft)/publication", order)
      #expect(published.status == 201, "\(published.text)")
      let edition = try #require(published.json?["edition"]?.stringValue)
      try await Self.scheduled(house, client, rita, edition)
    }
  }

  private static func replay(_ caller: Caller, _ draft: String) async throws {
    var state = try await caller.call(.post, "\(draft)/replay")
    for _ in 0..<3_000 where state.json?["state"]?.stringValue == "running" {
      try await Task.sleep(for: .milliseconds(100))
      state = try await caller.call(.get, "\(draft)/replay")
    }
    let report = try #require(state.json?["report"], "\(state.text)")
    for part in ["products", "segments", "groups", "value"] {
      #expect(report[part]?.elements != nil, "\(part)")
    }
    #expect(report["flipped"]?.numberText == "0")
  }

  /// What was published for a later day decides on that day only, and is taken back by one call.
  private static func scheduled(
    _ house: House, _ client: any TestClientProtocol, _ rita: Caller, _ edition: String
  ) async throws {
    let anna = Caller(client: client, token: try await house.token("anna"))
    for (day, isNew) in [("2026-03-08", false), ("2026-03-09", true)] {
      let made = try await anna.call(
        .post, "/v1/me/recommendations?asOf=\(day)", AdviceOperationTests.goal)
      #expect(made.status == 200, "\(made.text)")
      let digest = made.json?["outcome"]?["rules"]?["digest"]?.stringValue
      #expect((digest == edition) == isNew, "\(day)")
    }
    let before = try await anna.call(
      .post, "/v1/me/recommendations?asOf=2020-01-01", AdviceOperationTests.goal)
    #expect(before.status == 422 && before.text.contains("?asOf"))
    let nothing = try await anna.call(.get, "/v1/products?asOf=2020-01-01")
    #expect(nothing.status == 422)
    let file = try await rita.call(.get, "/v1/rules/editions/\(edition)/files/suitability.dmn")
    #expect(file.text.contains("Nothing at all may be lost"))
    #expect(try await rita.call(.get, "/v1/rules/editions/0000").status == 404)
    let unknown = try await rita.call(
      .post, "/v1/rules/rollback", #"{"reason":"x","edition":"0000"}"#)
    #expect(unknown.status == 422 && unknown.text.contains("/edition"))
    let current = house.desk.adviser.rules.digest
    let back = try await rita.call(
      .post, "/v1/rules/rollback", #"{"reason":"Not yet.","edition":"\#(current)"}"#)
    #expect(back.status == 201, "\(back.text)")
    let after = try await house.desk.adviser(on: house.book.today.adding(days: 30))
    #expect(after.rules.digest == current)
  }

  @Test("The pages lead from the overview through a table's grid, and check it while it is typed")
  func pages() async throws {
    let house = try await House.shared.value
    let token = try await house.token("rita")
    try await house.server().application().test(.router) { client in
      let rita = Caller(client: client, token: token)
      let form = "application/x-www-form-urlencoded"
      let begun = try await client.execute(
        uri: "/rules/drafts", method: .post,
        headers: [.authorization: "Bearer \(token)", .contentType: form],
        body: ByteBuffer(string: "title=By+hand&key=\(UUID().uuidString)"))
      #expect(begun.status == .seeOther)
      let draft = try #require(begun.headers[.location])
      #expect(try await rita.call(.get, "/rules").text.contains(draft))
      let page = try await rita.call(.get, draft)
      #expect(page.status == 200 && page.text.contains("eligibility.dmn"))
      let grid = "\(draft)/files/suitability.dmn"
      let first = try await rita.call(.get, "\(grid)?table=1")
      #expect(first.text.contains("horizon limit") && first.text.contains("[12..36)"))
      let cells = [
        ("&lt; 12", "2"), ("[12..36)", "3"), ("[36..60)", "5"), (">= 60", "7"),
      ].enumerated().map { row, rule in
        let input = rule.0.replacing("&lt;", with: "<")
        return "r\(row).origin=\(row)&r\(row).id=S1\(row + 1)&r\(row).i0="
          + FormFields.encoded(row == 1 ? "[11..36)" : input)
          + "&r\(row).o0=\(rule.1)&r\(row).a0=note"
      }
      let fields = "table=1&from=0&rows=4&" + cells.joined(separator: "&")
      let checked = try await rita.call(.post, grid, fields + "&action=check", type: form)
      #expect(checked.status == 200)
      #expect(checked.text.contains("both hit these inputs"), "\(checked.text)")
      #expect(checked.text.contains("aria-invalid"))
      let torn = fields.replacing(FormFields.encoded("[11..36)"), with: "[11..")
      let unread = try await rita.call(.post, grid, torn + "&action=check", type: form)
      #expect(unread.text.contains("They are run once the errors are mended."))
      let untouched = try await rita.call(.get, "/v1\(draft)/files/suitability.dmn")
      #expect(untouched.text.contains("[12..36)"))
      let stray = try await rita.call(.post, grid, fields + "&revision=x&action=add", type: form)
      #expect(stray.status == 422)
      let saved = try await rita.call(.post, grid, fields + "&action=add", type: form)
      #expect(saved.status == 303, "\(saved.text)")
      let changed = try await rita.call(.get, "/v1\(draft)/files/suitability.dmn")
      #expect(changed.text.contains("[11..36)") && changed.text.contains("id=\"rule-"))
      let refused = try await rita.call(.post, draft, "action=review", type: form)
      #expect(refused.status == 422 && refused.text.contains("role=\"alert\""))
      #expect(try await rita.call(.post, draft, "action=drop", type: form).status == 303)
    }
  }
}
