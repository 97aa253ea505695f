/// How a client earns a living.
package enum EmploymentStatus: String, Sendable, CaseIterable {
  case employed, fixedTerm, civilServant, selfEmployed, casual, retired, student, homemaker
  case unemployed
}

/// What a loan is for.
package enum LoanPurpose: String, Sendable, CaseIterable {
  case homePurchase, homeConstruction, renovation, refinance, investmentProperty, car, education
  case debtConsolidation, medical, travel, household, workingCapital, equipment, trade
  case securities, other
}

/// What a client knows of investments, from none to professional use (MiFID II, Delegated
/// Regulation 2017/565, article 55).
///
/// Later cases know more.
package enum Knowledge: String, Sendable, CaseIterable, Comparable {
  case nothing = "none"
  case basic, informed, advanced

  private var grade: Int {
    switch self {
    case .nothing: 0
    case .basic: 1
    case .informed: 2
    case .advanced: 3
    }
  }

  /// By how much is known.
  package static func < (left: Knowledge, right: Knowledge) -> Bool { left.grade < right.grade }
}

/// How much of the money placed a client can lose without hardship.
///
/// Later cases bear more.
package enum CapacityForLoss: String, Sendable, CaseIterable, Comparable {
  case nothing = "none"
  case limited, full

  private var grade: Int {
    switch self {
    case .nothing: 0
    case .limited: 1
    case .full: 2
    }
  }

  /// By how much can be lost.
  package static func < (left: CapacityForLoss, right: CapacityForLoss) -> Bool {
    left.grade < right.grade
  }
}

/// What a client wants of the money: the objectives of a target market.
package enum Objective: String, Sendable, CaseIterable {
  case preservation, income, growth, hedging, liquidity, protection, financing, retirement
  case children
}
