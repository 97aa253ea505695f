public import Quantities

/// Part of a holding sold, so that a fall of its price costs no more than can be borne.
public struct PositionReduction: Sendable, Hashable {
  /// Whole units to sell, at most all.
  public let unitsToSell: Decimal128

  /// Units kept.
  public let unitsLeft: Decimal128

  /// What selling costs.
  public let cost: Decimal128

  /// What selling brings, its cost taken off.
  public let proceeds: Decimal128

  /// The loss of what is kept if the price falls so far.
  public let lossLeft: Decimal128

  /// The smallest sale that keeps the loss within its limit.
  ///
  /// - Parameters:
  ///   - shock: the fall to withstand, 0.3 = 30 %.
  ///   - greatestLoss: what can be borne.
  ///   - dealingCost: what selling costs, as a part of the proceeds.
  public init(
    units: Decimal128, spot: Decimal128, shock: Decimal128, greatestLoss: Decimal128,
    dealingCost: Decimal128 = 0, rounding: MoneyRounding = .cents
  ) throws(CalculationError) {
    try CalculationError.unless(
      units.isFinite && units > 0 && units <= CashFlow.greatest, .outOfRange, "units",
      "There must be something to sell.")
    try CalculationError.unless(
      spot.isFinite && spot > 0 && spot <= CashFlow.greatest, .outOfRange, "spot",
      "The price must be above zero.")
    try CalculationLimits.check(shock, in: 0...1, "shock")
    try CalculationLimits.check(greatestLoss, in: 0...CashFlow.greatest, "greatestLoss")
    try CalculationLimits.check(dealingCost, in: 0...1, "dealingCost")
    let each = spot * shock
    let kept = each.isZero ? units : min(greatestLoss / each, units)
    let sold = min((units - kept).rounded(scale: 0, .ceiling), units)
    unitsToSell = sold
    unitsLeft = units - sold
    cost = rounding.rounded(sold * spot * dealingCost)
    proceeds = rounding.rounded(sold * spot) - cost
    lossLeft = rounding.rounded((units - sold) * each)
  }
}
