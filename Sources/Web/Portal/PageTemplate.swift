/// A page's template as its author writes it, made ready for Mustache.
///
/// A value stands in a template as `{{name}}`, or as `{{~name}}` where it is words of our own, to be
/// said in the language of the reader. Whatever has no such sign is taken to come from a client, a
/// product or a colleague, and leaves as it is, also when it reads like one of our words.
enum PageTemplate {
  /// What stands around a value in marked HTML; values are escaped, so none can hold it.
  static let value = (open: "<v>", close: "</v>")
  /// What stands around words in marked HTML.
  static let words = (open: "<w>", close: "</w>")

  /// Without the signs, for the language that pages are written in.
  static func plain(_ template: String) -> String { template.replacing("{{~", with: "{{") }

  /// With each value in the text marked as what it is; values inside of tags stay as they are.
  static func marked(_ template: String) -> String {
    var result = ""
    var rest = template[...]
    var isInTag = false
    while let first = rest.first {
      guard rest.hasPrefix("{{") else {
        if first == "<" { isInTag = true }
        if first == ">" { isInTag = false }
        result.append(first)
        rest.removeFirst()
        continue
      }
      let close = rest.hasPrefix("{{{") ? "}}}" : "}}"
      let end = rest.firstRange(of: close)?.upperBound ?? rest.endIndex
      result += isInTag ? plain(String(rest[..<end])) : marked(tag: rest[..<end])
      rest = rest[end...]
    }
    return result
  }

  /// Signs of tags that show no escaped value: sections, partials, blocks and HTML of our own.
  private static let others: Set<Character> = ["#", "^", "/", ">", "<", "$", "{", "!", "&"]

  private static func marked(tag: Substring) -> String {
    let name = tag.dropFirst(2)
    guard let sign = name.first, !others.contains(sign) else { return String(tag) }
    let marks = sign == "~" ? words : value
    return marks.open + plain(String(tag)) + marks.close
  }
}
