public import Quantities

/// The charges of a loan beside its interest.
public struct LoanFees: Sendable, Hashable {
  /// Paid on the day of disbursement.
  public var upFront: Decimal128

  /// Paid with each instalment.
  public var eachPayment: Decimal128

  /// Charges of a loan.
  public init(upFront: Decimal128 = 0, eachPayment: Decimal128 = 0) {
    self.upFront = upFront
    self.eachPayment = eachPayment
  }

  /// No charges.
  public static let none = LoanFees()
}

/// What a loan with equal monthly instalments costs, without its schedule: for ranking thousands
/// of products.
///
/// The instalment, the interest and the last payment are those of the schedule with
/// `InterestBasis.equalPeriods(perYear: 12)`, to the minor unit.
public struct LoanCost: Sendable, Hashable {
  /// The level instalment, without fees.
  public let instalment: Decimal128

  /// The last instalment, which absorbs what rounding left.
  public let lastInstalment: Decimal128

  /// The number of instalments.
  public let payments: Int

  /// The sum of all interest.
  public let totalInterest: Decimal128

  /// The sum of all charges.
  public let totalFees: Decimal128

  /// All that the borrower pays: principal, interest and charges.
  public let totalPayable: Decimal128

  /// The total cost of the credit: interest and charges.
  public var totalCost: Decimal128 { totalInterest + totalFees }

  /// The annual percentage rate of charge by the EU's equation with whole months as intervals,
  /// to 12 digits after the point.
  public let effectiveRate: Decimal128

  /// The cost of an annuity.
  ///
  /// - Parameters:
  ///   - amount: the amount lent.
  ///   - annualRate: the borrowing rate, a twelfth of which is charged each month.
  ///   - months: the number of monthly instalments.
  ///   - fees: the charges; those of the first day lower what the borrower has in hand.
  public static func annuity(
    amount: Decimal128, annualRate: Decimal128, months: Int, fees: LoanFees = .none,
    rounding: MoneyRounding = .cents
  ) throws(CalculationError) -> LoanCost {
    try CalculationLimits.check(months, in: 1...CalculationLimits.rows, "months")
    let principal = try rounding.minorUnits(amount, "amount")
    try CalculationError.unless(
      principal > 0, .outOfRange, "amount", "The amount lent must be above zero.")
    let upFront = try rounding.roundedMinorUnits(fees.upFront, rounding.rule, "upFrontFee")
    let each = try rounding.roundedMinorUnits(fees.eachPayment, rounding.rule, "paymentFee")
    try CalculationError.unless(
      upFront >= 0 && each >= 0, .outOfRange, "fees", "Fees must not be below zero.")
    try CalculationError.unless(
      upFront < principal, .outOfRange, "upFrontFee",
      "The fees of the first day must be less than the amount lent.")
    let interest = try PeriodicInterest(
      annualRate: annualRate, rounding: rounding.rule, field: "annualRate")
    let walk = try MonthlyWalk(principal, interest, months, rounding.rule)
    let allFees = upFront + each * Int64(months)
    let rate = try walk.effectiveRate(upFront: upFront, each: each)
    return LoanCost(
      instalment: rounding.amount(walk.instalment), lastInstalment: rounding.amount(walk.last),
      payments: walk.payments, totalInterest: rounding.amount(walk.interest),
      totalFees: rounding.amount(allFees),
      totalPayable: rounding.amount(principal + walk.interest + allFees), effectiveRate: rate)
  }
}

/// An annuity's months, walked through in minor units.
private struct MonthlyWalk {
  let principal: Int64
  let nominal: Double
  var instalment: Int64 = 0
  var last: Int64 = 0
  var interest: Int64 = 0
  var payments = 0

  init(
    _ principal: Int64, _ interest: PeriodicInterest, _ months: Int, _ rule: Rounding
  ) throws(CalculationError) {
    self.principal = principal
    nominal = interest.double / 12
    instalment = try LevelPayment.minorUnits(
      principal: principal, interest, perYear: 12, count: months, rule)
    let month = YearFraction(1, 12)
    var balance = principal
    for number in 1...months {
      let due = try interest.interest(on: balance, over: month)
      var reduction = number == months ? balance : instalment - due
      let isPaidOff = reduction >= balance
      if isPaidOff { reduction = balance }
      balance -= reduction
      self.interest += due
      last = due + reduction
      payments = number
      if isPaidOff { break }
    }
  }

  /// Newton on received = A·a(n−1, i) + L·v^n in the monthly rate i.
  func effectiveRate(upFront: Int64, each: Int64) throws(CalculationError) -> Decimal128 {
    let received = Double(principal - upFront)
    let level = Double(instalment + each)
    let final = Double(last + each)
    let count = Double(payments)
    let fees = Double(upFront) + count * Double(each)
    let guess = nominal + 2 * fees / (received * (count + 1))
    let root = RootFinder.root(near: guess, in: -0.9...1e3, reach: 0.001) { rate in
      let logarithm = Elementary.logarithmOfOnePlus(rate)
      let before = Elementary.exponential(-(count - 1) * logarithm)
      let discount = 1 / (1 + rate)
      let atEnd = before * discount
      let annuity: Double
      let slope: Double
      if abs(rate) < 1e-9 {
        annuity = (count - 1) * (1 - count / 2 * rate)
        slope = -(count - 1) * count / 2
      } else {
        annuity = -Elementary.exponentialMinusOne(-(count - 1) * logarithm) / rate
        slope = ((count - 1) * atEnd - annuity) / rate
      }
      return (
        level * annuity + final * atEnd - received,
        level * slope - final * count * atEnd * discount
      )
    }
    guard let root else {
      throw CalculationError(.noSolution, "fees", "No rate makes this loan balance.")
    }
    let annual = Elementary.exponentialMinusOne(12 * Elementary.logarithmOfOnePlus(root))
    return Decimal128(annual).rounded(scale: CalculationLimits.rateDigits)
  }
}
