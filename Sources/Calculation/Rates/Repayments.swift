import Quantities

/// What a borrower pays and when, as the law of a rate counts it: cash flows as given, or the rows
/// of a schedule, which are made cash flows only where a proof lists them.
enum Repayments: Sendable, Hashable {
  case flows([CashFlow])
  /// The rows, each with so many minor units of charges, after what is paid on the first day.
  case schedule([LoanRow], each: Int64, after: [CashFlow])

  /// All of it as cash flows.
  var flows: [CashFlow] {
    switch self {
    case .flows(let flows): flows
    case .schedule(let rows, let each, let first): first + rows.map { $0.flow(with: each) }
    }
  }

  /// The same after what is paid on the first day.
  func after(_ fees: [CashFlow]) -> Repayments {
    switch self {
    case .flows(let flows): .flows(fees + flows)
    case .schedule(let rows, let each, let first): .schedule(rows, each: each, after: fees + first)
    }
  }

  /// How many cash flows there are.
  var count: Int {
    switch self {
    case .flows(let flows): flows.count
    case .schedule(let rows, _, let first): first.count + rows.count
    }
  }
}

extension LoanRow {
  /// The payment with a charge of so many minor units beside it.
  func flow(with charge: Int64 = 0) -> CashFlow {
    CashFlow(date: due, amount: amount(interestUnits + principalUnits + charge))
  }

  /// The amount of that flow in binary, as `Decimal128.doubleValue` gives it.
  @inline(__always)
  func binaryPayment(with charge: Int64, unit: Double) -> Double {
    let units = interestUnits + principalUnits + charge
    // Below 2^53 both are exact in binary, so that the quotient is rounded once.
    guard units.magnitude < 1 << 53 else { return flow(with: charge).amount.doubleValue }
    return Double(units) / unit
  }
}
