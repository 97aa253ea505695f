/// How the server is reached and what it may use.
package struct WebSettings: Sendable {
  /// The address to listen on.
  package var host: String

  /// The port to listen on; 0 lets the system choose.
  package var port: Int

  /// Whether browsers reach the server by HTTPS only, through a TLS front.
  package var isSecure: Bool

  /// The limits of connections and requests.
  package var limits: WebLimits

  /// The version of the program, for the API's document.
  package var version: String

  /// Settings for a server.
  package init(
    host: String = "127.0.0.1", port: Int = 8080, isSecure: Bool = false,
    limits: WebLimits = WebLimits(), version: String = "0"
  ) {
    self.host = host
    self.port = port
    self.isSecure = isSecure
    self.limits = limits
    self.version = version
  }

  /// The address for people to open.
  package func address(port: Int) -> String {
    let isAnywhere = host == "0.0.0.0" || host == "::"
    let name = isAnywhere ? "localhost" : host.contains(":") ? "[\(host)]" : host
    return "http://\(name):\(port)/"
  }
}
