import JSON

/// Reads bytes as JSON and writes them canonically, to hold a direct writer against.
enum JSONValueProbe {
  static func canonical(_ bytes: [UInt8]) throws -> [UInt8] {
    JSONValue(try JSONNode.parse(bytes, limits: .file)).canonicalBytes
  }
}
