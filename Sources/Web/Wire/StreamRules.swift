import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// One HTTP/2 stream: what `WireCodec` does for an HTTP/1 connection, refusing requests that break
/// the rules of the wire and keeping the deadlines of the one exchange that a stream carries.
final class StreamRules: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPResponsePart

  private let limits: WebLimits
  private var exchange: WireExchange
  /// Nothing that comes in matters any more, and nothing that the application writes leaves.
  private var isEnding = false
  private var isTicking = false

  init(limits: WebLimits) {
    self.limits = limits
    exchange = WireExchange(limits: limits)
  }

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isEnding else { return }
    switch unwrapInboundIn(data) {
    case .head(var request):
      if let refusal = HeadRules.refusal(of: request, fields: limits.headerFields) {
        return send(refusal, context)
      }
      if request.authority == nil { request.authority = HeadRules.hosts(of: request).first }
      exchange.readHead(at: .now())
      context.fireChannelRead(wrapInboundOut(.head(request)))
      tick(context)
    case .body(let bytes):
      exchange.readBody(bytes.readableBytes)
      context.fireChannelRead(wrapInboundOut(.body(bytes)))
    case .end:
      // Trailers are dropped: nothing here reads them, and none may stand in for a field.
      exchange.readEnd()
      context.fireChannelRead(wrapInboundOut(.end(nil)))
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    exchange.writability(context.channel.isWritable, at: .now())
    tick(context)
    context.fireChannelWritabilityChanged()
  }

  func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    guard !isEnding else {
      promise?.succeed(())
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(var response):
      _ = exchange.writeHead()
      // RFC 9113 §8.2.2: fields of the connection have no place in a stream.
      response.headerFields[.connection] = nil
      response.headerFields[.transferEncoding] = nil
      context.write(wrapOutboundOut(.head(response)), promise: promise)
    case .body(let bytes):
      context.write(wrapOutboundOut(.body(bytes)), promise: promise)
    case .end:
      exchange.writeEnd(at: .now())
      context.write(wrapOutboundOut(.end(nil)), promise: promise)
    }
  }

  /// Answers from here; the application's answer, if any comes, is not sent.
  private func send(_ problem: Problem, _ context: ChannelHandlerContext) {
    let body = problem.body(requestID: nil)
    let head = HTTPResponse(
      status: problem.status,
      headerFields: [
        .contentType: "application/problem+json", .contentLength: String(body.count),
        .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
      ])
    isEnding = true
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let buffer = context.channel.allocator.buffer(bytes: body)
    context.write(wrapOutboundOut(.body(buffer)), promise: nil)
    let channel = context.channel
    context.writeAndFlush(wrapOutboundOut(.end(nil))).whenComplete { _ in
      channel.close(promise: nil)
    }
  }

  /// Looks at the clock once a second for as long as anything is owed.
  private func tick(_ context: ChannelHandlerContext) {
    guard !isTicking, !isEnding else { return }
    isTicking = true
    context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
      self.isTicking = false
      self.look(context)
    }
  }

  private func look(_ context: ChannelHandlerContext) {
    guard context.channel.isActive, !isEnding else { return }
    switch exchange.verdict(at: .now()) {
    case .rest: break
    case .wait: tick(context)
    case .unread: context.close(promise: nil)
    case .tooSlow: interrupt(Problem(.tooSlow), context)
    case .unanswered: interrupt(Problem(.timedOut, headers: [.retryAfter: "5"]), context)
    }
  }

  /// Ends the exchange from here: the client reads why, the application's reader an error.
  private func interrupt(_ problem: Problem, _ context: ChannelHandlerContext) {
    if exchange.isAnswering {
      context.close(promise: nil)
    } else {
      send(problem, context)
    }
    context.fireErrorCaught(WireCodec.Interruption.refused)
  }
}
