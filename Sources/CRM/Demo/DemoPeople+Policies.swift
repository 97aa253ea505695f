import Advice
import Quantities

extension DemoPeople {
  /// Has a motor and a property policy, one claim that is open and one that was paid.
  static func maria(on day: CalendarDate) -> DemoClient {
    var identity = Identity(givenName: "Maria", familyName: "Țurcan")
    identity.email = maria.login
    identity.phone = "+37369100003"
    identity.document = IdentityDocument(country: "MD", kind: "id-card", number: "2003001000033")
    identity.address = PostalAddress(
      lines: ["Strada Păcii 8"], postalCode: "MD-3101", town: "Bălți", country: "MD")
    var client = DemoClient(key: "demo maria", identity: identity, currency: .demoEuro)
    client.signIn = maria
    var profile = client.facts.profile
    profile.birthDate = day.adding(months: -51 * 12).adding(days: -12)
    profile.residency = "MD"
    profile.employment = .civilServant
    profile.clientSince = day.adding(months: -39)
    client.facts.profile = profile
    client.answers = [
      "owns-home": "true", "owns-vehicle": "true", "home-value": "64000",
      "vehicle-value": "14500", "claims-free-years": "3",
    ]
    let (motor, home) = ("MTR-2023-004417", "PRP-2024-001902")
    client.hold(
      .policy, .motor, "Motor Comprehensive", number: motor, since: day.adding(months: -39),
      until: day.adding(months: 9)
    ) { details in
      details.product = ProductID(brand: "harbour", code: "motor-comprehensive")
      details.instalment = Decimal128(hundredths: 41_20)
      details.limit = 14_500
      details.deductible = 200
      details.object = "Dacia Duster of 2019, registration BL AB 482"
      details.nextDue = day.adding(days: 11)
      details.isPaid = true
    }
    client.hold(
      .policy, .property, "Home Buildings", number: home, since: day.adding(months: -28),
      until: day.adding(months: 8)
    ) { details in
      details.product = ProductID(brand: "harbour", code: "home-buildings")
      details.instalment = Decimal128(hundredths: 18_75)
      details.limit = 64_000
      details.deductible = 100
      details.object = "House of brick, Strada Păcii 8, Bălți"
      details.nextDue = day.adding(days: 24)
      details.isPaid = true
    }
    client.claims = [paidClaim(home, day), openClaim(motor, day)]
    client.add(
      .bill, .email, on: day.adding(days: -20), "Premium of the motor policy.", outcome: "Paid.")
    client.add(
      .call, .phone, on: day.adding(days: -17), "Reported damage to the car.",
      outcome: "Claim opened.")
    client.add(
      .letter, .letter, on: day.adding(days: -11), "Documents asked for: police report, photos.")
    return client
  }

  private static func openClaim(_ policy: String, _ day: CalendarDate) -> DemoClaim {
    var details = ClaimDetails(
      number: "CLM-2026-0311", event: "Collision", occurred: day.adding(days: -18),
      currency: .demoEuro)
    details.description = "Struck from behind at a crossing; boot lid and bumper are damaged."
    details.asked = 1_860
    return DemoClaim(
      policy: policy, details: details, reported: day.adding(days: -17),
      note: "Reported by telephone.", due: day.adding(days: -14),
      steps: [
        .init(
          day: day.adding(days: -11), status: .documentsAwaited, actor: .insurer,
          note: "Please send the police report and photos of the damage.",
          due: day.adding(days: 6))
      ])
  }

  private static func paidClaim(_ policy: String, _ day: CalendarDate) -> DemoClaim {
    var details = ClaimDetails(
      number: "CLM-2026-0127", event: "Water damage", occurred: day.adding(days: -211),
      currency: .demoEuro)
    details.description = "A pipe burst in the kitchen; floor and wall were soaked."
    details.asked = 1_420
    return DemoClaim(
      policy: policy, details: details, reported: day.adding(days: -210),
      note: "Reported on the web with six photos.", due: day.adding(days: -207),
      steps: [
        .init(
          day: day.adding(days: -205), status: .assessed, actor: .assessor,
          note: "Inspected on site; the damage agrees with the report.",
          due: day.adding(days: -198)),
        .init(
          day: day.adding(days: -201), status: .approved, actor: .insurer,
          note: "1,340.00 EUR approved, less the deductible of 100.00 EUR.",
          due: day.adding(days: -194), approved: 1_340),
        .init(
          day: day.adding(days: -197), status: .paid, actor: .insurer,
          note: "1,240.00 EUR paid to your account.", approved: 1_340, paid: 1_240),
      ])
  }

  /// A business that sells farm produce, with a lease of machines.
  static func nord(on day: CalendarDate, _ seed: UInt64) -> DemoClient {
    var identity = Identity(familyName: "Nord Agro SRL")
    identity.email = nord.login
    identity.phone = "+37322100004"
    identity.document = IdentityDocument(
      country: "MD", kind: "registration", number: "1003600012345")
    identity.address = PostalAddress(
      lines: ["Strada Industrială 40"], postalCode: "MD-3002", town: "Soroca", country: "MD")
    var client = DemoClient(
      key: "demo nord", identity: identity, currency: .demoEuro, kind: .business)
    client.signIn = nord
    var profile = client.facts.profile
    profile.residency = "MD"
    profile.segments = ["sme"]
    profile.clientSince = day.adding(months: -97)
    profile.yearlyTurnover = 1_850_000
    client.facts.profile = profile
    client.declare(risk: 3, .informed, .limited, months: 36, [.financing, .liquidity, .hedging])
    client.answers.merge([
      "trade": "warehouse", "yearly-turnover": "1850000",
    ]) { declared, _ in declared }
    client.hold(
      .account, .currentAccount, "Business account", number: "MD24NG000000022510030044",
      since: day.adding(months: -97)
    ) { $0.balance = 384_300 }
    client.hold(
      .loan, .lease, "Lease of two combine harvesters", number: "LSE-2024-000318",
      since: day.adding(months: -22), until: day.adding(months: 38)
    ) { details in
      details.balance = 142_000
      details.instalment = 4_150
      details.object = "Two combine harvesters"
      details.nextDue = day.adding(days: 9)
      details.isPaid = true
    }
    var random = DemoRandom(seed: seed, stream: -4)
    client.entries = DemoStatement(nordsBudget, before: day, random: &random)
      .entries(in: .demoEuro)
    client.add(
      .visit, .branch, on: day.adding(days: -48), "Talked about working capital for the harvest.")
    return client
  }

  private static let nordsBudget: DemoBudget = {
    let buyers = ["Agrotrade Kft", "Mühle Weiß GmbH", "Panificio Rossi", "Fabrica de Zahăr"]
    var budget = DemoBudget()
    budget.regular = buyers.enumerated().map { place, buyer in
      .init(
        kind: .transferIn, amount: 3_850_000, spread: 35, day: 4 + 6 * place, counterparty: buyer,
        text: "Invoice")
    }
    budget.regular += [
      .init(
        kind: .transferOut, amount: 8_600_000, spread: 15, day: 17,
        counterparty: "Agrochim SA", text: "Seed, fertiliser, fuel"),
      .init(
        kind: .transferOut, amount: 3_900_000, spread: 4, day: 27, counterparty: "Wages",
        text: "Wages"),
      .init(
        kind: .transferOut, amount: 1_450_000, spread: 8, day: 25,
        counterparty: "Serviciul Fiscal de Stat", text: "Taxes"),
      .init(
        kind: .instalment, amount: 415_000, day: 10, counterparty: "Steward Leasing",
        text: "Lease of two combine harvesters"),
      .init(
        kind: .insurancePremium, amount: 68_000, day: 12, counterparty: "Another insurer",
        text: "Stock and buildings"),
      .init(
        kind: .fee, amount: 4_500, day: 28, counterparty: "Steward Bank", text: "Account fee"),
    ]
    budget.closing = 38_430_000
    return budget
  }()
}
