/// Writes XML: elements with attributes and text, indented, in UTF-8.
package final class XMLWriter {
  /// The document so far.
  package private(set) var bytes: [UInt8] = Array(
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
  private var open: [String] = []

  /// A document without elements.
  package init() {}

  /// An attribute; one without a value is left out.
  package typealias Attribute = (name: String, value: String?)

  /// Writes an element with what a closure writes inside.
  package func element(_ name: String, _ attributes: [Attribute] = [], _ content: () -> Void = {}) {
    start(name, attributes)
    let before = bytes.count
    bytes += Array(">\n".utf8)
    open.append(name)
    let inside = bytes.count
    content()
    open.removeLast()
    if bytes.count == inside {
      bytes.removeSubrange(before...)
      bytes += Array("/>\n".utf8)
    } else {
      indent()
      bytes += Array("</\(name)>\n".utf8)
    }
  }

  /// Writes an element with text only; nothing when there is no text.
  package func text(_ name: String, _ text: String?, _ attributes: [Attribute] = []) {
    guard let text else { return }
    start(name, attributes)
    bytes.append(UInt8(ascii: ">"))
    bytes += XMLWriter.escaped(text, inAttribute: false)
    bytes += Array("</\(name)>\n".utf8)
  }

  private func start(_ name: String, _ attributes: [Attribute]) {
    indent()
    bytes += Array("<\(name)".utf8)
    for (name, value) in attributes {
      guard let value else { continue }
      bytes += Array(" \(name)=\"".utf8)
      bytes += XMLWriter.escaped(value, inAttribute: true)
      bytes.append(UInt8(ascii: "\""))
    }
  }

  private func indent() {
    bytes += Array(repeating: UInt8(ascii: " "), count: 2 * open.count)
  }

  static func escaped(_ text: String, inAttribute: Bool) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(text.utf8.count)
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "&"): result += Array("&amp;".utf8)
      case UInt8(ascii: "<"): result += Array("&lt;".utf8)
      case UInt8(ascii: ">"): result += Array("&gt;".utf8)
      case UInt8(ascii: "\r"): result += Array("&#13;".utf8)
      case UInt8(ascii: "\""), UInt8(ascii: "\n"), UInt8(ascii: "\t"):
        if inAttribute { result += Array("&#\(byte);".utf8) } else { result.append(byte) }
      default: result.append(byte)
      }
    }
    return result
  }
}
