import DMN
import Foundation
import JSON
import Quantities
import Testing

@testable import Advice

@Suite("Wording in three languages")
struct TextsTests {
  let rules: RuleBook

  init() throws { rules = try Sample.rules() }

  @Test("Every key stands in every language with the same values to fill in")
  func parity() {
    let english = rules.texts("en")
    #expect(english.keys.count > 200)
    for locale in rules.locales {
      let texts = rules.texts(locale)
      #expect(texts.locale == locale && texts.keys == english.keys)
      for key in english.keys {
        #expect(texts.placeholders(key) == english.placeholders(key), "\(locale) \(key)")
        #expect(!texts.sentence(key).contains { "şţŞŢ".contains($0) }, "\(locale) \(key)")
      }
    }
  }

  @Test("Every reason that speaks to the client has a sentence for who reads of the client")
  func ofClient() {
    let address: [String: Set<String>] = [
      "en": ["you", "your", "yours"],
      "ro": ["dumneavoastră", "aveți", "dețineți", "locuiți", "sunteți", "călătoriți", "faceți"],
      "ru": ["вы", "вам", "вас", "ваш", "ваша", "ваше", "вашего", "вашей", "вашем", "ваших"],
    ]
    for locale in rules.locales {
      let texts = rules.texts(locale)
      let told = address[locale] ?? []
      func speaksToClient(_ key: String) -> Bool {
        let words = texts.sentence(key).lowercased().split { !$0.isLetter }.map(String.init)
        return !told.isDisjoint(with: words)
      }
      for key in texts.keys where key.hasSuffix(".met") && !key.hasPrefix("change.") {
        if key.hasPrefix("of-client.") {
          #expect(!speaksToClient(key), "\(locale) \(key)")
          #expect(texts.keys.contains(String(key.dropFirst("of-client.".count))), "\(key)")
        } else if speaksToClient(key) {
          #expect(texts.keys.contains("of-client.\(key)"), "\(locale) \(key)")
        }
      }
      let reason = Reason(tier: .eligibility, code: "income", state: .met, rule: "r", actual: "1")
      #expect(texts.ofClient.sentence(for: reason) != texts.sentence(for: reason))
    }
  }

  @Test("A rule book whose language lacks a key, or fills in other values, is refused by name")
  func gaps() throws {
    func problems(_ edit: (inout [String: String]) -> Void) throws -> String {
      var texts: [String: [UInt8]] = [:]
      for file in try Sample.files("Rules/Texts", ".json") {
        texts[String(file.name.dropLast(5))] = file.bytes
      }
      var words: [String: String] = [:]
      if case .object(let members) = try JSONNode.parse(texts["ro"] ?? [], limits: .file).kind {
        for member in members { words[member.key] = member.value.stringValue }
      }
      edit(&words)
      var writer = JSONWriter()
      writer.object { json in for key in words.keys.sorted() { json.member(key, words[key]) } }
      texts["ro"] = writer.bytes
      do {
        _ = try RuleBook(
          RuleBook.Source(
            effective: Sample.date, models: try Sample.files("Rules/2024-01-01", ".dmn"),
            texts: texts, questionnaires: try Sample.files("Questionnaires", ".json"),
            digest: "x"))
        return ""
      } catch {
        return "\(error)"
      }
    }
    #expect(try problems { _ in } == "")
    #expect(try problems { $0["rate.met"] = nil } == "Texts/ro.json: 'rate.met' is missing")
    #expect(
      try problems { $0["rate.met"] = "Dobânda este bună." }.contains(
        "'rate.met' is filled with other values than in 'en'"))
    #expect(try problems { $0["new.key"] = "X" }.contains("'new.key' has no wording in 'en'"))
    #expect(
      try problems { $0["term.met"] = "{actual#lună|luni} {required}" }.contains(
        "needs 3 forms"))
  }

  static let sentences: [(String, String, String?, String)] = [
    ("en", "1", "6 to 60 months", "The term of 1 month is allowed: 6 to 60 months."),
    ("en", "12", "at least 1 months", "The term of 12 months is allowed: at least 1 month."),
    ("ro", "1", "1 months", "Durata de 1 lună este permisă: 1 lună."),
    ("ro", "2", "19 months", "Durata de 2 luni este permisă: 19 luni."),
    ("ro", "20", "6 to 101 months", "Durata de 20 de luni este permisă: de la 6 până la 101 luni."),
    ("ro", "100", "120 months", "Durata de 100 de luni este permisă: 120 de luni."),
    ("ru", "1", "21 months", "Срок 1 месяц допускается: 21 месяц."),
    ("ru", "3", "6 to 24 months", "Срок 3 месяца допускается: от 6 до 24 месяцев."),
    ("ru", "11", "at least 12 months", "Срок 11 месяцев допускается: не менее 12 месяцев."),
    ("ru", "22", "from 2026-03-01", "Срок 22 месяца допускается: с 1 марта 2026 года."),
  ]

  @Test("Counted words take the form of their number", arguments: sentences)
  func plurals(locale: String, actual: String, required: String?, sentence: String) {
    let reason = Reason(
      tier: .eligibility, code: "term", state: .met, actual: actual, required: required)
    let text = rules.texts(locale).sentence(for: reason)
    #expect(text.replacing("\u{A0}", with: " ") == sentence)
  }

  @Test(
    "A sentence may have a wording of its own for a value, or for none",
    arguments: ["en", "ro", "ru"])
  func ofValue(locale: String) throws {
    let texts = rules.texts(locale)
    func text(_ code: String, _ actual: String?, _ texts: Texts, _ state: Reason.State) -> String {
      texts.sentence(
        for: Reason(
          tier: .eligibility, code: code, state: state, actual: actual, required: "renovation"))
    }
    let own = ["person", "business"].map { text("audience", $0, texts, .met) }
    #expect(Set(own + [text("audience", "other", texts, .met)]).count == 3)
    #expect(text("audience", "business", texts.ofClient, .met) != own[1])
    let unnamed = text("purpose", nil, texts, .failed)
    #expect(unnamed != text("purpose", "car", texts, .failed))
    #expect(unnamed.contains(texts.value("renovation")))
    #expect(!unnamed.contains(texts.sentence("unknown.value")))
  }

  static let values: [(String, String, String)] = [
    ("en", "1250000.5 EUR", "1,250,000.5 EUR"), ("ro", "1250000.5 EUR", "1.250.000,5 EUR"),
    ("ru", "1250000.5 EUR", "1 250 000,5 EUR"), ("ro", "-4.25 %", "−4,25 %"),
    ("ro", "500 to 20000 EUR", "de la 500 până la 20.000 EUR"),
    ("ru", "at least 1000.00 RON", "не менее 1 000 RON"), ("ro", "up to 85 %", "până la 85 %"),
    ("ro", "selfEmployed, retired", "liber-profesionist sau pensionar(ă)"),
    ("ru", "the sum insured", "страховая сумма"), ("en", "selfEmployed", "self-employed"),
    ("ro", "from 2026-03-01 to 2026-05-31", "de la 1 martie 2026 până la 31 mai 2026"),
    ("ru", "120.00 EUR a year", "120 EUR в год"), ("ru", "2024", "2024"),
    ("ro", "Term Deposit Plus", "Term Deposit Plus"), ("ru", "to", "to"), ("ru", "", ""),
    ("ro", "months", "months"), ("ru", "at least", "at least"), ("en", "2200.00 EUR", "2,200 EUR"),
    ("en", "222.40 EUR a year", "222.40 EUR a year"), ("en", "0.00 EUR", "0 EUR"),
    ("en", "6 years", "6 years"),
    ("ro", "21 years", "21 de ani"), ("ru", "at most 61 months", "не более 61 месяца"),
    ("en", "Floor: 12", "on which floor the home is: 12"), ("en", "5.00 %", "5.00 %"),
    ("ro", "MD, RO", "Republica Moldova sau România"),
  ]

  @Test("Numbers, dates and names are written as the language writes them", arguments: values)
  func readable(locale: String, value: String, text: String) {
    #expect(rules.texts(locale).value(value).replacing("\u{A0}", with: " ") == text)
  }

  @Test("Every name that a reason may show is a word in every language")
  func names() {
    let names =
      EmploymentStatus.allCases.map(\.rawValue) + LoanPurpose.allCases.map(\.rawValue)
      + Knowledge.allCases.map(\.rawValue) + CapacityForLoss.allCases.map(\.rawValue)
      + Audience.allCases.map(\.rawValue) + ProductKind.allCases.map(\.rawValue)
      + ProductLine.allCases.map(\.rawValue) + RepaymentStyle.allCases.map(\.rawValue)
      + Occupancy.allCases.map(\.rawValue)
    let keys = Set(rules.texts("en").keys)
    for name in names { #expect(keys.contains("word.\(name)"), "\(name)") }
  }

  @Test("A locale is known by its language, and an unknown one by nothing")
  func locales() {
    #expect(rules.locale("ro-MD") == "ro" && rules.locale("RU") == "ru")
    #expect(rules.locale("xx") == nil && rules.locale("") == nil)
  }

  @Test(
    "The 217 questions of a real survey load as a form",
    .enabled(if: SharedSurvey.url != nil, "needs ../shared/data/nfwbs-2016"))
  func survey() throws {
    let url = try #require(SharedSurvey.url)
    let node = try JSONNode.parse(Array(try Data(contentsOf: url)), limits: .file)
    var json = JSONWriter()
    json.object { json in
      json.member("id", "financial-well-being")
      json.member("version", 1)
      json.member("title", "Financial well-being")
      json.member("purpose", "A survey of the public domain.")
      json.array("questions") { json in
        for question in node.elements ?? [] { json.object { SharedSurvey.write(question, &$0) } }
      }
    }
    let form = try Questionnaire(json: json.bytes)
    #expect(form.questions.count == 217)
    let forms = try FormSet(rules.forms.forms + [form])
    #expect(forms.forms.count == 11)
  }
}
