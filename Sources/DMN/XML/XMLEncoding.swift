/// The encodings in which a model may be written.
enum XMLEncoding {
  /// Turns the bytes of a file into UTF-8, by its byte order mark or its XML declaration.
  static func decode(_ bytes: [UInt8]) throws(XMLFault) -> [UInt8] {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return try checked(Array(bytes.dropFirst(3))) }
    if bytes.starts(with: [0xFE, 0xFF]) { return try utf16(bytes.dropFirst(2), bigEndian: true) }
    if bytes.starts(with: [0xFF, 0xFE]) { return try utf16(bytes.dropFirst(2), bigEndian: false) }
    if bytes.starts(with: [0x00, 0x3C]) { return try utf16(bytes[...], bigEndian: true) }
    if bytes.starts(with: [0x3C, 0x00]) { return try utf16(bytes[...], bigEndian: false) }
    switch declaredName(bytes)?.uppercased() {
    case nil, "UTF-8", "UTF8", "US-ASCII", "ASCII": return try checked(bytes)
    case "ISO-8859-1", "LATIN1", "ISO_8859-1":
      return Array(String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) })).utf8)
    case let name?:
      throw XMLFault(
        message: "The encoding \(name) is not read. Save the file as UTF-8.", offset: 0)
    }
  }

  /// The name in `<?xml … encoding="…"?>`.
  private static func declaredName(_ bytes: [UInt8]) -> String? {
    guard bytes.starts(with: Array("<?xml".utf8)), let end = bytes.firstIndex(of: 0x3E) else {
      return nil
    }
    let head = String(decoding: bytes[..<end], as: UTF8.self)
    guard let key = head.range(ofText: "encoding") else { return nil }
    let rest = head[key.upperBound...]
    guard let open = rest.firstIndex(where: { $0 == "\"" || $0 == "'" }) else { return nil }
    let quote = rest[open]
    let value = rest[rest.index(after: open)...]
    return value.firstIndex(of: quote).map { String(value[..<$0]) }
  }

  private static func checked(_ bytes: [UInt8]) throws(XMLFault) -> [UInt8] {
    if String(validating: bytes, as: UTF8.self) != nil { return bytes }
    throw XMLFault(
      message: "The file is not UTF-8. Save it as UTF-8 or declare its encoding.", offset: 0)
  }

  private static func utf16(_ bytes: ArraySlice<UInt8>, bigEndian: Bool) throws(XMLFault)
    -> [UInt8]
  {
    guard bytes.count.isMultiple(of: 2) else {
      throw XMLFault(message: "The UTF-16 text ends in the middle of a unit.", offset: 0)
    }
    let first = bytes.startIndex
    let units = (0..<bytes.count / 2).map { index -> UInt16 in
      let one = UInt16(bytes[first + 2 * index])
      let two = UInt16(bytes[first + 2 * index + 1])
      return bigEndian ? one << 8 | two : two << 8 | one
    }
    guard let text = String(validating: units, as: UTF16.self) else {
      throw XMLFault(message: "The file is not valid UTF-16.", offset: 0)
    }
    return Array(text.utf8)
  }
}

extension StringProtocol {
  /// Where a text first occurs, compared by code points.
  func range(ofText needle: String) -> Range<Index>? {
    guard !needle.isEmpty else { return startIndex..<startIndex }
    var start = startIndex
    while start < endIndex {
      if let end = end(of: needle, from: start) { return start..<end }
      start = unicodeScalars.index(after: start)
    }
    return nil
  }

  private func end(of needle: String, from start: Index) -> Index? {
    var index = start
    for scalar in needle.unicodeScalars {
      guard index < endIndex, unicodeScalars[index] == scalar else { return nil }
      index = unicodeScalars.index(after: index)
    }
    return index
  }
}
