import ArgumentParser
import CRM
import Foundation
import Logging
import Storage
import Web

/// Serves the API and the portal.
struct Serve: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Serve the API and the portal.",
    discussion: """
      Stops on SIGINT or SIGTERM, after requests that are being worked on. In
      production put a front that speaks TLS before it and say --secure, or, in a
      program built with the package trait TLS, name a certificate and its key.

      Examples:
        steward serve --data data
        steward serve --data data --port 9000 --clock 2026-11-22T09:00:00Z
        steward serve --tls-certificate chain.pem --tls-key key.pem --port 8443
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var clock: ClockOptions
  @OptionGroup var home: HomeOptions

  @Option(help: "The address to listen on; demo data is served on loopback only.")
  var host = "127.0.0.1"

  @Option(help: "The port to listen on; 0 lets the system choose.")
  var port = 8080

  @Flag(help: "Browsers come by HTTPS only, through a front that speaks TLS.")
  var secure = false

  @Option(
    help: ArgumentHelp(
      "Speak HTTPS and HTTP/2 with this certificate and those above it, in PEM.",
      valueName: "file"))
  var tlsCertificate: String?

  @Option(
    help: ArgumentHelp(
      "The certificate's private key, in PEM without a passphrase.", valueName: "file"))
  var tlsKey: String?

  @Option(
    name: .customLong("log-level"),
    help: ArgumentHelp(
      "What is written to the standard error: debug, info, notice, warning or error.",
      valueName: "level"))
  var logLevel = "notice"

  private static let loopback: Set = ["127.0.0.1", "::1", "localhost"]

  func validate() throws {
    guard (0...65_535).contains(port) else {
      throw ValidationError("--port must be from 0 to 65535")
    }
    guard Logger.Level(rawValue: logLevel) != nil else {
      throw ValidationError("'\(logLevel)' is no log level")
    }
    guard (tlsCertificate == nil) == (tlsKey == nil) else {
      throw ValidationError("--tls-certificate and --tls-key go together")
    }
    if tlsCertificate != nil, !TLSIdentity.isSpoken {
      throw ValidationError("\(TLSIdentity.Fault.notBuilt)")
    }
  }

  func run() async throws {
    LoggingSystem.bootstrap { StreamLogHandler.standardError(label: $0) }
    var logger = Logger(label: "steward")
    logger.logLevel = Logger.Level(rawValue: logLevel) ?? .notice
    let installation = data.installation
    if installation.isDemo, !Self.loopback.contains(host) {
      throw Failure(
        "'\(data.data)' holds demo data, whose passwords everybody knows; it is served on "
          + "127.0.0.1 only")
    }
    let identity = try identity()
    let folder = try home.folder()
    let opened = try await installation.open(for: .writing, clocks: clock.clocks)
    let desk = try await AdviceDesk(book: opened.book, home: folder)
    let settings = WebSettings(
      host: host, port: port, isBehindFront: secure, identity: identity,
      version: Steward.version)
    let parts = WebParts(
      desk: desk, unreadiness: { await opened.unreadiness }, gauges: { opened.gauges })
    let server = try WebServer(parts, settings: settings, logger: logger)
    let isDemo = installation.isDemo
    let isFinished = try await server.run { port in
      let address = settings.address(port: port)
      opened.announce(address: address)
      var lines = ["Steward serves \(address)", "The API is described at \(address)docs"]
      if isDemo { lines += ["", DemoData.signInTable] }
      Self.say(lines.joined(separator: "\n"))
    }
    await opened.close()
    Self.say(isFinished ? "Stopped." : "Stopped; requests that took too long were cut off.")
  }

  /// The certificate and key as they are in their files; nil when none are named.
  private func identity() throws -> TLSIdentity? {
    guard let tlsCertificate, let tlsKey else { return nil }
    return TLSIdentity(
      certificates: try Self.read(tlsCertificate), key: try Self.read(tlsKey))
  }

  /// The bytes of a small file.
  private static func read(_ path: String) throws -> [UInt8] {
    do {
      let file = try FileHandle(forReadingFrom: URL(filePath: path))
      let data = try file.read(upToCount: TLSIdentity.fileBytes) ?? Data()
      return Array(data)
    } catch {
      throw Failure("'\(path)' cannot be read: \(Failure.reason(error))")
    }
  }

  /// Writes to the standard output at once, also where it is a file or a pipe; a reader who has
  /// gone is no reason to stop serving.
  private static func say(_ text: String) {
    try? FileHandle.standardOutput.write(contentsOf: Data((text + "\n").utf8))
  }
}

extension Installation.Opened {
  /// Why requests cannot be served at this moment; nil when they can.
  fileprivate var unreadiness: String? {
    get async {
      do {
        _ = try await book.catalogueSources()
        return nil
      } catch {
        return "The store cannot be read."
      }
    }
  }

  /// What the store has done, for `/metrics`.
  fileprivate var gauges: [Gauge] {
    let done = statistics
    return [
      Gauge(
        "steward_store_commits", "Commits, each with one wait for the disk.", Double(done.commits)),
      Gauge("steward_store_writes", "Writes that are in a commit.", Double(done.writes)),
      Gauge("steward_store_undone", "Writes that were undone.", Double(done.undone)),
      Gauge("steward_store_reads", "Reads.", Double(done.reads)),
    ]
  }
}
