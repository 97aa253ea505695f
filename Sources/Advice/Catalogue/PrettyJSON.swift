/// Lays a JSON text without white space out for reading: two blanks a level, short lists and
/// objects on one line.
enum PrettyJSON {
  /// The columns that a list or an object may take on one line.
  static let width = 90

  /// The text with line breaks and indents, ended by a line break.
  static func layOut(_ json: [UInt8]) -> [UInt8] {
    var output: [UInt8] = []
    var depth = 0
    var index = 0
    while index < json.count {
      let byte = json[index]
      switch byte {
      case UInt8(ascii: "{"), UInt8(ascii: "["):
        let end = closing(json, from: index)
        let indent = output.count - (output.lastIndex(of: newline).map { $0 + 1 } ?? 0)
        if end - index + indent < width, isFlat(json[(index + 1)..<end]) {
          output += spaced(json[index...end])
          index = end
        } else {
          depth += 1
          output.append(byte)
          breakLine(&output, depth)
        }
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        breakLine(&output, depth)
        output.append(byte)
      case UInt8(ascii: ","):
        output.append(byte)
        breakLine(&output, depth)
      case UInt8(ascii: ":"):
        output += [byte, blank]
      case quote:
        let end = endOfString(json, from: index)
        output += json[index...end]
        index = end
      default:
        output.append(byte)
      }
      index += 1
    }
    output.append(newline)
    return output
  }

  private static let newline = UInt8(ascii: "\n")
  private static let blank = UInt8(ascii: " ")
  private static let quote = UInt8(ascii: "\"")

  private static func breakLine(_ output: inout [UInt8], _ depth: Int) {
    output.append(newline)
    output += Array(repeating: blank, count: 2 * depth)
  }

  /// The place of the quote that ends a string.
  private static func endOfString(_ json: [UInt8], from start: Int) -> Int {
    var index = start + 1
    while index < json.count, json[index] != quote {
      index += json[index] == UInt8(ascii: "\\") ? 2 : 1
    }
    return min(index, json.count - 1)
  }

  /// The place of the bracket that closes the one at a place.
  private static func closing(_ json: [UInt8], from start: Int) -> Int {
    var depth = 0
    var index = start
    while index < json.count {
      switch json[index] {
      case quote: index = endOfString(json, from: index)
      case UInt8(ascii: "{"), UInt8(ascii: "["): depth += 1
      case UInt8(ascii: "}"), UInt8(ascii: "]"):
        depth -= 1
        if depth == 0 { return index }
      default: break
      }
      index += 1
    }
    return json.count - 1
  }

  /// Whether no list or object is within; brackets in strings are taken for such, which only
  /// costs a line break.
  private static func isFlat(_ json: ArraySlice<UInt8>) -> Bool {
    !json.contains { $0 == UInt8(ascii: "{") || $0 == UInt8(ascii: "[") }
  }

  /// A flat list or object with a blank after each colon and comma, and within braces.
  private static func spaced(_ json: ArraySlice<UInt8>) -> [UInt8] {
    var output: [UInt8] = []
    var isInString = false
    var isEscaped = false
    for byte in json {
      if !isInString, byte == UInt8(ascii: "}"), output.last != UInt8(ascii: "{") {
        output.append(blank)
      }
      output.append(byte)
      if isInString {
        if byte == quote, !isEscaped { isInString = false }
        isEscaped = byte == UInt8(ascii: "\\") && !isEscaped
      } else if byte == quote {
        isInString = true
      } else if byte == UInt8(ascii: ",") || byte == UInt8(ascii: ":") {
        output.append(blank)
      } else if byte == UInt8(ascii: "{"), json.count > 2 {
        output.append(blank)
      }
    }
    return output
  }
}
