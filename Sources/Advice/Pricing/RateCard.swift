import Calculation
import JSON
import Quantities

/// A product's standing rates and the fees in its price in the form that pricing walks: flat,
/// without words, the best rate for the client first.
package struct RateCard: Sendable {
  /// A standing rate.
  package struct Standing: Sendable {
    /// Its place among the product's rates.
    package let band: Int
    let rate: Decimal128
    let repayment: RepaymentStyle?
    let occupancy: Occupancy?
    /// The months after which a deposit no longer earns it; nil where it lasts.
    let months: Int?
    /// Its brackets, those of one unit together.
    let brackets: Range<Int>
  }

  /// What a fee adds to the price.
  struct Charge: Sendable {
    let occasion: FeeOccasion
    let amount: Decimal128?
    let share: Decimal128?
    let minimum: Decimal128?
    let maximum: Decimal128?
    let everyMonths: Int
  }

  /// The standing rates, the best for the client first.
  ///
  /// Loans: from the lowest on, introductory ones aside. Deposits: from the highest on. Of equals
  /// the one that the product lists first.
  package let rates: [Standing]
  /// The fees that every client pays, in the product's currency.
  let charges: [Charge]
  /// The ways of repaying that the rates are for.
  let repayments: Served
  /// The uses of a home that the rates are for.
  let occupancies: Served
  private let brackets: [BandCondition]
  /// What the first rates are for, as tests of cells, one rate after another.
  let bracketsCell: String
  /// The fees of a loan of any amount; nil where one of them is a share of it.
  private let fixedFees: LoanFees?

  /// What some rates are for; a rate that names nothing is for anything.
  struct Served: Sendable {
    private let isAny: Bool
    private let served: Set<String>
    /// All that is named, in order.
    let names: String
    /// The same as a test of a decision table's cell.
    let cell: String

    fileprivate init(_ rates: [String?]) {
      isAny = rates.contains(nil)
      served = Set(rates.compactMap(\.self))
      let sorted = served.sorted(by: byteOrder)
      names = sorted.joined(separator: ", ")
      cell = sorted.map { "\"\($0)\"" }.joined(separator: ", ")
    }

    /// Whether a rate is for this.
    func contains(_ asked: String) -> Bool { isAny || served.contains(asked) }
  }

  /// How many rates' brackets are told where none fits.
  private static let ratesShown = 5

  /// The card of a product as it is.
  package init(_ product: Product) {
    let isDeposit = product.line == .deposit
    var brackets: [BandCondition] = []
    var rates: [Standing] = []
    for (band, rate) in product.charges.rates.enumerated() where rate.type.role == .standing {
      if !isDeposit, rate.type == .introductory { continue }
      let start = brackets.count
      for unit in BandUnit.allCases { brackets += rate.conditions.filter { $0.unit == unit } }
      rates.append(
        Standing(
          band: band, rate: rate.rate, repayment: rate.repayment, occupancy: rate.occupancy,
          months: isDeposit && product.kind != .termDeposit ? rate.fixedMonths : nil,
          brackets: start..<brackets.count))
    }
    self.rates = rates.sorted { left, right in
      if left.rate != right.rate { return isDeposit == (left.rate > right.rate) }
      return left.band < right.band
    }
    self.brackets = brackets
    let shown = self.rates.prefix(Self.ratesShown).map { rate in
      let named = [
        rate.repayment.map { "repayment = \"\($0.rawValue)\"" },
        rate.occupancy.map { "occupancy = \"\($0.rawValue)\"" },
      ]
      return (brackets[rate.brackets].map(\.cell) + named.compactMap(\.self))
        .joined(separator: " and ")
    }
    bracketsCell = (shown + (self.rates.count > Self.ratesShown ? ["…"] : []))
      .joined(separator: "; ")
    repayments = Served(rates.map(\.repayment?.rawValue))
    occupancies = Served(rates.map(\.occupancy?.rawValue))
    charges = product.charges.fees.compactMap { fee in
      guard fee.isPartOfPrice, fee.currency.map({ $0 == product.currency }) ?? true else {
        return nil
      }
      return Charge(fee)
    }
    fixedFees =
      charges.allSatisfy { $0.share == nil }
      ? Self.loanFees(charges, on: Money(0, product.currency)) : nil
  }

  /// The best rate whose conditions are all known to hold.
  package func best(in situation: RateSituation) -> Standing? {
    rates.first { fit($0, in: situation) == .holds }
  }

  /// The best rate that lasts, of those whose conditions are all known to hold.
  func bestLasting(in situation: RateSituation) -> Standing? {
    rates.first { $0.months == nil && fit($0, in: situation) == .holds }
  }

  /// The units that would have to be known before any standing rate can be told; empty when one
  /// holds or all fail.
  package func unknownUnits(in situation: RateSituation) -> [BandUnit] {
    var units: [BandUnit] = []
    for rate in rates {
      switch fit(rate, in: situation) {
      case .holds: return []
      case .fails: continue
      case .unknown(let missing): units += missing.filter { !units.contains($0) }
      }
    }
    return units
  }

  /// Whether a rate holds: another way of repaying or of using the home than its own fails, and of
  /// the brackets in each unit one must hold.
  package func fit(_ rate: Standing, in situation: RateSituation) -> BandFit {
    if let repayment = rate.repayment, let asked = situation.repayment, asked != repayment {
      return .fails
    }
    if let occupancy = rate.occupancy, let asked = situation.occupancy, asked != occupancy {
      return .fails
    }
    var unknown: [BandUnit] = []
    var index = rate.brackets.lowerBound
    while index < rate.brackets.upperBound {
      let unit = brackets[index].unit
      let values = situation.values(in: unit)
      var isWithin = false
      while index < rate.brackets.upperBound, brackets[index].unit == unit {
        if let values, !isWithin { isWithin = brackets[index].bounds.overlaps(values) }
        index += 1
      }
      if values != nil, !isWithin { return .fails }
      // Of several values that it may have, one that lies within does not say that all do.
      let isKnown = values.map { $0.lowerBound == $0.upperBound } ?? false
      if !isKnown { unknown.append(unit) }
    }
    return unknown.isEmpty ? .holds : .unknown(unknown)
  }

  /// The fees that every borrower pays: at the start, and the periodic ones spread over the
  /// monthly payments so that none is left out.
  func loanFees(on amount: Money) -> LoanFees {
    fixedFees ?? Self.loanFees(charges, on: amount)
  }

  private static func loanFees(_ charges: [Charge], on amount: Money) -> LoanFees {
    var fees = LoanFees()
    for charge in charges {
      let sum = charge.sum(on: amount.amount)
      guard sum > 0 else { continue }
      switch charge.occasion {
      case .upfront: fees.upFront += sum
      case .periodic:
        let isMonthly = charge.everyMonths == 1
        fees.eachPayment += isMonthly ? sum : sum / Decimal128(charge.everyMonths)
      default: break
      }
    }
    let units = amount.currency.minorUnits
    if !fees.upFront.isZero { fees.upFront = fees.upFront.rounded(scale: units, .halfUp) }
    if !fees.eachPayment.isZero {
      fees.eachPayment = fees.eachPayment.rounded(scale: units, .up)
    }
    return fees
  }

  /// The fees that every depositor pays over the term.
  func depositFees(on amount: Money, months: Int) -> Decimal128 {
    var fees: Decimal128 = 0
    for charge in charges {
      let sum = charge.sum(on: amount.amount)
      guard sum > 0 else { continue }
      switch charge.occasion {
      case .upfront: fees += sum
      case .periodic: fees += sum * Decimal128(months / charge.everyMonths)
      default: break
      }
    }
    return fees.rounded(scale: amount.currency.minorUnits, .halfUp)
  }
}

extension RateCard.Charge {
  /// What a fee adds; nil where neither a sum nor a share is stated.
  init?(_ fee: Fee) {
    guard fee.amount != nil || fee.share != nil else { return nil }
    self.init(
      occasion: fee.occasion, amount: fee.amount, share: fee.share, minimum: fee.minimum,
      maximum: fee.maximum, everyMonths: max(1, fee.everyMonths ?? 1))
  }

  /// The sum charged once on so much money, before rounding.
  func sum(on base: Decimal128) -> Decimal128 {
    guard let share else { return amount ?? .zero }
    var part = share * base
    if let minimum { part = max(part, minimum) }
    if let maximum { part = min(part, maximum) }
    return (amount ?? .zero) + part
  }
}

/// A product with what pricing has made of it.
final class Listing: Sendable {
  let product: Product
  let kind: ProductKind
  /// The kind's place among all kinds.
  let kindNumber: Int
  let currency: Currency
  let card: RateCard
  /// What names the product in answers, as JSON.
  let head: [UInt8]

  init(_ product: Product) {
    var writer = JSONWriter(capacity: 160)
    writer.object(product.writeHead)
    head = writer.bytes
    self.product = product
    kind = product.kind
    kindNumber = ProductKind.allCases.firstIndex(of: product.kind) ?? 0
    currency = product.currency
    card = RateCard(product)
  }
}
