public import Quantities

/// An amount of money on a day.
public struct CashFlow: Sendable, Hashable {
  /// The day.
  public let date: CalendarDate

  /// The amount; which sign means what is said where it is used.
  public let amount: Decimal128

  /// An amount on a day.
  public init(date: CalendarDate, amount: Decimal128) {
    self.date = date
    self.amount = amount
  }
}

extension CashFlow {
  /// Flows from dates and amounts that stand in two lists.
  ///
  /// - Throws: `amounts: mismatch` when the lists differ in length.
  public static func list(
    dates: [CalendarDate], amounts: [Decimal128]
  ) throws(CalculationError) -> [CashFlow] {
    try CalculationError.unless(
      dates.count == amounts.count, .mismatch, "amounts",
      "There must be as many amounts as dates.")
    return zip(dates, amounts).map { CashFlow(date: $0, amount: $1) }
  }

  /// The amounts of a list of flows in binary, for solving.
  ///
  /// - Throws: when the list is empty or too long, or a flow is out of range.
  static func amounts(
    _ flows: [CashFlow], _ field: String
  ) throws(CalculationError) -> [Double] {
    try CalculationLimits.check(flows, atMost: CalculationLimits.flows, field)
    var amounts: [Double] = []
    amounts.reserveCapacity(flows.count)
    for flow in flows {
      try CalculationLimits.checkDate(flow.date, field)
      let amount = flow.amount.doubleValue
      // In binary the bound is soft by one part in 10^16, which is no matter.
      try CalculationError.unless(
        abs(amount) <= 1e18, .outOfRange, field,
        "An amount must be a number of at most \(greatest).")
      amounts.append(amount)
    }
    return amounts
  }

  /// The largest amount that flows may carry.
  static let greatest = Decimal128(isNegative: false, coefficient: 1, exponent: 18)
}
