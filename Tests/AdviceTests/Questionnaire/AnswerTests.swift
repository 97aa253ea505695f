import DMN
import Foundation
import JSON
import Quantities
import Testing

@testable import Advice

@Suite("Answers to forms")
struct FormAnswerTests {
  let forms: FormSet

  init() throws {
    forms = try FormSet([
      try Questionnaire(
        json: Array(
          """
          {"id": "home", "version": 3, "title": "Home", "purpose": "P", "questions": [
            {"id": "owns-home", "text": "?", "type": "yesNo"},
            {"id": "floors", "text": "?", "type": "integer", "min": 1, "max": 50,
             "when": "owns home = true"},
            {"id": "floor", "text": "?", "type": "integer", "min": 0, "max": 50,
             "when": "floors > 1", "since": 3}],
           "contradictions": [{"when": "floor > floors", "questions": ["floor", "floors"],
             "text": {"en": "Too high.", "ro": "Prea sus."}}]}
          """.utf8)),
      try Questionnaire(
        json: Array(
          """
          {"id": "pay", "version": 1, "title": "Pay", "purpose": "P", "follows": ["home"],
           "when": "owns home = true", "questions": [
            {"id": "price", "text": "?", "type": "number", "min": 0, "max": 1000},
            {"id": "paid-on", "text": "?", "type": "date", "min": "2020-01-01",
             "max": "2030-12-31"},
            {"id": "paid-by", "text": "?", "type": "choice", "options": [
              {"value": "cash", "text": "Cash"}, {"value": "card", "text": "Card"}]}]}
          """.utf8)),
    ])
  }

  static let wrong: [(form: String, given: [String: String], others: [String: String], [String])] =
    [
      ("home", ["nose": "1"], [:], ["/answers/nose unknownQuestion"]),
      ("home", ["owns-home": "perhaps"], [:], ["/answers/owns-home type"]),
      ("home", ["owns-home": "true", "floors": "0"], [:], ["/answers/floors range"]),
      ("home", ["owns-home": "true", "floors": "1.5"], [:], ["/answers/floors precision"]),
      ("home", ["owns-home": "true", "floors": "many"], [:], ["/answers/floors type"]),
      ("home", ["owns-home": "false", "floors": "2"], [:], ["/answers/floors hidden"]),
      ("home", ["floors": "2"], [:], ["/answers/floors hidden"]),
      (
        "home", ["owns-home": "true", "floors": "2", "floor": "3"], [:],
        ["/answers/floor contradiction", "/answers/floors contradiction"]
      ),
      ("home", ["owns-home": "true", "floors": "2", "floor": "2"], [:], []),
      ("pay", ["price": "10.50"], [:], ["/answers/price hidden"]),
      ("pay", ["price": "10.50"], ["owns-home": "true"], []),
      ("pay", ["price": "10.505"], ["owns-home": "true"], ["/answers/price precision"]),
      ("pay", ["price": "1000.01"], ["owns-home": "true"], ["/answers/price range"]),
      ("pay", ["price": "NaN"], ["owns-home": "true"], ["/answers/price type"]),
      ("pay", ["paid-on": "2019-12-31"], ["owns-home": "true"], ["/answers/paid-on range"]),
      ("pay", ["paid-on": "2025-02-29"], ["owns-home": "true"], ["/answers/paid-on type"]),
      ("pay", ["paid-by": "gold"], ["owns-home": "true"], ["/answers/paid-by choice"]),
      (
        "pay", ["paid-by": "gold", "price": "-1", "x": ""], ["owns-home": "true"],
        ["/answers/paid-by choice", "/answers/price range", "/answers/x unknownQuestion"]
      ),
    ]

  @Test("Each answer that does not fit is named with its reason", arguments: wrong)
  func violations(
    form: String, given: [String: String], others: [String: String], expected: [String]
  ) throws {
    let form = try #require(forms[form])
    let found = forms.violations(in: given, to: form, beside: others)
    #expect(found.map { "\($0.pointer) \($0.code)" } == expected)
  }

  @Test("A contradiction is told in the reader's language")
  func worded() {
    #expect(forms.worded("Too high.", "ro") == "Prea sus.")
    #expect(forms.worded("Too high.", "ru") == "Too high.")
  }

  @Test("What counts is the same in whatever order the answers came, over all orders")
  func anyOrder() throws {
    let answers = [
      ("owns-home", "true"), ("floors", "4"), ("floor", "2"), ("price", "12.5"),
      ("paid-by", "card"),
    ]
    var results: Set<[String: String]> = []
    for order in Self.orders(of: Array(answers.indices)) {
      var given: [String: String] = [:]
      for place in order { given[answers[place].0] = answers[place].1 }
      results.insert(forms.counting(given))
    }
    #expect(results.count == 1)
    #expect(results.first?.count == 5)
    var without = Dictionary(uniqueKeysWithValues: answers)
    without["owns-home"] = "false"
    #expect(forms.counting(without) == ["owns-home": "false"])
  }

  private static func orders(of places: [Int]) -> [[Int]] {
    guard places.count > 1 else { return [places] }
    return places.flatMap { first in
      orders(of: places.filter { $0 != first }).map { [first] + $0 }
    }
  }

  @Test("A form is complete when every required question that is asked has an answer")
  func open() throws {
    let home = try #require(forms["home"])
    #expect(forms.open(home, [:]).map(\.id) == ["owns-home"])
    #expect(forms.open(home, ["owns-home": "false"]).isEmpty)
    #expect(forms.open(home, ["owns-home": "true"]).map(\.id) == ["floors"])
    #expect(forms.open(home, ["owns-home": "true", "floors": "9"]).map(\.id) == ["floor"])
  }

  @Test("Forms come after those they follow")
  func formOrder() { #expect(forms.forms.map(\.id) == ["home", "pay"]) }
}

@Suite("Our own forms")
struct OwnFormTests {
  let rules: RuleBook

  init() throws { rules = try Sample.rules() }

  @Test("No answer of our own forms contradicts what nobody has answered")
  func loneAnswers() throws {
    let forms = try Sample.adviser().rules.forms
    for form in forms.forms {
      for question in form.questions {
        guard case .choice(let options) = question.kind else { continue }
        for option in options {
          let found = forms.violations(in: [question.id: option.value], to: form)
          #expect(!found.contains { $0.code == "contradiction" }, "\(question.id): \(option.value)")
        }
      }
    }
  }

  @Test("Ten linked forms have about a hundred questions")
  func count() {
    #expect(rules.forms.forms.count == 10)
    #expect((100...120).contains(rules.forms.order.count), "\(rules.forms.order.count)")
    #expect(rules.forms.forms.filter { !$0.follows.isEmpty }.count == 9)
    #expect(rules.forms.order.count { $0.when != nil } > 15)
    #expect(rules.forms.forms.allSatisfy { !$0.sections.isEmpty })
  }

  @Test("Every text stands in every language of the wording")
  func languages() {
    let locales = Set(rules.locales)
    #expect(locales == ["en", "ro", "ru"])
    for form in rules.forms.forms {
      var texts = [form.title, form.purpose] + form.sections.map(\.title)
      texts += form.contradictions.map(\.text)
      for question in form.questions {
        texts += [question.text] + [question.help].compactMap(\.self)
        if case .choice(let options) = question.kind { texts += options.map(\.text) }
      }
      for text in texts {
        #expect(text.locales == locales, "\(form.id): \(text.usual)")
        #expect(!text("ro").contains { "şţŞŢ".contains($0) }, "\(text("ro"))")
      }
    }
  }

  @Test("Every question that rules or tariffs name is asked by a form, or is part of the goal")
  func questionsAreAsked() throws {
    let ofGoal: Set = ["amount", "term-months", "security-value", "risk-class", "knowledge"]
    var named: Set<String> = []
    for column in try Sample.adviser().table.columns {
      if let question = column.question { named.insert(question) }
    }
    for product in try Sample.catalogue().products {
      for factor in product.tariff?.factors ?? [] where factor.input != "age" {
        named.insert(factor.input)
      }
    }
    for model in try Sample.files("Rules/2024-01-01", ".dmn") {
      // The outputs of a rule that asks: its effect, its code, its question.
      let text = String(decoding: model.bytes, as: UTF8.self)
      for rule in text.components(separatedBy: "<outputEntry><text>\"ask\"<").dropFirst() {
        let outputs = rule.components(separatedBy: "<outputEntry><text>\"")
        if outputs.count > 2 { named.insert(String(outputs[2].prefix { $0 != "\"" })) }
      }
    }
    #expect(named.count > 20)
    for id in named.subtracting(ofGoal).sorted() {
      #expect(rules.forms.question(id) != nil, "\(id)")
    }
  }

  @Test("Every answer that a tariff prices is one that the form offers")
  func tariffAnswers() throws {
    for product in try Sample.catalogue().products {
      for factor in product.tariff?.factors ?? [] {
        guard let question = rules.forms.question(factor.input) else { continue }
        for answer in factor.answers {
          #expect(question.accepts(answer.answer), "\(product.id): \(factor.input)")
        }
      }
    }
  }

  @Test("The points of every completed form become a class, from the least to the greatest")
  func scores() throws {
    let risk = try #require(rules.scoredForms.first { $0.score == .riskClass })
    var classes: [Int] = []
    for points in risk.points {
      classes.append(try #require(rules.scores.value(of: points, .riskClass).number?.integerValue))
    }
    #expect(classes == classes.sorted() && Set(classes) == Set(1...7))
    let knowledge = try #require(rules.scoredForms.first { $0.score == .knowledge })
    let levels = try knowledge.points.map {
      try #require(Knowledge(rawValue: rules.scores.value(of: $0, .knowledge).text ?? ""))
    }
    #expect(levels == levels.sorted() && Set(levels) == Set(Knowledge.allCases))
  }

  @Test("A risk form answered in part declares nothing; answered in whole it declares its class")
  func declared() throws {
    let form = try #require(rules.scoredForms.first { $0.score == .riskClass })
    var facts = Sample.ana()
    #expect(rules.current(facts).risk.riskClass == 4, "what was recorded stands")
    let scored = form.questions.filter(\.isScored)
    for (place, question) in scored.enumerated() {
      guard case .choice(let options) = question.kind, let first = options.first else { continue }
      facts.take(first.value, to: question)
      let declared = rules.current(facts).risk.riskClass
      #expect(declared == (place == scored.count - 1 ? 1 : nil))
    }
    for question in scored {
      guard case .choice(let options) = question.kind, let last = options.last else { continue }
      facts.take(last.value, to: question)
    }
    #expect(rules.current(facts).risk.riskClass == 7)
  }

  @Test("Where the risk form is answered in part, products wait for its open questions by name")
  func scoredQuestionsAreNamed() throws {
    let adviser = try Sample.adviser()
    let form = try #require(rules.scoredForms.first { $0.score == .riskClass })
    let scored = form.questions.filter(\.isScored)
    var facts = Sample.ana()
    facts.take("safe", to: try #require(scored.first))
    facts.answers["portfolio-value"] = "80000"
    let goal = try Sample.goal(
      #"{"kind":"hedge","amount":"80000","currency":"EUR","termMonths":6}"#)
    let consultation = adviser.consult(facts, for: goal, on: Sample.date)
    let ids = Set(consultation.questions.map(\.id))
    #expect(ids.isSuperset(of: scored.dropFirst().map(\.id)))
    #expect(!ids.contains("risk-class"))
    for exclusion in consultation.exclusions(from: 0, limit: 1_000) {
      for reason in exclusion.reasons where reason.state == .unknown && reason.code == "riskClass" {
        #expect(reason.question.map { rules.forms.question($0) != nil } ?? false)
      }
    }
  }

  @Test("Answers to an earlier meaning of a question are not read")
  func versions() throws {
    var facts = Facts(homeCurrency: Sample.ana().homeCurrency)
    let form = try #require(rules.forms["credit"])
    let question = try #require(form.question("employment"))
    facts.take("employed", to: question)
    facts.forms[form.id] = form.version
    #expect(rules.current(facts).profile.employment == .employed)
    let (now, next) = ("\"version\": \(form.version)", "\"version\": \(form.version + 1)")
    let newer = try edited("credit.json") { text in
      text.replacing(now, with: next).replacing(
        "\"id\": \"employment\",", with: "\"id\": \"employment\", \"since\": \(form.version + 1),")
    }
    let current = newer.current(facts)
    #expect(current.profile.employment == nil && current.answers["employment"] == nil)
    let same = try edited("credit.json") {
      $0.replacing(now, with: next)
    }
    #expect(same.current(facts).profile.employment == .employed)
  }

  /// The rules with one form edited.
  private func edited(_ name: String, _ edit: (String) -> String) throws -> RuleBook {
    let texts = try Sample.files("Rules/Texts", ".json").map {
      (String($0.name.dropLast(5)), $0.bytes)
    }
    let forms = try Sample.files("Questionnaires", ".json").map { file in
      guard file.name == name else { return file }
      let text = String(decoding: file.bytes, as: UTF8.self)
      #expect(edit(text) != text)
      return ModelFile(name: file.name, bytes: Array(edit(text).utf8))
    }
    return try RuleBook(
      RuleBook.Source(
        effective: Sample.date, models: try Sample.files("Rules/2024-01-01", ".dmn"),
        texts: Dictionary(uniqueKeysWithValues: texts), questionnaires: forms, digest: "edited"))
  }

  @Test("What the profile and the history know is offered as the answer")
  func prefill() throws {
    let facts = Sample.ana()
    func prefill(_ id: String) throws -> Question.Prefill? {
      try #require(rules.forms.question(id)).prefill(from: facts, on: Sample.date)
    }
    #expect(try prefill("birth-date") == .init(answer: "1992-03-14", source: .profile))
    #expect(try prefill("employment") == .init(answer: "employed", source: .profile))
    #expect(try prefill("monthly-income") == .init(answer: "2200.00", source: .history))
    #expect(try prefill("horizon-months") == .init(answer: "60", source: .profile))
    #expect(try prefill("portfolio-value") == nil)
    #expect(try prefill("sports") == nil)
  }

  @Test("The observed risk stands beside the declared one")
  func observed() throws {
    let adviser = try Sample.adviser()
    var facts = Sample.ana()
    var picture = adviser.riskPicture(of: facts, on: Sample.date)
    #expect(picture.declared == 4 && picture.observed == 1 && picture.comparison == .lower)
    facts.positions = [
      Position(
        instrument: "X", quantity: 900, price: 100, currency: facts.homeCurrency, beta: 1,
        pricedOn: Sample.date.adding(days: -1))
    ]
    picture = adviser.riskPicture(of: facts, on: Sample.date)
    #expect(picture.observed == 6 && picture.comparison == .higher)
    #expect(
      adviser.riskPicture(of: Facts(homeCurrency: facts.homeCurrency), on: Sample.date)
        .observed == nil)
  }
}
