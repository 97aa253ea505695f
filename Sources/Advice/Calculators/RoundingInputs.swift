import Calculation
import Quantities

/// The ways an amount may be rounded, as inputs name them.
enum RoundingName: String, CaseIterable {
  case halfUp, halfEven, halfDown, up, down, ceiling, floor

  var rule: Rounding {
    switch self {
    case .halfUp: .halfUp
    case .halfEven: .halfEven
    case .halfDown: .halfDown
    case .up: .up
    case .down: .down
    case .ceiling: .ceiling
    case .floor: .floor
    }
  }
}

extension CalculatorInputs {
  /// How amounts are rounded: by a currency, or by digits after the point; cents half up where
  /// nothing is said.
  func rounding() -> MoneyRounding {
    let currency = currency("currency", "The currency, whose minor unit amounts are rounded to.")
    let decimals = optionalInteger(
      "decimals", "Digits after the point, where no currency is given; 2.",
      in: CalculationLimits.moneyDigits)
    let rule = choice("rounding", "How amounts are rounded; halfUp.", or: RoundingName.halfUp).rule
    if let currency {
      if decimals != nil {
        report("decimals", "unexpected", "The currency says how many digits there are.")
      }
      return MoneyRounding(currency, rule: rule)
    }
    return (try? MoneyRounding(decimals: decimals ?? 2, rule: rule)) ?? .cents
  }

  /// A day count, the whole table of the standard names.
  func dayCount(or usual: DayCount) -> DayCount {
    choice("dayCount", "How days become parts of a year; \(usual.rawValue).", or: usual)
  }

  /// Payments at the beginning or the end of their periods.
  func timing(_ name: String = "timing") -> PaymentTiming {
    choice(
      name, "Whether payments are made at the end or the beginning of a period; end.",
      or: TimingName.end)
      == .end ? .end : .beginning
  }
}

private enum TimingName: String, CaseIterable { case end, beginning }
