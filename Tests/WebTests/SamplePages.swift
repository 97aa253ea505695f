@testable import Web

/// Every page with figures like those of a real day, for looking at and for checking templates.
enum SamplePages {
  static let offer = OfferLine(
    rank: "1", name: "Home Loan Fixed 5", brand: "Steward Bank", kind: "Mortgage",
    headline: "1,498.87\u{A0}EUR a month",
    facts: [
      .init(label: "Rate", value: "3.49\u{A0}%"), .init(label: "APRC", value: "3.62\u{A0}%"),
      .init(label: "Amount", value: "250,000.00\u{A0}EUR"), .init(label: "Term", value: "20 years"),
      .init(label: "Total cost", value: "109,728.80\u{A0}EUR"),
    ],
    reasons: [
      .met("You asked to borrow 250,000 EUR for a home."),
      .met("Your age, 41, is within 18 to 65."),
      .met("The term of 240 months lies within 60 to 360 months."),
      .met("Your regular income reaches what it asks."),
      .met("The amount lies within 50,000 to 800,000 EUR."),
      .met("The instalment takes 28 % of your regular income; at most 40 % may be taken."),
    ],
    conditions: ["The property is insured for its full value.", "The income arrives here."])

  static let deposit = OfferLine(
    rank: "2", name: "Term Deposit 12", brand: "Steward Bank", kind: "Term deposit",
    headline: "325.00\u{A0}EUR interest",
    facts: [
      .init(label: "Rate", value: "3.25\u{A0}%"),
      .init(label: "Effective yield", value: "3.25\u{A0}%"),
      .init(label: "At maturity", value: "10,325.00\u{A0}EUR"),
    ],
    reasons: [.met("10,000 EUR have lain idle on your current account for four months.")],
    conditions: [])

  static let home = HomePage(
    shell: .client("Overview", at: "/"), greeting: "Good to see you, Anežka",
    asOf: "22\u{A0}November\u{A0}2026", hasPosition: true, owned: "48,210.55\u{A0}EUR",
    owed: "12,400.00\u{A0}EUR", net: "35,810.55\u{A0}EUR",
    holdings: [
      .init(name: "Everyday account", kind: "Current account", amount: "18,210.55\u{A0}EUR"),
      .init(name: "Savings Plus", kind: "Savings account", amount: "30,000.00\u{A0}EUR"),
      .init(name: "Car loan 2024", kind: "Car loan", amount: "\u{2212}12,400.00\u{A0}EUR"),
    ],
    shortcuts: [
      .init(path: "/calculators/loan", label: "Loan calculator", about: "What a loan comes to"),
      .init(path: "/calculators/deposit", label: "Deposit calculator", about: "What money earns"),
      .init(path: "/advice", label: "Ask for advice", about: "Every product, with reasons"),
    ],
    policies: [
      .init(
        name: "Motor Comfort", number: "MC-204118", until: "1\u{A0}March\u{A0}2027",
        premium: "412.30\u{A0}EUR"),
      .init(
        name: "Home Contents", number: "HC-99120", until: "30\u{A0}June\u{A0}2027",
        premium: "138.00\u{A0}EUR"),
    ], hasPolicies: true,
    claims: [
      .init(
        path: "/claims/1", title: "Storm damage to the roof", state: "In assessment",
        next: "Our assessor calls you", due: "27\u{A0}November\u{A0}2026")
    ], hasClaims: true, offers: [offer, deposit], hasOffers: true, givesAdvice: true)

  static let calculator = CalculatorPage(
    shell: .open("Loan calculator", at: "/calculators/loan"), title: "Loan calculator",
    about: "What a loan comes to, instalment by instalment, to the cent.",
    action: "/calculators/loan",
    tabs: [
      .init(path: "/calculators/loan", label: "Loan", isHere: true),
      .init(path: "/calculators/deposit", label: "Deposit", isHere: false),
    ],
    fields: [
      field("amount", "Amount", "250000", mode: "decimal"),
      field("currency", "Currency", "EUR", mode: "text"),
      field("rate", "Rate a year, per cent", "3.49", mode: "decimal"),
      field(
        "months", "Months", "2400", mode: "numeric", fault: "This must be from 1 to 1,200."),
      .init(
        id: "repayment", label: "Repayment", value: "", hint: nil, fault: nil, isInvalid: false,
        mode: "text",
        options: [
          .init(value: "annuity", label: "Equal instalments", isChosen: true),
          .init(value: "linear", label: "Equal parts of the principal", isChosen: false),
        ], hasOptions: true),
    ],
    result: .init(
      figures: [
        .init(label: "Instalment a month", value: "1,448.81\u{A0}EUR", isMain: true),
        .init(label: "Total interest", value: "97,714.40\u{A0}EUR", isMain: false),
        .init(label: "Total to pay", value: "347,714.40\u{A0}EUR", isMain: false),
        .init(label: "Effective rate", value: "3.55\u{A0}%", isMain: false),
      ],
      chart: Chart(
        title: "Principal and interest paid in each year",
        columns: (1...20).map { year in
          .init(
            label: "\(2026 + year)", first: 8_800 + 420 * Double(year),
            second: 8_600 - 420 * Double(year))
        }
      ).svg,
      legend: [
        .init(style: "first", label: "Principal"), .init(style: "second", label: "Interest"),
      ], caption: "Year by year", columns: ["Year", "Principal", "Interest", "Balance"],
      rows: (1...6).map {
        .init(
          label: "\(2026 + $0)", cells: ["9,124.50", "8,261.22", "\(250 - 9 * $0),875.50"])
      },
      detailColumns: ["Due", "Principal", "Interest", "Balance"],
      details: (1...12).map {
        .init(label: "\($0)", cells: ["721.73", "727.08", "249,278.27"])
      },
      detailsLabel: "All 240 instalments", hasDetails: true),
    failure: nil)

  static func field(
    _ id: String, _ label: String, _ value: String, mode: String, fault: String? = nil
  ) -> CalculatorPage.Field {
    .init(
      id: id, label: label, value: value, hint: nil, fault: fault, isInvalid: fault != nil,
      mode: mode, options: [], hasOptions: false)
  }

  static let advice = AdvicePage(
    shell: .client("Advice", at: "/advice"), key: "k",
    kinds: [
      .init(value: "any", label: "Tell me what I need", isChosen: false),
      .init(value: "borrow", label: "Borrow", isChosen: true),
      .init(value: "save", label: "Save", isChosen: false),
      .init(value: "insure", label: "Insure", isChosen: false),
    ],
    purposes: [
      .init(value: "", label: "None in particular", isChosen: true),
      .init(value: "home", label: "A home", isChosen: false),
    ], amount: "250000", currency: "EUR", months: "240",
    faults: ["Amount: this must be from 1 to 1,000,000,000,000."], hasFaults: true,
    earlier: [
      .init(
        path: "/decisions/1", label: "Borrow 250,000.00\u{A0}EUR",
        at: "22\u{A0}November\u{A0}2026, 09:14\u{A0}UTC")
    ], hasEarlier: true)

  static let decision = DecisionPage(
    shell: .client("Advice"), title: "Borrow 250,000.00\u{A0}EUR over 20 years",
    at: "22\u{A0}November\u{A0}2026, 09:14\u{A0}UTC",
    id: "0193f0c2-6d5e-7b1a-9c54-1f2e3d4c5b6a", needs: ["You asked for it."], hasNeeds: true,
    offers: [offer, deposit], hasOffers: true,
    counts: [
      .init(label: "Products looked at", value: "5,251"), .init(label: "Offered", value: "2"),
      .init(label: "Not for you by their terms", value: "4,801"),
      .init(label: "Not what you asked for", value: "400"),
      .init(label: "Not suitable", value: "40"), .init(label: "Cannot be told yet", value: "8"),
    ], questions: ["How long do you want to keep the home?"], hasQuestions: true,
    exclusions: [
      .init(
        name: "Student Loan", brand: "Steward Bank", verdict: "Not for you", isOpen: false,
        reasons: [.failed("It is for students; you are employed.")],
        change: "/decisions/1/change?product=steward%2Fstudent"),
      .init(
        name: "Green Mortgage", brand: "Harbour Mutual", verdict: "Open", isOpen: true,
        reasons: [.unknown("We do not know the energy class of the home.")],
        change: "/decisions/1/change?product=harbour%2Fgreen"),
    ], exclusionsLabel: "5,249 products, with what stands against each", hasExclusions: true,
    isUnfolded: false, range: "1 to 20 of 102", previous: nil,
    more: "?from=20")

  static let change = ChangePage(
    shell: .client("Advice"), title: "Student Loan", brand: "Steward Bank",
    verdict: "What would make it fit you:",
    changes: ["Take a term of 36 months instead of 12."], hasChanges: true,
    promise: "Then it is number 2 of your offers.", blockers: [], hasBlockers: false,
    goal: #"{"kind":"borrow"}"#, key: "1", back: "/decisions/1")

  static let broker = BrokerPage(
    shell: .broker("Your clients", at: "/"), asOf: "22\u{A0}November\u{A0}2026",
    persons: [
      .init(
        name: "Anežka Dvořáková", about: "Mandate until 31\u{A0}December\u{A0}2027",
        offers: [deposit], hasOffers: true),
      .init(name: "Ivan Petrov", about: "Mandate without end", offers: [], hasOffers: false),
    ], hasPersons: true, more: "/?after=1")

  static let claim = ClaimPage(
    shell: .client("Claim"), title: "Storm damage to the roof", state: "In assessment",
    facts: [
      .init(label: "Claimed", value: "4,200.00\u{A0}EUR"),
      .init(label: "Approved", value: "–"), .init(label: "Policy", value: "HC-99120"),
    ],
    steps: [
      .init(
        label: "Reported", at: "12\u{A0}November\u{A0}2026, 08:01\u{A0}UTC", about: nil,
        isNext: false),
      .init(
        label: "Received", at: "12\u{A0}November\u{A0}2026, 08:05\u{A0}UTC",
        about: "We have all we need from you.", isNext: false),
      .init(
        label: "Our assessor calls you", at: "by 27\u{A0}November\u{A0}2026", about: nil,
        isNext: true),
    ])

  static let error = ErrorPage(
    Problem(.signInRequired, "Your session has ended."), requestID: "8c1f3f7d00000042")

  static let signIn = SignInPage(
    login: "anezka@example.com", fault: "The e-mail or the password is wrong.", next: "/advice")

  static let documentation = DocumentationPage([
    OperatorRoutes.health, OperatorRoutes.metrics, OperatorRoutes.ready,
  ])

  static let form = FormPage(
    shell: .client("Questionnaires", at: "/questionnaires"), title: "Your vehicle",
    purpose: "What the premium of a motor policy depends on.", path: "/questionnaires/motor",
    form: "motor", heading: "The vehicle", section: "1",
    sections: [
      .init(path: "/questionnaires/motor?section=1", title: "The vehicle", isHere: true),
      .init(path: "/questionnaires/motor?section=2", title: "The driver", isHere: false),
    ], revision: "2", version: "1", answered: "3", asked: "12",
    fields: [
      .init(
        id: "vehicle-use", label: "What do you use the vehicle for?", help: "The main use.",
        isRadio: true, isSelect: false, isInput: false,
        options: [
          .init(
            value: "private", label: "Private journeys", isChosen: true,
            field: "vehicle-use-private"),
          .init(value: "taxi", label: "Taxi", isChosen: false, field: "vehicle-use-taxi"),
        ], value: "private", type: "text", mode: "text",
        hint: "From your profile; change it if it is wrong.",
        fault: nil, isInvalid: false, isOutdated: false, isOptional: false),
      .init(
        id: "vehicle-age", label: "How many years old is the vehicle?", help: nil, isRadio: false,
        isSelect: false, isInput: true, options: [], value: "99", type: "text", mode: "numeric",
        hint: nil, fault: "Give a number from 0 to 60.", isInvalid: true, isOutdated: true,
        isOptional: true),
    ], hasFields: true, hasFaults: true, notice: nil,
    shortlist: ShortlistView([
      OfferLine(
        rank: "1", name: "Motor Comprehensive", brand: "Steward Insurance", kind: "Motor",
        headline: "412.30\u{A0}EUR a year", facts: [], reasons: [], conditions: [])
    ]))

  static let next = NextQuestionPage(
    shell: .client("Questionnaires", at: "/questionnaires"),
    next: .init(text: "How many years old is the vehicle?", path: "/questionnaires/motor"))

  static let catalogue = CataloguePage(
    shell: .staff("Catalogue", at: "/catalogue"),
    sources: [.init(value: "cdr", label: "cdr", isChosen: true)], hasSources: true,
    editions: [
      .init(asOf: "12 August 2024", products: "5,251", path: "/catalogue?from-day=2023-03-27"),
      .init(asOf: "27 March 2023", products: "4,912", path: nil),
    ], earlier: "2023-03-27", later: "2024-08-12", fault: nil,
    found: .init(
      title: "cdr of 27 March 2023 and of 12 August 2024",
      counts: [.init(label: "In both", value: "4,100"), .init(label: "New", value: "812")],
      items: [
        .init(
          name: "Basic Home Loan", id: "anz/home-loan-7", kind: "Changed", isClosed: false,
          sentences: ["The variable rate: was 6.1 %, is now 6.35 %."])
      ], hasItems: true, range: "21 to 40 of 2,011", previous: "/catalogue?from=0",
      next: "/catalogue?from=40"))

  static let forms = FormListPage(
    shell: .client("Questionnaires", at: "/questionnaires"),
    lines: [
      .init(
        path: "/questionnaires/motor", title: "Your vehicle", purpose: "What it is.",
        answered: "3", asked: "12", isComplete: false, isBegun: true)
    ])

  /// All samples with a name for their files.
  static let all: [(name: String, page: any Page)] = [
    ("change", change),
    ("home", home), ("calculator", calculator), ("advice", advice), ("decision", decision),
    ("broker", broker), ("claim", claim), ("error", error), ("sign-in", signIn),
    ("documentation", documentation), ("form", form), ("forms", forms), ("next", next),
    ("rules", rules),
    ("rule-draft", ruleDraft), ("rule-table", ruleTable), ("catalogue", catalogue),
  ]
}
