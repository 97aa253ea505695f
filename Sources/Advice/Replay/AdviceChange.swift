package import Quantities

/// How one piece of advice differs under other rules, on the same products.
package struct AdviceChange: Sendable, Hashable {
  /// The goal that was asked about.
  package let goal: GoalKind
  /// The products that fit under the new rules only, in the order of the catalogue.
  package let gained: [Int]
  /// The products that fit under the old rules only.
  package let lost: [Int]
  /// How many products fit, under the old rules and under the new.
  package let fitting: Shift<Int>
  /// The best offer's place in the catalogue.
  package let first: Shift<Int?>
  /// What the offers that are shown are worth by the open formula: the sum of their priorities.
  package let value: Shift<Decimal128>

  /// Something under the old rules and under the new.
  package struct Shift<Value: Sendable & Hashable>: Sendable, Hashable {
    package let before: Value
    package let after: Value
  }

  /// Whether a product fits under one of the rules and not under the other.
  package var isFlipped: Bool { !gained.isEmpty || !lost.isEmpty }
  /// Whether the same products fit, and another one stands first.
  package var isReordered: Bool { !isFlipped && first.before != first.after }
}

extension Consultation {
  /// How another consultation on the same products and the same facts differs from this one.
  package func change(to other: Consultation) -> AdviceChange {
    let mine = Set(priced.map(\.place))
    let theirs = Set(other.priced.map(\.place))
    func worth(_ consultation: Consultation) -> Decimal128 {
      consultation.offers.reduce(0) { $0 + $1.priority }
    }
    return AdviceChange(
      goal: goal.kind, gained: theirs.subtracting(mine).sorted(),
      lost: mine.subtracting(theirs).sorted(),
      fitting: .init(before: mine.count, after: theirs.count),
      first: .init(before: offers.first?.place, after: other.offers.first?.place),
      value: .init(before: worth(self), after: worth(other)))
  }
}

/// A client as they were when a decision was made, or as they are now.
package struct ReplaySubject: Sendable {
  /// What it is.
  package enum Kind: String, Sendable, CaseIterable {
    /// A decision that was recorded, on the facts that it was made on.
    case decision
    /// A client on today's facts, asked about each of the usual goals.
    case client
  }

  package let kind: Kind
  /// The id of the decision or the client.
  package let id: String
  package let facts: Facts
  package let goals: [Goal]
  package let day: CalendarDate

  /// A recorded decision.
  package init(decision id: String, _ facts: Facts, _ goal: Goal, on day: CalendarDate) {
    kind = .decision
    self.id = id
    self.facts = facts
    goals = [goal]
    self.day = day
  }

  /// A client, asked about what clients usually ask for.
  package init(client id: String, _ facts: Facts, on day: CalendarDate) {
    kind = .client
    self.id = id
    self.facts = facts
    goals = Self.usualGoals(facts.homeCurrency)
    self.day = day
  }

  /// What a client who has asked for nothing is asked about: each trade once, with a usual sum.
  private static func usualGoals(_ currency: Currency) -> [Goal] {
    GoalKind.allCases.map { kind in
      var goal = Goal(kind: kind)
      switch kind {
      case .borrow:
        (goal.amount, goal.termMonths) = (10_000, 36)
        goal.currency = currency
      case .save:
        (goal.amount, goal.termMonths) = (5_000, 12)
        goal.currency = currency
      case .any, .insure, .hedge: break
      }
      return goal
    }
  }

  /// What changes for it from one adviser to another, who have the same products.
  ///
  /// - Parameter arbitration: what was learned from answers, the same for both.
  package func changes(
    from live: Adviser, to draft: Adviser, arbitration: Arbitration
  ) -> [AdviceChange] {
    goals.map { goal in
      let before = live.consult(facts, for: goal, on: day, arbitration: arbitration)
      return before.change(
        to: draft.consult(facts, for: goal, on: day, arbitration: arbitration))
    }
  }
}
