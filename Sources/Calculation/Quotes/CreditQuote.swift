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

  /// The repayment plan as agreed at the start, financed charges included.
  public let schedule: LoanSchedule

  /// The plan with the changes that are agreed beforehand: further drawdowns, stepped rates; nil
  /// where there are none.
  public let course: LoanCourse?

  /// What the borrower gets and when.
  public let advances: [CashFlow]

  /// What the borrower pays and when, charges not included.
  public var payments: [CashFlow] { CreditQuote.payments(schedule, course) }

  /// How many payments there are.
  public let paymentCount: Int

  /// The first payment, charges not included.
  public let firstPayment: CashFlow?

  /// The last payment, charges not included.
  public let lastPayment: CashFlow?

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
  ///   - terms: the loan; its amount is what the borrower gets on the first day.
  ///   - charges: paid beside interest.
  ///   - events: drawdowns and changes of rate that are agreed beforehand.
  ///   - security: what the credit is secured on, which decides the form of disclosure.
  /// - Throws: `CalculationError` naming the term at fault.
  public init(
    _ terms: LoanTerms, charges: [CreditCharge] = [], events: [LoanEvent] = [],
    jurisdiction: CreditJurisdiction, security: CreditSecurity = .none
  ) throws(CalculationError) {
    try CreditQuote.check(charges)
    var lent = terms
    for charge in charges where charge.isFinanced {
      lent.amount += terms.rounding.rounded(charge.amount)
    }
    schedule = try LoanSchedule(lent)
    course = events.isEmpty ? nil : try LoanCourse(lent, events: events)
    let payments = course.map(CreditQuote.payments)
    paymentCount = payments?.count ?? schedule.rows.count
    firstPayment = payments.map(\.first) ?? schedule.rows.first?.flow()
    lastPayment = payments.map(\.last) ?? schedule.rows.last?.flow()
    let drawn = CreditQuote.drawdowns(events)
    let sums = ChargeSums(charges, payments: paymentCount, terms.rounding)
    advances = [CashFlow(date: terms.disbursed, amount: terms.amount)] + drawn
    amount = advances.reduce(.zero) { $0 + $1.amount }
    self.jurisdiction = jurisdiction
    self.charges = charges
    totalCharges = sums.all
    let paid = payments.map { $0.reduce(Decimal128.zero) { $0 + $1.amount } }
    totalPayable =
      (paid ?? schedule.totalPaid) + sums.upFront + sums.each * Decimal128(paymentCount)
    rate = try CreditQuote.rate(
      terms, advances, sums.repayments(payments, schedule), sums, jurisdiction)
    let stressed = try CreditQuote.stressed(lent, charges, jurisdiction, security)
    disclosures = CreditQuote.disclosures(
      CreditFigures(
        jurisdiction: jurisdiction, schedule: schedule, amount: amount,
        paymentCount: paymentCount, firstPayment: firstPayment, lastPayment: lastPayment,
        upFront: sums.upFront, total: totalPayable, charges: charges, rate: rate,
        security: security, stressed: stressed))
  }

  private static func payments(_ schedule: LoanSchedule, _ course: LoanCourse?) -> [CashFlow] {
    course.map(payments) ?? schedule.rows.map { $0.flow() }
  }

  private static func payments(_ course: LoanCourse) -> [CashFlow] {
    course.rows.filter { !$0.payment.isZero }.map {
      CashFlow(date: $0.date, amount: $0.payment)
    }
  }

  private static func drawdowns(_ events: [LoanEvent]) -> [CashFlow] {
    events.compactMap { event in
      guard case .drawdown(let date, let amount) = event else { return nil }
      return CashFlow(date: date, amount: amount)
    }
  }

  /// The second APRC of a mortgage with a variable rate (Directive 2014/17/EU, Annex II, section
  /// 4): that of the highest rate foreseen.
  private static func stressed(
    _ lent: LoanTerms, _ charges: [CreditCharge], _ jurisdiction: CreditJurisdiction,
    _ security: CreditSecurity
  ) throws(CalculationError) -> EffectiveRate? {
    guard case .mortgage(let highest?) = security else { return nil }
    var terms = lent
    terms.annualRate = highest
    let schedule = try LoanSchedule(terms)
    let sums = ChargeSums(charges, payments: schedule.rows.count, terms.rounding)
    return try rate(
      terms, [CashFlow(date: terms.disbursed, amount: terms.amount)],
      sums.repayments(nil, schedule), sums, jurisdiction)
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
    _ terms: LoanTerms, _ advances: [CashFlow], _ paid: Repayments, _ charges: ChargeSums,
    _ jurisdiction: CreditJurisdiction
  ) throws(CalculationError) -> EffectiveRate {
    let start = terms.disbursed
    let fees =
      charges.upFront.isZero ? [] : [CashFlow(date: start, amount: charges.upFront)]
    let period = CreditQuote.period(terms.dueDates)
    switch jurisdiction {
    case .europeanUnion, .unitedKingdom:
      return try .eu(
        advances: advances, payments: paid.after(fees), period: period.lending,
        near: terms.annualRate.doubleValue)
    case .unitedStates:
      // A prepaid finance charge lowers the amount financed (12 CFR 1026.18(b)(3)).
      var financed = advances
      financed[0] = CashFlow(date: start, amount: terms.amount - charges.upFront)
      return try .us(advances: financed, payments: paid, unitPeriod: period.unit)
    case .russia:
      let received = advances.map { CashFlow(date: $0.date, amount: -$0.amount) }
      return try .russian(
        flows: received + fees + paid.flows, basePeriod: .calendarMonth, perYear: 12)
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

/// What the charges that are a condition come to.
private struct ChargeSums {
  var upFront = Decimal128.zero
  var each = Decimal128.zero
  var all = Decimal128.zero

  init(_ charges: [CreditCharge], payments: Int, _ rounding: MoneyRounding) {
    for charge in charges where charge.isCondition {
      let amount = rounding.rounded(charge.amount)
      switch charge.moment {
      case .upFront:
        if !charge.isFinanced { upFront += amount }
        all += amount
      case .eachPayment:
        each += amount
        all += amount * Decimal128(payments)
      }
    }
  }

  /// What is paid, with the charges of each payment.
  ///
  /// - Parameter payments: the payments where they are not those of the schedule.
  func repayments(
    _ payments: [CashFlow]?, _ schedule: LoanSchedule
  ) throws(CalculationError) -> Repayments {
    if let payments {
      return .flows(payments.map { CashFlow(date: $0.date, amount: $0.amount + each) })
    }
    let rounding = schedule.terms.rounding
    return .schedule(
      schedule.rows, each: try rounding.roundedMinorUnits(each, rounding.rule, "charges"),
      after: [])
  }
}
