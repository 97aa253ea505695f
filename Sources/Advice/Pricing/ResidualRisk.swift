/// What a hedge leaves open, to be said before it is bought (Directive 2014/65/EU, article 24(4)).
package enum ResidualRisk: Sendable, Hashable {
  /// Gains above the cap are given up, and the sold call obliges to deliver.
  case capped
  /// Losses below this part of today's level, in per cent, are borne again.
  case below(percent: String)
  /// The positions may move otherwise than the market that is hedged.
  case basis(market: String)
  /// A better rate at the end is given up.
  case fixedRate
  /// The interest of the first quarter is not capped.
  case firstQuarter

  /// The risk as a sentence of a language.
  package func sentence(_ texts: Texts) -> String {
    let (name, value): (String, String?) =
      switch self {
      case .capped: ("capped", nil)
      case .below(let percent): ("below", percent)
      case .basis(let market): ("basis", market)
      case .fixedRate: ("fixedRate", nil)
      case .firstQuarter: ("firstQuarter", nil)
      }
    return texts.sentence(
      for: Reason(tier: .suitability, code: "risk.\(name)", state: .met, actual: value))
  }
}
