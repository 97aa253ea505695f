package import DMN
import FEEL
import JSON
package import Quantities

/// The written rules in force: DMN models with the wording of their reasons and the forms that ask
/// for what they read.
///
/// Checked when loaded, immutable after.
package final class RuleBook: Sendable {
  /// The day from which this edition is in force.
  package let effective: CalendarDate
  /// Names the edition's content.
  package let digest: String
  /// The forms, linked.
  package let forms: FormSet
  /// The forms, by id.
  package var questionnaires: [Questionnaire] { forms.forms.sorted { byteOrder($0.id, $1.id) } }
  /// The models by file name, as they were loaded.
  package let models: [String: Model]
  private let texts: [String: Texts]

  let eligibility: RuleModel
  let affordability: RuleModel
  let suitability: RuleModel
  let applicability: RuleModel
  let needs: RuleModel
  let arbitration: RuleModel
  let ranking: RuleModel
  /// What the points of forms become; nil where no form is scored.
  let profile: RuleModel?
  let scores: ScoreTables
  let scoredForms: [Questionnaire]
  /// Answers that one consultation leaves for the next.
  let memory = RuleMemory()

  /// The language that wording falls back to.
  package static let usualLocale = "en"
  /// The most files of an edition.
  package static let fileLimit = 200

  /// The content of an edition, as it lies in its files.
  package struct Source: Sendable {
    /// The day from which it is in force.
    package var effective: CalendarDate
    /// The `.dmn` files.
    package var models: [ModelFile]
    /// The wording, by locale.
    package var texts: [String: [UInt8]]
    /// The forms.
    package var questionnaires: [ModelFile]
    /// Names the content of all files.
    package var digest: String

    /// An edition's files.
    package init(
      effective: CalendarDate, models: [ModelFile], texts: [String: [UInt8]],
      questionnaires: [ModelFile], digest: String
    ) {
      self.effective = effective
      self.models = models
      self.texts = texts
      self.questionnaires = questionnaires
      self.digest = digest
    }
  }

  /// Why an edition cannot be used, in lines for the person who wrote it.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    /// One line or drawing for each problem but missing models.
    package let others: [String]
    /// The files of the models that are missing.
    package let missing: [String]

    /// One line or drawing for each problem.
    package var problems: [String] { others + missing.map { "\($0) is missing" } }

    /// All problems, one after the other.
    package var description: String { problems.joined(separator: "\n") }
  }

  /// What is wrong in a model: values that are not of their type, rules that contradict each other
  /// or can never be hit.
  private static func faults(of model: Model) -> [String] {
    // Advice gives an input that nobody declared no value.
    let misfits = model.problems.filter { $0.severity == .error || $0.code == "undeclaredInput" }
      .map(\.description)
    return misfits
      + model.analyse().flatMap { table in
        table.findings.filter(\.isError).map { "\(table.file): \(table.element): \($0)" }
      }
  }

  /// What is missing in the wording of a language that the usual one has, or more in it.
  private static func gaps(in texts: [String: Texts]) -> [String] {
    guard let usual = texts[usualLocale] else { return [] }
    let keys = Set(usual.keys)
    return texts.keys.sorted().flatMap { locale -> [String] in
      guard let other = texts[locale] else { return [] }
      let own = Set(other.keys)
      let missing = keys.subtracting(own).sorted(by: byteOrder).map { "'\($0)' is missing" }
      let more = own.subtracting(keys).sorted(by: byteOrder).map {
        "'\($0)' has no wording in '\(usualLocale)'"
      }
      let unlike = keys.intersection(own).sorted(by: byteOrder).filter {
        usual.placeholders($0) != other.placeholders($0)
      }.map { "'\($0)' is filled with other values than in '\(usualLocale)'" }
      return (missing + more + unlike).map { "Texts/\(locale).json: \($0)" }
    }
  }

  /// Checks and compiles an edition.
  ///
  /// - Parameter wasInForce: decisions were made under it, so that it is taken as it is.
  /// - Throws: ``Fault`` with every problem of every file.
  package init(_ source: Source, wasInForce: Bool = false) throws(Fault) {
    var problems: [String] = []
    var models: [String: Model] = [:]
    for file in source.models {
      do {
        let model = try source.load(file)
        models[file.name] = model
        if !wasInForce { problems += Self.faults(of: model) }
      } catch {
        problems.append("\(error)")
      }
    }
    let forms: FormSet?
    do throws(FormFaults) {
      forms = try FormSet(source.questionnaires)
    } catch {
      forms = nil
      problems += error.list.map(\.description)
    }
    var texts: [String: Texts] = [:]
    for (locale, json) in source.texts {
      do {
        texts[locale] = try Texts(locale: locale, json: json)
      } catch {
        problems.append("Texts/\(locale).json: \(error)")
      }
    }
    if texts[Self.usualLocale] == nil, problems.isEmpty {
      problems.append("Texts/\(Self.usualLocale).json is missing")
    }
    if !wasInForce { problems += Self.gaps(in: texts) }
    var missing: [String] = []
    var parts: [RuleModel] = []
    for part in RuleModel.Part.required {
      guard let model = models[part.file] else {
        if problems.isEmpty { missing.append(part.file) }
        continue
      }
      problems += part.missing(in: model)
      let prepared = RuleModel(part: part, model: model)
      if problems.isEmpty { problems += prepared.unplanned }
      parts.append(prepared)
    }
    let profile = models[RuleModel.Part.profile.file].map { model in
      problems += RuleModel.Part.profile.missing(in: model)
      return RuleModel(part: .profile, model: model)
    }
    guard problems.isEmpty, let forms, parts.count == RuleModel.Part.required.count else {
      throw Fault(others: problems, missing: missing)
    }
    scores = ScoreTables(profile, forms, problems: &problems)
    guard problems.isEmpty else { throw Fault(others: problems, missing: []) }
    effective = source.effective
    digest = source.digest
    self.forms = forms
    self.profile = profile
    scoredForms = forms.forms.filter { $0.score != nil }
    self.models = models
    self.texts = texts
    eligibility = parts[0]
    affordability = parts[1]
    suitability = parts[2]
    applicability = parts[3]
    needs = parts[4]
    arbitration = parts[5]
    ranking = parts[6]
  }

  /// The languages that there is wording in, the usual one first.
  package var locales: [String] {
    [Self.usualLocale] + texts.keys.filter { $0 != Self.usualLocale }.sorted()
  }

  /// The language of the wording for a locale such as `ro-MD`; nil where there is none.
  package func locale(_ name: String) -> String? {
    let language = name.prefix { $0 != "-" && $0 != "_" }.lowercased()
    return texts[name] == nil ? (texts[language] == nil ? nil : language) : name
  }

  /// The wording in a language, or in the usual one where that language is not there.
  package func texts(_ locale: String) -> Texts {
    if let exact = texts[locale] { return exact }
    let language = locale.prefix { $0 != "-" && $0 != "_" }
    if let close = texts[String(language)] { return close }
    guard let usual = texts[Self.usualLocale] else {
      preconditionFailure("An edition without its usual wording was refused when loaded.")
    }
    return usual
  }

  /// The form of an id.
  package func questionnaire(_ id: String) -> Questionnaire? { forms[id] }

  /// The form that asks a question.
  package func questionnaire(asking question: String) -> Questionnaire? {
    forms.form(asking: question)
  }
}

/// One model of a rule book, with the decisions that advice asks it for, prepared.
final class RuleModel: Sendable {
  let part: Part
  let model: Model
  /// The places of the inputs in a plan, by name.
  let places: [String: Int]
  /// For each input of a plan, what it is of a client; nil where it belongs to the question.
  let inputs: [ClientValues.Name?]
  private let plans: [String: Plan]
  private let read: [String: [Int]]
  private let inputsRead: [String: InputsRead]

  /// The inputs that a decision reads, by their places in a plan.
  struct InputsRead: Sendable {
    /// Those whose values it may use.
    var values: [Int] = []
    /// Those that it only holds against cells.
    var positions: [(place: Int, positions: InputPositions)] = []

    fileprivate init(_ plan: Plan) {
      for place in plan.placesRead {
        if let positions = plan.positions(of: place) {
          self.positions.append((place, positions))
        } else {
          values.append(place)
        }
      }
    }
  }

  init(part: Part, model: Model) {
    self.part = part
    self.model = model
    let names = model.inputs.map(\.name)
    places = Dictionary(
      names.enumerated().map { ($0.element, $0.offset) }, uniquingKeysWith: { first, _ in first })
    inputs = names.map { ClientValues.Name(rawValue: $0) }
    var plans: [String: Plan] = [:]
    for decision in part.decisions + part.optional where model.decision(decision) != nil {
      plans[decision] = try? model.plan(decision, inputs: names)
    }
    self.plans = plans
    read = Dictionary(
      model.decisions.compactMap { decision in
        let plan = plans[decision.name] ?? (try? model.plan(decision.name, inputs: names))
        return plan.map { (decision.name, $0.placesRead) }
      }, uniquingKeysWith: { first, _ in first })
    inputsRead = plans.mapValues(InputsRead.init)
  }

  /// The models of a rule book and the decisions that each must have.
  enum Part: String, CaseIterable, Sendable {
    case eligibility, affordability, suitability, applicability, needs, arbitration, ranking
    case profile

    /// The models that no rule book is without.
    static let required = allCases.filter { $0 != .profile }

    var file: String { "\(rawValue).dmn" }

    var decisions: [String] {
      switch self {
      case .eligibility: ["sales policy"]
      case .affordability: ["maximum instalment"]
      case .suitability: ["risk limit", "knowledge level"]
      case .applicability: ["sense now"]
      case .needs: ["needs", "kinds asked for"]
      case .arbitration: ["propensity", "context", "lever"]
      case .ranking: ["rank"]
      case .profile: ["risk class of score", "knowledge of score", "observed risk class"]
      }
    }

    /// The decisions that a model may have.
    var optional: [String] { self == .needs ? [RuleModel.needsAfterEvent] : [] }

    func missing(in model: Model) -> [String] {
      decisions.filter { model.decision($0) == nil }
        .map { "\(file) has no decision named '\($0)'" }
    }
  }

  /// The decisions that the model has but that cannot be asked for by its inputs.
  fileprivate var unplanned: [String] {
    part.decisions.filter { plans[$0] == nil }.map {
      "\(part.file): the decision '\($0)' cannot be prepared; are two inputs of one name?"
    }
  }

  /// The decision on what an event in a client's life brings.
  static let needsAfterEvent = "needs after event"

  /// Whether a decision can be asked for.
  func has(_ decision: String) -> Bool { plans[decision] != nil }

  /// The prepared form of a decision that every book was checked to have.
  func plan(_ decision: String) -> Plan {
    guard let plan = plans[decision] else {
      preconditionFailure("A rule book without '\(decision)' was refused when loaded.")
    }
    return plan
  }

  /// How a decision that every book was checked to have reads its inputs.
  func inputsRead(by decision: String) -> InputsRead {
    inputsRead[decision] ?? InputsRead(plan(decision))
  }

  /// The places of the inputs that a decision may read.
  func placesRead(by decision: String) -> [Int] { read[decision] ?? [] }
}
