#if TLS
  import HummingbirdCore
  import HummingbirdHTTP2
  import Logging
  import NIOCore
  import NIOHTTP2
  import NIOSSL

  /// One connection of TLS: HTTP/2 where the client knows it, else HTTP/1.1, both under the rules
  /// and deadlines that hold without TLS.
  struct SecureChannel: HTTPChannelHandler {
    /// What the handshake agrees on.
    struct Value: ServerChildChannelValue {
      let agreed: EventLoopFuture<NIONegotiatedHTTPVersion<WebChannel.Value, HTTP2Channel.Value>>
      let channel: any Channel
    }

    private let plain: WebChannel
    private let streams: HTTP2Channel
    private let tls: NIOSSLContext
    private let limits: WebLimits

    var responder: Responder { plain.responder }

    init(responder: @escaping Responder, limits: WebLimits, tls: NIOSSLContext) {
      plain = WebChannel(responder: responder, limits: limits, isSecure: true)
      streams = HTTP2Channel(
        responder: responder,
        configuration: HTTP2ChannelConfiguration(
          idleTimeout: .seconds(limits.idleSeconds),
          gracefulCloseTimeout: .seconds(limits.shutdownSeconds),
          streamConfiguration: .init(additionalChannelHandlers: [StreamRules(limits: limits)])))
      self.tls = tls
      self.limits = limits
    }

    func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
      let (plain, streams) = (plain, streams)
      return channel.eventLoop.makeCompletedFuture {
        try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: tls))
        // Who connects and says nothing must not hold the connection.
        return channel.eventLoop.scheduleTask(in: .seconds(Int64(limits.readingSeconds))) {
          channel.close(promise: nil)
        }
      }.flatMap { alarm in
        channel.configureHTTP2AsyncSecureUpgrade(
          http1ConnectionInitializer: { channel in
            alarm.cancel()
            return plain.setup(channel: channel, logger: logger)
          },
          http2ConnectionInitializer: { channel in
            alarm.cancel()
            return streams.setup(channel: channel, logger: logger)
          })
      }.map { Value(agreed: $0, channel: channel) }
    }

    func handle(value: Value, logger: Logger) async {
      do {
        switch try await value.agreed.get() {
        case .http1_1(let connection): await plain.handle(value: connection, logger: logger)
        case .http2(let connection): await streams.handle(value: connection, logger: logger)
        }
      } catch {
        logger.debug("no handshake", metadata: ["type": "\(type(of: error))"])
      }
    }
  }

  extension NIOSSLContext {
    /// TLS 1.2 or newer with an identity.
    ///
    /// - Throws: `TLSIdentity.Fault` when the identity cannot be shown.
    convenience init(identity: TLSIdentity) throws {
      guard let certificates = try? NIOSSLCertificate.fromPEMBytes(identity.certificates),
        !certificates.isEmpty
      else { throw TLSIdentity.Fault.noCertificate }
      guard let key = try? NIOSSLPrivateKey(bytes: identity.key, format: .pem) else {
        throw TLSIdentity.Fault.noKey
      }
      var configuration = TLSConfiguration.makeServerConfiguration(
        certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
      configuration.minimumTLSVersion = .tlsv12
      configuration.applicationProtocols = NIOHTTP2SupportedALPNProtocols
      do {
        try self.init(configuration: configuration)
      } catch {
        throw TLSIdentity.Fault.otherKey
      }
    }
  }
#endif
