import Advice
import CRM
import HTTPTypes
import Hummingbird
import Quantities
import Vault

/// The first page of each role, and a claim's page.
struct HomePages: Sendable {
  let desk: AdviceDesk
  let offering: BrokerOffering
  let writer: PageWriter

  func mount(on table: RouteTable) {
    let pages = self
    table.mount(Self.home, as: VisitorContext.self) { call in
      switch call.context.session?.principal {
      case nil: .page(pages.writer.html(SignInPage(login: "", fault: nil, next: nil)))
      case .client(let principal): .page(try await pages.client(principal))
      case .policyholder(let principal): .page(try await pages.policyholder(principal))
      case .broker(let principal): .page(try await pages.broker(principal, call.query["after"]))
      case .staff: .seeOther("/rules")
      }
    }
    table.mount(Self.claim, as: InsuredContext.self) { call in
      guard let id = ClaimID(call.parameter("id")) else { throw Refusal.notFound }
      let file = try await pages.desk.book.claim(id, of: call.context.principal)
      let shell: Shell =
        switch call.context.principal {
        case .client: .client("Claim")
        case .policyholder: .policyholder("Claim")
        }
      return .page(pages.writer.html(ClaimPage(file, shell: shell)))
    }
  }

  private static let home = Route(
    .get, "/", "The overview", query: [.init("after", .text("Where a page of clients begins."))])
  private static let claim = Route(.get, "/claims/{id}", "A claim")

  /// Offers on the overview.
  private static let offerCount = 3

  private func client(_ principal: ClientPrincipal) async throws -> String {
    let book = desk.book
    let day = book.today
    let (profile, facts, holdings, decision, policies, claims) = try await book.read { tx in
      let access = tx.authorize(principal)
      let file = tx.authorizePolicies(principal)
      return (
        try tx.profile(of: access), try tx.facts(access), try tx.holdings(access),
        try tx.decisions(access, limit: 1).first, try tx.policies(file), try tx.claims(file)
      )
    }
    let offers = try offers(decision, facts.facts, on: day)
    let position = Holdings(
      holdings, home: facts.facts.homeCurrency, rates: desk.adviser.catalogue.exchangeRates,
      on: day)
    let identity = profile.identity.expose()
    return writer.html(
      HomePage(
        shell: .client("Overview", at: "/"),
        greeting: PageWords.say(
          "Good to see you, {}", identity.givenName ?? identity.familyName),
        asOf: Wording.date(day), hasPosition: true, owned: position.owned, owed: position.owed,
        net: position.net, holdings: position.lines, shortcuts: Self.shortcuts(advice: true),
        policies: policies.map(HomePage.Policy.init), hasPolicies: !policies.isEmpty,
        claims: claims.map(HomePage.ClaimLine.init), hasClaims: !claims.isEmpty,
        offers: offers, hasOffers: !offers.isEmpty, givesAdvice: true))
  }

  /// The offers of the newest decision; without one, what the facts suggest today.
  private func offers(
    _ decision: StoredDecision?, _ facts: Facts, on day: CalendarDate
  ) throws -> [OfferLine] {
    let outcome: [UInt8]
    if let decision {
      outcome = decision.outcome
    } else {
      var goal = Goal(kind: .any)
      goal.limit = Self.offerCount
      goal.locale = PageLanguage.current.rawValue
      outcome =
        Outcome(
          desk.adviser.consult(
            facts, for: goal, on: day, arbitration: desk.book.latestArbitration)
        ).bytes
    }
    return Array(try OutcomeView(outcome).offers.prefix(Self.offerCount))
  }

  private func policyholder(_ principal: PolicyholderPrincipal) async throws -> String {
    let book = desk.book
    let (policies, claims) = try await book.read { tx in
      let file = tx.authorize(principal)
      return (try tx.policies(file), try tx.claims(file))
    }
    return writer.html(
      HomePage(
        shell: .policyholder("Policies and claims", at: "/"),
        greeting: PageWords.say("Policies and claims"),
        asOf: Wording.date(book.today), hasPosition: false, owned: "", owed: "", net: "",
        holdings: [], shortcuts: Self.shortcuts(advice: false),
        policies: policies.map(HomePage.Policy.init), hasPolicies: !policies.isEmpty,
        claims: claims.map(HomePage.ClaimLine.init), hasClaims: !claims.isEmpty, offers: [],
        hasOffers: false, givesAdvice: false))
  }

  private func broker(_ principal: BrokerPrincipal, _ after: String?) async throws -> String {
    let page = try await offering.page(
      for: principal, after: after, limit: 10, locale: PageLanguage.current.rawValue)
    let persons = page.items.map { item in
      BrokerPage.Person(
        name: item.name.expose(), about: "Mandate in force",
        offers: item.offers.map(OutcomeView.offer), hasOffers: !item.offers.isEmpty)
    }
    return writer.html(
      BrokerPage(
        shell: .broker("Your clients", at: "/"), asOf: Wording.date(page.date), persons: persons,
        hasPersons: !persons.isEmpty, more: page.next.map { "/?after=\($0)" }))
  }

  private static func shortcuts(advice: Bool) -> [HomePage.Shortcut] {
    let calculators: [HomePage.Shortcut] = [
      .init(path: "/calculators/loan", label: "Loan calculator", about: "What a loan comes to"),
      .init(
        path: "/calculators/deposit", label: "Deposit calculator", about: "What money earns"),
      .init(
        path: "/calculators/insurance", label: "Insurance calculator",
        about: "A premium, factor by factor"),
      .init(path: "/calculators/hedge", label: "Hedge calculator", about: "A floor and its cost"),
      .init(path: "/calculators/compare", label: "Loans side by side", about: "The cheapest first"),
    ]
    guard advice else { return calculators }
    return [
      .init(path: "/advice", label: "Ask for advice", about: "Every product, with reasons"),
      .init(
        path: "/questionnaires", label: "Questionnaires",
        about: "The more we know, the better the advice"),
    ] + calculators
  }
}

/// What a client has, in lines and sums.
private struct Holdings {
  let lines: [HomePage.Holding]
  let owned: String
  let owed: String
  let net: String

  /// Sums in the home currency; what has no rate today stands in the lines but in no sum.
  init(
    _ holdings: [Holding], home: Currency, rates: ExchangeRates, on day: CalendarDate
  ) {
    var lines: [HomePage.Holding] = []
    var (owned, owed) = (Decimal128.zero, Decimal128.zero)
    for holding in holdings where holding.kind != .policy {
      if let closed = holding.closed, closed < day { continue }
      guard let value = holding.value else { continue }
      let isDebt = holding.kind == .loan || holding.kind == .card
      let converted = rates.convert(value, to: home, on: day)?.amount ?? 0
      if isDebt { owed += converted } else { owned += converted }
      lines.append(
        .init(
          name: holding.details.title, kind: Wording.words(holding.kind.rawValue),
          amount: Wording.money(isDebt ? -value.amount : value.amount, value.currency)))
    }
    self.lines = lines
    self.owned = Wording.money(owned, home)
    self.owed = Wording.money(owed, home)
    net = Wording.money(owned - owed, home)
  }
}

extension Holding {
  /// What it is worth, or what is owed on it; nil where nobody says.
  fileprivate var value: Money? {
    if let position = details.position {
      return Money(position.price * position.quantity, position.currency)
    }
    guard let balance = details.balance, let currency else { return nil }
    return Money(balance, currency)
  }
}

extension HomePage.Policy {
  fileprivate init(_ holding: Holding) {
    name = holding.details.title
    number = holding.details.number ?? "–"
    until = holding.closed.map { Wording.date($0) } ?? "further notice"
    let yearly = holding.details.instalment.map { $0 * 12 }
    premium = yearly.flatMap { yearly in holding.currency.map { Wording.money(yearly, $0) } } ?? "–"
  }
}

extension HomePage.ClaimLine {
  fileprivate init(_ claim: Claim) {
    path = "/claims/\(claim.id.text)"
    title = claim.details.event
    state = claim.status.label
    next = claim.status.nextStep
    due = claim.due.map { Wording.date($0) }
  }
}

extension ClaimPage {
  fileprivate init(_ file: ClaimFile, shell: Shell) {
    let claim = file.claim
    let details = claim.details
    self.shell = shell
    title = details.event
    state = claim.status.label
    let money = { (amount: Decimal128?) in
      amount.map { Wording.money($0, details.currency) } ?? "–"
    }
    facts = [
      .init(label: "Number", value: details.number),
      .init(label: "Happened", value: Wording.date(details.occurred)),
      .init(label: "Claimed", value: money(details.asked)),
      .init(label: "Approved", value: money(details.approved)),
      .init(label: "Paid", value: money(details.paid)),
    ]
    var steps = file.steps.map { step in
      Step(
        label: step.status.label, at: Wording.instant(step.at),
        about: step.note.isEmpty ? nil : step.note, isNext: false)
    }
    if claim.status.awaits != nil {
      steps.append(
        Step(
          label: claim.status.nextStep,
          at: claim.due.map { "by \(Wording.date($0))" } ?? "as soon as we can", about: nil,
          isNext: true))
    }
    self.steps = steps
  }
}
