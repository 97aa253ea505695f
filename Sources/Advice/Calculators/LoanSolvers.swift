import Calculation
import Quantities

/// Solving for any one of payment, amount, number of payments and rate.
extension Calculators {
  private static let level =
    "P = A·(1 − (1 + i)^−n) ÷ i, i the annual rate by the periods in a year"

  static let loanPayment = Calculator(
    "loan payment", "loan/payment", "The level payment of a loan with equal periods",
    source: level, example: #"{"amount":"10000","annualRate":"0.05","payments":36}"#,
    renamed: loanNames
  ) { inputs in
    let amount = inputs.decimal("amount", "The amount lent.", in: CalculatorRanges.positive)
    let level = inputs.levelTerms()
    let rounding = inputs.rounding()
    guard let amount, let level else { return nil }
    let exact = try LoanPayment.level(
      principal: amount, annualRate: level.rate, payments: level.payments,
      perYear: level.perYear, timing: level.timing, balloon: level.balloon)
    return [
      .decimal("payment", rounding.rounded(exact), "The payment, rounded."),
      .decimal("exactPayment", exact, "The payment before rounding."),
    ]
  }

  static let loanAmount = Calculator(
    "loan amount", "loan/amount", "The largest amount that a payment can pay back",
    source: level, example: #"{"payment":"300","annualRate":"0.05","payments":36}"#,
    renamed: loanNames
  ) { inputs in
    let payment = inputs.levelPayment()
    let level = inputs.levelTerms()
    let rounding = inputs.rounding()
    guard let payment, let level else { return nil }
    let amount = try LoanPayment.greatestPrincipal(
      payment: payment, annualRate: level.rate, payments: level.payments,
      perYear: level.perYear, timing: level.timing, balloon: level.balloon, rounding: rounding)
    return [.decimal("amount", amount, "The amount, rounded.")]
  }

  static let loanTerm = Calculator(
    "loan term", "loan/term", "The number of payments that pay an amount back",
    source: level, example: #"{"amount":"10000","annualRate":"0.05","payment":"300"}"#,
    renamed: loanNames
  ) { inputs in
    let amount = inputs.decimal("amount", "The amount lent.", in: CalculatorRanges.positive)
    let rate = inputs.decimal(
      "annualRate", "The borrowing rate a year.", in: CalculatorRanges.chargedRates)
    let payment = inputs.levelPayment()
    let perYear = inputs.paymentsPerYear()
    guard let amount, let rate, let payment else { return nil }
    let solution = try LoanSolution(
      amount: amount, annualRate: rate, payment: payment, perYear: perYear)
    return [
      .integer("payments", solution.payments, "The number; the last may be smaller.")
    ]
  }

  static let loanRate = Calculator(
    "loan rate", "loan/rate", "The borrowing rate at which payments pay an amount back",
    source: level, example: #"{"amount":"10000","payments":36,"payment":"300"}"#,
    renamed: loanNames
  ) { inputs in
    let amount = inputs.decimal("amount", "The amount lent.", in: CalculatorRanges.positive)
    let payments = inputs.paymentCount()
    let payment = inputs.levelPayment()
    let perYear = inputs.paymentsPerYear()
    guard let amount, let payments, let payment else { return nil }
    let solution = try LoanSolution(
      amount: amount, payment: payment, payments: payments, perYear: perYear)
    return [.decimal("annualRate", solution.annualRate, "The rate a year, to 12 digits.")]
  }
}

extension CalculatorInputs {
  fileprivate func paymentCount() -> Int? {
    integer("payments", "The number of payments.", in: CalculatorRanges.payments)
  }

  fileprivate func levelPayment() -> Decimal128? {
    decimal("payment", "The level payment.", in: CalculatorRanges.positive)
  }

  fileprivate func paymentsPerYear() -> Int {
    optionalInteger("perYear", "Payments in a year; 12.", in: CalculatorRanges.perYear) ?? 12
  }

  /// What a level payment follows from beside the amount.
  fileprivate func levelTerms() -> LevelTerms? {
    let rate = decimal("annualRate", "The borrowing rate a year.", in: CalculatorRanges.rates)
    let payments = paymentCount()
    let perYear = paymentsPerYear()
    let balloon = optionalDecimal(
      "balloon", "What is left after the last payment; 0.", in: CalculatorRanges.amounts)
    let timing = timing()
    guard let rate, let payments else { return nil }
    return LevelTerms(
      rate: rate, payments: payments, perYear: perYear, balloon: balloon ?? 0, timing: timing)
  }
}

private struct LevelTerms {
  let rate: Decimal128
  let payments: Int
  let perYear: Int
  let balloon: Decimal128
  let timing: PaymentTiming
}
