public import Quantities

/// A figure that the law wants shown beside an offer.
public struct Disclosure: Sendable, Hashable {
  /// What the figure is; its wording for people is looked up by this name.
  public enum Key: String, Sendable, Hashable, CaseIterable {
    case totalAmountOfCredit, borrowingRate, annualPercentageRateOfCharge, durationMonths
    case instalment, numberOfInstalments, totalAmountPayable, totalCostOfCredit
    case chargesNotInRate, withdrawalDays, reflectionDays
    case stressedAnnualPercentageRateOfCharge
    case amountFinanced, financeCharge, annualPercentageRate, totalOfPayments, firstPaymentDue
    case lastPayment
    case fullCostPercent, fullCostMoney
    case interestRate, annualPercentageYield, effectiveAnnualRate, interest, maturityValue
    case premium, premiumTax, premiumFees, premiumTotal, demandsAndNeeds, informationDocument
    case costMoney, costPercent, costPercentPerYear, maximumLoss, obligation, residualRisk
    case appropriateness
  }

  /// The figure itself.
  public enum Value: Sendable, Hashable {
    /// An amount of money.
    case money(Decimal128)
    /// A rate in per cent, rounded as the law prints it.
    case percent(Decimal128)
    /// A number of things.
    case count(Int)
    /// A day.
    case date(CalendarDate)
    /// A sentence.
    case text(String)
  }

  /// What the figure is.
  public let key: Key

  /// The figure.
  public let value: Value

  /// A figure to be shown.
  public init(_ key: Key, _ value: Value) {
    self.key = key
    self.value = value
  }
}

/// Whose law says what must be shown with a credit.
public enum CreditJurisdiction: String, Sendable, Hashable, CaseIterable {
  /// Directive (EU) 2023/2225 (2008/48/EC): representative example and SECCI.
  case europeanUnion = "EU"
  /// The EU's equation as kept in CONC App 1; Consumer Credit Act 1974.
  case unitedKingdom = "UK"
  /// Truth in Lending, 12 CFR 1026.18.
  case unitedStates = "US"
  /// Federal Law 353-FZ, article 6.
  case russia = "RU"
}

/// What a credit is secured on.
public enum CreditSecurity: Sendable, Hashable {
  /// Nothing that changes what must be shown.
  case none
  /// A home; with a variable rate, the highest rate foreseen (Directive 2014/17/EU, Annex II).
  case mortgage(highestRate: Decimal128?)
}
