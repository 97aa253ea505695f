import FEEL
import Quantities

/// A FEEL condition on answers, compiled: a question `owns-vehicle` stands in it as `owns vehicle`.
///
/// What kind of customer the client is stands in it as `customer kind`, though no form asks for it.
struct FormCondition: Sendable {
  private let expression: Expression
  /// The questions that the condition reads.
  let reads: [Question]
  private let slots: [Int]
  /// The place of the customer's kind, where the condition reads it.
  private let kindSlot: Int?

  /// The key of the customer's kind among answers.
  static let customerKind = "customer-kind"

  /// What keeps a text from being a condition.
  struct Fault: Error {
    let code: String
    let detail: String
  }

  /// The names of all questions that conditions may use.
  struct Names: Sendable {
    let scope: Scope
    let questions: [Question]

    init(_ questions: [Question]) {
      var scope = Scope()
      for question in questions { scope.declare(question.name, question.kind.type) }
      scope.declare(FormCondition.customerKind.replacing("-", with: " "), .string)
      self.scope = scope
      self.questions = questions
    }
  }

  init(_ text: String, _ names: Names) throws(Fault) {
    do {
      expression = try Expression.parse(text, scope: names.scope)
    } catch {
      let sentence = error.list.first?.message ?? "it cannot be read"
      throw Fault(code: "condition", detail: "The condition does not parse: \(sentence)")
    }
    if let problem = expression.problems.first(where: { $0.severity == .error }) {
      let isName = problem.code == .nameUnknown
      throw Fault(
        code: isName ? "unknownQuestion" : "condition",
        detail: isName
          ? "The condition names a question that no form has: \(problem.message)"
          : "The condition does not hold together: \(problem.message)")
    }
    guard expression.type == .boolean || expression.type == .any else {
      throw Fault(code: "condition", detail: "The condition must be true or false.")
    }
    slots = expression.slotsRead.filter { $0 < names.questions.count }
    reads = slots.map { names.questions[$0] }
    kindSlot = expression.slotsRead.first { $0 == names.questions.count }
  }

  /// Whether the condition holds; one that cannot be told does not.
  func holds(_ answers: [String: String]) -> Bool {
    let frame = Frame(Evaluation(now: Self.noon))
    frame.reserve(expression.slotCount)
    for (slot, question) in zip(slots, reads) {
      frame[slot] = answers[question.id].map(question.kind.value) ?? .null
    }
    if let kindSlot { frame[kindSlot] = answers[Self.customerKind].map { .string($0) } ?? .null }
    return expression.evaluate(frame) == .boolean(true)
  }

  /// Conditions have no clock, so that the same answers always say the same.
  private static let noon = DateTime(
    date: CalendarDate(year: 2000, month: 1, day: 1) ?? CalendarDate(daysSinceEpoch: 0),
    time: .midnightUTC)
}

extension Question.Kind {
  /// The FEEL type of an answer.
  var type: Type {
    switch self {
    case .choice: .string
    case .number: .number
    case .yesNo: .boolean
    case .date: .date
    }
  }

  /// The FEEL value of an answer.
  func value(_ answer: String) -> Value {
    switch self {
    case .choice: .string(answer)
    case .number: Decimal128(answer).map { .number($0) } ?? .null
    case .yesNo: .boolean(answer == "true")
    case .date: CalendarDate(iso: answer).map { .date($0) } ?? .null
    }
  }
}
