import Advice
import Quantities

/// For how long a rate holds, and what stands beside it in words.
extension CDRDraft {
  /// Reads the duration of a rate from its additional value.
  ///
  /// On a term deposit it is the term, unless tiers of months or days say the term. On a loan and
  /// a savings account it is for how long a fixed or introductory rate stays.
  ///
  /// - Returns: why the rate cannot be used; nil when it can.
  func readDuration(_ rate: CDRObject, into band: inout RateBand, isLending: Bool) -> RowFault? {
    let text = rate.text("additionalValue")
    let period = text.flatMap { CDRPeriod($0) }
    if case .months(let months)? = period, band.type == .fixed || band.type == .introductory {
      band.fixedMonths = months
    }
    if isLending {
      if period == nil { readFixedWords(rate, into: &band) }
      return readFixedPeriod(text, period, into: &band)
    }
    let hasTerm = band.conditions.contains { $0.unit == .months || $0.unit == .days }
    if category == .termDeposits, !hasTerm {
      switch period {
      case .months(let months):
        band.conditions.append(
          BandCondition(.months, minimum: Decimal128(months), maximum: Decimal128(months)))
      case .days(let days):
        band.conditions.append(
          BandCondition(.days, minimum: Decimal128(days), maximum: Decimal128(days)))
      case nil: return band.type == .fixed ? missing(text) : nil
      }
    } else if band.type == .fixed, !hasTerm, period == nil {
      return missing(text)
    }
    return nil
  }

  private func missing(_ text: String?) -> RowFault {
    text.map { RowFault(.badDuration, "additionalValue '\($0)'") }
      ?? RowFault(.missingDuration, "A fixed rate without a duration.")
  }

  /// On loans that outlive their fixed rate, months are how long the rate stays.
  private func readFixedPeriod(
    _ text: String?, _ period: CDRPeriod?, into band: inout RateBand
  ) -> RowFault? {
    let stays = band.type == .fixed || band.type == .introductory
    guard stays || band.type == .discount else { return nil }
    if category.fixesRateForMonths {
      let brackets = band.conditions.filter { $0.unit == .months }.map(\.bounds)
      band.conditions.removeAll { $0.unit == .months }
      if let months = band.fixedMonths, !brackets.isEmpty {
        let isWithin = brackets.contains { $0.contains(Decimal128(months)) }
        if !isWithin {
          return RowFault(.contradictoryBounds, "\(months) months lie outside the tier's months.")
        }
      } else if band.fixedMonths == nil, stays {
        band.fixedMonths = brackets.lazy.compactMap { $0.maximum?.integerValue }.first
      }
    }
    let hasTerm = band.conditions.contains { $0.unit == .months || $0.unit == .days }
    guard stays, band.fixedMonths == nil, !hasTerm, period == nil, band.condition == nil else {
      return nil
    }
    return missing(text)
  }

  /// What the words of a loan say of how long its fixed rate stays.
  ///
  /// A personal loan has one rate for its term, so that where the bank calls it fixed and says no
  /// period, it is used and the client is told.
  private func readFixedWords(_ rate: CDRObject, into band: inout RateBand) {
    guard band.type == .fixed || band.type == .introductory else { return }
    switch CDRFixedPeriod.read(rate, of: product.name) {
    case .months(let months): band.fixedMonths = months
    case .upTo(let months) where !category.fixesRateForMonths:
      band.conditions.append(BandCondition(.months, maximum: Decimal128(months)))
    case .wholeTerm where !category.fixesRateForMonths: band.condition = Self.fixedForTerm
    case nil where category == .personalLoans && rate.text("additionalValue") == nil:
      band.condition = Self.unstatedPeriod
    default: break
    }
  }

  private static let fixedForTerm = "The rate is fixed for the term of the loan."
  private static let unstatedPeriod =
    "The bank calls this rate fixed and does not say for how long."

  /// Keeps a rate and counts its rows: what depends on words is shown, the rest is evaluated.
  mutating func keep(_ given: RateBand, _ rate: CDRObject, _ tiers: [CDRObject?], _ rows: Int) {
    var band = given
    if tiers.contains(where: { $0?.exact("rateApplicationMethod") == "PER_TIER" }) {
      band.application = .perTier
    }
    var remarks: [String] = []
    func add(_ words: String?) {
      if let words, !remarks.contains(words) { remarks.append(words) }
    }
    add(given.condition)
    if let value = rate.words("additionalValue"), CDRPeriod(value) == nil,
      CDRFixedPeriod(whole: value) == nil
    {
      add(value)
    }
    for tier in tiers {
      add(tier?.object("applicabilityConditions")?.words("additionalInfo"))
    }
    let dependsOnWords = !remarks.isEmpty || band.type.role != .standing
    add(rate.words("additionalInfo"))
    for tier in tiers { add(tier?.words("additionalInfo")) }
    if !remarks.isEmpty { band.condition = CDRText.cut(remarks.joined(separator: " ")) }
    product.charges.rates.append(band)
    if dependsOnWords { shown(.rate, rows) } else { evaluated(.rate, rows) }
  }
}
