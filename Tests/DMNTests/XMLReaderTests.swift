import Quantities
import Testing

@testable import DMN

@Suite("XML reader")
struct XMLReaderTests {
  private func read(_ text: String, _ limits: XMLLimits = XMLLimits()) throws -> XMLElement {
    try XMLReader.read(SourceFile(name: "test.xml", bytes: Array(text.utf8)), limits: limits)
  }

  private func message(_ text: String, _ limits: XMLLimits = XMLLimits()) -> String? {
    do throws(XMLFault) {
      _ = try XMLReader.read(
        SourceFile(name: "test.xml", bytes: Array(text.utf8)), limits: limits)
      return nil
    } catch {
      return error.message
    }
  }

  @Test("elements, attributes, namespaces and text are read with their places")
  func elements() throws {
    let root = try read(
      """
      <?xml version="1.0"?>
      <!-- a comment -->
      <a xmlns="one" xmlns:p="two" x='1 &lt; 2'>
        <p:b p:y="2"/>text &#x1F600;<![CDATA[<raw>]]>
      </a>
      """)
    #expect(root.name == "a")
    #expect(root.namespace == "one")
    #expect(root.attribute("x") == "1 < 2")
    #expect(root.children.map(\.name) == ["b"])
    #expect(root.children[0].namespace == "two")
    #expect(root.children[0].attribute("y", namespace: "two") == "2")
    #expect(root.text.contains("text 😀<raw>"))
    let source = SourceFile(name: "", bytes: Array("ab\ncäd".utf8))
    #expect(source.place(at: 6) == SourceFile.Place(line: 2, column: 3))
  }

  @Test("space between children is no text, and line ends become one form")
  func space() throws {
    #expect(try read("<a>\r\n <b/>\r\n</a>").text.isEmpty)
    #expect(try read("<a>1\r\n2\r3</a>").text == "1\n2\n3")
    #expect(try read("<a x='1\r\n2'/>").attribute("x") == "1 2")
  }

  @Test(
    "what is not well-formed is refused with its reason",
    arguments: [
      ("<a>", "not closed"), ("<a></b>", "expected"), ("<a/><b/>", "after the end"),
      ("<a x='1' x='2'/>", "twice"), ("<a x=1/>", "quotes"), ("<a>&nbsp;</a>", "not known"),
      ("<a>& b</a>", "&amp;"), ("<p:a/>", "not declared"), ("", "no element"),
      ("<a>]]></a>", "]]&gt;"), ("<a><!-- -- --></a>", "--"), ("<a b='<'/>", "may not hold"),
      ("<a>\u{1}</a>", "control"), ("text", "outside"), ("<a>&#0;</a>", "not known"),
      ("<a>&#xD800;</a>", "not known"), ("<a b='1'c='2'/>", "space"), ("<a", "not closed"),
    ])
  func malformed(text: String, reason: String) {
    #expect(message(text)?.contains(reason) == true, "\(text)")
  }

  @Test(
    "a document type is refused in any encoding, before anything of it is read",
    arguments: [
      "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>",
      "<!DOCTYPE a SYSTEM 'file:///etc/passwd'><a/>",
      "<?xml version='1.0'?><!-- c --><!DOCTYPE a><a/>",
    ])
  func documentType(text: String) throws {
    #expect(message(text)?.contains("refused") == true)
    for bytes in [utf16(text, big: true), utf16(text, big: false)] {
      let decoded = try XMLEncoding.decode(bytes)
      #expect(throws: XMLFault.self) {
        try XMLReader.read(SourceFile(name: "", bytes: decoded))
      }
    }
  }

  private func utf16(_ text: String, big: Bool) -> [UInt8] {
    let units = text.utf16.flatMap { unit -> [UInt8] in
      let high = UInt8(unit >> 8)
      let low = UInt8(unit & 0xFF)
      return big ? [high, low] : [low, high]
    }
    return (big ? [0xFE, 0xFF] : [0xFF, 0xFE]) + units
  }

  @Test("a document type inside text is only text")
  func documentTypeInText() throws {
    #expect(try read("<a><![CDATA[<!DOCTYPE b>]]></a>").text == "<!DOCTYPE b>")
    #expect(try read("<a><!-- <!DOCTYPE b> --></a>").text.isEmpty)
  }

  @Test("depth, size and counts are bounded")
  func limits() {
    let deep = String(repeating: "<a>", count: 100_000)
    #expect(message(deep)?.contains("deeper") == true)
    var limits = XMLLimits()
    limits.bytes = 10
    #expect(message("<a>0123456789</a>", limits)?.contains("larger") == true)
    limits = XMLLimits()
    limits.elements = 3
    #expect(message("<a><b/><b/><b/></a>", limits)?.contains("3 elements") == true)
    limits.attributes = 1
    #expect(message("<a b='' c=''/>", limits)?.contains("attributes") == true)
  }

  @Test("encodings are told by mark and declaration")
  func encodings() throws {
    let latin =
      Array("<?xml version='1.0' encoding='ISO-8859-1'?><a>".utf8) + [0xE9]
      + Array("</a>".utf8)
    let root = try XMLReader.read(SourceFile(name: "", bytes: XMLEncoding.decode(latin)))
    #expect(root.text == "é")
    #expect(throws: XMLFault.self) { try XMLEncoding.decode([0x3C, 0xFF, 0xFE, 0x3E]) }
    #expect(throws: XMLFault.self) {
      try XMLEncoding.decode(Array("<?xml version='1.0' encoding='EBCDIC'?><a/>".utf8))
    }
  }

  @Test("random damage never crashes the reader")
  func damage() {
    let text = Array(
      "<?xml version='1.0'?><a xmlns:p='q' b='c&amp;'><p:d>x<![CDATA[y]]></p:d><!--e--></a>".utf8)
    var random = SeededRandom(seed: 7)
    for _ in 0..<20_000 {
      var bytes = text
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.remove(at: place)
        default: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: place)
        }
      }
      _ = try? XMLReader.read(SourceFile(name: "", bytes: XMLEncoding.decode(bytes)))
    }
  }
}

/// A random source that gives the same numbers for the same seed (SplitMix64).
