import Quantities

/// The levers that could make a difference to one product, with the values that are tried: the cut
/// points of its terms and rates, and shares of what is asked now.
struct LeverGrid {
  private let product: Product
  private let adviser: Adviser
  private let client: ClientInputs
  private let asked: Goal
  /// Whether the product is of the kinds that the goal itself asks for.
  private let isAsked: Bool
  /// The need that the rules found for the product's kind, where nobody asked for it.
  private let found: Need?
  /// What the purposes of loans lead to.
  private let evaluation: RuleEvaluation

  init(_ consultation: Consultation, _ product: Product, isAsked: Bool) {
    self.product = product
    self.isAsked = isAsked
    adviser = consultation.adviser
    client = consultation.client
    asked = consultation.goal
    let screening = consultation.screening
    found = isAsked ? nil : screening.needOfKind[product.kind].map { screening.needs[$0] }
    evaluation = RuleEvaluation(consultation.adviser.rules, consultation.client)
  }

  /// Values of one lever at most.
  static let valueLimit = 24
  /// Parts of an amount that are tried, in per cent.
  private static let shares: [Decimal128] = [
    90, 80, 70, 60, 50, 40, 30, 25, 20, 15, 10, 5, 125, 150, 200,
  ]
  /// Amounts that are tried where none is asked.
  private static let roundAmounts: [Decimal128] = [500, 1_000, 5_000, 10_000, 50_000, 100_000]
  /// Terms that are tried, in months.
  private static let usualTerms = [
    3, 6, 12, 18, 24, 36, 48, 60, 72, 84, 96, 120, 180, 240, 300, 360,
  ]
  /// Parts of the instalments that are tried as repaid, in per cent.
  private static let repaidShares: [Decimal128] = [25, 50, 75, 100]

  /// The levers that have values, in their order.
  ///
  /// - Parameter questions: open questions that are answered with yes or no.
  func ranges(questions: [String]) -> [LeverRange] {
    var ranges = [goal, purpose, currency, amount, months, security, repaid, arrears]
      .compactMap(\.self)
    for question in questions {
      ranges.append(
        LeverRange(
          lever: .answer, question: question, now: nil,
          values: ["true", "false"].map { .answer(question: question, $0) }))
    }
    return ranges.filter { !$0.values.isEmpty }
  }

  private var goal: LeverRange? {
    let kind = GoalKind.allCases.first { $0.line == product.line }
    guard !isAsked, let kind else { return nil }
    return LeverRange(lever: .goal, now: nil, values: [.goal(kind, product.kind)])
  }

  /// The purposes that the product is for, that make its kind asked for, or that its rates read.
  private var purpose: LeverRange? {
    guard product.line == .loan, asked.kind == .borrow || !isAsked else { return nil }
    var purposes = Set(product.terms.purposes.elements)
    if purposes.isEmpty {
      if asked.kind == .borrow, asked.kinds.isEmpty, !isAsked {
        purposes = Set(
          LoanPurpose.allCases.filter {
            evaluation.kinds(for: asked.kind.rawValue, purpose: $0).kinds.contains(product.kind)
          })
      }
      if product.charges.rates.contains(where: { $0.occupancy != nil }) {
        purposes.formUnion([.homePurchase, .investmentProperty])
      }
    }
    let values = LoanPurpose.allCases.filter { purposes.contains($0) && $0 != asked.purpose }
    return LeverRange(
      lever: .purpose, now: asked.purpose.map { .purpose($0) }, values: values.map { .purpose($0) })
  }

  private var currency: LeverRange? {
    guard (asked.currency ?? client.homeCurrency) != product.currency else { return nil }
    return LeverRange(
      lever: .currency, now: asked.currency.map { .currency($0) },
      values: [.currency(product.currency)])
  }

  /// The amount asked, or that the rules found to be needed, in the product's currency.
  private var amountNow: Decimal128? {
    let money =
      asked.amount.map { Money($0, asked.currency ?? client.homeCurrency) } ?? found?.amount
    return money.flatMap {
      adviser.catalogue.exchangeRates.convert($0, to: product.currency, on: client.date)?
        .rounded(.down).amount
    }
  }

  private var amount: LeverRange? {
    let bounds = product.amountBounds
    var values = [bounds.minimum, bounds.maximum].compactMap(\.self) + edges(.amount)
    if let now = amountNow {
      values += [now] + Self.shares.map { Self.twoDigits($0 * now / 100) }
    } else {
      values += Self.roundAmounts
    }
    if let most = product.terms.loanToValueMaximum, let security = asked.securityValue {
      values.append((most * security / 100).rounded(scale: 0, .down))
    }
    let usable = values.map { $0.rounded(scale: product.currency.minorUnits, .down) }
      .filter { bounds.contains($0) && Goal.amounts.contains($0) && $0 != asked.amount }
    return range(
      .amount, now: asked.amount.map { .amount($0) }, usable.map { .amount($0) },
      start: amountNow)
  }

  private var months: LeverRange? {
    let bounds = product.terms.months
    let needed = found?.months
    let values =
      [bounds.minimum, bounds.maximum, needed].compactMap(\.self)
      + edges(.months).compactMap(\.integerValue) + Self.usualTerms
    let usable = values.filter {
      bounds.contains($0) && Goal.terms.contains($0) && $0 != asked.termMonths
    }
    return range(
      .termMonths, now: asked.termMonths.map { .termMonths($0) },
      usable.map { .termMonths($0) }, start: (asked.termMonths ?? needed).map { Decimal128($0) })
  }

  /// Security for the amount asked; where none is, for amounts that may be.
  private var security: LeverRange? {
    guard product.line == .loan else { return nil }
    let shares = ([product.terms.loanToValueMaximum] + edges(.loanToValue)).compactMap(\.self)
    let bounds = product.amountBounds
    let amounts =
      amountNow.map { [$0] }
      ?? ([bounds.minimum].compactMap(\.self) + Self.roundAmounts).filter(bounds.contains)
    let values = amounts.flatMap { amount in
      shares.filter { $0 > 0 }.map { share in
        (amount * 100 / share).rounded(scale: product.currency.minorUnits, .up)
      }
    }
    let usable = values.filter {
      Goal.amounts.contains($0) && $0 > (asked.securityValue ?? 0)
    }
    return range(
      .securityValue, now: asked.securityValue.map { .securityValue($0) },
      usable.map { .securityValue($0) })
  }

  private var repaid: LeverRange? {
    guard product.line == .loan, asked.assuming.instalmentsRepaid == nil,
      let instalments = client.instalments, instalments > 0,
      let reference = Currency(ClientInputs.referenceCurrency),
      let home = adviser.catalogue.exchangeRates.convert(
        Money(instalments, reference), to: client.homeCurrency, on: client.date)
    else { return nil }
    let values = Self.repaidShares.map { share in
      (home.amount * share / 100).rounded(scale: client.homeCurrency.minorUnits, .up)
    }
    let usable = values.filter { Goal.amounts.contains($0) }
    return range(.instalmentsRepaid, now: nil, usable.map { .instalmentsRepaid($0) })
  }

  private var arrears: LeverRange? {
    guard let months = client.monthsInArrears, months > 0 else { return nil }
    return LeverRange(lever: .arrearsSettled, now: nil, values: [.arrearsSettled])
  }

  /// The ends of the brackets that the product's standing rates hold in.
  private func edges(_ unit: BandUnit) -> [Decimal128] {
    product.charges.rates.filter { $0.type.role == .standing }.flatMap { rate in
      rate.conditions.filter { $0.unit == unit }.flatMap { condition in
        [condition.bounds.minimum, condition.bounds.maximum].compactMap(\.self)
      }
    }
  }

  /// A lever with each value once, the nearest first; of equals the smaller.
  private func range(
    _ lever: Lever, now: LeverValue?, _ values: [LeverValue], start: Decimal128? = nil
  ) -> LeverRange {
    let all = LeverRange(lever: lever, now: now, values: Array(Set(values)), start: start)
    let sorted = all.values.sorted { left, right in
      let (near, far) = (all.distance(to: left), all.distance(to: right))
      if near != far { return near < far }
      return (left.number ?? 0) < (right.number ?? 0)
    }
    return LeverRange(lever: lever, now: now, values: Self.trimmed(sorted), start: start)
  }

  /// The nearest values, and always the smallest and the greatest.
  private static func trimmed(_ values: [LeverValue]) -> [LeverValue] {
    guard values.count > valueLimit else { return values }
    let numbers = values.compactMap(\.number)
    let ends = values.filter { $0.number == numbers.min() || $0.number == numbers.max() }
    let near = values.prefix(valueLimit - 2)
    return near + ends.filter { !near.contains($0) }
  }

  /// A value with two significant digits, rounded down, so that an amount reads as one would ask.
  private static func twoDigits(_ value: Decimal128) -> Decimal128 {
    var unit: Decimal128 = 1
    while value / unit >= 100 { unit = unit * 10 }
    return (value / unit).rounded(scale: 0, .down) * unit
  }
}
