/// The ways of completing a scored form that differ in what comes of them.
///
/// Of all the answers that a form with eight questions may get, only the class that their points
/// come to matters, and the answers that decide whether other questions are asked.
struct ScoreCompletions {
  private let rules: RuleBook
  private let known: [String: String]
  /// Answers that conditions read.
  private let telling: Set<String>
  /// Answers that may contradict others.
  private let contradicting: Set<String>

  init(_ rules: RuleBook, known: [String: String], open: [Question]) {
    self.rules = rules
    self.known = known
    telling = Set(
      open.flatMap { rules.forms.conditionsRead(by: $0.id).map(\.id) })
    contradicting = rules.forms.contradicting.subtracting(telling)
  }

  private struct Key: Hashable {
    let points: Int
    let telling: [String]
    let contradicting: [String]
  }

  /// For each class that a form can still come to, a completion of its open questions.
  ///
  /// - Parameter questions: the form's open scored questions, in the order of asking.
  func completions(of form: Questionnaire, _ questions: [Question]) -> [[String: String]] {
    guard let score = form.score else { return [] }
    var ways: [Key: [String: String]] = [
      Key(points: 0, telling: [], contradicting: []): [:]
    ]
    for question in questions {
      guard case .choice(let options) = question.kind else { continue }
      var further: [Key: [String: String]] = [:]
      for (key, way) in ways.sorted(by: { Self.comes($0.key, before: $1.key) }) {
        guard rules.forms.isAsked(question, known.merging(way) { $1 }) else {
          further[key] = further[key] ?? way
          continue
        }
        for option in options {
          let next = Key(
            points: key.points + (option.points ?? 0),
            telling: key.telling + (telling.contains(question.id) ? [option.value] : []),
            contradicting: key.contradicting
              + (contradicting.contains(question.id) ? [option.value] : []))
          if further[next] == nil {
            further[next] = way.merging([question.id: option.value]) { $1 }
          }
        }
      }
      ways = further
    }
    var best: [String: [String: String]] = [:]
    for (key, way) in ways.sorted(by: { Self.comes($0.key, before: $1.key) }) {
      let answers = known.merging(way) { $1 }
      guard case .points(let sum) = rules.forms.score(form, answers),
        !rules.forms.contradicts(answers, way.keys)
      else { continue }
      let name = "\(rules.scores.value(of: sum, score)) \(key.telling)"
      if best[name] == nil { best[name] = way }
    }
    return best.sorted { byteOrder($0.key, $1.key) }.map(\.value)
  }

  private static func comes(_ left: Key, before right: Key) -> Bool {
    if left.points != right.points { return left.points < right.points }
    if left.telling != right.telling {
      return left.telling.lexicographicallyPrecedes(right.telling)
    }
    return left.contradicting.lexicographicallyPrecedes(right.contradicting)
  }
}
