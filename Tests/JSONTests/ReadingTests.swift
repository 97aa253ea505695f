import JSON
import Testing

@Suite("Reading JSON strictly")
struct ReadingTests {
  @Test("a value keeps its exact number text, its members' order and its places")
  func exactText() throws {
    let node = try JSONNode.parse("{\"b\": 1.50,\n  \"a\": [true, null, \"Žluťoučký\", -0e+3]}")
    let members = try #require(node.members)
    #expect(members.map(\.key) == ["b", "a"])
    #expect(members[0].value.numberText == "1.50")
    #expect(members[1].keyPosition == JSONPosition(line: 2, column: 3, offset: 14))
    let elements = try #require(members[1].value.elements)
    #expect(elements[0].booleanValue == true)
    #expect(elements[1].isNull)
    #expect(elements[2].stringValue == "Žluťoučký")
    #expect(elements[3].numberText == "-0e+3")
    #expect(elements[3].position.column == 34, "columns count code points, not bytes")
  }

  @Test(
    "escapes become their characters",
    arguments: [
      (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{c}\n\r\t"),
      (#""\u0041\u00e9\u20AC""#, "Aé€"),
      (#""\ud83d\ude00!""#, "😀!"),
      (#""é\u0000x""#, "é\0x"),
    ])
  func escapes(text: String, expected: String) throws {
    #expect(try JSONNode.parse(text).stringValue == expected)
  }

  @Test(
    "what RFC 8259 does not allow is refused with its code and column",
    arguments: [
      ("", "unexpectedEnd", 1),
      ("   ", "unexpectedEnd", 4),
      ("{", "unexpectedEnd", 2),
      ("[1,]", "unexpectedCharacter", 4),
      ("[1 2]", "unexpectedCharacter", 4),
      ("{\"a\" 1}", "unexpectedCharacter", 6),
      ("{a:1}", "unexpectedCharacter", 2),
      ("{\"a\":1,}", "unexpectedCharacter", 8),
      ("'a'", "unexpectedCharacter", 1),
      ("// c\n1", "unexpectedCharacter", 1),
      ("1 1", "trailingText", 3),
      ("{} x", "trailingText", 4),
      ("\u{FEFF}1", "byteOrderMark", 1),
      ("01", "invalidNumber", 2),
      ("-", "invalidNumber", 2),
      ("+1", "unexpectedCharacter", 1),
      (".5", "unexpectedCharacter", 1),
      ("1.", "invalidNumber", 3),
      ("1e", "invalidNumber", 3),
      ("1.5.2", "invalidNumber", 4),
      ("0x10", "invalidNumber", 2),
      ("NaN", "unexpectedCharacter", 1),
      ("-Infinity", "invalidNumber", 2),
      ("truth", "invalidLiteral", 1),
      ("nul", "invalidLiteral", 1),
      ("True", "unexpectedCharacter", 1),
      ("\"a", "unexpectedEnd", 3),
      ("\"a\\", "unexpectedEnd", 3),
      ("\"\\x\"", "invalidEscape", 2),
      ("\"\\u12g4\"", "invalidEscape", 2),
      ("\"\\ud800\"", "loneSurrogate", 2),
      ("\"\\udc00\"", "loneSurrogate", 2),
      ("\"\\ud800\\u0041\"", "loneSurrogate", 2),
      ("\"a\tb\"", "controlCharacter", 3),
      ("{\"a\":1,\"\\u0061\":2}", "duplicateKey", 8),
    ])
  func refusals(text: String, code: String, column: Int) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
    #expect(error?.code.rawValue == code, "\(text)")
    #expect(error?.position.column == column, "\(text)")
  }

  @Test(
    "bytes that are not UTF-8 are refused where they begin",
    arguments: [
      [0x80], [0xC0, 0xAF], [0xC3], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80],
      [0xF4, 0x90, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80], [0xFF], [0xE2, 0x82], [0xF0, 0x9F, 0x98],
    ] as [[UInt8]])
  func invalidUTF8(bytes: [UInt8]) {
    let text = Array("[\"é".utf8) + bytes + Array("\"]".utf8)
    let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
    #expect(error?.code == .invalidUTF8)
    #expect(error?.position.offset == 4)
    #expect(error?.position.column == 4)
  }

  @Test("nesting to the limit is read and one deeper is refused, in each kind")
  func depth() throws {
    for (open, close) in [("[", "]"), ("{\"k\":", "}")] {
      func nested(_ count: Int) -> String {
        String(repeating: open, count: count) + "1" + String(repeating: close, count: count)
      }
      _ = try JSONNode.parse(nested(64))
      let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(nested(65)) }
      #expect(error?.code == .tooDeep)
    }
    let many = String(repeating: "[", count: 100_000)
    #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(many) }
  }

  @Test(
    "each size has a limit with a name",
    arguments: [
      (JSONLimits(bytes: 3), "[10]", "tooLarge"),
      (JSONLimits(stringLength: 2), "\"abc\"", "stringTooLong"),
      (JSONLimits(stringLength: 2), "\"\\n\\n\"", "stringTooLong"),
      (JSONLimits(numberLength: 3), "1234", "numberTooLong"),
      (JSONLimits(members: 1), "{\"a\":1,\"b\":2}", "tooManyMembers"),
      (JSONLimits(elements: 1), "[1,2]", "tooManyElements"),
    ])
  func limits(limits: JSONLimits, text: String, code: String) {
    let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text, limits: limits) }
    #expect(error?.code.rawValue == code)
  }

  @Test(
    "a duplicate is found among many keys as among few", arguments: [2, 11, 12, 13, 14, 40, 900])
  func duplicates(count: Int) throws {
    let members = (0..<count).map { "\"k\($0)\":\($0)" }
    #expect(try JSONNode.parse("{\(members.joined(separator: ","))}").members?.count == count)
    for repeated in [0, count / 2, count - 1] {
      let text = "{\((members + ["\"k\(repeated)\":0"]).joined(separator: ","))}"
      let error = #expect(throws: JSONSyntaxError.self) { try JSONNode.parse(text) }
      #expect(error?.code == .duplicateKey)
    }
  }

  @Test("a line out of a longer file reports the file's line")
  func firstLine() {
    let error = #expect(throws: JSONSyntaxError.self) {
      try JSONNode.parse(Array("{\n!".utf8), firstLine: 700)
    }
    #expect(error?.position == JSONPosition(line: 701, column: 1, offset: 2))
  }

  @Test("no cut or changed byte of a text makes the reader trap")
  func mutations() {
    let text = Array(#"{"a":[1.5e-3,"é\u20ac\ud83d\ude00",true,null,{"b":"\\"}],"c":-0}"#.utf8)
    for cut in text.indices { _ = try? JSONNode.parse(Array(text[..<cut])) }
    for index in text.indices {
      for byte in [0, 0x22, 0x5C, 0x7B, 0x5D, 0x80, 0xC3, 0xED, 0xF4, 0xFF] as [UInt8] {
        var changed = text
        changed[index] = byte
        _ = try? JSONNode.parse(changed)
      }
    }
  }
}
