import Advice
import Quantities

/// A demo client: all that the book is to know of them.
struct DemoClient: Sendable {
  /// The key under which the client is known to be the same one.
  let key: String
  var identity: Identity
  var facts: Facts
  /// Answers by question id, put to the forms that ask them.
  var answers: [String: String] = [:]
  var entries: [SourceEntry] = []
  var holdings: [SourceHolding] = []
  var signIn: DemoSignIn?
  /// Whether the broker has a mandate.
  var hasBroker = false
  var claims: [DemoClaim] = []

  init(key: String, identity: Identity, currency: Currency, kind: CustomerKind = .person) {
    self.key = key
    self.identity = identity
    facts = Facts(homeCurrency: currency)
    facts.profile = Profile(customerKind: kind)
  }

  /// The client as a change of an outside system.
  var change: ClientChange {
    var change = ClientChange(
      sourceKey: key, client: NewClient(identity: identity, facts: facts))
    change.entries = entries
    change.holdings = holdings
    return change
  }

  /// Declares an attitude to risk, in the facts and as answers.
  mutating func declare(
    risk: Int, _ knowledge: Knowledge, _ capacity: CapacityForLoss, months: Int,
    _ objectives: Set<Objective>
  ) {
    facts.risk.riskClass = risk
    facts.risk.knowledge = knowledge
    facts.risk.capacityForLoss = capacity
    facts.risk.horizonMonths = months
    facts.risk.objectives = objectives
    answers["risk-class"] = String(risk)
    answers["knowledge"] = knowledge.rawValue
    answers["capacity-for-loss"] = capacity.rawValue
    answers["horizon-months"] = String(months)
  }

  /// Adds an account, contract or policy.
  mutating func hold(
    _ kind: HoldingKind, _ product: ProductKind, in currency: Currency? = nil,
    _ title: String, number: String, since: CalendarDate,
    until: CalendarDate? = nil, _ fill: (inout HoldingDetails) -> Void = { _ in }
  ) {
    var details = HoldingDetails(title: title)
    details.number = number
    details.productKind = product
    fill(&details)
    holdings.append(
      SourceHolding(
        key: number,
        holding: NewHolding(
          kind: kind, currency: currency ?? facts.homeCurrency, opened: since, closed: until,
          details: details)))
  }

  /// Adds a position of a portfolio.
  mutating func hold(_ position: Position, _ title: String, since: CalendarDate) {
    var details = HoldingDetails(title: title)
    details.position = position
    holdings.append(
      SourceHolding(
        key: "position \(position.instrument)",
        holding: NewHolding(
          kind: .position, currency: position.currency, opened: since, details: details)))
  }

  /// Adds something other than a movement to the history.
  mutating func add(
    _ kind: EntryKind, _ channel: Channel, on day: CalendarDate, hour: Int64 = 11, _ text: String,
    outcome: String? = nil
  ) {
    var details = EntryDetails()
    details.text = text
    details.outcome = outcome
    entries.append(
      SourceEntry(
        key: "\(kind.rawValue) \(entries.count)",
        at: Instant(startOf: day).adding(seconds: hour * 3_600), kind: kind, channel: channel,
        details: details))
  }
}

/// A login of the demo data, whose password everybody knows.
package struct DemoSignIn: Sendable, Hashable {
  package let login: String
  package let password: String
  package let role: Role
  /// Who it is, in a few words.
  package let about: String

  init(_ name: String, _ role: Role, _ about: String) {
    login = "\(name)@demo.example"
    password = "demo-password-\(name)"
    self.role = role
    self.about = about
  }
}

/// A claim of the demo data with the steps that it went through.
struct DemoClaim: Sendable {
  /// One step after the report.
  struct Step: Sendable {
    let day: CalendarDate
    let status: ClaimStatus
    let actor: ClaimActor
    let note: String
    var due: CalendarDate?
    var approved: Decimal128?
    var paid: Decimal128?
  }

  /// The number of the policy it is made under.
  let policy: String
  var details: ClaimDetails
  let reported: CalendarDate
  let note: String
  var due: CalendarDate?
  var steps: [Step] = []
}
