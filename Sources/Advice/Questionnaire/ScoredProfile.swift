import DMN
import FEEL
import Quantities

/// What the points of scored forms become: each sum held against a decision table of `profile.dmn`
/// once, when the rule book is loaded.
struct ScoreTables: Sendable {
  private let classes: [Questionnaire.Score: [Int: Value]]

  /// The tables of a rule book; what is wrong with them goes to `problems`.
  init(_ profile: RuleModel?, _ forms: FormSet, problems: inout [String]) {
    var classes: [Questionnaire.Score: [Int: Value]] = [:]
    for form in forms.forms {
      guard let score = form.score else { continue }
      guard let profile else {
        problems.append("\(form.id) is scored, but there is no \(RuleModel.Part.profile.file)")
        continue
      }
      let values = Self.values(score, form, profile)
      for (points, value) in values.sorted(by: { $0.key < $1.key }) where value == .null {
        problems.append(
          "\(profile.part.file): '\(score.decision)' says nothing of \(points) points, which "
            + "answers to \(form.id) can give")
        break
      }
      classes[score] = values
    }
    self.classes = classes
  }

  private static func values(
    _ score: Questionnaire.Score, _ form: Questionnaire, _ profile: RuleModel
  ) -> [Int: Value] {
    let batch = profile.plan(score.decision).makeBatch(now: DateTime.epoch)
    guard let place = profile.places[score.input] else { return [:] }
    var values: [Int: Value] = [:]
    var inputs = profile.inputs.map { _ in Value.null }
    for points in form.points {
      inputs[place] = .number(Decimal128(points))
      values[points] = batch.evaluate(inputs)
    }
    return values
  }

  /// What a sum of points becomes.
  func value(of points: Int, _ score: Questionnaire.Score) -> Value {
    classes[score]?[points] ?? .null
  }
}

extension Questionnaire.Score {
  var decision: String {
    switch self {
    case .riskClass: "risk class of score"
    case .knowledge: "knowledge of score"
    }
  }

  var input: String {
    switch self {
    case .riskClass: "risk score"
    case .knowledge: "knowledge score"
    }
  }
}

extension DateTime {
  fileprivate static let epoch = DateTime(
    date: CalendarDate(daysSinceEpoch: 0), time: .midnightUTC)
}

extension Questionnaire {
  /// The sums that the points of the form's answers can come to at most, from the least.
  var points: ClosedRange<Int> {
    var (least, most) = (0, 0)
    for question in questions where question.isScored {
      guard case .choice(let options) = question.kind else { continue }
      let points = options.map { $0.points ?? 0 }
      least += min(0, points.min() ?? 0)
      most += max(0, points.max() ?? 0)
    }
    return least...most
  }
}

/// How far a scored form has been answered.
package enum ScoreState: Sendable, Hashable {
  /// Not at all: what was recorded elsewhere stands.
  case unanswered
  /// In part: nothing can be said yet.
  case open([String])
  /// In whole, with the sum of the points.
  case points(Int)
}

extension FormSet {
  /// How far a scored form has been answered; questions that are not asked give no points.
  package func score(_ form: Questionnaire, _ answers: [String: String]) -> ScoreState {
    var sum = 0
    var open: [String] = []
    var isBegun = false
    for question in form.questions where question.isScored && isAsked(question, answers) {
      if let answer = answers[question.id] {
        sum += question.points(of: answer)
        isBegun = true
      } else {
        open.append(question.id)
      }
    }
    if !isBegun { return .unanswered }
    return open.isEmpty ? .points(sum) : .open(open)
  }
}

extension RuleBook {
  /// Facts as these rules read them: without answers that were given to an earlier meaning of
  /// their question, and with the declared risk class and knowledge as the scored forms give them.
  package func current(_ facts: Facts) -> Facts {
    var current = withoutOutdated(facts)
    for form in scoredForms {
      guard let score = form.score else { continue }
      switch forms.score(form, current.answers) {
      case .unanswered: continue
      case .open: score.set(.null, in: &current.risk)
      case .points(let sum): score.set(scores.value(of: sum, score), in: &current.risk)
      }
    }
    return current
  }

  /// Facts without answers that were given to an earlier meaning of their question.
  func withoutOutdated(_ facts: Facts) -> Facts {
    var current = facts
    for (id, version) in facts.forms {
      guard let form = forms[id], version < form.version else { continue }
      for question in form.questions where question.since > version { current.withdraw(question) }
    }
    return current
  }

  /// The questions that the limit of a score rests on besides: a risk class is no more than what
  /// the capacity for loss and the horizon allow.
  private func questions(
    beside score: Questionnaire.Score, _ answers: [String: String]
  ) -> [String] {
    guard score == .riskClass else { return [] }
    return suitability.placesRead(by: "risk limit").flatMap { place -> [String] in
      let id = suitability.model.inputs[place].name.replacing(" ", with: "-")
      return forms.question(id) == nil ? [] : questions(behind: id, answers)
    }
  }

  /// The questions to ask where a value is missing: the ones that stand behind it and are asked
  /// now; where its question is not asked, those that decide whether it is.
  package func questions(behind id: String, _ answers: [String: String]) -> [String] {
    if let score = Questionnaire.Score(rawValue: id),
      let form = scoredForms.first(where: { $0.score == score })
    {
      let own = form.questions.filter {
        $0.isScored && answers[$0.id] == nil && forms.isAsked($0, answers)
      }
      return (answers[id] == nil ? own.map(\.id) : []) + questions(beside: score, answers)
    }
    guard let question = forms.question(id) else { return [id] }
    if forms.isAsked(question, answers) { return answers[id] == nil ? [id] : [] }
    var found: [String] = []
    for read in forms.conditionsRead(by: id) {
      for earlier in questions(behind: read.id, answers) where !found.contains(earlier) {
        found.append(earlier)
      }
    }
    return found
  }
}

extension Questionnaire.Score {
  fileprivate func set(_ value: Value, in risk: inout RiskProfile) {
    switch self {
    case .riskClass: risk.riskClass = value.number?.integerValue
    case .knowledge: risk.knowledge = value.text.flatMap { Knowledge(rawValue: $0) }
    }
  }
}
