import HummingbirdCore
import Logging
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// One HTTP/1 connection: the parser with our limits, the strict codec with its deadlines, and
/// Hummingbird's idle timer.
///
/// Hummingbird's own channel accepts a missing, doubled or malformed Host and chunked bodies in
/// HTTP/1.0, lets a body trickle for ever, and answers an unreadable request with nothing that says
/// why; those checks need the message before it becomes a `HTTPRequest`, hence a channel of our own.
struct WebChannel: HTTPChannelHandler {
  typealias Value = NIOAsyncChannel<HTTPRequestPart, HTTPResponsePart>

  let responder: Responder
  let limits: WebLimits
  /// Whether the connection is one of TLS.
  var isSecure = false

  func setup(channel: any Channel, logger: Logger) -> EventLoopFuture<Value> {
    channel.eventLoop.makeCompletedFuture {
      var decoding = NIOHTTPDecoderLimitConfiguration()
      decoding.maxHeaderFieldSize = limits.headerBytes
      decoding.maxHeaderListSize = limits.headerBytes
      decoding.maxHeaderFieldCount = limits.headerFields
      let pipeline = channel.pipeline.syncOperations
      try pipeline.configureHTTPServerPipeline(
        withPipeliningAssistance: false,
        withErrorHandling: false,
        withOutboundHeaderValidation: false,
        withEncoderConfiguration: .init(),
        withDecoderLimitConfiguration: decoding)
      try pipeline.addHandler(WireCodec(limits: limits, isSecure: isSecure))
      try pipeline.addHandler(
        HTTPConnectionStateHandler(idleTimeout: .seconds(limits.idleSeconds), logger: logger))
      return try NIOAsyncChannel(
        wrappingChannelSynchronously: channel,
        configuration: .init(isOutboundHalfClosureEnabled: true))
    }
  }

  func handle(value: Value, logger: Logger) async {
    await handleHTTP(asyncChannel: value, logger: logger)
  }
}
