import HTTPTypes
import NIOHTTP1

/// What a request's head must keep beyond what the parser checks (RFC 9110, RFC 9112).
///
/// A message that two parsers read in two ways is how a request is smuggled past a proxy, so what
/// is doubtful is refused and the connection ends.
enum HeadRules {
  /// Why a head is refused, or nil when it keeps the rules.
  static func refusal(of head: HTTPRequestHead) -> Problem? {
    if head.version.major != 1 { return Problem(.httpVersionNotSupported) }
    return hostRefusal(head) ?? framingRefusal(head) ?? targetRefusal(head.uri)
      ?? expectationRefusal(head.headers.first(name: "expect"))
  }

  /// Why the head of an HTTP/2 request is refused, or nil when it keeps the rules (RFC 9113 §8.3).
  ///
  /// The framing is the protocol's own; `:authority` stands where the Host field stood, and a Host
  /// field beside it must say the same.
  static func refusal(of head: HTTPRequest, fields limit: Int) -> Problem? {
    guard head.headerFields.count <= limit else { return Problem(.headerTooLarge) }
    let hosts = hosts(of: head)
    guard let authority = head.authority ?? hosts.first,
      hosts.allSatisfy({ $0.lowercased() == authority.lowercased() })
    else { return .malformed("A request must name exactly one host.") }
    guard isHost(authority) else {
      return .malformed("The authority is not a host and port.")
    }
    return targetRefusal(head.path ?? "") ?? expectationRefusal(head.headerFields[.expect])
  }

  /// The Host fields of an HTTP/2 request, which may stand beside `:authority` or in its place.
  static func hosts(of head: HTTPRequest) -> [String] {
    HTTPField.Name("Host").map { head.headerFields[values: $0] } ?? []
  }

  /// RFC 9112 §3.2: one Host field, which is a host with an optional port and nothing else.
  private static func hostRefusal(_ head: HTTPRequestHead) -> Problem? {
    let hosts = head.headers["host"]
    if hosts.isEmpty, head.version == .http1_0 { return nil }
    guard hosts.count == 1 else {
      return .malformed("A request must have exactly one Host field.")
    }
    return isHost(hosts[0]) ? nil : .malformed("The Host field is not a host and port.")
  }

  /// Whether a text is a host name, an IPv4 or bracketed IPv6 address, with an optional port.
  static func isHost(_ text: String) -> Bool {
    var rest = Substring(text)
    if rest.first == "[" {
      guard let end = rest.firstIndex(of: "]") else { return false }
      let address = rest[rest.index(after: rest.startIndex)..<end]
      guard !address.isEmpty, address.utf8.allSatisfy(isAddressByte) else { return false }
      rest = rest[rest.index(after: end)...]
      guard rest.isEmpty || rest.first == ":" else { return false }
    } else {
      let name = rest.prefix { $0 != ":" }
      guard !name.isEmpty, name.utf8.count <= 253, name.utf8.allSatisfy(isNameByte) else {
        return false
      }
      rest = rest[name.endIndex...]
    }
    guard !rest.isEmpty else { return true }
    let port = rest.dropFirst()
    return port.utf8.count <= 5 && port.utf8.allSatisfy { (0x30...0x39).contains($0) }
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F: true
    default: false
    }
  }

  private static func isAddressByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x30...0x3A, 0x41...0x46, 0x61...0x66, 0x2E: true
    default: false
    }
  }

  /// RFC 9112 §6.1: chunked is the only transfer coding, and not in HTTP/1.0.
  private static func framingRefusal(_ head: HTTPRequestHead) -> Problem? {
    let codings = head.headers["transfer-encoding"]
    guard let coding = codings.first else { return nil }
    guard head.version.minor >= 1 else {
      return .malformed("HTTP/1.0 has no Transfer-Encoding.")
    }
    guard codings.count == 1, coding.lowercased() == "chunked" else {
      return .malformed("The only transfer coding here is chunked, given once.")
    }
    guard !head.headers.contains(name: "content-length") else {
      return .malformed("A body has either a Content-Length or a Transfer-Encoding.")
    }
    return nil
  }

  /// Only the origin form is answered, without anything that could be read in two ways: a fragment,
  /// an empty or dotted segment, an encoded byte in the path, a backslash or a byte outside ASCII.
  private static func targetRefusal(_ target: String) -> Problem? {
    guard target.utf8.first == slash else {
      return .malformed("The request target must be a path that begins with a slash.")
    }
    var isPath = true
    var isPlain = true
    var length = 0
    var dots = 0
    for byte in target.utf8.dropFirst() {
      guard byte > 0x20, byte < 0x7F, byte != UInt8(ascii: "#"), byte != UInt8(ascii: "\\") else {
        return .malformed("The request target holds a character that it must not.")
      }
      guard isPath else { continue }
      switch byte {
      case UInt8(ascii: "?"): isPath = false
      case slash:
        isPlain = isPlain && length > dots
        length = 0
        dots = 0
      case UInt8(ascii: "%"): isPlain = false
      default:
        length += 1
        if byte == UInt8(ascii: ".") { dots += 1 }
      }
    }
    let isRoot = target.utf8.count == 1 || target.hasPrefix("/?")
    return isPlain && (isRoot || length > dots) ? nil : Problem(.notFound)
  }

  private static let slash = UInt8(ascii: "/")

  /// RFC 9110 §10.1.1: the only expectation is 100-continue.
  private static func expectationRefusal(_ expectation: String?) -> Problem? {
    guard let expectation else { return nil }
    return expectation.lowercased() == "100-continue" ? nil : Problem(.expectationFailed)
  }
}
