package import JSON

extension RuleBook {
  /// Facts as they would be if the client gave some answers now.
  ///
  /// Each is taken as a recorded one is, with the fact it stands for; what is then no longer asked
  /// gives way with its own. An answer that these forms do not take is passed over.
  func recording(_ answers: [String: String], in facts: Facts) -> Facts {
    guard !answers.isEmpty else { return facts }
    let known = withoutOutdated(facts)
    var recorded = known
    for form in forms.forms {
      for question in form.questions {
        guard let answer = answers[question.id], question.accepts(answer) else { continue }
        recorded.take(question.canonical(answer), to: question)
        recorded.forms[form.id] = form.version
      }
    }
    let before = forms.counting(known.answers(to: forms))
    let after = forms.counting(recorded.answers(to: forms))
    for question in forms.order where before[question.id] != nil && after[question.id] == nil {
      recorded.withdraw(question)
    }
    return recorded
  }

  /// What is wrong with answers that a goal assumes of a client: what recording them would be
  /// refused for, each at its place in the goal.
  package func violations(
    assuming answers: [String: String], of facts: Facts
  ) -> [Violation] {
    guard !answers.isEmpty else { return [] }
    let place = "/assuming/answers"
    let recorded = withoutOutdated(facts)
    let known = recorded.answers(to: forms)
    let counting = forms.counting(known.merging(answers) { $1 })
    var violations: [Violation] = []
    for form in forms.forms {
      let given = answers.filter { form.question($0.key) != nil }
      guard !given.isEmpty else { continue }
      // A form counts on what was answered to it, not on what only the profile says.
      let kept = recorded.answers.filter { form.question($0.key)?.accepts($0.value) ?? false }
      let found = forms.violations(
        in: kept.merging(given) { $1 }, to: form,
        beside: counting.filter { form.question($0.key) == nil })
      for violation in found {
        let isGiven = given.keys.contains { FormSet.pointer($0) == violation.pointer }
        // What was answered before and is then no longer asked gives way without a word.
        if !isGiven, violation.code == "hidden" { continue }
        violations.append(
          Violation(
            pointer: isGiven ? "/assuming\(violation.pointer)" : place, code: violation.code,
            detail: violation.detail))
      }
    }
    for id in answers.keys where forms.question(id) == nil {
      violations.append(
        Violation(
          pointer: JSONPointer.appending(id, to: place), code: "unknownQuestion",
          detail: "No form has such a question."))
    }
    return violations.sorted { byteOrder($0.pointer, $1.pointer) }
  }
}
