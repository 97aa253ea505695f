public import Quantities

/// A charge of a credit beside its interest.
public struct CreditCharge: Sendable, Hashable {
  /// When a charge is paid.
  public enum Moment: String, Sendable, Hashable, CaseIterable {
    /// On the day of disbursement.
    case upFront
    /// With each instalment.
    case eachPayment
  }

  /// What the charge is for.
  public var name: String

  /// The amount, each time.
  public var amount: Decimal128

  /// When it is paid.
  public var moment: Moment

  /// Whether the credit is not granted without it: only such charges are part of the rate.
  public var isCondition: Bool

  /// Whether a charge of the first day is lent too and paid back with the instalments.
  public var isFinanced: Bool

  /// A charge.
  public init(
    name: String, amount: Decimal128, moment: Moment, isCondition: Bool = true,
    isFinanced: Bool = false
  ) {
    self.name = name
    self.amount = amount
    self.moment = moment
    self.isCondition = isCondition
    self.isFinanced = isFinanced
  }
}

/// A credit offer with the figures that the law of its country wants beside it; there is no offer
/// without them.
public struct CreditQuote: Sendable, Hashable {
  /// The law followed.
  public let jurisdiction: CreditJurisdiction

  /// The repayment plan, financed charges included.
  public let schedule: LoanSchedule

  /// What the borrower gets: the amount lent without financed charges.
  public let amount: Decimal128

  /// The charges.
  public let charges: [CreditCharge]

  /// All charges that are a condition.
  public let totalCharges: Decimal128

  /// Everything the borrower pays, charges that are a condition included.
  public let totalPayable: Decimal128

  /// Interest and charges that are a condition.
  public var totalCost: Decimal128 { totalPayable - amount }

  /// The yearly cost by the law of the jurisdiction, from the rounded amounts really paid.
  public let rate: EffectiveRate

  /// What must be shown, in the law's order.
  public let disclosures: [Disclosure]

  /// A quote for a credit.
  ///
  /// - Parameters:
  ///   - terms: the loan; its amount is what the borrower gets.
  ///   - charges: paid beside interest.
  /// - Throws: `CalculationError` naming the term at fault.
  public init(
    _ terms: LoanTerms, charges: [CreditCharge] = [], jurisdiction: CreditJurisdiction
  ) throws(CalculationError) {
    try CreditQuote.check(charges)
    let rounding = terms.rounding
    var lent = terms
    for charge in charges where charge.isFinanced {
      lent.amount += rounding.rounded(charge.amount)
    }
    let schedule = try LoanSchedule(lent)
    var upFront = Decimal128.zero
    var each = Decimal128.zero
    var all = Decimal128.zero
    for charge in charges where charge.isCondition {
      let amount = rounding.rounded(charge.amount)
      switch charge.moment {
      case .upFront:
        if !charge.isFinanced { upFront += amount }
        all += amount
      case .eachPayment:
        each += amount
        all += amount * Decimal128(schedule.rows.count)
      }
    }
    self.jurisdiction = jurisdiction
    self.schedule = schedule
    self.charges = charges
    amount = terms.amount
    totalCharges = all
    totalPayable = schedule.totalPaid + upFront + each * Decimal128(schedule.rows.count)
    rate = try CreditQuote.rate(
      terms, schedule, upFront: upFront, each: each, jurisdiction)
    disclosures = CreditQuote.disclosures(
      jurisdiction, schedule, amount: terms.amount, upFront: upFront, total: totalPayable,
      charges, rate)
  }

  private static func check(_ charges: [CreditCharge]) throws(CalculationError) {
    try CalculationError.unless(
      charges.count <= CalculationLimits.entries, .tooMany, "charges",
      "A credit has at most \(CalculationLimits.entries) charges.")
    for charge in charges {
      try CalculationLimits.check(charge.amount, in: 0...CashFlow.greatest, "charges")
      try CalculationError.unless(
        !charge.isFinanced || charge.moment == .upFront, .unsupported, "charges",
        "Only charges of the first day can be financed.")
    }
  }

  /// The rate from the flows of the customer.
  private static func rate(
    _ terms: LoanTerms, _ schedule: LoanSchedule, upFront: Decimal128, each: Decimal128,
    _ jurisdiction: CreditJurisdiction
  ) throws(CalculationError) -> EffectiveRate {
    let start = terms.disbursed
    var payments: [CashFlow] = []
    if !upFront.isZero { payments.append(CashFlow(date: start, amount: upFront)) }
    payments += schedule.rows.map { CashFlow(date: $0.due, amount: $0.payment + each) }
    let period = CreditQuote.period(terms.dueDates)
    switch jurisdiction {
    case .europeanUnion:
      return try .eu(
        advances: [CashFlow(date: start, amount: terms.amount)], payments: payments,
        period: period.lending)
    case .unitedStates:
      // A prepaid finance charge lowers the amount financed (12 CFR 1026.18(b)(3)).
      let regular = upFront.isZero ? payments : Array(payments.dropFirst())
      return try .us(
        advances: [CashFlow(date: start, amount: terms.amount - upFront)], payments: regular,
        unitPeriod: period.unit)
    case .russia:
      return try .russian(
        flows: [CashFlow(date: start, amount: -terms.amount)] + payments,
        basePeriod: .calendarMonth, perYear: 12)
    }
  }

  /// The periods by which the laws measure, from how often payments fall due.
  private static func period(_ dueDates: DueDates) -> (lending: LendingPeriod, unit: UnitPeriod) {
    guard case .regular(_, let every, _, _) = dueDates else {
      return (.month, UnitPeriod(.month, perYear: 12))
    }
    if every.days > 0, every.months == 0, every.days % 7 == 0 {
      let weeks = every.days / 7
      return (.week, UnitPeriod(.week, multiple: weeks, perYear: max(52 / weeks, 1)))
    }
    if every.days == 0, every.months >= 12 {
      return (.year, UnitPeriod(.year, perYear: 1))
    }
    if every.days == 0, every.months > 0, 12 % every.months == 0 {
      return (.month, UnitPeriod(.month, multiple: every.months, perYear: 12 / every.months))
    }
    return (.month, UnitPeriod(.month, perYear: 12))
  }
}
