import Advice
import CRM
import JSON
import Quantities
import Synchronization
import Vault

/// A calculation that a client made while signed in.
struct ShelvedCalculation: Sendable {
  let owner: ClientID
  let path: String
  let inputs: JSONNode
  let hash: String
  let engineVersion: String
  let madeAt: ContinuousClock.Instant
}

/// The calculations that signed-in clients may carry on with: kept in memory by the server that
/// made them, for an hour, a few for each client; without a session nothing is kept.
final class CalculationShelf: Sendable {
  /// Calculations that are kept for one client; the oldest give way.
  static let each = 32
  /// Calculations that are kept in all; the oldest give way.
  static let all = 20_000
  /// How long each is kept.
  static let time: Duration = .seconds(3_600)

  private struct State {
    var calculations: [String: ShelvedCalculation] = [:]
    /// The ids in the order in which they came, for all and for each client.
    var order: [String] = []
    var byOwner: [ClientID: [String]] = [:]
  }

  private let state = Mutex(State())

  /// Keeps a calculation.
  ///
  /// - Returns: the id by which its owner can carry it on.
  func keep(_ calculation: ShelvedCalculation) throws -> String {
    let id = try Token.random().digest.hex
    state.withLock { state in
      state.calculations[id] = calculation
      state.order.append(id)
      var own = state.byOwner[calculation.owner, default: []]
      own.append(id)
      if own.count > Self.each { state.calculations[own.removeFirst()] = nil }
      state.byOwner[calculation.owner] = own
      if state.order.count > 2 * Self.all { Self.tidy(&state) }
    }
    return id
  }

  /// A calculation of an owner; nil when it is another's, too old, or unknown.
  func calculation(
    _ id: String, of owner: ClientID, at now: ContinuousClock.Instant = .now
  ) -> ShelvedCalculation? {
    state.withLock { state in
      guard let found = state.calculations[id], found.owner == owner,
        found.madeAt.duration(to: now) <= Self.time
      else { return nil }
      return found
    }
  }

  /// Forgets what is no longer kept, and the oldest beyond the limit.
  private static func tidy(_ state: inout State) {
    let now = ContinuousClock.now
    var kept = state.order.filter { id in
      guard let calculation = state.calculations[id] else { return false }
      return calculation.madeAt.duration(to: now) <= time
    }
    kept = Array(kept.suffix(all))
    let ids = Set(kept)
    state.calculations = state.calculations.filter { ids.contains($0.key) }
    state.order = kept
    state.byOwner = state.byOwner.mapValues { $0.filter(ids.contains) }.filter { !$0.value.isEmpty }
  }
}

extension ShelvedCalculation {
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
