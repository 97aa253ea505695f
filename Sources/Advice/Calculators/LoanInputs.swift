import Calculation
import Quantities

/// How the interest of a loan is measured: by equal periods, or by a day count.
struct LoanBasisName: RawRepresentable, CaseIterable, Sendable {
  let rawValue: String

  init?(rawValue: String) {
    guard rawValue == "MONTHS" || DayCount(rawValue: rawValue) != nil else { return nil }
    self.rawValue = rawValue
  }

  private init(known: String) { rawValue = known }

  /// The annual rate divided by the payments in a year.
  static let equalPeriods = LoanBasisName(known: "MONTHS")

  static let allCases: [LoanBasisName] =
    [equalPeriods]
    + DayCount.allCases.filter { $0 != .actualActualICMA }.map { LoanBasisName(known: $0.rawValue) }
}

/// How a loan is paid back, by name.
enum RepaymentName: String, CaseIterable, Sendable {
  case annuity, equalPrincipal, balloon, bullet
}

extension CalculatorInputs {
  /// The terms of a loan; nil after what is wrong was recorded.
  func loanTerms() -> LoanTerms? {
    let amount = decimal("amount", "The amount lent.", in: CalculatorRanges.positive)
    let rate = decimal(
      "annualRate", "The borrowing rate a year; 0.05 is 5 %.", in: CalculatorRanges.chargedRates)
    let disbursed = dateOrToday("disbursed", "The day it is paid out; today.")
    let dueDates = loanDueDates(after: disbursed)
    let repayment = repayment()
    let interestOnly = optionalInteger(
      "interestOnlyPayments", "Leading payments of interest only; 0.",
      in: 0...CalculatorRanges.payments.upperBound)
    let basis = choice(
      "dayCount", "How interest is measured; MONTHS, the rate divided by the payments in a year.",
      or: LoanBasisName.equalPeriods)
    let rounding = rounding()
    let rule = instalmentRule()
    let businessDays = choice(
      "businessDays", "What happens to a due date without business; unadjusted.",
      or: BusinessDayConvention.unadjusted)
    let holidays = holidayCalendar()
    guard let amount, let rate, let disbursed, let dueDates, let repayment else { return nil }
    guard let interest = interestBasis(basis, dueDates) else { return nil }
    return LoanTerms(
      amount: amount, annualRate: rate, disbursed: disbursed, dueDates: dueDates,
      repayment: repayment, interestOnlyPayments: interestOnly ?? 0, basis: interest,
      rounding: rounding, instalment: rule, businessDays: businessDays, holidays: holidays)
  }

  /// The days without business.
  func holidayCalendar() -> HolidayCalendar {
    let bank = choice(
      "calendar", "The bank holidays that are kept; weekends.", or: BankCalendar.weekends)
    let weekend = optionalIntegers(
      "weekend", "Days of the week without business, 1 = Monday; 6 and 7.", in: 1...7, max: 6)
    let holidays = optionalDates(
      "holidays", "Single days without business beside those.", max: 5_000)
    if weekend == nil, holidays == nil, bank == .weekends { return .weekends }
    return HolidayCalendar(
      weekend: Set(weekend ?? [6, 7]), holidays: Set(holidays ?? []), bank: bank)
  }

  private func repayment() -> Repayment? {
    let name = choice("repayment", "How it is paid back; annuity.", or: RepaymentName.annuity)
    let balloon = optionalDecimal(
      "balloon", "What a balloon loan leaves to the last payment.", in: CalculatorRanges.amounts)
    if name != .balloon, balloon != nil {
      report("balloon", "unexpected", "Only a balloon loan has a balloon.")
      return nil
    }
    switch name {
    case .annuity: return .annuity
    case .equalPrincipal: return .equalPrincipal
    case .bullet: return .bullet
    case .balloon:
      guard let balloon else {
        report("balloon", "required", "A balloon loan needs the amount left at the end.")
        return nil
      }
      return .balloon(balloon)
    }
  }

  private func instalmentRule() -> InstalmentRule {
    let fixed = optionalDecimal(
      "instalment", "The level payment where it is agreed and not solved for.",
      in: CalculatorRanges.positive)
    let multiple = optionalDecimal(
      "instalmentMultiple", "The amount that the level payment is a multiple of.",
      in: CalculatorRanges.positive)
    let rule = optionalText("instalmentRounding", "How the level payment is rounded.")
    var rounding: Rounding?
    if let rule {
      rounding = RoundingName(rawValue: rule)?.rule
      if rounding == nil {
        let names = RoundingName.allCases.map(\.rawValue).joined(separator: ", ")
        report("instalmentRounding", "choice", "This must be one of: \(names).")
      }
    }
    return InstalmentRule(fixed: fixed, multiple: multiple, rounding: rounding)
  }

  /// The due dates: a regular series, or dates as given.
  private func loanDueDates(after disbursed: CalendarDate?) -> DueDates? {
    let listed = optionalDates(
      "dueDates", "The due dates, where they are no regular series.",
      max: CalculatorRanges.payments.upperBound)
    let payments = optionalInteger(
      "payments", "The number of payments.", in: CalculatorRanges.payments)
    let everyMonths = optionalInteger(
      "everyMonths", "Months between payments; 1.", in: 1...1_200)
    let everyDays = optionalInteger(
      "everyDays", "Days between payments, in place of months.", in: 1...366)
    let first = optionalDate("firstDue", "The first due date; a period after disbursement.")
    let dueDay = optionalInteger(
      "dueDay", "The day of the month on which payments fall due; that of the first.", in: 1...31)
    if let listed {
      for (name, isGiven) in [
        ("payments", payments != nil), ("everyMonths", everyMonths != nil),
        ("everyDays", everyDays != nil), ("firstDue", first != nil), ("dueDay", dueDay != nil),
      ] where isGiven {
        report(name, "unexpected", "The due dates are listed already.")
      }
      return .listed(listed)
    }
    guard let payments else {
      if !isFaulty { report("payments", "required", "This value is required.") }
      return nil
    }
    if everyDays != nil, everyMonths != nil {
      report("everyDays", "unexpected", "Payments are so many months or so many days apart.")
      return nil
    }
    guard let disbursed else { return nil }
    if let days = everyDays {
      return .regular(
        first: first ?? disbursed.adding(days: days), every: .days(days), count: payments)
    }
    let months = everyMonths ?? 1
    let anchor = dueDay ?? first?.day ?? disbursed.day
    return .regular(
      first: first ?? disbursed.adding(months: months, anchorDay: anchor),
      every: .months(months), count: payments, anchorDay: anchor)
  }

  private func interestBasis(_ name: LoanBasisName, _ dates: DueDates) -> InterestBasis? {
    if let dayCount = DayCount(rawValue: name.rawValue) { return .dayCount(dayCount) }
    guard case .regular(_, let every, _, _) = dates else {
      report("dayCount", "unsupported", "Listed due dates need a day count.")
      return nil
    }
    if every.months > 0, 12 % every.months == 0 {
      return .equalPeriods(perYear: 12 / every.months)
    }
    if every.days > 0, every.days % 7 == 0, 52 % (every.days / 7) == 0 {
      return .equalPeriods(perYear: 52 / (every.days / 7))
    }
    report("dayCount", "unsupported", "Periods that are no part of a year need a day count.")
    return nil
  }

  /// What happens to a loan on its way.
  func loanEvents() -> [LoanEvent]? {
    objects(
      "events", "Drawdowns, changes of rate and early repayments.", max: LoanCourse.greatestEvents,
      isRequired: false
    ) { inputs in
      let kind = inputs.choice("kind", "What happens.", LoanEventName.self)
      let date = inputs.date("date", "When.")
      let amount = inputs.optionalDecimal(
        "amount", "The amount drawn or repaid.", in: CalculatorRanges.positive)
      let rate = inputs.optionalDecimal(
        "annualRate", "The rate from then on.", in: CalculatorRanges.chargedRates)
      let mode = inputs.choice(
        "mode", "What an early repayment shortens; shorterTerm.",
        or: EarlyRepaymentMode.shorterTerm)
      guard let kind, let date else { return nil }
      switch (kind, amount, rate) {
      case (.drawdown, let amount?, _): return .drawdown(on: date, amount: amount)
      case (.earlyRepayment, let amount?, _):
        return .earlyRepayment(on: date, amount: amount, mode)
      case (.rateChange, _, let rate?): return .rateChange(on: date, annualRate: rate)
      case (.rateChange, _, nil):
        inputs.report("annualRate", "required", "A change of rate needs the rate.")
        return nil
      default:
        inputs.report("amount", "required", "This needs its amount.")
        return nil
      }
    }
  }
}

private enum LoanEventName: String, CaseIterable { case drawdown, rateChange, earlyRepayment }
