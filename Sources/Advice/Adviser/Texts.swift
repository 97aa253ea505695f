import JSON

/// The wording for people in one language, by text key.
///
/// A sentence may name `{actual}` and `{required}`, which are filled from the reason.
package struct Texts: Sendable {
  /// The language, as in `en`.
  package let locale: String
  private let sentences: [String: Sentence]

  /// The longest sentence that a wording may have.
  package static let sentenceLength = 600
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
      sentences[member.key] = Sentence(text)
    }
    self.sentences = sentences
  }

  /// The keys that have wording, sorted.
  package var keys: [String] { sentences.keys.sorted(by: byteOrder) }

  /// The sentence of a key; the key itself in angle quotes where it is missing, so that a missing
  /// wording is seen.
  package func sentence(_ key: String) -> String { sentences[key]?.text ?? "‹\(key)›" }

  /// The sentence of a reason with its values filled in.
  package func sentence(for reason: Reason) -> String {
    guard let sentence = sentences[reason.textKey] else { return "‹\(reason.textKey)›" }
    guard sentence.parts.count > 1 else { return sentence.text }
    return sentence.filled(
      actual: reason.actual.map(Readable.text) ?? self.sentence("unknown.value"),
      required: reason.required.map(Readable.text) ?? "")
  }

  /// A sentence taken apart at the places of its values.
  private struct Sentence: Sendable {
    enum Part: Sendable {
      case words(String)
      case actual, required
    }

    let text: String
    let parts: [Part]

    init(_ text: String) {
      self.text = text
      var parts: [Part] = []
      var words = ""
      var rest = text[...]
      while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
        words += rest[..<open]
        let value: Part? =
          switch rest[rest.index(after: open)..<close] {
          case "actual": .actual
          case "required": .required
          default: nil
          }
        if let value {
          parts += [.words(words), value]
          words = ""
        } else {
          words += rest[open...close]
        }
        rest = rest[rest.index(after: close)...]
      }
      self.parts = parts + [.words(words + rest)]
    }

    func filled(actual: @autoclosure () -> String, required: String) -> String {
      var result = ""
      result.reserveCapacity(text.utf8.count + 48)
      for part in parts {
        switch part {
        case .words(let words): result += words
        case .actual: result += actual()
        case .required: result += required
        }
      }
      return result
    }
  }
}
