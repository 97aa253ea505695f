import Advice
import JSON
import Quantities

/// What the pages of forms say of answers.
enum FormWording {
  /// What is wrong with an answer; nil for what is worded elsewhere.
  static func fault(_ code: String, _ question: Question?) -> String? {
    switch (code, question?.kind) {
    case ("range", .number(let range, _)?):
      PageWords.say(
        "Give a number from {} to {}.", Wording.grouped(range.lowerBound),
        Wording.grouped(range.upperBound))
    case ("range", .date(let range)?):
      PageWords.say(
        "Give a date from {} to {}.", Wording.date(range.lowerBound),
        Wording.date(range.upperBound))
    case ("precision", .number(_, digits: 0)?): PageWords.say("Give a whole number.")
    case ("precision", .number(_, let digits)?):
      PageWords.say("Give at most {} digits after the point.", "\(digits)")
    case ("type", .number?): PageWords.say("Give a number.")
    case ("type", .date?): PageWords.say("Give a date.")
    case ("type", .yesNo?), ("choice", _): PageWords.say("Choose one of the answers.")
    case ("hidden", _): PageWords.say("This is not asked, given your other answers.")
    default: nil
    }
  }

  /// What is wrong with an answer, in a language.
  static func sentence(_ violation: Violation, _ forms: FormSet, _ locale: String) -> String {
    if violation.code == "contradiction" { return forms.worded(violation.detail, locale) }
    let id = String(violation.pointer.split(separator: "/").last ?? "")
    return fault(violation.code, forms.question(id)) ?? violation.detail
  }

  /// What is wrong with answers, in the language that a request wants.
  static func worded(
    _ violations: [Violation], _ forms: FormSet, _ locale: String
  ) -> [Violation] {
    guard let language = Language(rawValue: locale), language != .english else {
      return violations
    }
    return PageLanguage.$current.withValue(language) {
      violations.map {
        Violation(pointer: $0.pointer, code: $0.code, detail: sentence($0, forms, locale))
      }
    }
  }

  /// Where a value that we know already comes from.
  static func source(_ source: ValueSource) -> String {
    switch source {
    case .history: "From your account history; change it if it is wrong."
    case .holdings, .positions: "From your contracts with us; change it if it is wrong."
    default: "From your profile; change it if it is wrong."
    }
  }
}

extension FormPage.Field {
  /// Options up to this number are shown at once, more of them folded into a list.
  private static let shownOptions = 6

  init(
    _ question: Question, answer: String?, prefill: Question.Prefill?, fault: String?,
    isOutdated: Bool, _ locale: String
  ) {
    let offered = answer == nil ? prefill : nil
    let chosen = answer ?? offered?.answer
    var options: [FormPage.Option] = []
    var value = chosen ?? ""
    var type = "text"
    var mode = "text"
    switch question.kind {
    case .choice(let choices):
      options = choices.map {
        .init(
          value: $0.value, label: $0.text(locale), isChosen: $0.value == chosen,
          field: "\(question.id)-\($0.value)")
      }
    case .yesNo:
      options = [("true", PageWords.say("Yes")), ("false", PageWords.say("No"))].map {
        .init(
          value: $0.0, label: $0.1, isChosen: $0.0 == chosen, field: "\(question.id)-\($0.0)")
      }
    case .number(_, let digits):
      mode = digits == 0 ? "numeric" : "decimal"
      if let number = Decimal128(value), fault == nil { value = Wording.typed(number) }
    case .date: type = "date"
    }
    id = question.id
    label = question.text(locale)
    help = question.help?(locale)
    isRadio = !options.isEmpty && options.count <= Self.shownOptions
    isSelect = options.count > Self.shownOptions
    isInput = options.isEmpty
    self.options = options
    self.value = value
    self.type = type
    self.mode = mode
    hint = offered.map { FormWording.source($0.source) }
    self.fault = fault
    isInvalid = fault != nil
    self.isOutdated = isOutdated && answer == nil
    isOptional = !question.isRequired
  }
}
