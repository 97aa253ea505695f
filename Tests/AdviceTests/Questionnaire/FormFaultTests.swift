import DMN
import Foundation
import Testing

@testable import Advice

@Suite("What is refused in forms")
struct FormFaultTests {
  /// Forms with one thing wrong each, and the start of the line that says so.
  static let faults: [(String, [String: String], String)] = [
    (
      "an unknown type",
      ["a": form("a", question("one", more: #""type": "colour""#, type: nil))],
      "a.json:3:60: /questions/0/type: choice: "
    ),
    (
      "two questions of one id",
      ["a": form("a", question("one"), question("one"))],
      "a.json:4:10: /questions/1/id: duplicate: "
    ),
    (
      "an option twice",
      [
        "a": form(
          "a",
          question(
            "one",
            more: #""options": [{"value": "x", "text": "X"}, {"value": "x", "text": "Y"}]"#,
            type: "choice"))
      ], "a.json:3:120: /questions/0/options/1/value: duplicate: "
    ),
    (
      "a question that another form asks too",
      ["a": form("a", question("one")), "b": form("b", question("one"))],
      "b.json:3:3: /questions/0: duplicate: a.json asks a question of the id 'one' too."
    ),
    (
      "a condition that does not parse",
      ["a": form("a", question("one"), question("two", more: #""when": "one = (true""#))],
      "a.json:4:76: /questions/1/when: condition: The condition does not parse: "
    ),
    (
      "a condition on a question that is nowhere",
      ["a": form("a", question("one", more: #""when": "nobody asks = true""#))],
      "a.json:3:76: /questions/0/when: unknownQuestion: "
    ),
    (
      "a condition that is no yes or no",
      ["a": form("a", question("one"), question("two", more: #""when": "1 + 1""#))],
      "a.json:4:76: /questions/1/when: condition: "
    ),
    (
      "questions that wait for each other",
      [
        "a": form("a", question("one", more: #""when": "two = true""#)),
        "b": form("b", question("two", more: #""when": "one = true""#)),
      ],
      "a.json:3:76: /questions/0/when: cycle: Questions depend on each other in a circle: "
        + "one → two → one."
    ),
    (
      "a question that waits for itself",
      ["a": form("a", question("one", more: #""when": "one = true""#))],
      "a.json:3:76: /questions/0/when: cycle: "
    ),
    (
      "forms that follow each other",
      [
        "a": form("a", question("one"), more: #""follows": ["b"], "#),
        "b": form("b", question("two"), more: #""follows": ["a"], "#),
      ],
      "a.json:1:70: /follows: cycle: Forms follow each other in a circle: a → b → a."
    ),
    (
      "a form that follows none",
      ["a": form("a", question("one"), more: #""follows": ["z"], "#)],
      "a.json:1:70: /follows: unknownForm: There is no form of the id 'z'."
    ),
    (
      "a contradiction about a question of no form",
      [
        "a": form(
          "a", question("one"),
          more: #""contradictions": [{"when": "one = true", "questions": ["z"], "text": "T"}], "#)
      ], "a.json:1:114: /contradictions/0/questions: unknownQuestion: "
    ),
    (
      "a number without its bounds",
      ["a": form("a", question("one", more: #""min": 0"#, type: "number"))],
      "a.json:3:3: /questions/0/max: required: "
    ),
    (
      "a fact that the answers cannot be",
      ["a": form("a", question("one", more: #""fact": "birthDate""#))],
      "a.json:3:3: /questions/0: fact: "
    ),
    (
      "a score without points",
      ["a": form("a", question("one"), more: #""score": "risk-class", "#)],
      "a.json:1:1: score: "
    ),
    (
      "a question of a later version than its form",
      ["a": form("a", question("one", more: #""since": 2"#))],
      "a.json:1:24: /version: range: "
    ),
    (
      "a key that nobody reads",
      ["a": form("a", question("one", more: #""tpye": "yesNo""#))],
      "a.json:3:68: /questions/0/tpye: unknownKey: "
    ),
    ("no JSON at all", ["a": "{"], "a.json: format: "),
  ]

  @Test("Refused with file, line and field", arguments: faults)
  func refused(what: String, files: [String: String], line: String) {
    do {
      _ = try FormSet(
        files.sorted { $0.key < $1.key }.map {
          ModelFile(name: "\($0.key).json", bytes: Array($0.value.utf8))
        })
      Issue.record("\(what) was taken")
    } catch {
      #expect(error.list.count == 1, "\(error)")
      #expect(error.description.hasPrefix(line), "\(what): \(error)")
    }
  }

  @Test("A rule book with a broken form is refused with the form's line")
  func refusedByRuleBook() throws {
    let texts = try Sample.files("Rules/Texts", ".json").map {
      (String($0.name.dropLast(5)), $0.bytes)
    }
    let broken = Self.form("a", Self.question("one", more: #""when": "one = true""#))
    let source = RuleBook.Source(
      effective: Sample.date, models: try Sample.files("Rules/2024-01-01", ".dmn"),
      texts: Dictionary(uniqueKeysWithValues: texts),
      questionnaires: [ModelFile(name: "a.json", bytes: Array(broken.utf8))], digest: "x")
    #expect(throws: RuleBook.Fault.self) { try RuleBook(source) }
    do {
      _ = try RuleBook(source)
    } catch {
      #expect(error.description.contains("a.json:3:76: /questions/0/when: cycle"), "\(error)")
    }
  }

  static func form(_ id: String, _ questions: String..., more: String = "") -> String {
    """
    {"id": "\(id)", "version": 1, "title": "T", "purpose": "P",   \(more)
     "questions": [
    \(questions.map { "  \($0)" }.joined(separator: ",\n"))
    ]}
    """
  }

  static func question(_ id: String, more: String = "", type: String? = "yesNo") -> String {
    let pad = String(repeating: " ", count: 20 - id.utf8.count)
    let kind = type.map { #""type": "\#($0)","# } ?? ""
    let rest = more.isEmpty ? #""required": true"# : more
    return #"{"id": "\#(id)", \#(pad)"text": "What?", \#(kind) \#(rest)}"#
  }
}
