import Quantities

extension Consultation {
  /// What would make a product fit.
  ///
  /// The subsets of levers are gone through by size, and in each all combinations of the values of
  /// ``Counterfactual/grid``; each is held against every rule, term and price of the product. The
  /// first size with a solution is the smallest; of its solutions the nearest is taken, and its
  /// numbers are moved towards what is asked now for as long as the product fits.
  package func counterfactual(for product: Product) throws -> Counterfactual {
    var search = try CounterfactualSearch(self, product)
    return search.run()
  }
}

/// The search for the smallest set of changes for one product.
struct CounterfactualSearch {
  private let consultation: Consultation
  private let product: Product
  /// The rules over a catalogue of the one product: its verdict depends on no other product.
  private let alone: Adviser
  private let asked: Goal
  private let isOtherGoal: Bool
  private var tried = 0
  private var isExhaustive = true

  /// Combinations tried at most.
  static let trialLimit = 20_000

  init(_ consultation: Consultation, _ product: Product) throws {
    self.consultation = consultation
    self.product = product
    alone = try Adviser(consultation.adviser, alone: product)
    isOtherGoal = consultation.screening.needOfKind[product.kind] == nil
    asked = Self.asked(consultation, product, isOtherGoal)
  }

  /// The goal as it is asked, of the product's line: a need that was found becomes the goal of that
  /// need; amounts asked of another line say nothing of this one.
  private static func asked(
    _ consultation: Consultation, _ product: Product, _ isOtherGoal: Bool
  ) -> Goal {
    var goal = consultation.goal
    guard goal.kind.line != product.line || isOtherGoal else { return goal }
    goal.kind = GoalKind.allCases.first { $0.line == product.line } ?? .any
    goal.kinds = isOtherGoal ? [product.kind] : []
    goal.purpose = nil
    goal.amount = nil
    goal.termMonths = nil
    goal.securityValue = nil
    if let index = consultation.screening.needOfKind[product.kind] {
      let need = consultation.screening.needs[index]
      goal.amount = need.amount?.amount
      goal.currency = need.amount?.currency ?? goal.currency
      goal.termMonths = need.months
    }
    return goal
  }

  mutating func run() -> Counterfactual {
    let reasons = standing
    let reach = LeverReach(forms: consultation.adviser.rules.forms)
    let grid = LeverGrid(
      product: product, adviser: consultation.adviser, client: consultation.client,
      asked: asked, isOtherGoal: isOtherGoal)
    let questions = Set(reasons.filter { $0.state == .unknown }.compactMap(\.question))
      .filter(reach.isYesNo).sorted(by: byteOrder)
    let ranges = grid.ranges(questions: questions)
    if !isOtherGoal, fits(asked) {
      return answer(.fits, [], asked, ranges, [])
    }
    let levers = Set(ranges.map(\.lever))
    let blockers = reasons.filter { reach.levers(of: $0).isDisjoint(with: levers) }
    if !blockers.isEmpty {
      let isOpen = blockers.allSatisfy { $0.state == .unknown }
      return answer(isOpen ? .open : .none, [], asked, ranges, blockers)
    }
    var forced = Set(
      reasons.compactMap { reason -> Lever? in
        let usable = reach.levers(of: reason).intersection(levers)
        return usable.count == 1 ? usable.first : nil
      })
    if isOtherGoal { forced.insert(.goal) }
    guard let found = smallest(ranges, forced) else {
      return answer(.none, [], asked, ranges, reasons)
    }
    let refined = refine(found, ranges)
    return answer(.changes, refined, goal(with: refined) ?? asked, ranges, [])
  }

  /// What stands against the product now, term by term and rule by rule.
  private var standing: [Reason] {
    let place = consultation.adviser.catalogue.index(of: product.id) ?? 0
    let evaluation = RuleEvaluation(consultation.adviser.rules, consultation.client)
    let needed = Set(consultation.screening.needs.flatMap(\.kinds))
    var reasons = consultation.screening.reasons(
      against: place, evaluation.findings(on: product.kind, needed: needed))
    if let finding = consultation.priceFinding(on: place) { reasons.append(finding) }
    return reasons
  }

  // MARK: - Trying

  /// The goal with some levers moved; nil where an amount has no exchange rate.
  private func goal(with values: [LeverValue]) -> Goal? {
    var goal = asked
    let client = consultation.client
    for value in values {
      switch value {
      case .goal: break
      case .currency(let currency):
        let rates = consultation.adviser.catalogue.exchangeRates
        for path in [\Goal.amount, \Goal.securityValue] {
          guard let amount = goal[keyPath: path] else { continue }
          let money = Money(amount, goal.currency ?? client.homeCurrency)
          guard let converted = rates.convert(money, to: currency, on: client.date) else {
            return nil
          }
          goal[keyPath: path] = converted.rounded(.down).amount
        }
        goal.currency = currency
      case .amount(let amount):
        goal.amount = amount
        goal.currency = goal.currency ?? client.homeCurrency
      case .termMonths(let months): goal.termMonths = months
      case .securityValue(let amount):
        goal.securityValue = amount
        goal.currency = goal.currency ?? client.homeCurrency
      case .instalmentsRepaid(let amount): goal.assuming.instalmentsRepaid = amount
      case .arrearsSettled: goal.assuming.arrearsSettled = true
      case .answer(let question, let answer): goal.assuming.answers[question] = answer
      }
    }
    return goal
  }

  /// Whether nothing speaks against the product for a goal.
  private mutating func fits(_ goal: Goal) -> Bool {
    tried += 1
    return !alone.consult(
      consultation.facts, for: goal, on: consultation.client.date,
      arbitration: consultation.arbitration
    ).priced.isEmpty
  }

  private mutating func fits(_ values: [LeverValue]) -> Bool {
    guard let goal = goal(with: values) else { return false }
    return fits(goal)
  }

  /// The nearest combination of the fewest levers.
  private mutating func smallest(
    _ ranges: [LeverRange], _ forced: Set<Lever>
  ) -> [LeverValue]? {
    guard !ranges.isEmpty else { return nil }
    for size in max(1, forced.count)...max(ranges.count, 1) where size <= ranges.count {
      var best: (values: [LeverValue], distance: Decimal128)?
      for subset in Self.subsets(of: ranges, size: size)
      where forced.isSubset(of: subset.map(\.lever)) {
        explore(subset, [], 0, &best)
      }
      if let best { return best.values }
      if !isExhaustive { return nil }
    }
    return nil
  }

  private mutating func explore(
    _ subset: [LeverRange], _ chosen: [LeverValue], _ distance: Decimal128,
    _ best: inout (values: [LeverValue], distance: Decimal128)?
  ) {
    guard chosen.count < subset.count else {
      if fits(chosen) { best = (chosen, distance) }
      return
    }
    let range = subset[chosen.count]
    for value in range.values {
      let total = distance + range.distance(to: value)
      // Values come nearest first, so that no later one can be nearer than the best.
      if let best, total >= best.distance { return }
      guard tried < Self.trialLimit else {
        isExhaustive = false
        return
      }
      explore(subset, chosen + [value], total, &best)
    }
  }

  /// The subsets of some size, in the order of the levers.
  private static func subsets(of ranges: [LeverRange], size: Int) -> [[LeverRange]] {
    guard size > 0 else { return [[]] }
    guard ranges.count >= size, let first = ranges.first else { return [] }
    let rest = Array(ranges.dropFirst())
    return subsets(of: rest, size: size - 1).map { [first] + $0 } + subsets(of: rest, size: size)
  }

  /// Moves each number towards what is asked now as far as the product fits.
  private mutating func refine(
    _ found: [LeverValue], _ ranges: [LeverRange]
  ) -> [LeverValue] {
    var values = found
    for index in values.indices {
      guard
        let range = ranges.first(where: { $0.values.contains(found[index]) }),
        let reached = found[index].number
      else { continue }
      let start = range.now?.number ?? (range.lever == .instalmentsRepaid ? 0 : nil)
      guard let start else { continue }
      var (failing, fitting) = (start.rounded(scale: 0, .halfEven), reached)
      while (failing - fitting).magnitude > 1 {
        let middle = ((failing + fitting) / 2).rounded(scale: 0, .down)
        if middle == failing || middle == fitting { break }
        values[index] = found[index].moved(to: middle)
        if fits(values) { fitting = middle } else { failing = middle }
      }
      values[index] = found[index].moved(to: fitting)
    }
    return values
  }

  // MARK: - Answering

  private func answer(
    _ state: Counterfactual.State, _ values: [LeverValue], _ goal: Goal,
    _ ranges: [LeverRange], _ blockers: [Reason]
  ) -> Counterfactual {
    let changes = values.map { value -> Counterfactual.Change in
      let range = ranges.first { $0.lever == value.lever && $0.question == value.question }
      return .init(
        lever: value.lever, question: value.question, from: range?.now, to: value)
    }
    let isPromised = state == .fits || state == .changes
    return Counterfactual(
      product: product, state: state, changes: changes, goal: goal,
      promise: isPromised ? promise(of: goal) : nil, blockers: blockers, grid: ranges,
      tried: tried, isExhaustive: isExhaustive)
  }

  /// The product's place when the whole catalogue is asked again.
  private func promise(of goal: Goal) -> Counterfactual.Promise? {
    let again = consultation.adviser.consult(
      consultation.facts, for: goal, on: consultation.client.date,
      arbitration: consultation.arbitration)
    let ranked = again.ranked
    guard
      let index = ranked.firstIndex(where: { again.adviser.products[$0.place].id == product.id })
    else { return nil }
    return .init(
      rank: index + 1, isOffered: index < goal.limit,
      price: ranked[index].quote.price(of: product))
  }
}

/// Which levers reach which conditions.
struct LeverReach {
  /// The forms that ask what is open.
  let forms: FormSet

  /// Whether a question is answered with yes or no.
  func isYesNo(_ question: String) -> Bool { forms.question(question)?.kind == .yesNo }

  /// The levers that can change how a condition stands; empty for what is out of reach, such as an
  /// age or a product that is held already.
  func levers(of reason: Reason) -> Set<Lever> {
    switch reason.code {
    case "currency": return [.currency]
    case "amount", "balance": return [.amount]
    case "term": return [.termMonths]
    case "loanToValue": return [.amount, .securityValue]
    case "no-need": return [.goal]
    case "affordability":
      return reason.state == .failed ? [.amount, .termMonths, .instalmentsRepaid] : []
    default: break
    }
    let isFixed = ["held", "accepted"].contains(reason.code)
    if isFixed || TermColumn.codes.contains(reason.code) { return [] }
    if reason.state == .unknown, let question = reason.question {
      switch question {
      case "amount": return [.amount]
      case "term-months": return [.termMonths]
      case "security-value": return [.securityValue]
      default: return isYesNo(question) ? [.answer] : []
      }
    }
    if reason.rule.contains(".dmn#") {
      return [.arrearsSettled, .instalmentsRepaid, .goal, .answer]
    }
    return [.amount, .termMonths, .securityValue, .currency]
  }
}

extension LeverValue {
  /// The lever that this is a value of.
  package var lever: Lever {
    switch self {
    case .goal: .goal
    case .currency: .currency
    case .amount: .amount
    case .termMonths: .termMonths
    case .securityValue: .securityValue
    case .instalmentsRepaid: .instalmentsRepaid
    case .arrearsSettled: .arrearsSettled
    case .answer: .answer
    }
  }

  /// The question that this answers; nil for the other levers.
  var question: String? {
    guard case .answer(let question, _) = self else { return nil }
    return question
  }
}
