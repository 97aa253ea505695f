/// Reads the XML that models are written in: elements, attributes, namespaces, text.
///
/// It is a reader of our own for four reasons: a document type declaration is refused before
/// anything of it is read, so that no entity is ever resolved; depth and size are bounded; every
/// text keeps its exact place for diagnostics; and a large table loads in milliseconds.
/// W3C XML 1.0 (fifth edition) and Namespaces in XML 1.0, without document types.
struct XMLReader {
  private let bytes: [UInt8]
  private let limits: XMLLimits
  private var index = 0
  private var stack: [XMLElement] = []
  private var textStarts: [Int] = []
  private var text: [UInt8] = []
  private var bindings: [(prefix: String, uri: String)] = [
    ("xml", "http://www.w3.org/XML/1998/namespace"), ("", ""),
  ]
  private var bindingCounts: [Int] = []
  private var qualifiedNames: [String] = []
  private var elementCount = 0

  /// Reads a file whose text is UTF-8 already.
  /// - Throws: `XMLFault` at the first fault.
  static func read(_ file: SourceFile, limits: XMLLimits = XMLLimits()) throws(XMLFault)
    -> XMLElement
  {
    guard file.bytes.count <= limits.bytes else {
      throw XMLFault(message: "The file is larger than \(limits.bytes) bytes.", offset: 0)
    }
    var reader = XMLReader(bytes: file.bytes, limits: limits)
    return try reader.document()
  }

  private init(bytes: [UInt8], limits: XMLLimits) {
    self.bytes = bytes
    self.limits = limits
  }
}

// MARK: - The document

extension XMLReader {
  private mutating func document() throws(XMLFault) -> XMLElement {
    var root: XMLElement?
    while index < bytes.count {
      if bytes[index] != UInt8(ascii: "<") {
        try characterData()
      } else if peek("<!--") {
        try comment()
      } else if peek("<?") {
        try instruction()
      } else if peek("<![CDATA[") {
        try section()
      } else if peek("<!") {
        throw fault("A document type or entity declaration is refused. Remove the <!… part.")
      } else if peek("</") {
        if let done = try endTag() { root = done }
      } else {
        if root != nil { throw fault("There is text after the end of the root element.") }
        if let done = try startTag() { root = done }
      }
    }
    if let open = qualifiedNames.last { throw fault("The element <\(open)> is not closed.") }
    guard let root else { throw fault("There is no element in the file.") }
    return root
  }

  private mutating func characterData() throws(XMLFault) {
    guard !stack.isEmpty else {
      guard isSpace(bytes[index]) else { throw fault("There is text outside the root element.") }
      index += 1
      return
    }
    noteTextStart()
    var start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: "<") {
      let byte = bytes[index]
      if byte == UInt8(ascii: "&") {
        text.append(contentsOf: bytes[start..<index])
        text.append(contentsOf: try reference())
        start = index
      } else if byte == UInt8(ascii: "\r") {
        text.append(contentsOf: bytes[start..<index])
        text.append(UInt8(ascii: "\n"))
        index += 1
        if index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
        start = index
      } else {
        if byte < 0x20, byte != 0x09, byte != 0x0A { throw fault("A control character.") }
        if byte == UInt8(ascii: "]"), peek("]]>") {
          throw fault("The text ]]> must be written ]]&gt;.")
        }
        index += 1
      }
    }
    text.append(contentsOf: bytes[start..<index])
  }

  private mutating func section() throws(XMLFault) {
    guard !stack.isEmpty else { throw fault("There is text outside the root element.") }
    index += "<![CDATA[".utf8.count
    noteTextStart()
    let start = index
    let end = try skip(past: "]]>", "The section <![CDATA[ is not closed by ]]>.")
    var previous: UInt8 = 0
    for byte in bytes[start..<end] {
      if byte == UInt8(ascii: "\r") {
        text.append(UInt8(ascii: "\n"))
      } else if byte != UInt8(ascii: "\n") || previous != UInt8(ascii: "\r") {
        text.append(byte)
      }
      previous = byte
    }
  }

  /// Remembers where the text of the innermost open element begins.
  private mutating func noteTextStart() {
    guard text.count == textStarts.last else { return }
    stack[stack.count - 1].textOffset = index
  }

  private mutating func comment() throws(XMLFault) {
    index += 4
    let start = index
    let end = try skip(past: "-->", "The comment is not closed by -->.")
    var position = start
    while position + 1 < end {
      if bytes[position] == UInt8(ascii: "-"), bytes[position + 1] == UInt8(ascii: "-") {
        throw XMLFault(message: "A comment may not hold --.", offset: position)
      }
      position += 1
    }
  }

  private mutating func instruction() throws(XMLFault) {
    index += 2
    _ = try skip(past: "?>", "The processing instruction is not closed by ?>.")
  }

  /// Moves behind the next occurrence of a mark and gives where the mark began.
  private mutating func skip(past mark: StaticString, _ message: String) throws(XMLFault) -> Int {
    let start = index
    while index < bytes.count {
      if peek(mark) {
        defer { index += mark.utf8CodeUnitCount }
        return index
      }
      index += 1
    }
    throw XMLFault(message: message, offset: start)
  }
}

// MARK: - Tags

extension XMLReader {
  /// Reads a start tag; gives the element when it is empty and the root.
  private mutating func startTag() throws(XMLFault) -> XMLElement? {
    let offset = index
    index += 1
    let qualified = try name()
    var attributes: [(name: String, value: String, offset: Int)] = []
    var bound = 0
    var isEmpty = false
    while true {
      let hadSpace = skipSpace()
      guard index < bytes.count else { throw fault("The tag <\(qualified) is not closed.") }
      if bytes[index] == UInt8(ascii: ">") {
        index += 1
        break
      }
      if peek("/>") {
        index += 2
        isEmpty = true
        break
      }
      guard hadSpace else { throw fault("A space is expected between attributes.") }
      let attributeOffset = index
      let (attribute, value) = try self.attribute()
      if attribute == "xmlns" {
        bindings.append(("", value))
        bound += 1
      } else if attribute.hasPrefix("xmlns:") {
        bindings.append((String(attribute.dropFirst(6)), value))
        bound += 1
      } else {
        attributes.append((attribute, value, attributeOffset))
      }
      guard attributes.count + bound <= limits.attributes else {
        throw fault("An element may have \(limits.attributes) attributes.")
      }
    }
    var element = try self.element(qualified, at: offset)
    try fill(&element, with: attributes)
    return try open(element, qualified, bound: bound, isEmpty: isEmpty)
  }

  private func fill(
    _ element: inout XMLElement, with list: [(name: String, value: String, offset: Int)]
  ) throws(XMLFault) {
    element.attributes.reserveCapacity(list.count)
    for item in list {
      let (prefix, local) = split(item.name)
      let uri = prefix.isEmpty ? "" : try resolve(prefix, at: item.offset)
      guard element.attribute(local, namespace: uri) == nil else {
        throw XMLFault(message: "The attribute \(item.name) stands twice.", offset: item.offset)
      }
      element.attributes.append(XMLAttribute(name: local, namespace: uri, value: item.value))
    }
  }

  private mutating func open(
    _ element: XMLElement, _ qualified: String, bound: Int, isEmpty: Bool
  ) throws(XMLFault) -> XMLElement? {
    elementCount += 1
    guard elementCount <= limits.elements else {
      throw fault("A file may have \(limits.elements) elements.")
    }
    if isEmpty {
      bindings.removeLast(bound)
      var element = element
      element.end = index
      return attach(element)
    }
    guard stack.count < limits.depth else {
      throw fault("Elements are nested deeper than \(limits.depth).")
    }
    stack.append(element)
    qualifiedNames.append(qualified)
    bindingCounts.append(bound)
    textStarts.append(text.count)
    return nil
  }

  private mutating func endTag() throws(XMLFault) -> XMLElement? {
    let offset = index
    index += 2
    let qualified = try name()
    _ = skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: ">") else {
      throw fault("The tag </\(qualified) is not closed by >.")
    }
    index += 1
    guard let expected = qualifiedNames.popLast(), var element = stack.popLast() else {
      throw XMLFault(message: "The tag </\(qualified)> closes nothing.", offset: offset)
    }
    guard expected == qualified else {
      throw XMLFault(
        message: "The tag </\(expected)> is expected, found </\(qualified)>.", offset: offset)
    }
    bindings.removeLast(bindingCounts.removeLast())
    let start = textStarts.removeLast()
    if element.children.isEmpty || !text[start...].allSatisfy(isSpace) {
      element.text = String(decoding: text[start...], as: UTF8.self)
    }
    text.removeSubrange(start...)
    element.end = index
    return attach(element)
  }

  /// Puts a complete element into its parent, or gives it back when it is the root.
  private mutating func attach(_ element: XMLElement) -> XMLElement? {
    guard !stack.isEmpty else { return element }
    stack[stack.count - 1].children.append(element)
    return nil
  }

  private mutating func attribute() throws(XMLFault) -> (String, String) {
    let name = try name()
    _ = skipSpace()
    guard index < bytes.count, bytes[index] == UInt8(ascii: "=") else {
      throw fault("The attribute \(name) has no value: = is expected.")
    }
    index += 1
    _ = skipSpace()
    guard index < bytes.count, bytes[index] == 0x22 || bytes[index] == 0x27 else {
      throw fault("The value of \(name) must stand in quotes.")
    }
    let quote = bytes[index]
    index += 1
    var value: [UInt8] = []
    while index < bytes.count, bytes[index] != quote {
      switch bytes[index] {
      case UInt8(ascii: "&"): value.append(contentsOf: try reference())
      case UInt8(ascii: "<"): throw fault("The value of \(name) may not hold <.")
      case 0x09, 0x0A, 0x0D:
        if peek("\r\n") { index += 1 }
        value.append(0x20)
        index += 1
      case ..<0x20: throw fault("A control character.")
      default:
        value.append(bytes[index])
        index += 1
      }
    }
    guard index < bytes.count else { throw fault("The value of \(name) is not closed.") }
    index += 1
    return (name, String(decoding: value, as: UTF8.self))
  }
}

// MARK: - Small parts

extension XMLReader {
  private func element(_ qualified: String, at offset: Int) throws(XMLFault) -> XMLElement {
    let (prefix, local) = split(qualified)
    return XMLElement(
      name: local, namespace: try resolve(prefix, at: offset), offset: offset)
  }

  private func split(_ qualified: String) -> (prefix: String, local: String) {
    guard let colon = qualified.utf8.firstIndex(of: UInt8(ascii: ":")) else {
      return ("", qualified)
    }
    return (
      String(qualified[..<colon]), String(qualified[qualified.utf8.index(after: colon)...])
    )
  }

  private func resolve(_ prefix: String, at offset: Int) throws(XMLFault) -> String {
    for binding in bindings.reversed() where binding.prefix == prefix { return binding.uri }
    throw XMLFault(message: "The prefix \(prefix) is not declared by xmlns.", offset: offset)
  }

  private mutating func name() throws(XMLFault) -> String {
    let start = index
    while index < bytes.count, isNameByte(bytes[index], first: index == start) { index += 1 }
    guard index > start else { throw fault("A name is expected.") }
    return String(decoding: bytes[start..<index], as: UTF8.self)
  }

  private func isNameByte(_ byte: UInt8, first: Bool) -> Bool {
    switch byte {
    case 0x41...0x5A, 0x61...0x7A, 0x5F, 0x3A, 0x80...0xFF: true
    case 0x30...0x39, 0x2D, 0x2E: !first
    default: false
    }
  }

  /// Reads a reference to a character or to one of the five entities that need no declaration.
  private mutating func reference() throws(XMLFault) -> [UInt8] {
    let offset = index
    index += 1
    let start = index
    while index < bytes.count, bytes[index] != UInt8(ascii: ";"), index - start < 12 { index += 1 }
    let name = String(decoding: bytes[start..<index], as: UTF8.self)
    guard index < bytes.count, bytes[index] == UInt8(ascii: ";") else {
      throw XMLFault(message: "The sign & must be written &amp;.", offset: offset)
    }
    index += 1
    switch name {
    case "lt": return [UInt8(ascii: "<")]
    case "gt": return [UInt8(ascii: ">")]
    case "amp": return [UInt8(ascii: "&")]
    case "quot": return [UInt8(ascii: "\"")]
    case "apos": return [UInt8(ascii: "'")]
    default:
      let isHex = name.hasPrefix("#x")
      let digits = name.dropFirst(isHex ? 2 : 1)
      guard name.hasPrefix("#"), digits.allSatisfy(\.isHexDigit),
        let code = UInt32(digits, radix: isHex ? 16 : 10), let scalar = Unicode.Scalar(code),
        code >= 0x20 || [0x09, 0x0A, 0x0D].contains(code)
      else {
        throw XMLFault(message: "The reference &\(name); is not known.", offset: offset)
      }
      return Array(String(scalar).utf8)
    }
  }

  /// Whether a mark stands at the cursor.
  private func peek(_ mark: StaticString) -> Bool {
    let count = mark.utf8CodeUnitCount
    guard index + count <= bytes.count else { return false }
    return mark.withUTF8Buffer { buffer in
      for position in 0..<count where bytes[index + position] != buffer[position] { return false }
      return true
    }
  }

  private mutating func skipSpace() -> Bool {
    let start = index
    while index < bytes.count, isSpace(bytes[index]) { index += 1 }
    return index > start
  }

  private func isSpace(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D
  }

  private func fault(_ message: String) -> XMLFault { XMLFault(message: message, offset: index) }
}
