import Advice
import Quantities

/// How much may be borrowed or placed.
extension CDRDraft {
  mutating func readConstraints(_ object: CDRObject) {
    for (index, row) in object.objects("constraints").enumerated() {
      let place = "constraints/\(index)"
      guard let row else {
        quarantine(.constraint, place, .unknownType, "This is not an object.")
        continue
      }
      let word = row.exact("constraintType") ?? ""
      guard let isMinimum = Self.constraintTypes[word] else {
        quarantine(
          .constraint, place, .unknownType, "constraintType '\(word)'",
          tell: row.words("additionalInfo"))
        continue
      }
      if let value = readAmount(row, place, word) {
        bound(value, isMinimum: isMinimum, word, row, place)
      }
    }
  }

  /// Whether each type bounds the amount from below.
  private static let constraintTypes = [
    "MIN_LIMIT": true, "MIN_BALANCE": true, "OPENING_BALANCE": true, "MAX_LIMIT": false,
    "MAX_BALANCE": false,
  ]

  /// The amount of a constraint; nil after the row was counted.
  private mutating func readAmount(
    _ row: CDRObject, _ place: String, _ word: String
  ) -> Decimal128? {
    let words = [row.words("additionalValue"), row.words("additionalInfo")].compactMap(\.self)
    let told = words.isEmpty ? nil : words.joined(separator: ": ")
    switch row.number("additionalValue") {
    case .absent:
      if let told {
        show(.amount, told)
        shown(.constraint)
      } else {
        quarantine(.constraint, place, .missingValue, word)
      }
      return nil
    case .bad(let text):
      quarantine(.constraint, place, .badNumber, "\(word) '\(text)'", tell: told)
      return nil
    case .value(let value):
      guard value >= 0, value <= Self.amountLimit else {
        quarantine(.constraint, place, .outOfRange, "\(word) \(value.plainText)", tell: told)
        return nil
      }
      guard !isCurrencyUnnamed else {
        quarantine(
          .constraint, place, .unknownCurrency, "\(word) \(value.plainText)",
          tell: row.words("additionalInfo"))
        return nil
      }
      return value
    }
  }

  private mutating func bound(
    _ value: Decimal128, isMinimum: Bool, _ word: String, _ row: CDRObject, _ place: String
  ) {
    guard isMinimum || value > 0 else {
      return quarantine(
        .constraint, place, .emptyBound, "\(word) 0 would admit nobody",
        tell: row.words("additionalInfo"))
    }
    // From nothing on is from any amount on.
    if isMinimum, value.isZero { return evaluated(.constraint) }
    let given = isMinimum ? Bounds(minimum: value) : Bounds(maximum: value)
    let both = product.terms.amount.intersection(given)
    guard !both.isContradictory else {
      return quarantine(
        .constraint, place, .contradictoryBounds, "\(word) \(value.plainText)",
        tell: row.words("additionalInfo"))
    }
    product.terms.amount = both
    if word == "MIN_BALANCE" {
      product.terms.balanceMinimum = max(product.terms.balanceMinimum ?? 0, value)
    }
    if word == "OPENING_BALANCE" {
      product.terms.openingDepositMinimum = max(product.terms.openingDepositMinimum ?? 0, value)
    }
    evaluated(.constraint)
  }
}
