import JSON

/// The wording for people in one language, by text key.
///
/// A sentence may name `{actual}` and `{required}`, which are filled from the reason; after a
/// number, `{actual#month|months}` puts the right form of a word. A key with a value of `actual`
/// after it, as in `audience.met.business`, is the sentence for that value, and one with `unnamed`
/// that for no value. Keys that begin with `word.` say how a name of the rules or a phrase of a
/// value is read in the language.
package struct Texts: Sendable {
  /// The language, as in `en`.
  package let locale: String
  private let sentences: [String: Sentence]
  private let readable: Readable
  /// What products ask, as this language puts it.
  private let phrases = KnownAnswers<String, String>(limit: Self.phraseLimit)
  /// The reasons written last in this language.
  let written = KnownAnswers<WrittenReason, [UInt8]>(limit: Self.writtenLimit)
  /// Whether reasons speak of the client to somebody else.
  private(set) var isOfClient = false

  /// The longest sentence that a wording may have, in bytes.
  package static let sentenceLength = 1_200
  /// What products ask, kept as it was put.
  static let phraseLimit = 8_192
  /// Reasons kept as they were written, of some 300 bytes each.
  static let writtenLimit = 8_192
  /// The most sentences of one language.
  package static let sentenceCount = 5_000

  /// Wording read from a `Rules/Texts/<locale>.json` file: one object from key to sentence.
  package init(locale: String, json: [UInt8]) throws {
    self.locale = locale
    let node = try JSONNode.parse(json, limits: .file)
    guard case .object(let members) = node.kind, members.count <= Self.sentenceCount else {
      throw Violations([
        Violation(
          pointer: "", code: "type",
          detail: "Texts must be one object of at most \(Self.sentenceCount) sentences.",
          position: node.position)
      ])
    }
    let language = Language(locale)
    var sentences: [String: Sentence] = [:]
    for member in members {
      guard case .string(let text) = member.value.kind, text.utf8.count <= Self.sentenceLength
      else {
        throw Violations([
          Violation(
            pointer: "/\(member.key)", code: "type",
            detail: "A sentence must be a string of at most \(Self.sentenceLength) bytes.",
            position: member.value.position)
        ])
      }
      let sentence = Sentence(text)
      guard sentence.forms.allSatisfy({ $0 == language.formCount }) else {
        throw Violations([
          Violation(
            pointer: "/\(member.key)", code: "plural",
            detail: "A counted word needs \(language.formCount) forms in this language.",
            position: member.value.position)
        ])
      }
      sentences[member.key] = sentence
    }
    Self.fold(&sentences)
    self.sentences = sentences
    readable = Readable(language: language, sentences: sentences.mapValues(\.text))
  }

  /// What stands in a key in place of a value that there is none of.
  private static let unnamed = "unnamed"

  /// Gives sentences those of their own for some values.
  private static func fold(_ sentences: inout [String: Sentence]) {
    for (key, sentence) in sentences {
      guard let point = key.lastIndex(of: ".") else { continue }
      let value = String(key[key.index(after: point)...])
      sentences[String(key[..<point])]?.ofValue[value] = sentence
    }
  }

  /// The keys that have wording, sorted.
  package var keys: [String] { sentences.keys.sorted(by: byteOrder) }

  /// The names of the values that a sentence is filled with.
  package func placeholders(_ key: String) -> Set<String> {
    Set((sentences[key]?.parts ?? []).compactMap(\.name))
  }

  /// The sentence of a key; the key itself in angle quotes where it is missing, so that a missing
  /// wording is seen.
  package func sentence(_ key: String) -> String { sentences[key]?.text ?? "‹\(key)›" }

  /// The sentence of a key filled with words as they are.
  func sentence(_ key: String, actual: String, required: String) -> String {
    guard let sentence = sentences[key] else { return self.sentence(key) }
    return sentence.filled(actual: actual, required: required) { forms, _ in forms.last ?? "" }
  }

  /// A value as the language writes it: its numbers, dates and names.
  package func value(_ text: String) -> String { readable.text(text) }

  /// The same wording for one who reads of a client, as a broker does: where a sentence speaks to
  /// the client, the one under `of-client.` stands in its place.
  package var ofClient: Texts {
    var texts = self
    texts.isOfClient = true
    return texts
  }

  private static let ofClientPrefix = "of-client."

  private func wording(of reason: Reason) -> Sentence? {
    let own = isOfClient ? sentences[Self.ofClientPrefix + reason.textKey] : nil
    guard let usual = own ?? sentences[reason.textKey] else { return nil }
    guard !usual.ofValue.isEmpty else { return usual }
    return usual.ofValue[(reason.isNamed ? reason.actual : nil) ?? Self.unnamed] ?? usual
  }

  /// The sentence of a reason with its values filled in.
  ///
  /// - Parameter actual: what was held against the condition, where it has been read as a
  ///   ``value(_:)`` before.
  package func sentence(for reason: Reason, actual: String? = nil) -> String {
    guard let sentence = wording(of: reason) else { return "‹\(reason.textKey)›" }
    guard sentence.parts.count > 1 else { return sentence.text }
    return sentence.filled(
      actual: actual ?? reason.actual.map(readable.text) ?? self.sentence("unknown.value"),
      required: reason.required.map { required in
        phrases.answer(to: required) { readable.text(required) }
      } ?? "",
      form: { forms, name in
        let value = (name == "actual" ? reason.actual : reason.required) ?? ""
        return readable.language.form(forms, for: value)
      })
  }

  /// A sentence taken apart at the places of its values.
  private struct Sentence: Sendable {
    enum Part: Sendable {
      case words(String)
      /// A value, with the forms of the word counted by it.
      case value(String, forms: [String])

      var name: String? {
        if case .value(let name, _) = self { name } else { nil }
      }
    }

    let text: String
    let parts: [Part]
    /// The sentences for some values in place of this one.
    var ofValue: [String: Sentence] = [:]

    /// How many forms each counted word has.
    var forms: [Int] {
      parts.compactMap { part in
        guard case .value(_, let forms) = part, !forms.isEmpty else { return nil }
        return forms.count
      }
    }

    init(_ text: String) {
      self.text = text
      var parts: [Part] = []
      var words = ""
      var rest = text[...]
      while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
        words += rest[..<open]
        let inside = rest[rest.index(after: open)..<close]
        let name = inside.prefix { $0 != "#" }
        if name == "actual" || name == "required" {
          let forms = inside.dropFirst(name.count + 1).split(separator: "|").map(String.init)
          parts += [.words(words), .value(String(name), forms: forms)]
          words = ""
        } else {
          words += rest[open...close]
        }
        rest = rest[rest.index(after: close)...]
      }
      self.parts = parts + [.words(words + rest)]
    }

    func filled(
      actual: @autoclosure () -> String, required: String,
      form: (_ forms: [String], _ name: String) -> String
    ) -> String {
      var result = ""
      result.reserveCapacity(text.utf8.count + 48)
      for part in parts {
        switch part {
        case .words(let words): result += words
        case .value(let name, let forms):
          result += name == "actual" ? actual() : required
          if !forms.isEmpty { result += "\u{A0}\(form(forms, name))" }
        }
      }
      return result
    }
  }
}
