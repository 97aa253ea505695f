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

  /// Checks a list of flows; an empty list is refused.
  static func check(_ flows: [CashFlow], _ field: String) throws(CalculationError) {
    try CalculationLimits.check(flows, atMost: CalculationLimits.flows, field)
    for flow in flows {
      try CalculationLimits.checkDate(flow.date, field)
      try CalculationLimits.checkFinite(flow.amount, field)
      try CalculationError.unless(
        flow.amount.magnitude <= greatest, .outOfRange, field,
        "An amount must be at most \(greatest).")
    }
  }

  /// The largest amount that flows may carry.
  static let greatest = Decimal128(isNegative: false, coefficient: 1, exponent: 18)
}
