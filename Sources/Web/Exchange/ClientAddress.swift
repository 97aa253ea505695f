import HTTPTypes

/// Where a request really came from, for the guard against guessing.
enum ClientAddress {
  /// The address at the other end; behind a front of ours, the one that the front says it saw.
  ///
  /// The front appends what it saw to `X-Forwarded-For`; all that stands before it was sent by the
  /// client and means nothing. Without a front the field is not looked at.
  static func of(_ request: HTTPRequest, peer: String?, behindFront: Bool) -> String {
    guard behindFront, let peer, isPrivate(peer),
      let field = request.headerFields[values: forwardedFor].last,
      let last = field.split(separator: ",").last
    else { return peer ?? "" }
    let seen = last.filter { $0 != " " && $0 != "\t" }
    return seen.utf8.count <= 45 ? seen : peer
  }

  /// Whether an address belongs to this machine or a private network, where a front may stand.
  private static func isPrivate(_ address: String) -> Bool {
    if address == "::1" || address.hasPrefix("fd") || address.hasPrefix("fc") { return true }
    let octets = address.split(separator: ".").compactMap { UInt8($0) }
    guard octets.count == 4 else { return false }
    switch (octets[0], octets[1]) {
    case (127, _), (10, _), (192, 168), (172, 16...31): return true
    default: return false
    }
  }

  private static let forwardedFor = HTTPField.Name("X-Forwarded-For") ?? .via
}
