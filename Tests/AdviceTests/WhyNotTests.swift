import JSON
import Quantities
import Testing

@testable import Advice

@Suite("Why not: every condition, each once")
struct WhyNotTests {
  let adviser: Adviser

  init() throws { adviser = try Sample.adviser() }

  static let borrow = #"{"kind":"borrow","amount":"10000","currency":"EUR","termMonths":36}"#

  private func exclusions(
    _ json: String, _ facts: Facts = Sample.ana(), of other: Adviser? = nil
  ) throws -> [Exclusion] {
    (other ?? adviser).consult(facts, for: try Sample.goal(json), on: Sample.date)
      .exclusions(from: 0, limit: 10_000)
  }

  /// The same adviser with some products changed.
  private func changed(_ change: (inout Product) -> Void) throws -> Adviser {
    var products = adviser.products
    for index in products.indices { change(&products[index]) }
    let catalogue = try Catalogue(
      edition: "changed", asOf: adviser.catalogue.asOf, products: products,
      exchangeRates: adviser.catalogue.exchangeRates, market: adviser.catalogue.market)
    return try Adviser(catalogue: catalogue, rules: adviser.rules)
  }

  @Test("What is written of the products is what is told of them, in parts of any size")
  func written() throws {
    for goal in [Self.borrow, #"{"kind":"any"}"#, #"{"kind":"insure"}"#] {
      let consultation = adviser.consult(
        Sample.ana(), for: try Sample.goal(goal), on: Sample.date)
      let (list, texts) = (consultation.exclusionList, consultation.texts)
      let told = list.exclusions(in: 0..<10_000)
      #expect(told.count == consultation.exclusionCount)
      for size in [1, 7, told.count + 1] {
        let parts = stride(from: 0, to: told.count, by: size).map {
          list.json(of: $0..<$0 + size, texts)
        }
        let whole = Array("[".utf8) + parts.joined(separator: Array(",".utf8)) + Array("]".utf8)
        let written = try JSONNode.parse(whole, limits: .file).elements ?? []
        #expect(written.count == told.count)
        for (item, exclusion) in zip(written, told) {
          #expect(item["product"]?["id"]?.stringValue == exclusion.product.id.description)
          #expect(item["verdict"]?.stringValue == exclusion.verdict.rawValue)
          #expect(item["tier"]?.stringValue == exclusion.tier?.rawValue)
          let sentences = (item["reasons"]?.elements ?? []).map { $0["text"]?.stringValue }
          #expect(sentences == exclusion.reasons.map { texts.sentence(for: $0) })
          #expect(exclusion.reasons.map(\.tier) == exclusion.reasons.map(\.tier).sorted())
        }
      }
      #expect(list.json(of: told.count..<told.count + 5, texts).isEmpty)
    }
  }

  @Test("Every term that a client fails names what it asks and what the client is")
  func termsNamed() throws {
    var business = Sample.ana()
    business.profile.customerKind = .business
    business.profile.employment = nil
    var seen: Set<String> = []
    for facts in [Sample.ana(), business] {
      for reason in try exclusions(Self.borrow, facts).flatMap(\.reasons)
      where reason.rule == Reason.ofProduct && reason.state == .failed {
        guard !["outranked", "held", "accepted"].contains(reason.code) else { continue }
        seen.insert(reason.code)
        #expect(reason.required?.isEmpty == false, "\(reason.code)")
        // A purpose that nobody named is not said to be what was asked for, and a person has no
        // turnover to be named.
        let isNamed = !["purpose", "turnover"].contains(reason.code)
        #expect(reason.actual?.isEmpty == false || !isNamed, "\(reason.code)")
      }
    }
    #expect(
      seen.isSuperset(of: ["student", "pensioner", "staff", "newClient", "segment", "audience"]))
  }

  @Test("A product that nobody needs tells what else stands in its way, and stays excluded")
  func unneeded() throws {
    var facts = Sample.ana()
    facts.answers["owns-vehicle"] = "false"
    let wanted: [(ProductKind, String, Reason.State)] = [
      (.motor, "no-vehicle", .failed), (.pet, "pet-unknown", .unknown),
      (.collar, "portfolio-unknown", .unknown),
    ]
    let found = try exclusions(Self.borrow, facts)
    for (kind, code, state) in wanted {
      let products = found.filter { $0.product.kind == kind }
      #expect(!products.isEmpty, "\(kind)")
      for exclusion in products {
        let reasons = exclusion.reasons
        #expect(exclusion.verdict == .excluded, "\(exclusion.product.id)")
        #expect(reasons.contains { $0.code == "no-need" }, "\(exclusion.product.id)")
        // What policy has refused waits for no answer.
        let isRefused = reasons.contains {
          $0.state == .failed && $0.rule.hasPrefix("eligibility.dmn")
        }
        if state == .unknown, isRefused { continue }
        #expect(
          reasons.contains { $0.code == code && $0.state == state }, "\(exclusion.product.id)")
      }
    }
  }

  @Test("What fits and is not offered says how many products rank before it", arguments: [1, 2])
  func outranked(limit: Int) throws {
    let all = adviser.consult(
      Sample.ana(), for: try Sample.goal(Self.borrow), on: Sample.date
    ).offers.map(\.place)
    #expect(all.count > 3)
    let goal = Self.borrow.replacing("}", with: #","limit":\#(limit)}"#)
    let found = try exclusions(goal).filter { $0.reasons.contains { $0.code == "outranked" } }
    #expect(found.map(\.product.id) == all.dropFirst(limit).map { adviser.products[$0].id })
    #expect(
      found.compactMap { $0.reasons.first?.required } == (limit..<all.count).map { "\($0)" })
  }

  @Test("A risk class that waits for the capacity for loss asks for that, and for nothing else")
  func riskClass() throws {
    var facts = Sample.ana()
    facts.risk.riskClass = 3
    facts.risk.horizonMonths = 60
    facts.risk.capacityForLoss = nil
    facts.answers["portfolio-value"] = "50000"
    let consultation = adviser.consult(
      facts, for: try Sample.goal(#"{"kind":"hedge","amount":"5000","currency":"EUR"}"#),
      on: Sample.date)
    let open = consultation.exclusions(from: 0, limit: 10_000).flatMap(\.reasons).filter {
      $0.code == "riskClass" && $0.state == .unknown
    }
    #expect(!open.isEmpty)
    #expect(Set(open.map(\.question)) == ["capacity-for-loss"])
    #expect(!consultation.questions.map(\.id).contains { $0.hasPrefix("risk-") })
  }

  @Test("What nobody needs is asked about by nobody")
  func unneededIsNotAsked() throws {
    let consultation = adviser.consult(
      Sample.ana(), for: try Sample.goal(Self.borrow), on: Sample.date)
    let asked = Set(consultation.questions.map(\.id))
    #expect(asked.isDisjoint(with: ["keeps-pet", "portfolio-value", "owns-vehicle"]))
  }

  @Test("A loan for a purpose that was not named tells too that it cannot be carried")
  func unaffordable() throws {
    let json = #"{"kind":"borrow","amount":"400000","currency":"EUR","termMonths":240}"#
    var compared = 0
    for exclusion in try exclusions(json) {
      let codes = Set(exclusion.reasons.map(\.code))
      guard exclusion.product.kind == .mortgage, codes.contains("purpose"),
        codes.isDisjoint(with: ["amount", "term"])
      else { continue }
      compared += 1
      let finding = try #require(exclusion.reasons.first { $0.code == "affordability" })
      #expect(finding.state == .failed && finding.tier >= (exclusion.tier ?? .eligibility))
    }
    #expect(compared > 0)
  }

  @Test("All that a premium still needs is asked at once")
  func premiumQuestions() throws {
    var compared = 0
    let consultation = adviser.consult(
      Sample.ana(), for: try Sample.goal(#"{"kind":"insure"}"#), on: Sample.date)
    let answers = consultation.client.answers(to: adviser.rules.forms)
    for exclusion in consultation.exclusions(from: 0, limit: 10_000)
    where exclusion.verdict == .undecided {
      guard exclusion.reasons.contains(where: { $0.code == "premium" }) else { continue }
      let missing = (exclusion.product.tariff?.factors ?? []).filter {
        consultation.client.rated($0.input) == nil
      }
      let named = exclusion.reasons.filter { $0.code == "premium" }
      #expect(named.map(\.required) == missing.map(\.name), "\(exclusion.product.id)")
      #expect(named.allSatisfy { $0.question != nil })
      if missing.count > 1 { compared += 1 }
      for factor in missing {
        for id in adviser.rules.questions(behind: factor.question, answers) {
          #expect(consultation.questions.contains { $0.id == id }, "\(id)")
        }
      }
    }
    #expect(compared > 0)
  }

  @Test("A risk that is not insured is refused, whatever else its premium needs")
  func refusedPremium() throws {
    func factor(_ input: String) -> TariffFactor {
      var answer = AnswerFactor()
      (answer.answer, answer.factor) = ("usual", 1)
      var factor = TariffFactor()
      (factor.name, factor.input, factor.answers) = (input, input, [answer])
      return factor
    }
    let other = try changed { product in
      guard product.kind == .motor else { return }
      product.tariff?.factors = [factor("open-question"), factor("use-of-it")]
    }
    var facts = Sample.ana()
    facts.answers["use-of-it"] = "racing"
    let consultation = other.consult(
      facts, for: try Sample.goal(#"{"kind":"insure"}"#), on: Sample.date)
    let found = consultation.exclusions(from: 0, limit: 10_000).filter {
      $0.product.kind == .motor && $0.reasons.contains { $0.code == "premium" }
    }
    let states = found.map { $0.reasons.filter { $0.code == "premium" }.map(\.state) }
    #expect(states.contains([.unknown, .failed]), "\(states)")
    #expect(states.allSatisfy { $0.contains(.failed) })
    #expect(found.allSatisfy { $0.verdict == .excluded && $0.tier == .eligibility })
    #expect(!consultation.questions.contains { $0.id == "open-question" })
  }

  @Test("The least amount and the least balance of a deposit are one condition")
  func balance() throws {
    let other = try changed { product in
      guard product.kind == .savingsAccount, product.currency.code == "EUR" else { return }
      product.terms.amount = Bounds(minimum: 500, maximum: 90_000)
      product.terms.openingDepositMinimum = 1_000
      product.terms.balanceMinimum = 1
    }
    for (amount, state) in [(100, Reason.State.failed), (700, .failed), (1_000, .met)] {
      let goal = try Sample.goal(
        #"{"kind":"save","amount":"\#(amount)","currency":"EUR","termMonths":12,"limit":50}"#)
      let consultation = other.consult(Sample.ana(), for: goal, on: Sample.date)
      let against = consultation.exclusions(from: 0, limit: 10_000)
        .filter { $0.verdict == .excluded && $0.tier != .arbitration }
        .map { ($0.product, $0.reasons) }
      let offered = consultation.offers.map { offer in
        let product = other.products[offer.place]
        return (product, consultation.reasons(for: offer, offer.quote.price(of: product)))
      }
      var compared = 0
      for (product, reasons) in against + offered
      where product.kind == .savingsAccount && product.currency.code == "EUR" {
        let said = reasons.filter { ["amount", "balance"].contains($0.code) }
        guard said.contains(where: { $0.state == state }) else { continue }
        compared += 1
        #expect(said.map(\.code) == ["amount"], "\(product.id)")
        #expect(said.first?.required == "1000 to 90000 EUR")
      }
      #expect(compared > 0, "\(amount)")
    }
  }

  @Test("A balance without a least amount is still asked for as one")
  func balanceAlone() throws {
    let other = try changed { product in
      guard product.kind == .savingsAccount else { return }
      product.terms.amount = Bounds()
      product.terms.balanceMinimum = 5_000
    }
    let found = try exclusions(
      #"{"kind":"save","amount":"100","currency":"EUR","termMonths":12}"#, of: other)
    let codes = found.filter {
      $0.product.kind == .savingsAccount && $0.product.currency.code == "EUR"
    }.map { $0.reasons.map(\.code).filter { ["amount", "balance"].contains($0) } }
    #expect(!codes.isEmpty && codes.allSatisfy { $0 == ["balance"] }, "\(codes)")
  }

  @Test("An offer names the formulas that it was put through beside the rules that were hit")
  func formulas() throws {
    for json in AdviserTests.goals {
      let consultation = adviser.consult(
        Sample.ana(), for: try Sample.goal(json), on: Sample.date)
      for offer in consultation.offers {
        let rules = consultation.rulesHit(for: offer)
        let isLoan = adviser.products[offer.place].line == .loan
        #expect(rules.contains("ranking.dmn#rank"))
        #expect(rules.contains("affordability.dmn#maximum-instalment") == isLoan)
        #expect(rules == Set(rules).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) })
      }
    }
  }

  @Test(
    "Only a currency that was asked for is said to have been",
    arguments: [
      (#"{"kind":"insure","limit":1}"#, false),
      (#"{"kind":"insure","amount":"50000","currency":"EUR","limit":1}"#, true),
    ])
  func currency(json: String, isNamed: Bool) throws {
    let consultation = adviser.consult(Sample.ana(), for: try Sample.goal(json), on: Sample.date)
    let said = consultation.exclusions(from: 0, limit: 10_000).flatMap(\.reasons)
      .filter { $0.code == "currency" && $0.state == .failed }
    #expect(!said.isEmpty)
    for reason in said {
      #expect(reason.actual == "EUR")
      #expect(reason.isNamed == isNamed)
      #expect(reason.source == (isNamed ? .request : .profile))
      #expect(consultation.texts.sentence(for: reason).contains("EUR") == isNamed)
    }
  }

  @Test("What one client is told of a value's source is not told to the next", arguments: [0, 1])
  func sourcesOfEach(first: Int) throws {
    let adviser = try Sample.adviser()
    let goal = try Sample.goal(
      #"{"kind":"borrow","amount":"3000","currency":"EUR","termMonths":12}"#)
    var recorded = Facts(homeCurrency: Sample.ana().homeCurrency)
    recorded.profile.birthDate = Sample.date.adding(months: -12 * 16)
    var answered = recorded
    let birthDate = try #require(adviser.rules.forms.question("birth-date"))
    let day = try #require(recorded.profile.birthDate)
    answered.profile.birthDate = nil
    answered.take(day.description, to: birthDate)
    for place in [first, 1 - first] {
      let (facts, source) = [(recorded, ValueSource.profile), (answered, .answer)][place]
      let consultation = adviser.consult(facts, for: goal, on: Sample.date)
      let said = consultation.exclusions(from: 0, limit: 10_000).flatMap(\.reasons)
        .filter { $0.code == "minor-credit" || $0.code == "age" }
      #expect(said.contains { $0.code == "minor-credit" })
      #expect(Set(said.compactMap(\.source)) == [source], "\(place)")
    }
  }

  @Test("The amount and the currency of a need come from what the rule works them out from")
  func sourcesOfNeeds() throws {
    var facts = Sample.ana()
    facts.profile.dependants = 2
    for (json, code, amount, isNamed) in [
      (#"{"kind":"any"}"#, "dependants", ValueSource.history, false),
      (#"{"kind":"any","context":{"event":"loanTaken"}}"#, "dependants", .history, false),
      (
        #"{"kind":"any","amount":"5000","currency":"USD","context":{"event":"depositMatured"}}"#,
        "after-deposit", .request, true
      ),
    ] {
      let consultation = adviser.consult(facts, for: try Sample.goal(json), on: Sample.date)
      let need = try #require(consultation.screening.needs.first { $0.code == code }, "\(json)")
      #expect(need.amountSource == amount, "\(json)")
      #expect(need.isCurrencyNamed == isNamed)
      #expect((need.currency.code == "USD") == isNamed)
    }
  }

  @Test(
    "Every condition that fails tells its rule, its cell, the value, what is asked and its source",
    arguments: AdviserTests.goals)
  func complete(json: String) throws {
    for facts in [Sample.ana(), Facts(homeCurrency: Sample.ana().homeCurrency)] {
      let consultation = adviser.consult(facts, for: try Sample.goal(json), on: Sample.date)
      for exclusion in consultation.exclusions(from: 0, limit: 10_000) {
        for reason in exclusion.reasons where reason.state == .failed {
          let said = [reason.cell, reason.actual, reason.required, reason.source?.rawValue]
          #expect(
            said.allSatisfy { $0.map { $0 != "" } == true }, "\(exclusion.product.id): \(reason)")
          #expect(!reason.rule.isEmpty)
        }
      }
    }
  }
}
