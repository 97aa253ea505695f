package import Quantities

/// Something that a client can change before asking again.
///
/// Age, sex, nationality and the like are no levers, nor is the declared attitude to risk: it is
/// found out, never chosen.
package enum Lever: String, Sendable, CaseIterable, Comparable {
  /// Asking for this kind of product.
  case goal
  /// What a loan is for.
  case purpose
  /// Asking in the product's currency.
  case currency
  case amount, termMonths
  /// The value of what secures the loan.
  case securityValue
  /// Repaying debts whose instalments weigh on what can be carried.
  case instalmentsRepaid
  /// Paying what is in arrears.
  case arrearsSettled
  /// Answering a question that is open.
  case answer

  package static func < (left: Lever, right: Lever) -> Bool { left.place < right.place }

  private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}

/// A lever with one value it may be set to.
package enum LeverValue: Sendable, Hashable {
  case goal(GoalKind, ProductKind)
  case purpose(LoanPurpose)
  case currency(Currency)
  case amount(Decimal128)
  case termMonths(Int)
  case securityValue(Decimal128)
  case instalmentsRepaid(Decimal128)
  case arrearsSettled
  case answer(question: String, String)

  /// The value as text.
  package var text: String {
    switch self {
    case .goal(_, let product): product.rawValue
    case .purpose(let purpose): purpose.rawValue
    case .currency(let currency): currency.code
    case .amount(let value), .securityValue(let value), .instalmentsRepaid(let value):
      value.plainText
    case .termMonths(let months): "\(months)"
    case .arrearsSettled: "true"
    case .answer(_, let answer): answer
    }
  }

  /// A numeric value; nil for the others.
  var number: Decimal128? {
    switch self {
    case .amount(let value), .securityValue(let value), .instalmentsRepaid(let value): value
    case .termMonths(let months): Decimal128(months)
    default: nil
    }
  }

  /// The same lever at another number; itself where it has none.
  func moved(to number: Decimal128) -> LeverValue {
    switch self {
    case .amount: .amount(number)
    case .securityValue: .securityValue(number)
    case .instalmentsRepaid: .instalmentsRepaid(number)
    case .termMonths: number.integerValue.map { .termMonths($0) } ?? self
    default: self
    }
  }
}

/// A lever of one product with the values that are tried.
package struct LeverRange: Sendable {
  package let lever: Lever
  /// The question answered; nil for the other levers.
  package let question: String?
  /// What the goal or the facts say now; nil where nothing is said.
  package let now: LeverValue?
  /// The values tried, each other than now, the nearest first.
  package let values: [LeverValue]

  /// The number that distances are told from, in the product's currency; nil where none is said.
  let start: Decimal128?

  init(
    lever: Lever, question: String? = nil, now: LeverValue?, values: [LeverValue],
    start: Decimal128? = nil
  ) {
    self.lever = lever
    self.question = question
    self.now = now
    self.values = values
    self.start = start ?? now?.number
  }

  /// How far a value is from what is said now: relative for numbers, 1 for a change of kind.
  func distance(to value: LeverValue) -> Decimal128 {
    guard let start, let new = value.number, !start.isZero else { return 1 }
    return ((new - start).magnitude / start.magnitude).rounded(scale: 9, .halfEven)
  }
}
