import JSON
package import Quantities

/// One question of a form.
package struct Question: Sendable, Hashable {
  /// The question's name: the key of its answer.
  ///
  /// No two forms share one.
  package let id: String
  /// The question as the client reads it.
  package let text: LocalText
  /// What helps to answer it.
  package let help: LocalText?
  /// What an answer may be.
  package let kind: Kind
  /// Whether the form is incomplete without an answer.
  package let isRequired: Bool
  /// The fact that the answer becomes, where rules read it as more than an answer.
  package let fact: Fact?
  /// The version of the form in which the question took the meaning it has: an answer that was
  /// given to an earlier version is not taken over.
  package let since: Int
  /// When the question is asked at all: a FEEL condition on other answers; nil for always.
  package let when: String?
  /// Numbers, or ages of a date of birth, at which it matters which side an answer lies on,
  /// besides those in the cells of the rules.
  package let cuts: [Decimal128]
  /// Where the question and its condition stand in the file.
  let place: FormPlace
  let whenPlace: FormPlace

  /// What an answer may be.
  package enum Kind: Sendable, Hashable {
    /// One of the options, by its value.
    case choice([Option])
    /// A number between bounds with at most so many digits after the point.
    case number(ClosedRange<Decimal128>, digits: Int)
    /// `true` or `false`.
    case yesNo
    /// A civil date between bounds.
    case date(ClosedRange<CalendarDate>)
  }

  /// One option of a choice.
  package struct Option: Sendable, Hashable {
    /// The value that is stored.
    package let value: String
    /// The wording the client reads.
    package let text: LocalText
    /// What choosing it adds to the form's score.
    package let points: Int?
  }

  /// A fact that an answer becomes, or that is read with it.
  package enum Fact: String, Sendable, CaseIterable {
    case riskClass, knowledge, capacityForLoss, horizonMonths
    case employment, dependants, residency, birthDate, yearlyTurnover
    case monthlyIncome, portfolioValue, ownsVehicle, ownsHome
  }

  private enum TypeName: String, CaseIterable { case choice, number, integer, yesNo, date }

  /// Limits on the parts of a question.
  enum Limit {
    static let text = 600
    static let option = 400
    static let condition = 1_000
    static let cuts = 50
    static let digits = 0...6
    static let points = -100...100
  }

  init?(reading fields: JSONFields) {
    let id = fields.string("id", maxLength: 60, pattern: .slug)
    let text = LocalText(fields, "text", maxLength: Limit.text)
    let help = fields.has("help") ? LocalText(fields, "help", maxLength: Limit.text) : nil
    let name = fields.choice("type", TypeName.self)
    let required = fields.optionalBoolean("required")
    let fact = fields.optionalChoice("fact", Fact.self)
    since = fields.optionalInteger("since", in: 1...Questionnaire.Limit.version) ?? 1
    let when = fields.optionalString("when", maxLength: Limit.condition)
    cuts = Self.cuts(fields)
    place = FormPlace(fields.pointer, fields.position)
    whenPlace = FormPlace(fields, "when")
    guard let name, let kind = Self.kind(name, fields), let id, let text else { return nil }
    self.id = id
    self.text = text
    self.help = help
    self.kind = kind
    isRequired = required ?? true
    self.fact = fact
    self.when = when
  }

  private static func cuts(_ fields: JSONFields) -> [Decimal128] {
    let cuts = fields.optionalArray("cuts", max: Limit.cuts) { node, place -> Decimal128? in
      let text: String? =
        switch node.kind {
        case .number(let text), .string(let text): text
        default: nil
        }
      guard let number = text.flatMap({ Decimal128($0) }), number.isFinite else {
        fields.report(node, at: place, "type", "A cut must be a number.")
        return nil
      }
      return number
    }
    return cuts ?? []
  }

  private static func kind(_ name: TypeName, _ fields: JSONFields) -> Kind? {
    let options = options(fields)
    switch name {
    case .choice:
      guard let options else {
        if !fields.has("options") {
          fields.report("options", "required", "A choice needs its options.")
        }
        return nil
      }
      return .choice(options)
    case .number, .integer:
      let low = fields.decimal("min")
      let high = fields.decimal("max")
      let digits = fields.optionalInteger("digits", in: Limit.digits)
      guard let low, let high else { return nil }
      guard low <= high else {
        fields.report("min", "range", "'min' must not be above 'max'.")
        return nil
      }
      return .number(low...high, digits: name == .integer ? 0 : digits ?? 2)
    case .yesNo: return .yesNo
    case .date:
      let first = fields.optionalDate("min") ?? CalendarDate(year: 1900, month: 1, day: 1)
      let last = fields.optionalDate("max") ?? CalendarDate(year: 2199, month: 12, day: 31)
      guard let first, let last, first <= last else {
        fields.report("min", "range", "'min' must not be after 'max'.")
        return nil
      }
      return .date(first...last)
    }
  }

  private static func options(_ fields: JSONFields) -> [Option]? {
    var seen: Set<String> = []
    return fields.optionalObjects("options", min: 1, max: Questionnaire.Limit.options) {
      fields -> Option? in
      let value = fields.string("value", maxLength: 100, pattern: .notBlank)
      let text = LocalText(fields, "text", maxLength: Limit.option)
      let points = fields.optionalInteger("points", in: Limit.points)
      guard let value, let text else { return nil }
      if !seen.insert(value).inserted {
        fields.report("value", "duplicate", "Another option has the value '\(value)' already.")
      }
      return Option(value: value, text: text, points: points)
    }
  }
}

extension Question {
  /// The name of the question in conditions and rules: `owns vehicle` for `owns-vehicle`.
  package var name: String { Self.name(of: id) }

  static func name(of id: String) -> String { id.replacing("-", with: " ") }

  /// Whether an answer fits the question taken by itself.
  package func accepts(_ answer: String) -> Bool { kind.fault(in: answer) == nil }

  /// The one writing of an answer that fits.
  package func canonical(_ answer: String) -> String { kind.canonical(answer) }

  /// Whether the answer counts in the form's score.
  package var isScored: Bool {
    guard case .choice(let options) = kind else { return false }
    return options.contains { $0.points != nil }
  }

  /// What an answer adds to the form's score.
  func points(of answer: String) -> Int {
    guard case .choice(let options) = kind else { return 0 }
    return options.first { $0.value == answer }?.points ?? 0
  }
}

extension Question.Kind {
  /// What is wrong with an answer, as a code and a sentence; nil when it fits.
  func fault(in answer: String) -> (code: String, detail: String)? {
    switch self {
    case .choice(let options):
      if options.contains(where: { $0.value == answer }) { return nil }
      let values = options.map(\.value).joined(separator: ", ")
      return ("choice", "The answer must be one of \(values).")
    case .number(let range, let digits):
      guard let number = Decimal128(answer), number.isFinite else {
        return ("type", "The answer must be a number.")
      }
      guard range.contains(number) else {
        let (low, high) = (range.lowerBound.plainText, range.upperBound.plainText)
        return ("range", "The answer must be a number from \(low) to \(high).")
      }
      guard number.rounded(scale: digits) == number else {
        return (
          "precision",
          digits == 0
            ? "The answer must be a whole number."
            : "The answer must have at most \(digits) digits after the point."
        )
      }
      return nil
    case .yesNo:
      return answer == "true" || answer == "false"
        ? nil : ("type", "The answer must be true or false.")
    case .date(let range):
      guard let date = CalendarDate(iso: answer) else {
        return ("type", "The answer must be a date: YYYY-MM-DD.")
      }
      return range.contains(date)
        ? nil
        : ("range", "The date must be from \(range.lowerBound) to \(range.upperBound).")
    }
  }

  /// The one writing of an answer that fits: numbers without needless digits.
  func canonical(_ answer: String) -> String {
    guard case .number = self, let number = Decimal128(answer) else { return answer }
    return number.plainText
  }
}

/// Where something stands in a form's file.
struct FormPlace: Sendable, Hashable {
  let pointer: String
  let position: JSONPosition

  init(_ pointer: String, _ position: JSONPosition) {
    self.pointer = pointer
    self.position = position
  }

  /// The place of the value under a key; of the whole object where the key is absent.
  init(_ fields: JSONFields, _ key: String) {
    pointer = "\(fields.pointer)/\(key)"
    position = fields.node(key)?.position ?? fields.position
  }
}
