import Hummingbird
import HummingbirdCore
package import Logging
import NIOCore
import ServiceLifecycle
import UnixSignals

/// The HTTP server: everything mounted, ready to run.
package struct WebServer: Sendable {
  private let settings: WebSettings
  private let gate: Gate
  private let speech: Speech
  private let logger: Logger

  /// A server of the parts that it serves.
  ///
  /// - Throws: `TLSIdentity.Fault` when the server cannot show itself so; when a page's template is
  ///   not well-formed.
  package init(_ parts: WebParts, settings: WebSettings, logger: Logger) throws {
    speech = try Speech(settings)
    gate = try parts.gate(settings: settings, logger: logger)
    self.settings = settings
    self.logger = logger
  }

  /// Everything that is mounted.
  var routes: [Route] { gate.routes }

  /// The application, for tests in process and for `run`.
  func application(
    onRunning: @escaping @Sendable (any Channel) async -> Void = { _ in }
  ) -> Application<Gate> {
    let (limits, speech) = (settings.limits, speech)
    return Application(
      responder: gate,
      server: speech.builder(limits),
      configuration: ApplicationConfiguration(
        address: .hostname(settings.host, port: settings.port),
        availableConnectionsDelegate: .maximum(limits.connections, logger: logger)),
      onServerRunning: onRunning,
      logger: logger)
  }

  /// Serves until the process is told to stop, then lets running requests finish within the
  /// deadline.
  ///
  /// - Parameter onReady: told the port once connections are accepted.
  /// - Returns: whether every request had finished; false when the deadline cut some off.
  /// - Throws: `WebServerError` when the address cannot be used.
  package func run(
    onReady: @escaping @Sendable (_ port: Int) async -> Void
  ) async throws -> Bool {
    let (ends, end) = AsyncStream<Result<Bool, any Error>>.makeStream()
    let application = application { channel in
      await onReady(channel.localAddress?.port ?? settings.port)
    }
    let deadline = ShutdownDeadline(seconds: settings.limits.shutdownSeconds) {
      end.yield(.success(false))
    }
    let group = ServiceGroup(
      configuration: .init(
        services: [
          .init(service: application, successTerminationBehavior: .gracefullyShutdownGroup),
          .init(service: deadline),
        ],
        gracefulShutdownSignals: [.sigterm, .sigint], logger: logger))
    // Not a child task: a request that never ends must not keep the process from ending.
    Task {
      do {
        try await group.run()
        end.yield(.success(true))
      } catch {
        end.yield(.failure(error))
      }
    }
    for await outcome in ends {
      do {
        return try outcome.get()
      } catch {
        throw WebServerError(error, settings: settings) ?? error
      }
    }
    return true
  }
}

/// Rings when a graceful shutdown has taken too long.
private struct ShutdownDeadline: Service {
  let seconds: Int
  let ring: @Sendable () -> Void

  func run() async throws {
    try? await gracefulShutdown()
    let ring = ring
    let seconds = seconds
    // The group ends this service at once; the alarm has to outlive it.
    Task {
      try? await Task.sleep(for: .seconds(seconds))
      ring()
    }
  }
}

/// Why the server could not start, in one line for the person at the terminal.
package enum WebServerError: Error, CustomStringConvertible {
  case portInUse(host: String, port: Int)
  case portForbidden(host: String, port: Int)
  case addressUnknown(host: String)

  init?(_ error: any Error, settings: WebSettings) {
    guard let error = error as? IOError else { return nil }
    switch error.errnoCode {
    case 98: self = .portInUse(host: settings.host, port: settings.port)
    case 13: self = .portForbidden(host: settings.host, port: settings.port)
    case 99: self = .addressUnknown(host: settings.host)
    default: return nil
    }
  }

  /// One line that says what to do.
  package var description: String {
    switch self {
    case .portInUse(let host, let port):
      "Port \(port) on \(host) is already in use; stop what uses it or choose another port."
    case .portForbidden(let host, let port):
      "Port \(port) on \(host) may not be used by this user; choose one above 1023."
    case .addressUnknown(let host):
      "\(host) is not an address of this machine."
    }
  }
}
