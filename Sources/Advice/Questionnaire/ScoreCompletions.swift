/// The ways of completing a scored form that differ in what comes of them.
///
/// Of all the answers that a form with eight questions may get, only the class that their points
/// come to matters, and the answers that decide whether other questions are asked.
struct ScoreCompletions {
  private let rules: RuleBook
  private let known: [String: String]
  /// Answers that conditions read.
  private let telling: Set<String>

  init(_ rules: RuleBook, known: [String: String], open: [Question]) {
    self.rules = rules
    self.known = known
    telling = Set(
      open.flatMap { rules.forms.conditionsRead(by: $0.id).map(\.id) })
  }

  private typealias Way = [String: String]

  private struct Key: Hashable {
    let points: Int
    let telling: [String]
  }

  /// For each class that a form can still come to, a completion of its open questions whose answers
  /// do not contradict each other.
  ///
  /// - Parameter questions: the form's open scored questions, in the order of asking.
  func completions(of form: Questionnaire, _ questions: [Question]) -> [[String: String]] {
    guard let score = form.score else { return [] }
    let ids = Set(questions.map(\.id))
    let told = telling.union(rules.forms.contradicting(beyond: ids, known: known))
    var ways = ways(questions, telling: told)
    if ways.contains(where: isContradictory) {
      // Another way to the same points may be one without a contradiction.
      ways = self.ways(questions, telling: told.union(rules.forms.contradicting)).filter {
        !isContradictory($0)
      }
    }
    var best: [String: Way] = [:]
    for way in ways {
      guard case .points(let sum) = rules.forms.score(form, known.merging(way) { $1 }) else {
        continue
      }
      let answers = questions.filter { told.contains($0.id) }.map { way[$0.id] ?? "" }
      let name = "\(rules.scores.value(of: sum, score)) \(answers)"
      if best[name] == nil { best[name] = way }
    }
    return best.sorted { byteOrder($0.key, $1.key) }.map(\.value)
  }

  private func isContradictory(_ way: Way) -> Bool {
    rules.forms.contradicts(known.merging(way) { $1 }, way.keys)
  }

  /// A way to each sum of points and each choice of the answers that tell, those of few points
  /// first.
  private func ways(_ questions: [Question], telling: Set<String>) -> [Way] {
    var ways: [Key: Way] = [Key(points: 0, telling: []): [:]]
    for question in questions {
      guard case .choice(let options) = question.kind else { continue }
      var further: [Key: Way] = [:]
      for (key, way) in ways.sorted(by: { Self.comes($0.key, before: $1.key) }) {
        guard rules.forms.isAsked(question, known.merging(way) { $1 }) else {
          further[key] = further[key] ?? way
          continue
        }
        for option in options {
          let next = Key(
            points: key.points + (option.points ?? 0),
            telling: key.telling + (telling.contains(question.id) ? [option.value] : []))
          if further[next] == nil {
            further[next] = way.merging([question.id: option.value]) { $1 }
          }
        }
      }
      ways = further
    }
    return ways.sorted { Self.comes($0.key, before: $1.key) }.map(\.value)
  }

  private static func comes(_ left: Key, before right: Key) -> Bool {
    left.points != right.points
      ? left.points < right.points
      : left.telling.lexicographicallyPrecedes(right.telling)
  }
}
