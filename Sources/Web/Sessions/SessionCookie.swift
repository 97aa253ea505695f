import HTTPTypes

/// The cookie that carries a browser's session token.
///
/// The `__Host-` prefix makes browsers refuse it from a sub-domain, over plain HTTP (loopback
/// counts as secure) and with another path, so no neighbour can plant one.
enum SessionCookie {
  static let name = "__Host-steward"

  /// Sets the cookie; it ends with the browser, and on the server when the session does.
  static func setting(_ token: String) -> String {
    "\(name)=\(token); Path=/; Secure; HttpOnly; SameSite=Lax"
  }

  /// Takes the cookie away.
  static let clearing = "\(name)=; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=0"

  /// The token in a request's Cookie fields.
  ///
  /// nil when there is none or when two cookies have the name, since one of them was planted.
  static func token(in fields: HTTPFields) -> String? {
    var found: Substring?
    for field in fields[values: .cookie] {
      for pair in field.split(separator: ";") {
        let pair = pair.drop { $0 == " " || $0 == "\t" }
        guard pair.hasPrefix(name), pair.dropFirst(name.utf8.count).first == "=" else { continue }
        guard found == nil else { return nil }
        found = pair.dropFirst(name.utf8.count + 1)
      }
    }
    return found.flatMap { isTokenText($0) ? String($0) : nil }
  }

  /// The token in a request's Authorization field; `.some(nil)` when the field is there but holds
  /// no bearer token.
  static func bearer(in fields: HTTPFields) -> String?? {
    let values = fields[values: .authorization]
    guard let value = values.first else { return nil }
    guard values.count == 1, value.utf8.count < 512 else { return .some(nil) }
    let parts = value.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer", isTokenText(parts[1]) else {
      return .some(nil)
    }
    return String(parts[1])
  }

  /// Letters, digits and the few signs of RFC 6750's `b64token`, at most 256 of them.
  private static func isTokenText(_ text: Substring) -> Bool {
    !text.isEmpty && text.utf8.count <= 256
      && text.utf8.allSatisfy { byte in
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"),
          UInt8(ascii: "+"), UInt8(ascii: "/"), UInt8(ascii: "="):
          true
        default: false
        }
      }
  }
}
