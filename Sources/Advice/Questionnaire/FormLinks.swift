import Quantities

/// How forms hang together, worked out and checked: who follows whom, and which question depends
/// on which.
struct FormLinks {
  /// A contradiction with its condition compiled.
  typealias CheckedContradiction = (
    condition: FormCondition, of: Questionnaire.Contradiction
  )

  private(set) var faults: [FormFaults.Fault] = []
  /// The places of the forms, each after those it follows.
  private(set) var formOrder: [Int] = []
  /// All questions, each after those that its condition reads.
  private(set) var questionOrder: [Question] = []
  private(set) var conditions: [String: [FormCondition]] = [:]
  private(set) var contradictions: [CheckedContradiction] = []
  private let read: [(file: String, form: Questionnaire)]
  /// The file of each question.
  private var files: [String: String] = [:]

  init(_ read: [(file: String, form: Questionnaire)]) {
    self.read = read
    checkNames()
    guard faults.isEmpty else { return }
    checkFacts()
    orderForms()
    readConditions()
    guard faults.isEmpty else { return }
    orderQuestions()
  }

  private mutating func checkNames() {
    var forms: [String: String] = [:]
    var scores: [Questionnaire.Score: String] = [:]
    if read.count > FormSet.limit {
      faults.append(
        .init(
          file: "Questionnaires", field: "", code: "tooMany",
          detail: "There may be at most \(FormSet.limit) forms."))
    }
    for (file, form) in read {
      if let other = forms.updateValue(file, forKey: form.id) {
        faults.append(
          .init(file: file, form.place, "duplicate", "\(other) has the form id '\(form.id)' too."))
      }
      if let score = form.score {
        if let other = scores.updateValue(file, forKey: score) {
          faults.append(
            .init(file: file, form.place, "duplicate", "\(other) gives the same score."))
        }
        if !form.questions.contains(where: \.isScored) {
          faults.append(
            .init(file: file, form.place, "score", "No option of the form has points."))
        }
      }
      for question in form.questions {
        if question.id == FormCondition.customerKind {
          faults.append(
            .init(
              file: file, question.place, "reserved",
              "What kind of customer the client is, is known and not asked."))
        }
        if let other = files.updateValue(file, forKey: question.id) {
          faults.append(
            .init(
              file: file, question.place, "duplicate",
              "\(other) asks a question of the id '\(question.id)' too."))
        }
      }
    }
  }

  private mutating func checkFacts() {
    for (file, form) in read {
      for question in form.questions {
        guard let fact = question.fact, !fact.fits(question.kind) else { continue }
        faults.append(
          .init(
            file: file, question.place, "fact",
            "The answers to '\(question.id)' cannot become the fact '\(fact.rawValue)'."))
      }
    }
  }

  private mutating func orderForms() {
    let places = Dictionary(
      read.enumerated().map { ($0.element.form.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    for (file, form) in read {
      for link in form.follows where places[link] == nil {
        faults.append(
          .init(
            file: file, form.followsPlace, "unknownForm", "There is no form of the id '\(link)'."))
      }
    }
    let sorted = read.indices.sorted { byteOrder(read[$0].form.id, read[$1].form.id) }
    switch Self.order(sorted, { read[$0].form.follows.compactMap { places[$0] } }) {
    case .order(let order): formOrder = order
    case .cycle(let cycle):
      let names = (cycle + cycle.prefix(1)).map { read[$0].form.id }
      guard let first = cycle.first else { return }
      faults.append(
        .init(
          file: read[first].file, read[first].form.followsPlace, "cycle",
          "Forms follow each other in a circle: \(names.joined(separator: " → "))."))
    }
  }

  private mutating func readConditions() {
    let all = read.flatMap(\.form.questions)
    let names = FormCondition.Names(all)
    func compile(_ text: String, _ file: String, _ place: FormPlace) -> FormCondition? {
      do {
        return try FormCondition(text, names)
      } catch {
        faults.append(.init(file: file, place, error.code, error.detail))
        return nil
      }
    }
    for (file, form) in read {
      let whole = form.when.flatMap { compile($0, file, form.whenPlace) }
      for question in form.questions {
        let own = question.when.flatMap { compile($0, file, question.whenPlace) }
        let both = [whole, own].compactMap(\.self)
        if !both.isEmpty { conditions[question.id] = both }
      }
      for contradiction in form.contradictions {
        for id in contradiction.questions where form.question(id) == nil {
          faults.append(
            .init(
              file: file, contradiction.place, "unknownQuestion",
              "The form has no question of the id '\(id)'."))
        }
        if let condition = compile(contradiction.when, file, contradiction.whenPlace) {
          contradictions.append((condition, contradiction))
        }
      }
    }
  }

  private mutating func orderQuestions() {
    let questions = formOrder.flatMap { read[$0].form.questions }
    let places = Dictionary(
      questions.enumerated().map { ($0.element.id, $0.offset) },
      uniquingKeysWith: { first, _ in first })
    let conditions = conditions
    let order = Self.order(Array(questions.indices)) { place in
      (conditions[questions[place].id] ?? []).flatMap { $0.reads.compactMap { places[$0.id] } }
    }
    switch order {
    case .order(let order): questionOrder = order.map { questions[$0] }
    case .cycle(let cycle):
      let names = (cycle + cycle.prefix(1)).map { questions[$0].id }
      guard let first = cycle.first.map({ questions[$0] }) else { return }
      let place = first.when == nil ? first.place : first.whenPlace
      faults.append(
        .init(
          file: files[first.id] ?? "", place, "cycle",
          "Questions depend on each other in a circle: \(names.joined(separator: " → "))."))
    }
  }

  private enum Order {
    case order([Int])
    case cycle([Int])
  }

  /// Puts nodes after those they come after, else in the order given; or names a circle.
  private static func order(_ nodes: [Int], _ after: (Int) -> [Int]) -> Order {
    var order: [Int] = []
    var isDone: Set<Int> = []
    for start in nodes where !isDone.contains(start) {
      // Depth first, with a stack of our own: each node with those it still waits for.
      var path: [(node: Int, waiting: [Int])] = [(start, after(start))]
      while let top = path.last {
        guard let next = top.waiting.last else {
          if isDone.insert(top.node).inserted { order.append(top.node) }
          path.removeLast()
          continue
        }
        path[path.count - 1].waiting.removeLast()
        if isDone.contains(next) { continue }
        if let begin = path.firstIndex(where: { $0.node == next }) {
          return .cycle(path[begin...].map(\.node))
        }
        path.append((next, after(next)))
      }
    }
    return .order(order)
  }
}
