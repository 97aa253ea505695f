import Calculation
import Quantities

/// What must hold of every calculation, whatever its inputs.
package struct Property: Sendable {
  /// What must hold, as a sentence.
  package let name: String

  /// Tries one random case; what went wrong, or nil.
  let attempt: @Sendable (inout SeededRandom) throws -> String?

  /// All of them.
  package static let all = loans + rates + options + insurance

  /// Tries so many cases.
  ///
  /// - Returns: the first case that failed, with what is needed to repeat it; nil when none did.
  package func failure(cases: Int, seed: UInt64) -> String? {
    for index in 0..<cases {
      let own = seed &+ UInt64(index) &* 0x9E37_79B9
      var source = SeededRandom(seed: own)
      do {
        if let fault = try attempt(&source) { return "seed \(own): \(fault)" }
      } catch {
        return "seed \(own): refused: \(error)"
      }
    }
    return nil
  }
}

extension Property {
  /// A loan of any form, in a currency of any number of digits.
  static func loanTerms(_ source: inout SeededRandom) throws -> LoanTerms {
    let currency = source.one(of: ["EUR", "JPY", "KWD", "USD"])
    let rounding =
      Currency(currency).map {
        MoneyRounding($0, rule: source.one(of: [.halfUp, .halfEven]))
      } ?? .cents
    let payments = source.integer(1...360)
    let start = source.date()
    let amount = source.decimal(100_000...50_000_000, scale: rounding.decimals)
    let repayment: Repayment =
      switch source.integer(0...3) {
      case 0: .annuity
      case 1: .equalPrincipal
      case 2: .bullet
      default: .balloon(amount.rounded(scale: 0, .down).quotientFloor(3))
      }
    let counts: [DayCount] = [
      .thirtyE360, .thirty360US, .actual360, .actual365, .actualActualISDA, .actualActualRU,
    ]
    return LoanTerms(
      amount: amount, annualRate: source.decimal(0...4_000, scale: 4), disbursed: start,
      dueDates: .monthly(after: start, count: payments), repayment: repayment,
      interestOnlyPayments: source.integer(0...min(3, payments - 1)),
      basis: source.integer(0...4) == 0
        ? .equalPeriods(perYear: 12) : .dayCount(source.one(of: counts)),
      rounding: rounding)
  }

  private static let loans: [Property] = [
    Property(
      name: "principal sums to the amount, the last balance is zero, digits are the currency's"
    ) {
      source in
      let terms = try loanTerms(&source)
      let schedule = try LoanSchedule(terms)
      let principal = schedule.rows.reduce(Decimal128.zero) { $0 + $1.principal }
      if principal != terms.amount { return "\(principal) of \(terms)" }
      if schedule.rows.last?.balance != 0 { return "rest of \(terms)" }
      let paid = schedule.rows.reduce(Decimal128.zero) { $0 + $1.payment }
      if schedule.totalPaid != paid { return "sum of \(terms)" }
      for row in schedule.rows
      where row.payment.rounded(scale: terms.rounding.decimals) != row.payment {
        return "digits of \(terms)"
      }
      return nil
    },
    Property(name: "solving for any one of amount, rate, term and payment comes back to it") {
      source in
      let payments = source.integer(2...360)
      let rate = source.decimal(10...3_000, scale: 4)
      let amount = source.decimal(100_000...50_000_000, scale: 2)
      let asked = try LoanSolution(amount: amount, annualRate: rate, payments: payments)
      let unit = source.decimal(1...1, scale: 2)
      let context = "\(amount) at \(rate) over \(payments): \(asked)"
      let exact = try LoanPayment.level(
        principal: amount, annualRate: rate, payments: payments, perYear: 12)
      let back = try LoanPayment.greatestPrincipal(
        payment: exact, annualRate: rate, payments: payments, perYear: 12)
      if (back - amount).magnitude > unit { return "amount \(back) of \(context)" }
      let found = try LoanSolution(amount: amount, payment: exact, payments: payments)
      let again = try LoanSolution(
        amount: amount, annualRate: found.annualRate, payments: payments)
      if (again.payment - asked.payment).magnitude > unit { return "rate of \(context)" }
      let term = try LoanSolution(amount: amount, annualRate: rate, payment: exact)
      return term.payments == payments ? nil : "term \(term.payments) of \(context)"
    },
    Property(name: "without events a loan's course is its schedule") { source in
      let terms = try loanTerms(&source)
      let course = try LoanCourse(terms, events: [])
      let schedule = try LoanSchedule(terms)
      return course.totalInterest == schedule.totalInterest ? nil : "\(terms)"
    },
  ]

  private static let insurance: [Property] = [
    Property(name: "refund and earned premium sum to the premium") { source in
      let premium = source.decimal(1...10_000_000, scale: 2)
      let start = source.date()
      let end = start.adding(days: source.integer(1...800))
      let cancelled = start.adding(days: source.integer(0...start.days(until: end)))
      let methods: [RefundMethod] = [
        .proRata, .shortRate(penalty: source.decimal(0...100, scale: 2)),
        .proRataLessFee(source.decimal(0...5_000, scale: 2)), .startedMonths,
      ]
      let method = source.one(of: methods)
      let refund = try CancellationRefund(
        premium: premium, start: start, end: end, cancelled: cancelled, method: method)
      if refund.refund < 0 || refund.earned < 0 { return "below zero: \(premium) \(method)" }
      return refund.refund + refund.earned == premium ? nil : "\(premium) \(method)"
    },
    Property(name: "instalments sum to the premium with its surcharge") { source in
      let digits = source.one(of: [0, 2, 3])
      let rounding = try MoneyRounding(decimals: digits)
      let premium = source.decimal(1...10_000_000, scale: digits)
      let count = source.integer(1...12)
      let parts = try PremiumInstalments(
        premium: premium, count: count, surcharge: source.decimal(0...20, scale: 2),
        rounding: rounding)
      let sum = parts.amounts.reduce(Decimal128.zero, +)
      let areWhole = parts.amounts.allSatisfy { rounding.rounded($0) == $0 && $0 >= 0 }
      return sum == parts.total && areWhole && parts.amounts.count == count
        ? nil : "\(premium) in \(count): \(parts)"
    },
    Property(name: "a premium computes again from its breakdown") { source in
      let factors = (0..<source.integer(0...8)).map {
        TariffFactor("\($0)", factor: source.decimal(10...300, scale: 2))
      }
      let base = source.decimal(100...1_000_000, scale: 2)
      let premium = try FactorPremium(base: base, factors: factors)
      let again = factors.reduce(base) { $0 * $1.factor }.rounded(scale: 2, .halfUp)
      return premium.premium == again ? nil : "\(base) \(factors)"
    },
    Property(name: "a deposit's balance is what was paid in and the interest kept") { source in
      let terms = DepositTerms(
        principal: source.decimal(1_000...50_000_000, scale: 2),
        annualRate: source.decimal(0...2_000, scale: 4), opened: source.date(),
        months: source.integer(1...120), interestEveryMonths: source.integer(1...12),
        capitalises: true, contribution: source.decimal(0...50_000, scale: 2),
        taxRate: source.decimal(0...40, scale: 2))
      let schedule = try DepositSchedule(terms)
      let kept = schedule.totalInterest - schedule.totalTax + schedule.totalContributions
      return schedule.finalBalance == terms.principal + kept ? nil : "\(terms)"
    },
  ]
}
