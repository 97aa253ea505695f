import HTTPTypes

/// Refuses what another site makes a browser send (cross-site request forgery).
///
/// Browsers say where a request came from in `Sec-Fetch-Site`, older ones in `Origin`; neither can
/// be set by a page. No token in forms is needed then, and none can leak. Programs send neither and
/// carry a bearer token, which no other site can make a browser send.
enum CrossOrigin {
  /// Why a request is refused, or nil when it may pass.
  ///
  /// - Parameter isSecure: whether browsers reach the server by HTTPS only, so that a page that came
  ///   by plain HTTP is not ours, whatever host it names.
  static func refusal(of request: HTTPRequest, isSecure: Bool = false) -> Problem? {
    switch request.method {
    case .get, .head, .options: return nil
    default: break
    }
    let fields = request.headerFields
    if let site = fields[.secFetchSite] {
      return site == "same-origin" || site == "none" ? nil : refused
    }
    if let origin = fields[.origin] {
      return isSame(origin, request.authority, isSecure) ? nil : refused
    }
    let isByCookie = fields[.cookie] != nil && fields[.authorization] == nil
    return isByCookie && SessionCookie.token(in: fields) != nil ? refused : nil
  }

  /// Whether an origin's host and port are the ones that the request was sent to.
  ///
  /// Without TLS the scheme is not compared: behind a front it would not be known here.
  private static func isSame(_ origin: String, _ authority: String?, _ isSecure: Bool) -> Bool {
    guard let authority, let schemeEnd = origin.firstIndex(of: ":") else { return false }
    if isSecure, origin[..<schemeEnd].lowercased() != "https" { return false }
    return origin[schemeEnd...].lowercased() == "://\(authority.lowercased())"
  }

  private static let refused = Problem(
    .crossOrigin, "Changes are taken only from pages of this site.")
}

extension HTTPField.Name {
  /// Where the browser says that the request came from.
  static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .origin
  /// The client's name for one attempt at an effect.
  static let idempotencyKey = HTTPField.Name("Idempotency-Key") ?? .ifMatch
  /// Our name for the request, to find it in the log.
  static let requestID = HTTPField.Name("Request-Id") ?? .via
}
