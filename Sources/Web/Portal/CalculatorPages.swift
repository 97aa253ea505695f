import CRM
import Calculation
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The calculators as pages; each works by its form alone, and live where script runs.
struct CalculatorPages: Sendable {
  let today: @Sendable () -> CalendarDate
  let writer: PageWriter

  func mount(on table: RouteTable) {
    let pages = self
    table.mount(Self.loan, as: VisitorContext.self) { call in
      let form = CalculatorForm(call.query, names: Self.loanFields.map(\.name))
      return .page(pages.writer.html(pages.loan(form, shell: call.context.shell)))
    }
    table.mount(Self.deposit, as: VisitorContext.self) { call in
      let form = CalculatorForm(call.query, names: Self.depositFields.map(\.name))
      return .page(pages.writer.html(pages.deposit(form, shell: call.context.shell)))
    }
  }

  private static let loan = Route(
    .get, "/calculators/loan", "The loan calculator", query: loanFields)
  private static let deposit = Route(
    .get, "/calculators/deposit", "The deposit calculator", query: depositFields)

  private static let loanFields: [Route.Parameter] = [
    .init("amount", .decimal("The amount.")), .init("currency", .currency),
    .init("rate", .decimal("The rate in per cent.")),
    .init("termMonths", .integer("The months.")),
    .init("repayment", .text("How it is paid back.")),
  ]
  private static let depositFields: [Route.Parameter] = [
    .init("amount", .decimal("The amount.")), .init("currency", .currency),
    .init("rate", .decimal("The rate in per cent.")),
    .init("termMonths", .integer("The months.")),
    .init("contribution", .decimal("Paid in with each posting.")),
    .init("interestEveryMonths", .integer("Months between postings.")),
  ]

  private static func tabs(at path: String) -> [CalculatorPage.Tab] {
    [("/calculators/loan", "Loan"), ("/calculators/deposit", "Deposit")].map {
      .init(path: $0.0, label: $0.1, isHere: $0.0 == path)
    }
  }

  private func loan(_ form: CalculatorForm, shell: Shell) -> CalculatorPage {
    let form = form.filled([
      "amount": "250000", "currency": "EUR", "rate": "3.49", "termMonths": "240",
      "repayment": "annuity",
    ])
    let day = today()
    var faults: [String: String] = [:]
    var answer: LoanAnswer?
    do {
      answer = try LoanAnswer(form.decode { LoanQuery(reading: $0, today: day) })
    } catch {
      faults = CalculatorForm.faults(error)
    }
    let methods = [
      ("annuity", "Equal instalments"), ("linear", "Equal parts of the principal"),
      ("bullet", "Interest only, all at the end"),
    ]
    return CalculatorPage(
      shell: shell, title: "Loan calculator",
      about: "What a loan comes to, instalment by instalment, to the minor unit.",
      action: "/calculators/loan", tabs: Self.tabs(at: "/calculators/loan"),
      fields: [
        form.field("amount", "Amount", faults), form.field("currency", "Currency", faults, "text"),
        form.field("rate", "Rate a year, in per cent", faults),
        form.field("termMonths", "Months", faults, "numeric"),
        form.choice("repayment", "Repayment", methods),
      ], result: answer.map { CalculatorPage.Result($0) }, failure: faults[""])
  }

  private func deposit(_ form: CalculatorForm, shell: Shell) -> CalculatorPage {
    let form = form.filled([
      "amount": "10000", "currency": "EUR", "rate": "3.25", "termMonths": "60",
      "contribution": "0", "interestEveryMonths": "12",
    ])
    let day = today()
    var faults: [String: String] = [:]
    var answer: DepositAnswer?
    do {
      answer = try DepositAnswer(form.decode { DepositQuery(reading: $0, today: day) })
    } catch {
      faults = CalculatorForm.faults(error)
    }
    let postings = [
      ("1", "Each month"), ("3", "Each quarter"), ("6", "Each half-year"), ("12", "Each year"),
    ]
    return CalculatorPage(
      shell: shell, title: "Deposit calculator",
      about: "What money earns, with interest on interest.", action: "/calculators/deposit",
      tabs: Self.tabs(at: "/calculators/deposit"),
      fields: [
        form.field("amount", "Amount", faults), form.field("currency", "Currency", faults, "text"),
        form.field("rate", "Rate a year, in per cent", faults),
        form.field("termMonths", "Months", faults, "numeric"),
        form.choice("interestEveryMonths", "Interest is added", postings),
        form.field("contribution", "Paid in each time", faults),
      ], result: answer.map { CalculatorPage.Result($0) }, failure: faults[""])
  }
}

extension VisitorContext {
  /// The frame for whoever looks at a public page.
  var shell: Shell {
    switch session?.principal.role {
    case nil: .open("Calculators", at: "/calculators/")
    case .client: .client("Calculators", at: "/calculators/")
    case .policyholder: .policyholder("Calculators", at: "/calculators/")
    case .broker: .broker("Calculators", at: "/calculators/")
    case .staff: .staff("Calculators", at: "/calculators/")
    }
  }
}

/// A calculator's form: its texts, and the request to the API that they stand for.
struct CalculatorForm: Sendable {
  private var values: [String: String]

  init(_ query: FormFields, names: [String]) {
    values = [:]
    for name in names { values[name] = query[name] }
  }

  /// The form with usual values where it is empty.
  func filled(_ usual: [String: String]) -> CalculatorForm {
    guard values.isEmpty else { return self }
    var form = self
    form.values = usual
    return form
  }

  /// Reads what the form says by the same rules as the API; the rate is in per cent here.
  func decode<T>(_ read: (JSONFields) -> T?) throws -> T {
    var json = JSONWriter()
    json.object { json in
      for (name, value) in values.sorted(by: { $0.key < $1.key }) {
        let text = value.filter { !$0.isWhitespace && $0 != "," && $0 != "\u{A0}" }
        guard !text.isEmpty else { continue }
        json.key(name)
        switch name {
        case "rate": json.string(Decimal128(text).map { ($0 / 100).plainText } ?? text)
        case "termMonths", "interestEveryMonths":
          if text.utf8.count < 7, Int(text) != nil {
            json.number(text: text)
          } else {
            json.string(text)
          }
        case "currency": json.string(text.uppercased())
        default: json.string(text)
        }
      }
    }
    return try decodeJSON(json.bytes, read)
  }

  /// What is wrong by field; the empty name is for the form as a whole.
  static func faults(_ error: any Error) -> [String: String] {
    let list: [Violation]
    switch error {
    case let violations as Violations: list = violations.list
    case let problem as Problem: list = problem.violations
    default: list = []
    }
    var faults: [String: String] = [:]
    for violation in list where faults[String(violation.pointer.dropFirst())] == nil {
      faults[String(violation.pointer.dropFirst())] = violation.detail
    }
    return faults.isEmpty ? ["": "These figures cannot be worked out."] : faults
  }

  func field(
    _ name: String, _ label: String, _ faults: [String: String], _ mode: String = "decimal"
  ) -> CalculatorPage.Field {
    .init(
      id: name, label: label, value: values[name] ?? "", hint: nil, fault: faults[name],
      isInvalid: faults[name] != nil, mode: mode, options: [], hasOptions: false)
  }

  func choice(
    _ name: String, _ label: String, _ options: [(String, String)]
  ) -> CalculatorPage.Field {
    .init(
      id: name, label: label, value: "", hint: nil, fault: nil, isInvalid: false, mode: "text",
      options: options.map {
        .init(value: $0.0, label: $0.1, isChosen: $0.0 == values[name])
      }, hasOptions: true)
  }
}
