import Quantities

/// The levers that could make a difference to one product, with the values that are tried: the cut
/// points of its terms and rates, and shares of what is asked now.
struct LeverGrid {
  let product: Product
  let adviser: Adviser
  let client: ClientInputs
  /// What is asked, of the product's own line.
  let asked: Goal
  /// Whether a goal of another kind is asked now.
  let isOtherGoal: Bool

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
    var ranges = [goal, currency, amount, months, security, repaid, arrears].compactMap(\.self)
    for question in questions {
      ranges.append(
        LeverRange(
          lever: .answer, question: question, now: nil,
          values: ["true", "false"].map { .answer(question: question, $0) }))
    }
    return ranges.filter { !$0.values.isEmpty }
  }

  private var goal: LeverRange? {
    guard isOtherGoal else { return nil }
    return LeverRange(
      lever: .goal, question: nil, now: nil, values: [.goal(asked.kind, product.kind)])
  }

  private var currency: LeverRange? {
    let now = asked.currency ?? client.homeCurrency
    guard now != product.currency else { return nil }
    return LeverRange(
      lever: .currency, question: nil, now: .currency(now),
      values: [.currency(product.currency)])
  }

  /// The amount asked, in the product's currency.
  private var amountNow: Decimal128? {
    guard let amount = asked.amount else { return nil }
    return adviser.catalogue.exchangeRates.convert(
      Money(amount, asked.currency ?? client.homeCurrency), to: product.currency, on: client.date)?
      .rounded(.down).amount
  }

  private var amount: LeverRange? {
    let terms = product.terms
    let least = [
      terms.amount.minimum,
      product.line == .deposit ? terms.balanceMinimum : nil,
      product.line == .deposit ? terms.openingDepositMinimum : nil,
    ].compactMap(\.self).max()
    let bounds = Bounds(minimum: least, maximum: terms.amount.maximum)
    var values = [bounds.minimum, bounds.maximum].compactMap(\.self) + edges(.amount)
    if let now = amountNow {
      values += Self.shares.map { Self.twoDigits($0 * now / 100) }
    } else {
      values += Self.roundAmounts
    }
    if let most = terms.loanToValueMaximum, let security = asked.securityValue {
      values.append((most * security / 100).rounded(scale: 0, .down))
    }
    let usable = values.map { $0.rounded(scale: product.currency.minorUnits, .down) }
      .filter { bounds.contains($0) && Goal.amounts.contains($0) && $0 != amountNow }
    return range(.amount, now: amountNow.map { .amount($0) }, usable.map { .amount($0) })
  }

  private var months: LeverRange? {
    let bounds = product.terms.months
    let values =
      [bounds.minimum, bounds.maximum].compactMap(\.self)
      + edges(.months).compactMap(\.integerValue) + Self.usualTerms
    let usable = values.filter {
      bounds.contains($0) && Goal.terms.contains($0) && $0 != asked.termMonths
    }
    return range(
      .termMonths, now: asked.termMonths.map { .termMonths($0) },
      usable.map { .termMonths($0) })
  }

  private var security: LeverRange? {
    guard product.line == .loan, let amount = amountNow else { return nil }
    let shares = ([product.terms.loanToValueMaximum] + edges(.loanToValue)).compactMap(\.self)
    let values = shares.filter { $0 > 0 }.map { share in
      (amount * 100 / share).rounded(scale: product.currency.minorUnits, .up)
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
    return LeverRange(lever: .arrearsSettled, question: nil, now: nil, values: [.arrearsSettled])
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
  private func range(_ lever: Lever, now: LeverValue?, _ values: [LeverValue]) -> LeverRange {
    let all = LeverRange(lever: lever, question: nil, now: now, values: Array(Set(values)))
    let sorted = all.values.sorted { left, right in
      let (near, far) = (all.distance(to: left), all.distance(to: right))
      if near != far { return near < far }
      return (left.number ?? 0) < (right.number ?? 0)
    }
    return LeverRange(
      lever: lever, question: nil, now: now, values: Self.trimmed(sorted))
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
