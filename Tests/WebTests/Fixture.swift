import Hummingbird
import HummingbirdTesting
import Logging

@testable import Web

/// A server of the parts that need no store.
func bareServer(limits: WebLimits = WebLimits()) throws -> WebServer {
  let sessions = SessionReader { token in
    let parts = token.split(separator: ".")
    guard parts.count == 2 else { return nil }
    switch parts[0] {
    case "client": return Session(caller: .client(String(parts[1])))
    case "broker": return Session(caller: .broker(String(parts[1])))
    case "policyholder": return Session(caller: .policyholder(String(parts[1])))
    case "staff": return Session(caller: .staff(String(parts[1])))
    default: return nil
    }
  }
  var logger = Logger(label: "test")
  logger.logLevel = .critical
  return try WebServer(
    WebParts(sessions: sessions), settings: WebSettings(port: 0, limits: limits), logger: logger)
}

extension TestResponse {
  /// The body as text.
  var text: String { String(buffer: body) }
}
