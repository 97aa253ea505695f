import Advice
import CRM
import JSON
import Quantities

extension CarriedCalculation {
  /// What a client who made this calculation asks for; nil where it asks for no product.
  var goal: Goal? {
    let kind: GoalKind
    switch path.split(separator: "/").first {
    case "loan": kind = .borrow
    case "deposit": kind = .save
    case "insurance": kind = .insure
    case "hedge", "option": kind = .hedge
    default: return nil
    }
    var goal = Goal(kind: kind)
    let currency = inputs["currency"]?.stringValue.flatMap { Currency($0) } ?? Currency.usual
    let amount =
      number("amount") ?? number("sumInsured") ?? number("benefit") ?? number("portfolioValue")
      ?? product("units", "spot")
    if let amount, Goal.amounts.contains(amount) {
      goal.amount = amount.rounded(scale: currency.minorUnits, .halfUp)
      goal.currency = currency
    }
    let months = number("months") ?? product("payments", "everyMonths") ?? number("payments")
    if let term = months?.integerValue, Goal.terms.contains(term) { goal.termMonths = term }
    let needsBoth = kind == .borrow || kind == .save
    return needsBoth && (goal.amount == nil || goal.termMonths == nil) ? nil : goal
  }

  private func number(_ name: String) -> Decimal128? {
    guard let node = inputs[name] else { return nil }
    return (node.numberText ?? node.stringValue).flatMap { Decimal128($0) }
  }

  private func product(_ first: String, _ second: String) -> Decimal128? {
    guard let first = number(first), let second = number(second) else { return nil }
    return first * second
  }
}
