import FEEL
package import Quantities

/// The risk that a client declares, and beside it the risk that they are seen to take.
package struct RiskPicture: Sendable, Hashable {
  /// The class that the answers or the records declare, 1 to 7.
  package let declared: Int?
  /// The sum of the points of the answers, where all are there.
  package let points: Int?
  /// The declared knowledge of investments.
  package let knowledge: Knowledge?
  /// The class that accounts, holdings and positions show, 1 to 7; nil where they show nothing.
  package let observed: Int?
  /// The share of the client's money that is invested, 0 to 1.
  package let investedShare: Decimal128?
  /// The share of the largest position in the portfolio, 0 to 1.
  package let largestShare: Decimal128?
  /// How the observed class stands to the declared one; nil where one is not known.
  package let comparison: Comparison?

  /// How the observed class stands to the declared one.
  package enum Comparison: String, Sendable, CaseIterable {
    case lower, same, higher
  }
}

extension Adviser {
  /// The declared and the observed risk profile of a client on a day.
  package func riskPicture(of facts: Facts, on date: CalendarDate) -> RiskPicture {
    let current = rules.current(facts)
    let client = ClientInputs(current, on: date, rates: catalogue.exchangeRates)
    var points: Int?
    if let form = rules.scoredForms.first(where: { $0.score == .riskClass }),
      case .points(let sum) = rules.forms.score(form, current.answers)
    {
      points = sum
    }
    let share = client.investedShare
    var observed: Int?
    if let profile = rules.profile {
      let now = DateTime(date: date, time: .midnightUTC)
      let asked = PreparedDecision(
        profile, "observed risk class", ClientValues(client), now: now)
      asked["invested share"] = share.map { .number($0) } ?? .null
      observed = asked.value().number?.integerValue
    }
    let declared = current.risk.riskClass
    var comparison: RiskPicture.Comparison?
    if let declared, let observed {
      comparison = observed < declared ? .lower : observed == declared ? .same : .higher
    }
    return RiskPicture(
      declared: declared, points: points, knowledge: current.risk.knowledge, observed: observed,
      investedShare: share, largestShare: client.largestShare, comparison: comparison)
  }
}

extension ClientInputs {
  /// The share of the client's money that is invested: the portfolio against itself and the
  /// average balance; nil where neither is known.
  fileprivate var investedShare: Decimal128? {
    guard portfolioValue != nil || averageBalance != nil else { return nil }
    let invested = max(0, portfolioValue ?? 0)
    let all = invested + max(0, averageBalance ?? 0)
    guard all > 0 else { return nil }
    return (invested / all).rounded(scale: 4, .halfEven)
  }
}
