/// How the server is reached and what it may use.
package struct WebSettings: Sendable {
  /// The address to listen on.
  package var host: String

  /// The port to listen on; 0 lets the system choose.
  package var port: Int

  /// Whether a front that speaks TLS stands before the server and says who asks.
  package var isBehindFront: Bool

  /// What the server shows of itself when it speaks TLS by itself; nil when it speaks plain HTTP.
  package var identity: TLSIdentity?

  /// The limits of connections and requests.
  package var limits: WebLimits

  /// The version of the program, for the API's document.
  package var version: String

  /// Settings for a server.
  package init(
    host: String = "127.0.0.1", port: Int = 8080, isBehindFront: Bool = false,
    identity: TLSIdentity? = nil, limits: WebLimits = WebLimits(), version: String = "0"
  ) {
    self.host = host
    self.port = port
    self.isBehindFront = isBehindFront
    self.identity = identity
    self.limits = limits
    self.version = version
  }

  /// Whether browsers reach the server by HTTPS only.
  package var isSecure: Bool { isBehindFront || identity != nil }

  /// The address for people to open.
  package func address(port: Int) -> String {
    let isAnywhere = host == "0.0.0.0" || host == "::"
    let name = isAnywhere ? "localhost" : host.contains(":") ? "[\(host)]" : host
    return "\(identity == nil ? "http" : "https")://\(name):\(port)/"
  }
}
