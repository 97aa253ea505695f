import Quantities
import Testing

@testable import Advice

@Suite("Answers that are kept")
struct KnownAnswersTests {
  @Test("An answer that is asked for again outlives those that are asked for once")
  func shared() {
    let known = KnownAnswers<Int, Int>(limit: 8)
    var worked = 0
    func ask(_ question: Int) {
      #expect(
        known.answer(to: question) {
          worked += 1
          return question * 2
        } == question * 2)
    }
    for once in 1...100 {
      ask(0)
      ask(once)
    }
    #expect(worked == 101, "the shared answer is worked out once")
    ask(1)
    #expect(worked == 102, "one that nobody asked for again is gone")
  }

  @Test("A client gets the same bytes from rules that answered many others as from fresh ones")
  func sharedByClients() throws {
    let warm = try Sample.adviser()
    var clients: [Facts] = []
    for number in 0..<60 {
      var facts = Sample.ana()
      facts.profile.birthDate = Sample.date.adding(months: -12 * (17 + number) - number % 5)
      facts.profile.employment = EmploymentStatus.allCases[number % EmploymentStatus.allCases.count]
      facts.profile.clientSince = Sample.date.adding(months: -(number * 7 % 140))
      facts.risk.riskClass = number % 8 == 0 ? nil : number % 8
      facts.positions =
        number % 3 == 0
        ? []
        : [
          Position(
            instrument: "NORDSTEEL", quantity: Decimal128(number * 90), price: 60,
            currency: facts.homeCurrency, beta: 1, pricedOn: Sample.date.adding(days: -1))
        ]
      clients.append(facts)
    }
    let goals = try AdviserTests.goals.map { try Sample.goal($0) }
    for facts in clients {
      for goal in goals { _ = warm.consult(facts, for: goal, on: Sample.date) }
    }
    for facts in clients.enumerated().filter({ $0.offset % 10 == 3 }).map(\.element) {
      let fresh = try Sample.adviser()
      for goal in goals {
        let known = Outcome(warm.consult(facts, for: goal, on: Sample.date))
        #expect(known.bytes == Outcome(fresh.consult(facts, for: goal, on: Sample.date)).bytes)
      }
    }
  }
}
