import Quantities

extension Consultation {
  /// What would make a product fit.
  ///
  /// The subsets of levers are gone through by size, and in each all combinations of the values of
  /// ``Counterfactual/grid``, each put in place of what the goal says and all else left as it is.
  /// The first size with a solution is the smallest; of its solutions the nearest is taken, and its
  /// numbers are moved towards what is asked now for as long as the product fits. A combination is
  /// passed over only where what is chosen of it already rules the product out.
  ///
  /// - Parameter since: what is known of the client now, where that may be more than when it was
  ///   asked: what the client has taken since is offered no more, whatever is changed.
  package func counterfactual(
    for product: Product, since: Facts? = nil
  ) throws -> Counterfactual {
    if let taken = since.flatMap({ $0.taken(product.id, on: client.date) }) {
      return Counterfactual(
        product: product, state: .none, changes: [], goal: goal, promise: nil, blockers: [taken],
        grid: [], tried: 0, isExhaustive: true)
    }
    var search = try CounterfactualSearch(self, product)
    return search.run()
  }
}

/// The search for the smallest set of changes for one product.
struct CounterfactualSearch {
  private let consultation: Consultation
  private let product: Product
  private let place: Int
  private let asked: Goal
  /// Whether the product is of the kinds that the goal itself asks for.
  private let isAsked: Bool
  private let reach: LeverReach
  private var trial: CounterfactualTrial
  private var tried = 0
  private var isExhaustive = true

  /// Combinations tried at most.
  static let trialLimit = 200_000

  /// A combination that fits.
  private typealias Found = (values: [LeverValue], distance: Decimal128)

  init(_ consultation: Consultation, _ product: Product) throws {
    self.consultation = consultation
    self.product = product
    place = consultation.adviser.catalogue.index(of: product.id) ?? 0
    asked = consultation.goal
    let screening = consultation.screening
    isAsked =
      screening.needOfKind[product.kind].map { screening.needs[$0].code == Need.asked } ?? false
    let rules = consultation.adviser.rules
    reach = LeverReach(
      rules: rules, answers: consultation.client.answers(to: rules.forms), isAsked: isAsked)
    trial = try CounterfactualTrial(consultation, product)
  }

  mutating func run() -> Counterfactual {
    let reasons = standing
    let questions = reasons.filter { $0.state == .unknown }.compactMap(\.question)
      .flatMap { reach.questions(behind: $0) ?? [] }
    let ranges = LeverGrid(consultation, product, isAsked: isAsked)
      .ranges(questions: Set(questions).sorted(by: byteOrder))
    if consultation.priced.contains(where: { $0.place == place }) {
      return answer(.fits, [], asked, ranges, [])
    }
    let blockers = reasons.filter { usable($0, ranges).isEmpty }
    guard blockers.allSatisfy({ $0.state == .unknown }) else {
      return answer(.none, [], asked, ranges, blockers.filter { $0.state == .failed })
    }
    if blockers.isEmpty, let found = smallest(ranges, forced(reasons, ranges), aim: .fits) {
      let refined = refine(found, ranges, aim: .fits)
      return answer(.changes, refined, goal(with: refined), ranges, [])
    }
    let failed = reasons.filter { $0.state == .failed }
    if failed.isEmpty, reasons.contains(where: \.isTellable) {
      return answer(.open, [], asked, ranges, reasons)
    }
    // Where nothing makes it fit for certain, something may still leave only questions open.
    if !blockers.isEmpty || trial.hasMetOpen,
      let found = smallest(ranges, forced(failed, ranges), aim: .open)
    {
      let refined = refine(found, ranges, aim: .open)
      let goal = goal(with: refined)
      let open = trial.openReasons(goal)
      return answer(open.isEmpty ? .changes : .open, refined, goal, ranges, open)
    }
    return answer(.none, [], asked, ranges, failed.isEmpty ? reasons : failed)
  }

  /// The levers with values that can change how a condition stands.
  private func usable(_ reason: Reason, _ ranges: [LeverRange]) -> Set<Lever> {
    reach.levers(of: reason).intersection(ranges.map(\.lever))
  }

  /// The levers without which some condition stays as it is.
  private func forced(_ reasons: [Reason], _ ranges: [LeverRange]) -> Set<Lever> {
    Set(
      reasons.compactMap { reason in
        let usable = usable(reason, ranges)
        return usable.count == 1 ? usable.first : nil
      })
  }

  /// What stands against the product now, term by term and rule by rule.
  private var standing: [Reason] {
    let evaluation = RuleEvaluation(consultation.adviser.rules, consultation.client)
    let needed = Set(consultation.screening.needs.flatMap(\.kinds))
    let reasons = consultation.screening.reasons(
      against: place, evaluation.findings(on: product.kind, needed: needed))
    return reasons + consultation.priceFindings(on: place)
  }

  // MARK: - Trying

  /// The goal with some levers moved: each changes what it names and nothing else.
  private func goal(with values: [LeverValue]) -> Goal {
    var goal = asked
    let home = consultation.client.homeCurrency
    for value in values {
      switch value {
      case .goal(let kind, let product):
        goal.kind = kind
        goal.kinds = [product]
        // Only borrowing has a purpose.
        if kind != .borrow { goal.purpose = nil }
      case .purpose(let purpose): goal.purpose = purpose
      case .currency(let currency): goal.currency = currency
      case .amount(let amount):
        goal.amount = amount
        goal.currency = goal.currency ?? home
      case .termMonths(let months): goal.termMonths = months
      case .securityValue(let amount):
        goal.securityValue = amount
        goal.currency = goal.currency ?? home
      case .instalmentsRepaid(let amount): goal.assuming.instalmentsRepaid = amount
      case .arrearsSettled: goal.assuming.arrearsSettled = true
      case .answer(let question, let answer): goal.assuming.answers[question] = answer
      }
    }
    return goal
  }

  /// The nearest combination of the fewest levers.
  private mutating func smallest(
    _ ranges: [LeverRange], _ forced: Set<Lever>, aim: CounterfactualTrial.Standing
  ) -> [LeverValue]? {
    guard !ranges.isEmpty else { return nil }
    // What rules are asked about comes first, so that one refusal spares every amount and term.
    let ordered =
      ranges.filter { !LeverReach.ofRequest.contains($0.lever) }
      + ranges.filter { LeverReach.ofRequest.contains($0.lever) }
    for size in max(1, forced.count)...max(ranges.count, forced.count, 1)
    where size <= ranges.count {
      var best: Found?
      for subset in Self.subsets(of: ordered, size: size)
      where forced.isSubset(of: subset.map(\.lever)) && isUseful(subset) {
        explore(subset, aim, [], 0, &best)
      }
      if let best { return best.values.sorted { $0.lever < $1.lever } }
      if !isExhaustive { return nil }
    }
    return nil
  }

  /// Whether a subset of levers can make a goal that may be asked and that is read at all.
  private func isUseful(_ subset: [LeverRange]) -> Bool {
    let levers = Set(subset.map(\.lever))
    let isNamed = isAsked || levers.contains(.goal) || levers.contains(.purpose)
    if !isNamed, !levers.isDisjoint(with: LeverReach.ofRequest) { return false }
    return goal(with: subset.compactMap(\.values.first)).hasItsParts
  }

  private mutating func explore(
    _ subset: [LeverRange], _ aim: CounterfactualTrial.Standing, _ chosen: [LeverValue],
    _ distance: Decimal128, _ best: inout Found?
  ) {
    let rest = subset[chosen.count...]
    if rest.allSatisfy({ LeverReach.ofRequest.contains($0.lever) }),
      isHopeless(goal(with: chosen), rest.map(\.lever), aim)
    {
      return
    }
    guard let range = rest.first else {
      if trial.standing(goal(with: chosen)) >= aim { best = (chosen, distance) }
      return
    }
    for value in range.values {
      let total = distance + range.distance(to: value)
      // Values come nearest first, so that no later one can be nearer than the best.
      if let best, total >= best.distance { return }
      guard tried < Self.trialLimit else {
        isExhaustive = false
        return
      }
      explore(subset, aim, chosen + [value], total, &best)
    }
  }

  /// Whether no value of the levers that are left can bring the product where it should be.
  private mutating func isHopeless(
    _ goal: Goal, _ left: [Lever], _ aim: CounterfactualTrial.Standing
  ) -> Bool {
    tried += 1
    if trial.isRefused(goal, for: aim) { return true }
    return left.allSatisfy { $0 == .securityValue } && trial.isBeyondMeans(goal)
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
    _ found: [LeverValue], _ ranges: [LeverRange], aim: CounterfactualTrial.Standing
  ) -> [LeverValue] {
    var values = found
    for index in values.indices {
      guard
        let range = ranges.first(where: { $0.lever == found[index].lever }),
        let reached = found[index].number
      else { continue }
      let start = range.start ?? (range.lever == .instalmentsRepaid ? 0 : nil)
      guard let start else { continue }
      var (failing, fitting) = (start.rounded(scale: 0, .halfEven), reached)
      while (failing - fitting).magnitude > 1 {
        let middle = ((failing + fitting) / 2).rounded(scale: 0, .down)
        if middle == failing || middle == fitting { break }
        values[index] = found[index].moved(to: middle)
        tried += 1
        let isThere = trial.standing(goal(with: values)) >= aim
        if isThere { fitting = middle } else { failing = middle }
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
        lever: value.lever, question: value.question, from: range?.now, to: value,
        askedIn: asked.currency)
    }
    let isPromised = state == .fits || state == .changes
    return Counterfactual(
      product: product, state: state, changes: changes, goal: goal,
      promise: isPromised ? promise(of: goal) : nil, blockers: blockers.map(reach.askable),
      grid: ranges,
      tried: tried, isExhaustive: isExhaustive)
  }

  /// The product's place when the whole catalogue is asked again.
  private func promise(of goal: Goal) -> Counterfactual.Promise? {
    let again =
      goal == asked
      ? consultation
      : consultation.adviser.consult(
        consultation.facts, for: goal, on: consultation.client.date,
        arbitration: consultation.arbitration)
    let ranked = again.ranked
    guard let index = ranked.firstIndex(where: { $0.place == place }) else { return nil }
    return .init(
      rank: index + 1, isOffered: index < goal.limit,
      price: ranked[index].quote.price(of: product))
  }
}
