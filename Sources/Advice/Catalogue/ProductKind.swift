/// The four trades whose products are ranked together.
package enum ProductLine: String, Sendable, CaseIterable {
  case loan, deposit, insurance, hedge
}

/// What a product is, in the words of the market.
///
/// New kinds go at the end of their line in the text, and at the end of the list: the order is part
/// of the stored form.
package enum ProductKind: String, Sendable, CaseIterable {
  // Loans
  case personalLoan, mortgage, carLoan, studentLoan, businessLoan, overdraft, creditCard, lease
  case marginLoan, tradeFinance
  // Deposits
  case currentAccount, savingsAccount, termDeposit, childrenSavings, pensionSavings, trustAccount
  case travelCard
  // Insurance
  case motor, property, contents, health, travel, termLife, liability, business, pet, accident
  case incomeProtection
  // Hedges
  case protectivePut, collar, putSpread, fxForward, fxOption, fxCollar, interestRateCap
  // Insurance again: the cover of a vehicle that the law demands, class 10 of annex I of Directive
  // 2009/138/EC, where `motor` is what the owner chooses to insure (class 3).
  case motorLiability

  /// The trade that the kind belongs to.
  package var line: ProductLine {
    switch self {
    case .personalLoan, .mortgage, .carLoan, .studentLoan, .businessLoan, .overdraft, .creditCard,
      .lease, .marginLoan, .tradeFinance:
      .loan
    case .currentAccount, .savingsAccount, .termDeposit, .childrenSavings, .pensionSavings,
      .trustAccount, .travelCard:
      .deposit
    case .motor, .property, .contents, .health, .travel, .termLife, .liability, .business, .pet,
      .accident, .incomeProtection, .motorLiability:
      .insurance
    case .protectivePut, .collar, .putSpread, .fxForward, .fxOption, .fxCollar, .interestRateCap:
      .hedge
    }
  }

  /// Whether credit is drawn and repaid as the client likes, without an agreed schedule.
  package var isRevolving: Bool {
    switch self {
    case .overdraft, .creditCard, .marginLoan: true
    default: false
    }
  }
}

/// Who may have a product.
package enum Audience: String, Sendable, CaseIterable {
  case person, business, everyone

  /// Whether natural persons may have it.
  package var includesPersons: Bool { self != .business }
  /// Whether businesses may have it.
  package var includesBusinesses: Bool { self != .person }
}

/// Where a product may be taken out.
package enum SalesChannel: String, Sendable, CaseIterable {
  case online, mobile, branch, phone, broker
}
