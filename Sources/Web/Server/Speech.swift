import Hummingbird
import HummingbirdCore

#if TLS
  import NIOSSL
#endif

/// What the server speaks on its port: plain HTTP/1.1, or TLS with HTTP/2 and HTTP/1.1 inside.
struct Speech: Sendable {
  #if TLS
    private let tls: NIOSSLContext?
  #endif

  /// - Throws: `TLSIdentity.Fault` when an identity is given that cannot be shown.
  init(_ settings: WebSettings) throws {
    #if TLS
      tls = try settings.identity.map { try NIOSSLContext(identity: $0) }
    #else
      if settings.identity != nil { throw TLSIdentity.Fault.notBuilt }
    #endif
  }

  /// Makes the connections of a server.
  func builder(_ limits: WebLimits) -> HTTPServerBuilder {
    #if TLS
      if let tls {
        return HTTPServerBuilder { responder in
          SecureChannel(responder: responder, limits: limits, tls: tls)
        }
      }
    #endif
    return HTTPServerBuilder { responder in WebChannel(responder: responder, limits: limits) }
  }
}
