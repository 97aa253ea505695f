import JSON

/// The wording for people in one language, by text key.
///
/// A sentence may name `{actual}` and `{required}`, which are filled from the reason.
package struct Texts: Sendable {
  /// The language, as in `en`.
  package let locale: String
  private let sentences: [String: String]

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
    var sentences: [String: String] = [:]
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
      sentences[member.key] = text
    }
    self.sentences = sentences
  }

  /// The keys that have wording, sorted.
  package var keys: [String] { sentences.keys.sorted(by: byteOrder) }

  /// The sentence of a key; the key itself in angle quotes where it is missing, so that a missing
  /// wording is seen.
  package func sentence(_ key: String) -> String { sentences[key] ?? "‹\(key)›" }

  /// The sentence of a reason with its values filled in.
  package func sentence(for reason: Reason) -> String {
    fill(sentence(reason.textKey), reason.actual, reason.required)
  }

  private func fill(_ template: String, _ actual: String?, _ required: String?) -> String {
    guard template.utf8.contains(UInt8(ascii: "{")) else { return template }
    var result = ""
    var rest = template[...]
    while let open = rest.firstIndex(of: "{"), let close = rest[open...].firstIndex(of: "}") {
      result += rest[..<open]
      switch rest[rest.index(after: open)..<close] {
      case "actual": result += actual ?? sentence("unknown.value")
      case "required": result += required ?? ""
      default: result += rest[open...close]
      }
      rest = rest[rest.index(after: close)...]
    }
    return result + rest
  }
}
