package import Quantities

/// One movement on a client's account, as the roll-ups read it.
package struct HistoryEvent: Sendable, Hashable {
  /// The day the movement was booked.
  package let date: CalendarDate
  /// What the movement was for.
  package let kind: MovementKind
  /// The amount in the account's currency, never negative; the kind tells the direction.
  package let amount: Decimal128
  /// The account's balance after the movement, where the bank gives it.
  package let balance: Decimal128?

  /// A movement of an amount on a day.
  package init(
    date: CalendarDate, kind: MovementKind, amount: Decimal128, balance: Decimal128? = nil
  ) {
    self.date = date
    self.kind = kind
    self.amount = amount
    self.balance = balance
  }
}

/// What a movement on an account was for.
package enum MovementKind: String, Sendable, CaseIterable {
  case salary, pension, cashIn, transferIn, interestCredit, loanDrawdown
  case instalment, household, insurancePremium, cardPayment, cashOut, transferOut, fee
  case penaltyInterest

  /// Whether the movement brings money in.
  package var isCredit: Bool {
    switch self {
    case .salary, .pension, .cashIn, .transferIn, .interestCredit, .loanDrawdown: true
    default: false
    }
  }

  /// Whether money of this kind may count as a client's regular income.
  package var isIncome: Bool {
    switch self {
    case .salary, .pension, .cashIn, .transferIn: true
    default: false
    }
  }
}
