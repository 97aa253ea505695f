import Quantities
import Testing

@testable import Advice

@Suite("What an offer rests on")
struct OfferBasisTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  /// A change of one value of the client, with the names it may be read under.
  struct Change: Sendable, CustomTestStringConvertible {
    let names: Set<String>
    let apply: @Sendable (inout Facts) -> Void
    var testDescription: String { names.sorted().joined(separator: ", ") }
  }

  static let changes: [Change] = [
    Change(names: ["age"]) {
      $0.profile.birthDate = CalendarDate(year: 1964, month: 1, day: 2)
    },
    Change(names: ["employment", "student", "pensioner"]) { $0.profile.employment = .selfEmployed },
    Change(names: ["dependants"]) { $0.profile.dependants = 4 },
    Change(names: ["months as customer", "newClient"]) {
      $0.profile.clientSince = CalendarDate(year: 2026, month: 10, day: 30)
    },
    Change(names: ["residency"]) { $0.profile.residency = "FR" },
    Change(names: ["region"]) { $0.profile.region = "MD-BA" },
    Change(names: ["segment"]) { $0.profile.segments = ["private"] },
    Change(names: ["staff"]) { $0.profile.isStaff = true },
    Change(names: ["declared risk class", "riskClass"]) { $0.risk.riskClass = 6 },
    Change(names: ["knowledge"]) { $0.risk.knowledge = .basic },
    Change(names: ["capacity for loss", "capacityForLoss", "declared risk class", "riskClass"]) {
      $0.risk.capacityForLoss = .full
    },
    Change(names: ["horizon months", "horizon", "riskClass"]) { $0.risk.horizonMonths = 12 },
    Change(names: ["owns home"]) { $0.answers["owns-home"] = "false" },
    Change(names: ["owns vehicle"]) { $0.answers["owns-vehicle"] = "false" },
    Change(names: ["vehicle-value", "amount"]) { $0.answers["vehicle-value"] = "30000" },
    Change(names: ["travels abroad"]) { $0.answers["travels-abroad"] = "true" },
    Change(names: []) { $0.answers["favourite-colour"] = "green" },
  ]

  private func describe(_ ranked: RankedProduct, _ consultation: Consultation) -> String {
    let price = ranked.quote.price(of: adviser.products[ranked.place])
    let reasons = consultation.reasons(for: ranked, price).map {
      "\($0.code) \($0.state) \($0.actual ?? "") \($0.required ?? "") \($0.rule)"
    }
    return "\(ranked.priority) \(price) \(reasons)"
  }

  @Test(
    "Changing a value that is not listed leaves the offer as it is",
    arguments: AdviserTests.goals, changes)
  func perturbation(json: String, change: Change) throws {
    let goal = try Sample.goal(json)
    let before = adviser.consult(Sample.ana(), for: goal, on: Sample.date)
    var facts = Sample.ana()
    change.apply(&facts)
    let after = adviser.consult(facts, for: goal, on: Sample.date)
    for offer in before.offers {
      let names = Set(before.basis(of: offer).map(\.name))
      guard names.isDisjoint(with: change.names) else { continue }
      let id = adviser.products[offer.place].id
      let again = after.ranked.first { adviser.products[$0.place].id == id }
      #expect(again.map { describe($0, after) } == describe(offer, before), "\(id)")
    }
  }

  @Test(
    "The reasons of an offer name the same sources as the values it rests on",
    arguments: AdviserTests.goals)
  func sources(json: String) throws {
    var answering = Sample.ana()
    for form in adviser.rules.forms.forms {
      for question in form.questions where ["dependants", "employment"].contains(question.id) {
        answering.take(question.id == "dependants" ? "1" : "employed", to: question)
      }
    }
    for facts in [Sample.ana(), answering] {
      let consultation = adviser.consult(facts, for: try Sample.goal(json), on: Sample.date)
      for offer in consultation.offers {
        let price = offer.quote.price(of: adviser.products[offer.place])
        let values = consultation.basis(of: offer)
        for reason in consultation.reasons(for: offer, price) {
          let name = TermColumn.ruleNames[reason.code] ?? reason.code
          guard let value = values.first(where: { $0.name == name }) else { continue }
          #expect(reason.source == value.source, "\(reason.code)")
        }
        for name in ["dependants", "employment"] {
          let value = values.first { $0.name == name }
          let source: ValueSource = facts.answers[name] == nil ? .profile : .answer
          #expect(value == nil || value?.source == source, "\(name)")
        }
      }
    }
  }

  @Test("The shares of an offer's values add up to one, and each value has a source")
  func shares() throws {
    for json in AdviserTests.goals {
      let consultation = adviser.consult(
        Sample.ana(), for: try Sample.goal(json), on: Sample.date)
      for offer in consultation.offers {
        let values = consultation.basis(of: offer)
        let total = values.map(\.share).reduce(0, +)
        #expect((total - 1).magnitude < Decimal128(1) / 10_000 || total.isZero, "\(total)")
        #expect(values.allSatisfy { $0.share >= 0 })
        #expect(values.contains { $0.share > 0 })
      }
    }
  }

  @Test("Answers to offers move the propensity of their kind to the rate of acceptance")
  func learning() throws {
    let goal = try Sample.goal(AdviserTests.goals[0])
    var arbitration = Arbitration(learned: 1_000)
    arbitration.responses[.init(kind: .personalLoan, isNamed: true)] = {
      var responses = Arbitration.Responses()
      (responses.accepted, responses.answered) = (300, 1_000)
      return responses
    }()
    let learned = adviser.consult(
      Sample.ana(), for: goal, on: Sample.date, arbitration: arbitration)
    let plain = adviser.consult(Sample.ana(), for: goal, on: Sample.date)
    for offer in learned.ranked where adviser.products[offer.place].kind == .personalLoan {
      #expect((offer.factors.propensity - Decimal128(3) / 10).magnitude < Decimal128(3) / 100)
    }
    for offer in learned.ranked where adviser.products[offer.place].kind != .personalLoan {
      let same = try #require(plain.ranked.first { $0.place == offer.place })
      #expect(same.factors.propensity == offer.factors.propensity)
    }
  }

  @Test("A factor that is off is 1, and the product of the factors is the priority")
  func factors() throws {
    for off in Arbitration.Factor.allCases.map({ Set([$0]) }) + [Set(Arbitration.Factor.allCases)] {
      let consultation = adviser.consult(
        Sample.ana(), for: try Sample.goal(#"{"kind":"any"}"#), on: Sample.date,
        arbitration: Arbitration(off: off))
      for offer in consultation.ranked {
        let factors = offer.factors
        let by: [Arbitration.Factor: Decimal128] = [
          .propensity: factors.propensity, .context: factors.context, .value: factors.value,
          .lever: factors.lever,
        ]
        for factor in off { #expect(by[factor] == 1) }
        let product = factors.propensity * factors.context * factors.value * factors.lever
        #expect((product - offer.priority).magnitude <= Decimal128(1) / 1_000_000_000)
      }
    }
  }
}
