import Quantities
import Testing

@testable import Advice

@Suite("What a business is asked, and what an event needs to be known")
struct BusinessClientTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  /// A business of which nothing is known but what it is.
  private static var business: Facts {
    var facts = Facts(homeCurrency: Sample.ana().homeCurrency)
    facts.profile.customerKind = .business
    return facts
  }

  static let goals = [
    #"{"kind":"any","limit":50}"#, #"{"kind":"insure","limit":50}"#,
    #"{"kind":"borrow","amount":"10000","currency":"EUR","termMonths":36,"limit":50}"#,
    #"{"kind":"save","amount":"5000","currency":"EUR","termMonths":12,"limit":50}"#,
    #"{"kind":"hedge","amount":"80000","currency":"EUR","termMonths":6,"limit":50}"#,
  ]

  /// What is asked of people and not of businesses.
  static let personal: Set = [
    "birth-date", "employment", "household", "dependants", "owns-vehicle", "owns-home",
    "keeps-pet", "dog", "travels-abroad", "runs-business", "smoker", "chronic-conditions",
    "occupation-risk", "sports", "travel-zone", "trip-days", "floor", "vehicle-value", "home-value",
  ]

  @Test("Nothing waits for what only a person has", arguments: goals)
  func questions(json: String) throws {
    let goal = try Sample.goal(json)
    let consultation = adviser.consult(Self.business, for: goal, on: Sample.date)
    #expect(Self.personal.isDisjoint(with: consultation.questions.map(\.id)))
    let exclusions = consultation.exclusions(from: 0, limit: adviser.products.count)
    for reason in exclusions.flatMap(\.reasons) where reason.state == .unknown {
      #expect(!["age", "employment", "student", "pensioner"].contains(reason.code))
      #expect(!Self.personal.contains(reason.question ?? ""), "\(reason)")
    }
    let next = adviser.nextQuestions(Self.business, for: goal, on: Sample.date, limit: 50)
    #expect(Self.personal.isDisjoint(with: next.questions.map(\.id)))
  }

  @Test("Each kind of client is shown the questions that apply to it")
  func forms() throws {
    let forms = adviser.rules.forms
    func asked(_ facts: Facts) -> Set<String> {
      let answers = facts.answers(to: forms)
      return Set(forms.forms.flatMap { forms.asked($0, answers) }.map(\.id))
    }
    let business = asked(Self.business)
    #expect(Self.personal.isDisjoint(with: business))
    #expect(
      business.isSuperset(of: ["yearly-turnover", "business-employees", "home-construction"]))
    let person = asked(Sample.ana())
    #expect(person.isSuperset(of: ["birth-date", "employment", "smoker", "travel-zone"]))
    #expect(!person.contains("business-employees"))
  }

  @Test("A person is not asked for the turnover of a business; who works alone is")
  func turnover() throws {
    let goal = try Sample.goal(Self.goals[2])
    func states(_ employment: EmploymentStatus) -> Set<Reason.State> {
      var facts = Sample.ana()
      facts.profile.employment = employment
      let found = adviser.consult(facts, for: goal, on: Sample.date)
        .exclusions(from: 0, limit: adviser.products.count).flatMap(\.reasons)
        .filter { $0.code == "turnover" }
      return Set(found.map(\.state))
    }
    #expect(states(.employed) == [.failed])
    #expect(states(.selfEmployed) == [.unknown])
  }

  private func need(_ facts: Facts, _ members: String, _ event: String) throws -> Need? {
    let goal = try Sample.goal(#"{"kind":"any","context":{"event":"\#(event)"}\#(members)}"#)
    return adviser.consult(facts, for: goal, on: Sample.date).screening.needs.first {
      $0.isOfEvent
    }
  }

  @Test("A deposit that ended brings what lay on it, or what the request names")
  func deposit() throws {
    var facts = Facts(homeCurrency: Sample.ana().homeCurrency)
    #expect(try need(facts, "", "depositMatured")?.amount == nil)
    #expect(try need(facts, "", "depositMatured")?.question == "amount")
    for (days, amount) in [(-1, Decimal128(4_000)), (-200, nil), (30, nil)] {
      facts.holdings = [
        HeldProduct(
          kind: .termDeposit, product: nil, currency: facts.homeCurrency, balance: 4_000,
          instalment: 0, since: Sample.date.adding(days: -400),
          until: Sample.date.adding(days: days))
      ]
      #expect(try need(facts, "", "depositMatured")?.amount?.amount == amount, "\(days)")
    }
    let named = #","amount":"77700","currency":"MDL""#
    let asked = try need(facts, named, "depositMatured")
    #expect(asked?.amount?.amount == 77_700 && asked?.amount?.currency.code == "MDL")
    #expect(asked?.currency.code == "MDL" && asked?.question == nil)
  }

  @Test("What is missing after an event is asked by a question that a form has")
  func missing() throws {
    let facts = Facts(homeCurrency: Sample.ana().homeCurrency)
    for (event, question) in [
      ("incomeRaised", "monthly-income"), ("portfolioFell", "portfolio-value"),
    ] {
      #expect(try need(facts, "", event)?.question == question)
      let goal = try Sample.goal(#"{"kind":"any","context":{"event":"\#(event)"}}"#)
      let open = adviser.consult(facts, for: goal, on: Sample.date).questions.map(\.id)
      #expect(open.contains(question) && !open.contains("amount"), "\(event): \(open)")
    }
  }

  @Test("A need that was found in a sum of money tells it with its currency")
  func sums() throws {
    let goal = try Sample.goal(#"{"kind":"any"}"#)
    let needs = adviser.consult(Sample.ana(), for: goal, on: Sample.date).screening.needs
    let idle = try #require(needs.first { $0.code == "idle-money" })
    #expect(idle.actual?.hasSuffix(" \(Sample.ana().homeCurrency.code)") == true)
  }
}
