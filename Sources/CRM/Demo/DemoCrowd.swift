import Advice
import Quantities

/// A random client of the demo data: the same number under the same seed is always the same one.
struct DemoCrowd: Sendable {
  private let day: CalendarDate
  private let number: Int
  private let place: DemoPlace
  private let isBusiness: Bool
  private var random: DemoRandom
  private var client: DemoClient

  /// The client of a number, from 0, on a day.
  static func client(_ number: Int, seed: UInt64, on day: CalendarDate) -> DemoClient {
    var crowd = DemoCrowd(number, seed, day)
    crowd.fillProfile()
    crowd.fillAnswers()
    crowd.fillMoney()
    crowd.fillPolicies()
    return crowd.client
  }

  private init(_ number: Int, _ seed: UInt64, _ day: CalendarDate) {
    var random = DemoRandom(seed: seed, stream: number)
    let lot = random.int(1...100)
    let place: DemoPlace =
      lot <= 40 ? .moldova : lot <= 65 ? .romania : lot <= 85 ? .germany : .australia
    isBusiness = random.happens(12)
    self.day = day
    self.number = number
    self.place = place
    let family = random.one(of: place.familyNames, else: "Client")
    let given = random.one(of: place.givenNames, else: "Demo")
    var identity =
      isBusiness
      ? Identity(familyName: "\(family) & Co. \(number)")
      : Identity(givenName: given, familyName: family)
    let padded = String(String(1_000_000 + number).dropFirst())
    identity.email = "client-\(number)@demo.example"
    identity.phone = "\(place.dialling)\(padded)"
    identity.document = IdentityDocument(
      country: place.country, kind: isBusiness ? "registration" : "id-card",
      number: "DEMO\(padded)")
    let town = random.one(of: place.towns, else: ("Town", "0000"))
    let street = random.one(of: place.streets, else: "Street")
    identity.address = PostalAddress(
      lines: ["\(street) \(random.int(1...180))"], postalCode: town.code, town: town.name,
      country: place.country)
    client = DemoClient(
      key: "demo client \(number)", identity: identity, currency: place.money,
      kind: isBusiness ? .business : .person)
    client.hasBroker = random.happens(35)
    self.random = random
  }

  private mutating func fillProfile() {
    var profile = client.facts.profile
    profile.residency = place.country
    profile.clientSince = day.adding(months: -random.int(15...180))
    if isBusiness {
      profile.segments = [random.happens(50) ? "sme" : "micro-business"]
      profile.yearlyTurnover = Decimal128(hundredths: place.local(random.int(60...4_000) * 100_000))
    } else {
      let age = random.int(19...78)
      profile.birthDate = day.adding(months: -age * 12).adding(days: -random.int(1...360))
      profile.employment = employment(at: age)
      profile.dependants = random.happens(45) ? random.int(1...3) : 0
      if random.happens(6) { profile.segments = ["affluent"] }
    }
    client.facts.profile = profile
  }

  private mutating func employment(at age: Int) -> EmploymentStatus {
    if age >= 65 { return .retired }
    if age <= 23, random.happens(60) { return .student }
    let lot = random.int(1...100)
    return lot <= 60
      ? .employed
      : lot <= 75
        ? .selfEmployed
        : lot <= 87
          ? .civilServant
          : lot <= 95 ? .fixedTerm : .unemployed
  }

  /// Some answer everything, some a part, some nothing: then products stay undecided.
  private mutating func fillAnswers() {
    if random.happens(60) {
      let risk = random.int(1...7)
      let knowledge = random.one(
        of: [Knowledge.nothing, .basic, .informed, .advanced], else: .basic)
      let capacity = random.one(of: [CapacityForLoss.nothing, .limited, .full], else: .limited)
      client.declare(
        risk: risk, knowledge, capacity, months: random.int(1...15) * 12,
        risk >= 4 ? [.growth, .hedging] : [.preservation, .liquidity])
    }
    guard !isBusiness, random.happens(80) else { return }
    let ownsHome = random.happens(55)
    let ownsVehicle = random.happens(60)
    client.answers["owns-home"] = ownsHome ? "true" : "false"
    client.answers["owns-vehicle"] = ownsVehicle ? "true" : "false"
    client.answers["travels-abroad"] = random.happens(50) ? "true" : "false"
    if ownsHome {
      client.answers["home-value"] = String(place.local(random.int(40...320) * 1_000))
      client.answers["home-construction"] = random.one(of: ["brick", "concrete"], else: "brick")
      client.answers["flood-zone"] = random.one(of: ["low", "medium", "high"], else: "low")
      client.answers["home-security"] = random.one(of: ["none", "lock", "alarm"], else: "lock")
    }
    if ownsVehicle {
      client.answers["vehicle-value"] = String(place.local(random.int(3...38) * 1_000))
      client.answers["claims-free-years"] = String(random.int(0...12))
      client.answers["vehicle-age"] = String(random.int(0...14))
      client.answers["vehicle-use"] = random.one(of: ["private", "commuting"], else: "private")
      client.answers["bonus-class"] = random.one(of: ["N", "B2", "B5", "B8", "M1"], else: "N")
    }
    client.answers["area"] = random.one(of: ["capital", "city", "town", "rural"], else: "town")
    fillDetails()
  }

  /// What premiums depend on, as far as the client has said it.
  private mutating func fillDetails() {
    let details: [(question: String, answers: [String])] = [
      ("smoker", ["no", "no", "no", "yes"]), ("sports", ["none", "leisure", "winter"]),
      ("occupation-risk", ["office", "light", "manual"]),
      ("chronic-conditions", ["none", "none", "one"]),
      ("household", ["single", "couple", "family"]),
      ("travel-zone", ["home-country", "europe", "world"]),
    ]
    for detail in details where random.happens(70) {
      client.answers[detail.question] = random.one(of: detail.answers, else: "none")
    }
  }

  private mutating func fillMoney() {
    let income =
      isBusiness ? place.local(random.int(40...900) * 10_000) : place.local(monthlyIncome())
    var budget = DemoBudget()
    budget.regular.append(incomeLine(income))
    budget.regular.append(
      .init(
        kind: .household, amount: income * random.int(15...34) / 100, spread: 10, day: 6,
        counterparty: "Rent and utilities", text: "Rent and utilities"))
    budget.cardAmount = income * random.int(18...38) / 100
    budget.cardPayments = random.int(5...14)
    budget.shops = place.shops
    budget.cashAmount = income / 20 / 1_000 * 1_000
    if random.happens(35) {
      budget.regular.append(
        .init(
          kind: .insurancePremium, amount: place.local(random.int(12...60) * 100), day: 15,
          counterparty: "Another insurer", text: "Premium"))
    }
    borrow(income, into: &budget)
    if random.happens(8) {
      budget.single.append(
        .init(
          monthsAgo: random.int(2...9), day: 20, kind: .penaltyInterest,
          amount: place.local(random.int(4...30) * 100), counterparty: "Steward Bank",
          text: "Penalty interest"))
    }
    budget.closing = income * random.int(5...900) / 100
    var statement = DemoStatement(budget, before: day, random: &random)
    statement.raise(to: 0)
    client.entries = statement.entries(in: place.money)
    let opened = client.facts.profile.clientSince ?? day
    client.hold(
      .account, .currentAccount, "Current account", number: "\(place.country)-ACC-\(number)",
      since: opened
    ) { $0.balance = Decimal128(hundredths: statement.closing) }
    if random.happens(30) {
      let amount = place.local(random.int(10...300) * 10_000)
      client.hold(
        .deposit, .termDeposit, "Term deposit", number: "\(place.country)-DEP-\(number)",
        since: day.adding(months: -random.int(1...9)), until: day.adding(months: random.int(1...20))
      ) { $0.balance = Decimal128(hundredths: amount) }
    }
  }

  private mutating func monthlyIncome() -> Int {
    switch client.facts.profile.employment {
    case .student, .unemployed: random.int(18...50) * 1_000
    case .retired: random.int(35...140) * 1_000
    default: random.int(70...520) * 1_000
    }
  }

  private mutating func incomeLine(_ amount: Int) -> DemoBudget.Regular {
    let employer = random.one(of: place.employers, else: "Employer")
    let day = random.int(1...27)
    if isBusiness {
      return .init(
        kind: .transferIn, amount: amount, spread: 30, day: day, counterparty: "Customers",
        text: "Invoices")
    }
    switch client.facts.profile.employment {
    case .retired:
      return .init(
        kind: .pension, amount: amount, day: day, counterparty: "Pension fund", text: "Pension")
    case .selfEmployed:
      return .init(
        kind: .transferIn, amount: amount, spread: 25, day: day, counterparty: "Customers",
        text: "Fees")
    case .student, .unemployed:
      return .init(
        kind: .transferIn, amount: amount, spread: 10, day: day, counterparty: "Support",
        text: "Support")
    default:
      return .init(
        kind: .salary, amount: amount, spread: 3, day: day, counterparty: employer, text: "Salary")
    }
  }

  /// A loan and a card, for some.
  private mutating func borrow(_ income: Int, into budget: inout DemoBudget) {
    if random.happens(32) {
      let instalment = income * random.int(6...24) / 100
      let since = day.adding(months: -random.int(4...40))
      let owed = instalment * random.int(6...60)
      budget.regular.append(
        .init(
          kind: .instalment, amount: instalment, day: 10, counterparty: "Steward Bank",
          text: "Instalment"))
      client.hold(
        .loan, isBusiness ? .businessLoan : .personalLoan,
        isBusiness ? "Business loan" : "Personal loan", number: "\(place.country)-LOAN-\(number)",
        since: since, until: day.adding(months: random.int(6...60))
      ) { details in
        details.balance = Decimal128(hundredths: owed)
        details.instalment = Decimal128(hundredths: instalment)
      }
    }
    if random.happens(25) {
      let limit = income * 2 / 10_000 * 10_000
      client.hold(
        .card, .creditCard, "Credit card", number: "\(place.country)-CARD-\(number)",
        since: day.adding(months: -random.int(3...70))
      ) { details in
        details.balance = Decimal128(hundredths: limit / 5)
        details.limit = Decimal128(hundredths: limit)
      }
    }
  }

  private mutating func fillPolicies() {
    guard !isBusiness else { return }
    let kinds: [(question: String, kind: ProductKind, title: String, premium: Int)] = [
      ("owns-vehicle", .motor, "Motor insurance", 3_400),
      ("owns-home", .property, "Home insurance", 1_900),
    ]
    for item in kinds where client.answers[item.question] == "true" && random.happens(40) {
      let premium = place.local(random.around(item.premium, percent: 40))
      client.hold(
        .policy, item.kind, item.title,
        number: "\(place.country)-\(item.kind.rawValue.uppercased())-\(number)",
        since: day.adding(months: -random.int(2...30)),
        until: day.adding(months: random.int(1...11))
      ) { details in
        details.instalment = Decimal128(hundredths: premium)
        details.isPaid = true
      }
    }
    guard (client.facts.risk.riskClass ?? 0) >= 4, random.happens(45) else { return }
    let since = day.adding(months: -random.int(3...50))
    for (instrument, title) in [
      ("ESTX50-FUND", "Euro area index fund"), ("NORDSTEEL", "Nordsteel"),
    ]
    where random.happens(70) {
      client.hold(
        Position(
          instrument: instrument, quantity: Decimal128(random.int(5...900)),
          price: Decimal128(hundredths: random.int(3_000...6_000)), currency: .demoEuro,
          beta: Decimal128(hundredths: random.int(70...130)), pricedOn: day.adding(days: -1)),
        title, since: since)
    }
  }
}
