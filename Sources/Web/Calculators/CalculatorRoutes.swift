import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The calculators: exact, open to anyone, keeping nothing.
struct CalculatorRoutes: Sendable {
  let today: @Sendable () -> CalendarDate

  func mount(on table: RouteTable) {
    let today = today
    table.mount(Self.loan, as: PublicContext.self) { call in
      let date = today()
      let answer = try LoanAnswer(call.json { LoanQuery(reading: $0, today: date) })
      return .json { $0.object(answer.write) }
    }
    table.mount(Self.deposit, as: PublicContext.self) { call in
      let date = today()
      let answer = try DepositAnswer(call.json { DepositQuery(reading: $0, today: date) })
      return .json { $0.object(answer.write) }
    }
  }

  static let loan = Route(
    .post, "/v1/calculators/loan", tag: "Calculators", "What a loan comes to",
    detail: "Rounded to the currency's minor unit row by row; the last payment clears the rest.",
    body: .json(.named("LoanQuery", LoanQuery.schema)),
    answers: [.init(.ok, "The schedule.", .named("LoanAnswer", LoanAnswer.schema))])

  static let deposit = Route(
    .post, "/v1/calculators/deposit", tag: "Calculators", "What a deposit comes to",
    body: .json(.named("DepositQuery", DepositQuery.schema)),
    answers: [.init(.ok, "The postings.", .named("DepositAnswer", DepositAnswer.schema))])
}
