import DMN
import Foundation
import Quantities
import Support
import Testing

@testable import Advice

@Suite("Protected attributes")
struct ProtectedAttributesTests {
  private static func basis(for input: String) -> (extra: String, authorities: String) {
    (
      "<knowledgeSource id=\"k\" name=\"Act 1\" locationURI=\"urn:act\">"
        + "<authorityRequirement><requiredInput href=\"#\(input)\"/></authorityRequirement>"
        + "<type>law</type></knowledgeSource>",
      "<authorityRequirement><requiredAuthority href=\"#k\"/></authorityRequirement>"
    )
  }

  @Test(
    "A rule that reads one is refused, whatever it is called",
    arguments: [
      "sex", "Gender", "applicantGender", "nationality", "ethnic_origin", "Religion",
      "country of birth", "is disabled", "age", "birthDate", "date of birth",
    ])
  func refused(_ name: String) throws {
    let file = CheckedBook.model(
      inputs: [(name, "string")], rules: ["\"x\" => \"no\"", "not(\"x\") => \"yes\""])
    let found = try CheckedBook.findings(with: file).filter { $0.code == "protected" }
    let finding = try #require(found.first)
    #expect(finding.isError && finding.column == name && finding.rules == [1, 2])
  }

  @Test(
    "A name that only looks like one is not refused",
    arguments: ["average balance", "mortgage kind", "sextant", "racer", "language", "stage"])
  func allowed(_ name: String) throws {
    let file = CheckedBook.model(
      inputs: [(name, "string")], rules: ["\"x\" => \"no\"", "not(\"x\") => \"yes\""])
    #expect(try CheckedBook.findings(with: file).filter { $0.code == "protected" } == [])
  }

  @Test("A legal basis that names the input lifts the refusal; one of another input does not")
  func legalBasis() throws {
    let inputs = [("sex", "string"), ("dependants", "number")]
    let rules = ["\"f\" | - => \"no\"", "not(\"f\") | - => \"yes\""]
    for (input, isLifted) in [("i0", true), ("i1", false)] {
      let basis = Self.basis(for: input)
      let file = CheckedBook.model(
        inputs: inputs, rules: rules, extra: basis.extra, authorities: basis.authorities)
      let found = try CheckedBook.findings(with: file).filter { $0.code == "protected" }
      #expect(found.isEmpty == isLifted, "\(input)")
    }
    let unnamed = CheckedBook.model(
      inputs: inputs, rules: rules, extra: Self.basis(for: "i0").extra)
    #expect(try CheckedBook.findings(with: unnamed).contains { $0.code == "protected" })
  }

  @Test("Rules of other trades may read one, those of credit and insurance may not")
  func trades() throws {
    let inputs = [("product line", "string"), ("sex", "string")]
    for (line, isRefused) in [("\"hedge\"", false), ("\"loan\"", true), ("-", true)] {
      let file = CheckedBook.model(
        policy: "COLLECT", inputs: inputs,
        rules: ["\(line) | \"f\" => \"no\"", "\"loan\" | - => \"yes\""])
      let found = try CheckedBook.findings(with: file).contains { $0.code == "protected" }
      #expect(found == isRefused, "\(line)")
    }
  }

  @Test("Flipping a protected attribute in 1,000 profiles changes no outcome")
  func flipping() throws {
    let seed: UInt64 = 20_261_122
    let adviser = try Sample.adviser()
    #expect(try Self.flips(adviser, seed: seed, profiles: 1_000) == 0, "seed \(seed)")
  }

  @Test("The same search finds rules that do read one")
  func flippingFinds() throws {
    var source = try CheckedBook.own()
    let place = try #require(source.models.firstIndex { $0.name == "eligibility.dmn" })
    var text = String(decoding: source.models[place].bytes, as: UTF8.self)
    text = text.replacing("name=\"employment\"", with: "name=\"sex\"")
      .replacing("<text>employment</text>", with: "<text>sex</text>")
      .replacing("\"unemployed\"", with: "\"female\"")
    source.models[place].bytes = Array(text.utf8)
    let adviser = Adviser(try Sample.adviser(), rules: try RuleBook(source))
    #expect(try Self.flips(adviser, seed: 1, profiles: 20) > 0)
  }

  /// How many outcomes change when one protected attribute alone does.
  private static func flips(_ adviser: Adviser, seed: UInt64, profiles: Int) throws -> Int {
    let values: [String: [String]] = [
      "sex": ["female", "male"], "nationality": ["MD", "RO"], "ethnic origin": ["a", "b"],
      "religion": ["a", "b"], "disability": ["yes", "no"], "marital status": ["married", "single"],
      "pregnancy": ["yes", "no"],
    ]
    var random = SeededRandom(seed: seed)
    let date = Sample.date
    let subjects = (0..<profiles).map { _ in Self.facts(&random, date) }
    var changed = 0
    for (number, facts) in subjects.enumerated() {
      var goal = Goal(kind: [.borrow, .insure][number % 2])
      if goal.kind == .borrow {
        (goal.amount, goal.termMonths, goal.currency) = (8_000, 36, facts.homeCurrency)
      }
      var one = facts
      for (name, pair) in values { one.profile.protected[name] = pair[0] }
      let before = Outcome(adviser.consult(one, for: goal, on: date)).bytes
      for (name, pair) in values {
        var two = one
        two.profile.protected[name] = pair[1]
        if Outcome(adviser.consult(two, for: goal, on: date)).bytes != before { changed += 1 }
      }
    }
    return changed
  }

  private static func facts(_ random: inout SeededRandom, _ date: CalendarDate) -> Facts {
    var facts = Facts(homeCurrency: Sample.ana().homeCurrency)
    facts.profile.birthDate = date.adding(days: -Int.random(in: 6_000...30_000, using: &random))
    facts.profile.residency = ["MD", "RO", "CZ"].randomElement(using: &random)
    facts.profile.employment = EmploymentStatus.allCases.randomElement(using: &random)
    facts.profile.dependants = Int.random(in: 0...4, using: &random)
    facts.profile.clientSince = date.adding(days: -Int.random(in: 10...3_000, using: &random))
    facts.answers["monthly-income"] = "\(Int.random(in: 300...6_000, using: &random))"
    return facts
  }
}
