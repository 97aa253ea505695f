import JSON
import Quantities
import Testing

@Suite("Writing JSON")
struct WritingTests {
  @Test("commas, escapes and members put themselves")
  func streaming() throws {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("a", "x\"\\\n\u{1}é/")
      writer.member("absent", nil as String?)
      writer.member("n", -12)
      writer.member("least", Int.min)
      writer.member("ok", true)
      writer.array("list") { list in
        list.integer(0)
        list.null()
        list.object { _ in }
        list.array { _ in }
      }
      writer.member("tags", ["a", "b"])
      writer.member("price", decimal: Decimal128("12.50"))
    }
    #expect(
      writer.text
        == #"{"a":"x\"\\\n\u0001é/","n":-12,"least":-9223372036854775808,"ok":true,"#
        + #""list":[0,null,{},[]],"tags":["a","b"],"price":"12.50"}"#)
    _ = try JSONNode.parse(writer.bytes)
  }

  @Test("what was read is written as it was, but for spaces")
  func roundTrip() throws {
    let text = #"{"z":1.50,"a":[true,false,null,"\u0007é😀",-0.0e-7],"":{}}"#
    var writer = JSONWriter()
    writer.node(try JSONNode.parse(text))
    #expect(writer.text == text)
  }

  @Test("several texts follow each other as lines")
  func lines() {
    var writer = JSONWriter()
    for value in 1...3 {
      writer.object { $0.member("n", value) }
      writer.newline()
    }
    #expect(writer.text == "{\"n\":1}\n{\"n\":2}\n{\"n\":3}\n")
  }

  @Test(
    "canonical numbers have one writing",
    arguments: [
      ("0", "0"), ("-0", "0"), ("0.00", "0"), ("1.50", "1.5"), ("15e-1", "1.5"), ("1E+2", "100"),
      ("100", "100"), ("-1.0", "-1"), ("0.000001", "0.000001"), ("0.0000001", "1e-7"),
      ("123e-9", "1.23e-7"), ("1e20", "100000000000000000000"), ("1e21", "1e+21"),
      ("12.5e30", "1.25e+31"), ("1234567890123456789012345.5", "1.2345678901234567890123455e+24"),
    ])
  func numbers(text: String, expected: String) {
    #expect(String(decoding: JSONValue.number(text).canonicalBytes, as: UTF8.self) == expected)
  }

  @Test("canonical bytes sort keys by code point whatever the order read")
  func canonical() throws {
    let one = JSONValue(
      try JSONNode.parse(#"{"é":1,"b":{"y":1.0,"x":"\u00e9"},"a":[2],"😀":0,"ｚ":0}"#))
    let two = JSONValue(try JSONNode.parse(#"{"a":[2],"😀":0,"ｚ":0,"b":{"x":"é","y":1},"é":1}"#))
    #expect(one.canonicalBytes == two.canonicalBytes)
    #expect(
      String(decoding: one.canonicalBytes, as: UTF8.self)
        == #"{"a":[2],"b":{"x":"é","y":1},"é":1,"ｚ":0,"😀":0}"#)
  }
}
