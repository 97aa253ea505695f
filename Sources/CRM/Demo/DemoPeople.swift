import Advice
import Quantities

/// The clients of the demo data who have a name and a login.
enum DemoPeople {
  static let ana = DemoSignIn("ana", .client, "client, employed, owns a home and a car")
  static let igor = DemoSignIn("igor", .client, "client and investor, most of it in one share")
  static let maria = DemoSignIn("maria", .policyholder, "policyholder with claims")
  static let nord = DemoSignIn("nord", .client, "business client")
  static let victor = DemoSignIn("victor", .broker, "broker of Ana, Igor and others")
  static let elena = DemoSignIn("elena", .staff, "one of the staff, writes rules")
  static let radu = DemoSignIn("radu", .staff, "one of the staff, approves Elena's rules")

  /// All of them on a day.
  static func all(on day: CalendarDate, seed: UInt64) -> [DemoClient] {
    [ana(on: day, seed), igor(on: day, seed), maria(on: day), nord(on: day, seed)]
  }

  /// Employed, with a regular surplus, a home, a car and no insurance with the institution.
  private static func ana(on day: CalendarDate, _ seed: UInt64) -> DemoClient {
    var identity = Identity(givenName: "Ana", familyName: "Munteanu")
    identity.email = ana.login
    identity.phone = "+37369100001"
    identity.document = IdentityDocument(country: "MD", kind: "id-card", number: "2003001000011")
    identity.address = PostalAddress(
      lines: ["Strada Mihai Eminescu 14, ap. 6"], postalCode: "MD-2009", town: "Chișinău",
      country: "MD")
    var client = DemoClient(key: "demo ana", identity: identity, currency: .demoEuro)
    client.signIn = ana
    client.hasBroker = true
    var profile = client.facts.profile
    profile.birthDate = day.adding(months: -34 * 12).adding(days: -100)
    profile.residency = "MD"
    profile.employment = .employed
    profile.dependants = 1
    profile.clientSince = day.adding(months: -74)
    client.facts.profile = profile
    client.declare(risk: 4, .informed, .limited, months: 60, [.growth, .preservation, .protection])
    client.answers.merge([
      "owns-home": "true", "owns-vehicle": "true", "travels-abroad": "true",
      "home-value": "92000", "vehicle-value": "11500", "claims-free-years": "6",
      "monthly-income": "2200", "employment": "employed", "dependants": "1",
      "vehicle-age": "4", "vehicle-use": "commuting", "vehicle-security": "alarm",
      "engine-power-kw": "81", "bonus-class": "B6", "area": "capital",
      "home-construction": "brick", "home-security": "lock", "flood-zone": "low",
      "home-age": "18", "floor": "3", "dog": "no", "smoker": "no", "chronic-conditions": "none",
      "sports": "leisure", "occupation-risk": "office", "household": "family",
      "travel-zone": "europe",
    ]) { declared, _ in declared }
    let number = "MD24NG000000022510013104"
    client.hold(
      .account, .currentAccount, "Everyday account", number: number,
      since: day.adding(months: -74)
    ) { $0.balance = 9_000 }
    var random = DemoRandom(seed: seed, stream: -1)
    let statement = DemoStatement(anasBudget, before: day, random: &random)
    client.entries = statement.entries(in: .demoEuro)
    client.add(
      .visit, .branch, on: day.adding(days: -203), "Asked about financing a kitchen.",
      outcome: "Paid from savings.")
    client.add(
      .campaign, .email, on: day.adding(days: -61), "Home insurance for owners.",
      outcome: "Opened.")
    client.add(
      .call, .phone, on: day.adding(days: -19), hour: 15, "Asked what a loan for a car costs.",
      outcome: "Told of the calculator.")
    return client
  }

  private static let anasBudget: DemoBudget = {
    var budget = DemoBudget()
    budget.regular = [
      .init(
        kind: .salary, amount: 220_000, day: 5, counterparty: "Vinăria Nord SRL", text: "Salary"),
      .init(
        kind: .household, amount: 31_000, spread: 12, day: 8, counterparty: "Premier Energy",
        text: "Electricity, heating, water"),
      .init(
        kind: .household, amount: 3_800, day: 12, counterparty: "Moldtelecom",
        text: "Telephone and internet"),
      .init(
        kind: .insurancePremium, amount: 2_400, day: 15, counterparty: "Another insurer",
        text: "Motor liability"),
      .init(
        kind: .transferOut, amount: 30_000, day: 18, counterparty: "Galina Munteanu",
        text: "For mother"),
    ]
    budget.single = [
      .init(
        monthsAgo: 11, day: 21, kind: .transferOut, amount: 350_000,
        counterparty: "Mobila Design SRL", text: "Kitchen")
    ]
    budget.cardAmount = 64_000
    budget.cardPayments = 16
    budget.shops = ["Linella", "Kaufland", "Farmacia Familiei", "Librarius", "Rompetrol"]
    budget.cashAmount = 15_000
    budget.closing = 900_000
    return budget
  }()

  /// Earns well and holds nine tenths of a portfolio in one share.
  private static func igor(on day: CalendarDate, _ seed: UInt64) -> DemoClient {
    var identity = Identity(givenName: "Igor", familyName: "Ceban")
    identity.email = igor.login
    identity.phone = "+37369100002"
    identity.document = IdentityDocument(country: "MD", kind: "passport", number: "AB1020304")
    identity.address = PostalAddress(
      lines: ["Bulevardul Dacia 31"], postalCode: "MD-2060", town: "Chișinău", country: "MD")
    var client = DemoClient(key: "demo igor", identity: identity, currency: .demoEuro)
    client.signIn = igor
    client.hasBroker = true
    var profile = client.facts.profile
    profile.birthDate = day.adding(months: -46 * 12).adding(days: -40)
    profile.residency = "MD"
    profile.employment = .selfEmployed
    profile.dependants = 2
    profile.clientSince = day.adding(months: -131)
    profile.segments = ["affluent"]
    client.facts.profile = profile
    client.declare(risk: 6, .advanced, .full, months: 84, [.growth, .hedging, .income])
    client.answers.merge([
      "owns-home": "true", "owns-vehicle": "false", "travels-abroad": "true",
      "home-value": "210000", "monthly-income": "5200", "employment": "selfEmployed",
      "dependants": "2", "home-construction": "concrete", "home-security": "alarm",
      "flood-zone": "low", "home-age": "9", "area": "capital", "smoker": "no",
      "chronic-conditions": "none", "sports": "winter", "occupation-risk": "office",
      "household": "family", "travel-zone": "world", "portfolio-value": "0",
    ]) { declared, _ in declared }
    client.hold(
      .account, .currentAccount, "Private account", number: "MD24NG000000022510020027",
      since: day.adding(months: -131)
    ) { $0.balance = 31_400 }
    let price = day.adding(days: -1)
    client.hold(
      Position(
        instrument: "NORDSTEEL", quantity: 2_400, price: Decimal128(hundredths: 42_50),
        currency: .demoEuro, beta: Decimal128(hundredths: 118), pricedOn: price),
      "Nordsteel shares", since: day.adding(months: -88))
    client.hold(
      Position(
        instrument: "ESTX50-FUND", quantity: 180, price: Decimal128(hundredths: 51_30),
        currency: .demoEuro, beta: 1, pricedOn: price),
      "Euro area index fund", since: day.adding(months: -40))
    var random = DemoRandom(seed: seed, stream: -2)
    client.entries = DemoStatement(igorsBudget, before: day, random: &random)
      .entries(in: .demoEuro)
    client.add(
      .message, .app, on: day.adding(days: -33), "Asked how to protect the shares from a fall.",
      outcome: "Handed to the broker.")
    client.add(
      .contact, .broker, on: day.adding(days: -27), hour: 10, "Talked about puts and collars.")
    return client
  }

  private static let igorsBudget: DemoBudget = {
    var budget = DemoBudget()
    budget.regular = [
      .init(
        kind: .transferIn, amount: 520_000, spread: 6, day: 3, counterparty: "Ceban Consulting SRL",
        text: "Fee"),
      .init(
        kind: .interestCredit, amount: 4_100, spread: 20, day: 28, counterparty: "Steward Bank",
        text: "Interest"),
      .init(
        kind: .household, amount: 54_000, spread: 15, day: 9, counterparty: "Premier Energy",
        text: "Electricity, heating, water"),
      .init(
        kind: .household, amount: 62_000, day: 2, counterparty: "Liceul Columna",
        text: "School fees"),
      .init(
        kind: .transferOut, amount: 120_000, spread: 10, day: 20, counterparty: "Own brokerage",
        text: "To securities account"),
    ]
    budget.cardAmount = 128_000
    budget.cardPayments = 22
    budget.shops = ["Nr. 1", "Zara", "Librarius", "Air Moldova", "Lukoil", "Bonus"]
    budget.cashAmount = 30_000
    budget.closing = 3_140_000
    return budget
  }()
}
