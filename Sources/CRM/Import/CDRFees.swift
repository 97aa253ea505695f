import Advice
import Quantities

/// What a product costs beside its rates.
extension CDRDraft {
  mutating func readFees(_ object: CDRObject) {
    for (index, row) in object.objects("fees").enumerated() {
      let place = "fees/\(index)"
      guard let row else {
        quarantine(.fee, place, .unknownType, "This is not an object.")
        continue
      }
      guard product.charges.fees.count < Self.rowsLimit else {
        quarantine(.fee, place, .tooMany, "More than \(Self.rowsLimit) fees.")
        continue
      }
      switch readFee(row) {
      case .success(let fee):
        product.charges.fees.append(fee)
        if fee.amount == nil, fee.share == nil { shown(.fee) } else { evaluated(.fee) }
      case .failure(let fault):
        let parts = [row.words("name"), row.words("amount"), row.words("additionalInfo")]
        quarantine(
          .fee, place, fault.fault, fault.detail,
          tell: parts.compactMap(\.self).joined(separator: ": "))
      }
    }
  }

  private func readFee(_ row: CDRObject) -> Result<Fee, RowFault> {
    guard let name = row.words("name") else { return .failure(RowFault(.missingText, "name")) }
    let word = row.exact("feeType") ?? ""
    guard let occasion = Self.feeTypes[word] else {
      return .failure(RowFault(.unknownType, "feeType '\(word)'"))
    }
    var fee = Fee()
    fee.name = CDRText.cut(name, to: Self.feeNameLength)
    fee.occasion = occasion
    fee.isDiscountable = !row.objects("discounts").isEmpty
    if let fault = readSums(row, into: &fee) { return .failure(fault) }
    let code = row.exact("currency") ?? home.code
    if code != product.currency.code {
      guard let currency = Currency(code) else {
        return .failure(RowFault(.unknownCurrency, "currency '\(code)'"))
      }
      fee.currency = currency
    }
    var notes: [String] = []
    for key in ["additionalValue", "additionalInfo"] {
      if let words = row.words(key), CDRPeriod(words) == nil, words != name { notes.append(words) }
    }
    if !notes.isEmpty { fee.note = CDRText.cut(notes.joined(separator: ": ")) }
    if occasion == .periodic, let fault = readPeriod(row, into: &fee) { return .failure(fault) }
    let isStated = fee.amount != nil || fee.share != nil
    fee.isPartOfPrice = isStated && (occasion == .upfront || occasion == .periodic)
    return .success(fee)
  }

  /// A sum and at most one share; shares of nought beside another figure say nothing.
  private func readSums(_ row: CDRObject, into fee: inout Fee) -> RowFault? {
    switch row.number("amount") {
    case .absent: break
    case .bad(let text): return RowFault(.badNumber, "amount '\(text)'")
    case .value(let value):
      guard value >= 0, value <= Self.amountLimit else {
        return RowFault(.outOfRange, "amount \(value.plainText)")
      }
      fee.amount = value
    }
    for (key, measure) in Self.shares {
      switch row.number(key) {
      case .absent: continue
      case .bad(let text): return RowFault(.badNumber, "\(key) '\(text)'")
      case .value(let value):
        guard value >= 0, value <= 1 else {
          return RowFault(.outOfRange, "\(key) \(value.plainText)")
        }
        if value.isZero, fee.amount != nil || fee.share != nil { continue }
        if let share = fee.share, !share.isZero {
          return RowFault(.ambiguousAmount, "\(key) \(value.plainText) beside another share")
        }
        fee.share = value
        fee.shareOf = measure
      }
    }
    return nil
  }

  /// Every how many months a periodic fee is charged.
  private func readPeriod(_ row: CDRObject, into fee: inout Fee) -> RowFault? {
    let text = row.text("additionalValue")
    if case .months(let months)? = text.flatMap({ CDRPeriod($0) }) {
      fee.everyMonths = months
    } else if let months = Self.periodNamed(in: fee.name) {
      fee.everyMonths = months
    } else if let text {
      return RowFault(.badDuration, "additionalValue '\(text)'")
    } else {
      return RowFault(.missingDuration, "A periodic fee without a period.")
    }
    return nil
  }

  /// The months of a period that a fee's own name tells, as ANNUAL_FEE and Monthly fee do.
  private static func periodNamed(in name: String) -> Int? {
    let name = name.lowercased()
    if name.contains("annual") || name.contains("yearly") { return 12 }
    if name.contains("quarterly") { return 3 }
    return name.contains("monthly") ? 1 : nil
  }

  private static let feeNameLength = 300
  private static let shares: [(String, FeeMeasure)] = [
    ("balanceRate", .balance), ("transactionRate", .transaction),
    ("accruedRate", .accruedInterest),
  ]
  private static let feeTypes: [String: FeeOccasion] = [
    "UPFRONT": .upfront, "PERIODIC": .periodic, "EXIT": .exit, "EVENT": .event,
    "TRANSACTION": .transaction, "WITHDRAWAL": .withdrawal, "PAYMENT": .payment,
    "DEPOSIT": .deposit, "PURCHASE": .purchase, "VARIABLE": .variable,
  ]
}
