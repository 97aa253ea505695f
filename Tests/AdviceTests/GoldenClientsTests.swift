import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice

/// Golden clients: well-known people whose first offers are written down beside the tests.
///
/// `STEWARD_RECORD=1` writes the file anew; whoever does so reads the difference.
@Suite("Golden clients get the expected first offers")
struct GoldenClientsTests {
  static let file = "Tests/AdviceTests/Golden/first-offers.json"

  /// The clients, by name.
  static func clients() -> [(name: String, facts: Facts)] {
    let ana = Sample.ana()
    var poor = ana
    poor.history = HistorySummary()
    for month in 0..<8 {
      let start = Sample.date.adding(months: -8 + month)
      poor.history.record(
        HistoryEvent(date: start, kind: .salary, amount: 500, balance: 120))
    }
    var pensioner = ana
    pensioner.profile.birthDate = CalendarDate(year: 1950, month: 6, day: 1)
    pensioner.profile.employment = .retired
    var minor = ana
    minor.profile.birthDate = CalendarDate(year: 2012, month: 6, day: 1)
    minor.profile.employment = .student
    var investor = ana
    investor.risk.riskClass = 7
    investor.risk.knowledge = .advanced
    investor.risk.capacityForLoss = .full
    investor.positions = [
      Position(
        instrument: "NORDSTEEL", quantity: 4_000, price: 60, currency: ana.homeCurrency, beta: 1,
        pricedOn: Sample.date.adding(days: -1))
    ]
    var business = Facts(homeCurrency: ana.homeCurrency)
    business.profile.customerKind = .business
    business.profile.residency = "RO"
    business.profile.clientSince = CalendarDate(year: 2015, month: 1, day: 1)
    business.profile.yearlyTurnover = 2_000_000
    business.history = ana.history
    return [
      ("ana", ana), ("business", business), ("investor", investor), ("minor", minor),
      ("pensioner", pensioner), ("poor", poor),
    ]
  }

  @Test("The first three offers are as written down")
  func firstOffers() throws {
    let adviser = try Sample.adviser()
    var found: [String: JSONValue] = [:]
    for (name, facts) in Self.clients() {
      for json in AdviserTests.goals {
        let goal = try Sample.goal(json)
        let offers = adviser.consult(facts, for: goal, on: Sample.date).offers.prefix(3)
        let purpose = goal.purpose.map { " \($0.rawValue)" } ?? ""
        found["\(name): \(goal.kind.rawValue)\(purpose)"] = .array(
          offers.map { .string(adviser.products[$0.place].id.description) })
      }
    }
    let url = ProjectFolder.root.appending(path: Self.file)
    let bytes = JSONValue.object(found).canonicalBytes
    if ProcessInfo.processInfo.environment["STEWARD_RECORD"] != nil {
      try Data(bytes + [0x0A]).write(to: url)
    }
    let written = try JSONNode.parse(Array(try Data(contentsOf: url)), limits: .file)
    #expect(JSONValue(written) == .object(found))
  }
}
