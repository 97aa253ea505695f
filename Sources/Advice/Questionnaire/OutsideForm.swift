import JSON
import Quantities

/// A questionnaire of others, a list of questions with coded options, as one of our forms.
///
/// The file is `[{"id": …, "text": …, "options": [{"code": 1, "label": …}]}]`. Codes below nought
/// say that a question was refused or not asked: they are no options, and no question must be
/// answered. A question without options asks for a number.
package struct OutsideForm: Sendable {
  /// The form as a file of ours.
  package let json: [UInt8]
  /// The form.
  package let form: Questionnaire
  /// For each question its id in the file of others and the id here.
  package let names: [(theirs: String, ours: String)]

  /// The numbers that a question without options may be answered with.
  private static let numbers = -1_000_000_000...1_000_000_000
  private static let digits = 6
  /// Characters of a question's name.
  private static let nameLimit = 60

  /// Reads a file.
  ///
  /// - Throws: `JSONSyntaxError`, ``DataFault`` or `Violations`.
  package init(json: [UInt8], id: String, title: String, purpose: String) throws {
    let node = try JSONNode.parse(json, limits: .file)
    guard let questions = node.elements, !questions.isEmpty else {
      throw DataFault("a list of questions is expected")
    }
    guard questions.count <= Questionnaire.Limit.questions else {
      throw DataFault("more than \(Questionnaire.Limit.questions) questions")
    }
    var names: [(theirs: String, ours: String)] = []
    var taken: Set<String> = []
    for (place, question) in questions.enumerated() {
      guard let theirs = question["id"]?.stringValue, !theirs.isEmpty else {
        throw DataFault("question \(place + 1) has no 'id'")
      }
      guard let text = question["text"]?.stringValue, !text.allSatisfy(\.isWhitespace) else {
        throw DataFault("question '\(theirs)' has no 'text'")
      }
      let own = Self.slug(theirs)
      // Questions of all forms stand in one list of answers.
      let ours = String("\(id)-\(own)".prefix(Self.nameLimit))
      guard !own.isEmpty, taken.insert(ours).inserted else {
        throw DataFault("question '\(theirs)' has no name of its own in letters and digits")
      }
      names.append((theirs, ours))
    }
    var writer = JSONWriter()
    try writer.object { writer in
      writer.member("id", id)
      writer.member("version", 1)
      writer.member("title", title)
      writer.member("purpose", purpose)
      writer.key("questions")
      try writer.array { writer in
        for (question, name) in zip(questions, names) {
          try Self.write(question, name.ours, &writer)
        }
      }
    }
    self.json = PrettyJSON.layOut(writer.bytes)
    form = try Questionnaire(json: writer.bytes)
    self.names = names
  }

  private static func write(
    _ question: JSONNode, _ name: String, _ writer: inout JSONWriter
  ) throws {
    var options: [(value: String, text: String)] = []
    for option in question["options"]?.elements ?? [] {
      guard let label = option["label"]?.stringValue else {
        throw DataFault("an option of question '\(name)' has no 'label'")
      }
      guard let value = option["code"]?.numberText ?? option["code"]?.stringValue else {
        throw DataFault("an option of question '\(name)' has no 'code'")
      }
      if Decimal128(value).map({ $0 < Decimal128(0) }) ?? false { continue }
      options.append((value, label.allSatisfy(\.isWhitespace) ? value : label))
    }
    writer.object { writer in
      writer.member("id", name)
      writer.member("text", question["text"]?.stringValue)
      writer.member("required", false)
      guard !options.isEmpty else {
        writer.member("type", "number")
        writer.member("min", Self.numbers.lowerBound)
        writer.member("max", Self.numbers.upperBound)
        writer.member("digits", Self.digits)
        return
      }
      writer.member("type", "choice")
      writer.key("options")
      writer.array { writer in
        for option in options {
          writer.object { writer in
            writer.member("value", option.value)
            writer.member("text", option.text)
          }
        }
      }
    }
  }

  /// Lower-case letters and digits with single hyphens between them.
  private static func slug(_ name: String) -> String {
    let parts = name.lowercased().split { !($0.isASCII && ($0.isLetter || $0.isNumber)) }
    return parts.joined(separator: "-")
  }
}
