import Quantities

/// Which levers reach which conditions.
struct LeverReach {
  /// The rules whose forms ask what is open.
  let rules: RuleBook
  /// The answers that count.
  let answers: [String: String]
  /// Whether the product is of the kinds that the goal itself asks for: where it is not, what is
  /// said of the request is said of a need that the rules found.
  let isAsked: Bool

  /// The levers that move what a client asks for, of whatever kind.
  static let ofRequest: Set<Lever> = [.currency, .amount, .termMonths, .securityValue]

  /// The lever that a question about what is asked for is answered by; nil for other questions.
  static func lever(naming question: String) -> Lever? {
    switch question {
    case "amount": .amount
    case "term-months": .termMonths
    case "security-value": .securityValue
    default: nil
    }
  }

  /// The questions to answer so that an open one is told: itself, and those that decide whether it
  /// is asked; nil where one of them is not answered with yes or no.
  func questions(behind id: String) -> [String]? {
    var ids = rules.questions(behind: id, answers)
    if !ids.contains(id) { ids.append(id) }
    let isYesNo = ids.allSatisfy { rules.forms.question($0)?.kind == .yesNo }
    return isYesNo ? ids : nil
  }

  /// The same condition with the question that a client can answer now, in the place of one behind
  /// which it stands.
  func askable(_ reason: Reason) -> Reason {
    guard let missing = reason.question,
      let first = rules.questions(behind: missing, answers).first
    else { return reason }
    return reason.asking(first)
  }

  /// The levers that can change how a condition stands; empty for what is out of reach, such as an
  /// age or a product that is held already.
  func levers(of reason: Reason) -> Set<Lever> {
    let own = ownLevers(of: reason)
    return isAsked || own.isDisjoint(with: Self.ofRequest) ? own : own.union([.goal])
  }

  private func ownLevers(of reason: Reason) -> Set<Lever> {
    switch reason.code {
    case "currency": return [.currency]
    case "amount", "balance": return [.amount, .currency]
    case "term": return [.termMonths]
    case "purpose": return [.purpose]
    case "loanToValue": return [.amount, .securityValue]
    case "no-need": return [.goal, .purpose, .answer]
    case "affordability":
      return reason.state == .failed
        ? [.amount, .termMonths, .securityValue, .purpose, .currency, .instalmentsRepaid] : []
    default: break
    }
    let isFixed = ["held", "accepted"].contains(reason.code)
    if isFixed || TermColumn.codes.contains(reason.code) { return [] }
    if reason.state == .unknown, let question = reason.question {
      if let lever = Self.lever(naming: question) { return [lever] }
      return questions(behind: question) == nil ? [] : [.answer]
    }
    if reason.rule.contains(".dmn#") {
      return [.arrearsSettled, .instalmentsRepaid, .goal, .purpose, .answer]
    }
    return [.amount, .termMonths, .securityValue, .currency, .purpose]
  }
}

extension LeverValue {
  /// The lever that this is a value of.
  package var lever: Lever {
    switch self {
    case .goal: .goal
    case .purpose: .purpose
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
