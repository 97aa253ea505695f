package import Quantities

/// What is known of a contract when its rate is looked up.
package struct RateSituation: Sendable, Hashable {
  /// The amount in the product's currency.
  package var amount: Decimal128?
  /// The term in months.
  package var months: Int?
  /// The term in days, for products whose terms are days.
  package var days: Int?
  /// The loan in per cent of the security's value.
  package var loanToValue: Decimal128?
  /// How the loan is to be repaid.
  package var repayment: RepaymentStyle?
  /// Who is to use the home.
  package var occupancy: Occupancy?

  /// A situation of which so much is known.
  package init(
    amount: Decimal128? = nil, months: Int? = nil, days: Int? = nil,
    loanToValue: Decimal128? = nil, repayment: RepaymentStyle? = nil, occupancy: Occupancy? = nil
  ) {
    self.amount = amount
    self.months = months
    self.days = days
    self.loanToValue = loanToValue
    self.repayment = repayment
    self.occupancy = occupancy
  }

  func value(in unit: BandUnit) -> Decimal128? {
    switch unit {
    case .amount: amount
    case .months: months.map { Decimal128($0) }
    case .days: days.map { Decimal128($0) }
    case .loanToValue: loanToValue
    }
  }
}

/// Whether a rate holds in a situation.
package enum BandFit: Sendable, Hashable {
  /// All conditions hold.
  case holds
  /// At least one condition fails, whatever is not known.
  case fails
  /// Nothing fails, but these units are not known.
  case unknown([BandUnit])
}

extension RateBand {
  /// Whether the rate holds in a situation.
  ///
  /// Another way of repaying or of using the home than the rate's fails; one that is not known does
  /// not.
  package func fit(_ situation: RateSituation) -> BandFit {
    if let repayment, let asked = situation.repayment, asked != repayment { return .fails }
    if let occupancy, let asked = situation.occupancy, asked != occupancy { return .fails }
    var unknown: [BandUnit] = []
    for unit in BandUnit.allCases where conditions.contains(where: { $0.unit == unit }) {
      guard let value = situation.value(in: unit) else {
        unknown.append(unit)
        continue
      }
      let isWithin = conditions.contains { $0.unit == unit && $0.bounds.contains(value) }
      if !isWithin { return .fails }
    }
    return unknown.isEmpty ? .holds : .unknown(unknown)
  }

  /// Whether every condition is known to hold.
  package func holds(in situation: RateSituation) -> Bool { fit(situation) == .holds }
}

extension Charges {
  /// The places in ``rates`` of the standing rates that hold in a situation, in their order.
  package func standingRates(in situation: RateSituation) -> [Int] {
    rates.indices.filter {
      rates[$0].type.role == .standing && rates[$0].holds(in: situation)
    }
  }

  /// The place of the highest standing rate that holds: what a deposit earns.
  ///
  /// The first of equals.
  package func highestRate(in situation: RateSituation) -> Int? {
    var best: Int?
    for index in rates.indices
    where rates[index].type.role == .standing && rates[index].holds(in: situation) {
      if let found = best, rates[found].rate >= rates[index].rate { continue }
      best = index
    }
    return best
  }

  /// The place of the lowest standing rate that holds, introductory rates aside: what a loan costs
  /// when nothing is rebated.
  ///
  /// The first of equals.
  package func lowestRate(in situation: RateSituation) -> Int? {
    var best: Int?
    for index in rates.indices
    where rates[index].type.role == .standing && rates[index].type != .introductory {
      guard rates[index].holds(in: situation) else { continue }
      if let found = best, rates[found].rate <= rates[index].rate { continue }
      best = index
    }
    return best
  }

  /// The units that would have to be known before any standing rate can be told; empty when one
  /// holds or all fail.
  package func unknownUnits(in situation: RateSituation) -> [BandUnit] {
    var units: [BandUnit] = []
    for band in rates where band.type.role == .standing {
      switch band.fit(situation) {
      case .holds: return []
      case .fails: continue
      case .unknown(let missing): units += missing.filter { !units.contains($0) }
      }
    }
    return units
  }
}
