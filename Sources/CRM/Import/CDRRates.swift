import Advice
import Quantities

/// Rates and their tiers.
///
/// Tiers of different units on one rate are conditions that hold together; tiers of one unit are
/// brackets of which one must hold. A rate is used only when nothing of a unit's brackets is
/// missing, since without them it would hold for everybody.
extension CDRDraft {
  /// Rates above these are mistakes, such as per cent written for fractions.
  private static let depositLimit = Decimal128(isNegative: false, coefficient: 20, exponent: -2)
  private static let lendingLimit = Decimal128(isNegative: false, coefficient: 60, exponent: -2)

  mutating func readRates(_ object: CDRObject) {
    readRates(object.objects("depositRates"), "depositRates", isLending: false)
    readRates(object.objects("lendingRates"), "lendingRates", isLending: true)
  }

  private mutating func readRates(_ rates: [CDRObject?], _ list: String, isLending: Bool) {
    let currencies = currencies(of: rates)
    for (index, rate) in rates.enumerated() {
      let place = "\(list)/\(index)"
      guard let rate else {
        quarantine(.rate, place, .unknownType, "This is not an object.")
        continue
      }
      let tiers = rate.objects("tiers")
      let rows = max(tiers.count, 1)
      guard product.charges.rates.count < Self.rowsLimit else {
        loseRate(place, rows, .tooMany, "More than \(Self.rowsLimit) rates.")
        continue
      }
      var band: RateBand
      switch head(of: rate, isLending: isLending) {
      case .success(let read): band = read
      case .failure(let fault):
        loseRate(place, rows, fault.fault, fault.detail)
        continue
      }
      guard isLending == category.isLending else {
        showOtherSide(band, rate, isLending: isLending)
        shown(.rate, rows)
        continue
      }
      switch currencies[index] {
      case .own: break
      case .other(let currency):
        showAside(band, rate, "Rate in \(currency.code)")
        shown(.rate, rows)
        continue
      case .unnamed:
        loseRate(place, rows, .unknownCurrency, "The rate is for a foreign currency.")
        continue
      }
      // Nobody lends for nothing: banks write nought where the rate is told on request, where a fee
      // stands in its place, or where a subsidy has conditions in words. It is shown, not priced by.
      if isLending, band.rate.isZero, band.type.role == .standing {
        showAside(band, rate, "Stated rate, by which it cannot be priced")
        shown(.rate, rows)
        continue
      }
      let lost = readTiers(tiers, into: &band, place, isLending: isLending)
      guard let lost else { continue }
      if let fault = readDuration(rate, into: &band, isLending: isLending) {
        loseRate(place, rows - lost.count, fault.fault, fault.detail)
        continue
      }
      keep(band, rate, tiers, rows - lost.count)
    }
  }

  /// Tells the client of a rate that is not the product's own: what an overdraft earns in credit,
  /// or what an account costs when it is overdrawn.
  private mutating func showOtherSide(_ band: RateBand, _ rate: CDRObject, isLending: Bool) {
    showAside(band, rate, isLending ? "Rate on money owed" : "Rate on money held")
  }

  /// Tells the client of a rate that does not price the product.
  private mutating func showAside(_ band: RateBand, _ rate: CDRObject, _ name: String) {
    let percent = (band.rate * 100).rounded(scale: 2, .halfUp).plainText
    let words = rate.words("additionalInfo").map { ": \($0)" } ?? ""
    show(.rate, "\(name): \(percent) % a year\(words)")
  }

  /// The type and the figures of a rate.
  private func head(of rate: CDRObject, isLending: Bool) -> Result<RateBand, RowFault> {
    let key = isLending ? "lendingRateType" : "depositRateType"
    let word = rate.exact(key) ?? ""
    let words = isLending ? Self.lendingTypes : Self.depositTypes
    guard let type = words[word] else {
      return .failure(RowFault(.unknownType, "\(key) '\(word)'"))
    }
    var band = RateBand(Self.isBalanceTransfer(rate) ? .balanceTransfer : type, .zero)
    let limit = isLending ? Self.lendingLimit : Self.depositLimit
    switch rate.number("rate") {
    case .absent: return .failure(RowFault(.missingValue, "rate"))
    case .bad(let text): return .failure(RowFault(.badNumber, "rate '\(text)'"))
    case .value(let value):
      guard value.magnitude <= limit else {
        return .failure(RowFault(.outOfRange, "rate \(value.plainText)"))
      }
      band.rate = value
    }
    switch rate.number("comparisonRate") {
    case .absent: break
    case .bad(let text): return .failure(RowFault(.badNumber, "comparisonRate '\(text)'"))
    case .value(let value):
      guard value.magnitude <= limit else {
        return .failure(RowFault(.outOfRange, "comparisonRate \(value.plainText)"))
      }
      band.comparisonRate = value
    }
    return readWords(rate, into: band)
  }

  /// Cards list the rate of balances brought from another card under the type of any rate, and say
  /// what it is in words.
  private static func isBalanceTransfer(_ rate: CDRObject) -> Bool {
    ["additionalInfo", "additionalValue"].contains { key in
      rate.words(key)?.lowercased().contains("balance transfer") ?? false
    }
  }

  /// The words of enumerations on a rate.
  private func readWords(_ rate: CDRObject, into given: RateBand) -> Result<RateBand, RowFault> {
    var band = given
    switch rate.exact("repaymentType") {
    case nil, "UNCONSTRAINED": break
    case "PRINCIPAL_AND_INTEREST": band.repayment = .principalAndInterest
    case "INTEREST_ONLY": band.repayment = .interestOnly
    case let word?: return .failure(RowFault(.unknownWord, "repaymentType '\(word)'"))
    }
    switch rate.exact("loanPurpose") {
    case nil, "UNCONSTRAINED": break
    case "OWNER_OCCUPIED": band.occupancy = .ownerOccupied
    case "INVESTMENT": band.occupancy = .investment
    case let word?: return .failure(RowFault(.unknownWord, "loanPurpose '\(word)'"))
    }
    switch rate.exact("interestPaymentDue") {
    case nil, "IN_ARREARS": break
    case "IN_ADVANCE": band.isPaidInAdvance = true
    case let word?: return .failure(RowFault(.unknownWord, "interestPaymentDue '\(word)'"))
    }
    if case .months(let months)? = rate.text("applicationFrequency").flatMap({ CDRPeriod($0) }) {
      band.paymentMonths = months
    }
    return .success(band)
  }

  /// Reads the tiers into the band's conditions.
  ///
  /// - Returns: the places of brackets that were lost while the rate can still be used; nil when
  ///   it cannot, after all rows were counted.
  private mutating func readTiers(
    _ tiers: [CDRObject?], into band: inout RateBand, _ place: String, isLending: Bool
  ) -> [Int]? {
    var lost: [Int: RowFault] = [:]
    var kept: Set<BandUnit> = []
    var missing: Set<BandUnit> = []
    var hasUnknownUnit = false
    for (index, tier) in tiers.enumerated() {
      let unit = tier.flatMap { Self.unit($0, isLending: isLending) }
      switch Self.bracket(tier, isLending: isLending) {
      case .success(let condition):
        kept.insert(condition.unit)
        if !condition.bounds.isOpen { band.conditions.append(condition) }
      case .failure(let fault):
        lost[index] = fault
        if let unit { missing.insert(unit) } else { hasUnknownUnit = true }
      }
    }
    // A bracket open to both sides makes its unit say nothing.
    for unit in kept where hasOpenBracket(tiers, unit, isLending: isLending) {
      band.conditions.removeAll { $0.unit == unit }
    }
    let isUsable = !hasUnknownUnit && missing.isSubset(of: kept)
    for index in tiers.indices {
      if let fault = lost[index] {
        quarantine(.rate, "\(place)/tiers/\(index)", fault.fault, fault.detail)
      } else if !isUsable {
        quarantine(
          .rate, "\(place)/tiers/\(index)", .lostWithRate, "Another tier cannot be read.")
      }
    }
    return isUsable ? lost.keys.sorted() : nil
  }

  private func hasOpenBracket(_ tiers: [CDRObject?], _ unit: BandUnit, isLending: Bool) -> Bool {
    tiers.contains { tier in
      guard case .success(let condition) = Self.bracket(tier, isLending: isLending) else {
        return false
      }
      return condition.unit == unit && condition.bounds.isOpen
    }
  }

  private static func unit(_ tier: CDRObject, isLending: Bool) -> BandUnit? {
    switch tier.exact("unitOfMeasure") {
    case "DOLLAR": .amount
    case "MONTH": .months
    case "DAY": .days
    case "PERCENT": isLending ? .loanToValue : nil
    default: nil
    }
  }

  private static func bracket(
    _ tier: CDRObject?, isLending: Bool
  ) -> Result<BandCondition, RowFault> {
    guard let tier else { return .failure(RowFault(.unknownType, "This is not an object.")) }
    let word = tier.exact("unitOfMeasure") ?? ""
    guard let unit = unit(tier, isLending: isLending) else {
      let fault: CDRFault = word == "PERCENT" ? .unsupportedUnit : .unknownUnit
      return .failure(RowFault(fault, "unitOfMeasure '\(word)'"))
    }
    var condition = BandCondition(unit)
    for (key, path) in [("minimumValue", \Bounds.minimum), ("maximumValue", \Bounds.maximum)] {
      switch tier.number(key) {
      case .absent: break
      case .bad(let text): return .failure(RowFault(.badNumber, "\(key) '\(text)'"))
      case .value(let value):
        guard value.magnitude <= amountLimit else {
          return .failure(RowFault(.outOfRange, "\(key) \(value.plainText)"))
        }
        condition.bounds[keyPath: path] = value
      }
    }
    if condition.bounds.isContradictory {
      return .failure(
        RowFault(
          .contradictoryBounds,
          "\(word) from \(condition.bounds.minimum?.plainText ?? "") to "
            + "\(condition.bounds.maximum?.plainText ?? "")"))
    }
    if unit == .loanToValue { condition.bounds = perCent(condition.bounds) }
    return .success(condition)
  }

  /// Bounds in per cent: banks write 80 % as 80 or as 0.8.
  ///
  /// A bracket that ends at 1 or below, or that begins between 0 and 1 without an end, is in
  /// fractions.
  private static func perCent(_ bounds: Bounds) -> Bounds {
    let isFraction =
      bounds.maximum.map { $0 <= 1 } ?? bounds.minimum.map { $0 > 0 && $0 < 1 } ?? false
    guard isFraction else { return bounds }
    return Bounds(
      minimum: bounds.minimum.map { ($0 * 100).normalized },
      maximum: bounds.maximum.map { ($0 * 100).normalized })
  }

  /// Amounts above this are mistakes.
  static let amountLimit: Decimal128 = 1_000_000_000_000_000

  mutating func loseRate(_ place: String, _ rows: Int, _ fault: CDRFault, _ detail: String) {
    for _ in 0..<max(rows, 0) { quarantine(.rate, place, fault, detail) }
  }

  private static let depositTypes: [String: RateType] = [
    "FIXED": .fixed, "VARIABLE": .variable, "INTRODUCTORY": .introductory, "BONUS": .bonus,
    "BUNDLE_BONUS": .bundleBonus, "FLOATING": .floating, "MARKET_LINKED": .marketLinked,
  ]
  private static let lendingTypes: [String: RateType] = [
    "FIXED": .fixed, "VARIABLE": .variable, "INTRODUCTORY": .introductory,
    "DISCOUNT": .discount, "PENALTY": .penalty, "FLOATING": .floating,
    "MARKET_LINKED": .marketLinked, "BALANCE_TRANSFER": .balanceTransfer,
    "CASH_ADVANCE": .cashAdvance, "PURCHASE": .purchase,
    "BUNDLE_DISCOUNT_FIXED": .bundleDiscountFixed,
    "BUNDLE_DISCOUNT_VARIABLE": .bundleDiscountVariable,
  ]
}

/// Why a row cannot be used.
struct RowFault: Error {
  let fault: CDRFault
  let detail: String

  init(_ fault: CDRFault, _ detail: String) {
    self.fault = fault
    self.detail = detail
  }
}
