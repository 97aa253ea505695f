/// The trade that makes a position of options indifferent to small moves of the asset.
public struct DeltaHedge: Sendable, Hashable {
  /// The delta of one option.
  public let deltaPerUnit: Double

  /// The position's delta in units of the asset: contracts × multiplier × delta.
  public let positionDelta: Double

  /// The position's gamma: how its delta changes when the asset moves by one.
  public let positionGamma: Double

  /// The position's change with time, for a year.
  public let positionTheta: Double

  /// The units of the asset to buy; negative is to be sold.
  public var unitsToBuy: Double { -positionDelta }

  /// The asset's prices at which the delta has moved by a band and the hedge is to be renewed.
  public let rebalanceAt: ClosedRange<Double>?

  /// The hedge of a position; contracts below zero were sold.
  ///
  /// - Parameter band: the change of delta, in units, that is left alone; nil for no levels.
  public init(
    option: OptionTerms, contracts: Double, multiplier: Double, band: Double? = nil
  ) throws(CalculationError) {
    try CalculationLimits.check(contracts, in: -1e9...1e9, "contracts")
    try CalculationLimits.check(multiplier, in: 1e-9...1e9, "multiplier")
    if let band { try CalculationLimits.check(band, in: 0...1e15, "band") }
    let greeks = try EuropeanOption(option)
    let units = contracts * multiplier
    deltaPerUnit = greeks.delta
    positionDelta = units * greeks.delta
    positionGamma = units * greeks.gamma
    positionTheta = units * greeks.theta
    if let band, positionGamma != 0 {
      let move = min(abs(band / positionGamma), option.spot)
      rebalanceAt = (option.spot - move)...(option.spot + move)
    } else {
      rebalanceAt = nil
    }
  }
}
