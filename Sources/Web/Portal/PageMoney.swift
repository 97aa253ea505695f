import Advice
import Quantities

/// Amounts of a calculator's page in its form's currency.
struct PageMoney {
  private let currency: Currency

  init(_ form: CalculatorForm) { currency = form.currency }

  /// With the currency.
  func full(_ amount: Decimal128) -> String { Wording.money(amount, currency) }

  /// Without it, for tables.
  func plain(_ amount: Decimal128) -> String {
    Wording.grouped(amount.rounded(scale: currency.minorUnits, .halfUp))
  }

  /// What must be shown beside an offer, in words: each heading once, in the law's order.
  func disclosures(_ figures: [Figure]) -> [CalculatorPage.Shown] {
    var shown: [CalculatorPage.Shown] = []
    for row in figures.rows("disclosures") {
      let value: String =
        switch row.text("kind") {
        case "money": full(row.amount("value"))
        case "percent": "\(row.amount("value").plainText)\u{A0}%"
        default: row.text("value")
        }
      let label = Wording.words(row.text("name"))
      if shown.last?.label == label {
        shown[shown.count - 1].values.append(value)
      } else {
        shown.append(
          .init(label: label, values: [value], isTold: row.text("kind") == "text"))
      }
    }
    return shown
  }
}

extension [Figure] {
  /// An amount, or zero where there is none.
  func amount(_ name: String) -> Decimal128 {
    switch self[name] {
    case .decimal(let value): value
    case .integer(let value): Decimal128(value)
    default: 0
    }
  }

  /// A text, a date or a number as text.
  func text(_ name: String) -> String {
    switch self[name] {
    case .text(let text): text
    case .date(let date): date.description
    case .integer(let value): "\(value)"
    case .decimal(let value): value.plainText
    default: ""
    }
  }

  /// The rows of a table.
  func rows(_ name: String) -> [[Figure]] {
    guard case .list(let values) = self[name] else { return [] }
    return values.compactMap { value in
      guard case .fields(let figures) = value else { return nil }
      return figures
    }
  }

  /// The decimals of a list.
  func values(_ name: String) -> [Decimal128] {
    guard case .list(let values) = self[name] else { return [] }
    return values.compactMap { value in
      guard case .decimal(let decimal) = value else { return nil }
      return decimal
    }
  }

  /// The figures of a figure.
  func inside(_ name: String) -> [Figure] {
    guard case .fields(let figures) = self[name] else { return [] }
    return figures
  }
}
