import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes
import NIOHTTPTypesHTTP1

/// Turns parsed messages into requests, refuses the ones that break the rules of the wire, and
/// keeps the connection's deadlines.
final class WireCodec: ChannelDuplexHandler, RemovableChannelHandler {
  typealias InboundIn = HTTPServerRequestPart
  typealias InboundOut = HTTPRequestPart
  typealias OutboundIn = HTTPResponsePart
  typealias OutboundOut = HTTPServerResponsePart

  /// Why a body stopped coming; the reader of the body sees this.
  enum Interruption: Error { case refused }

  private let limits: WebLimits
  private let scheme: String
  private var exchange: WireExchange
  private var pending: Problem?
  /// Nothing that comes in matters any more, and nothing that the application writes leaves.
  private var isEnding = false
  private var isTicking = false

  init(limits: WebLimits, isSecure: Bool = false) {
    self.limits = limits
    scheme = isSecure ? "https" : "http"
    exchange = WireExchange(limits: limits)
  }

  // MARK: What comes in

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    guard !isEnding, pending == nil else { return }
    switch unwrapInboundIn(data) {
    case .head(let head): read(head, context)
    case .body(let bytes):
      exchange.readBody(bytes.readableBytes)
      context.fireChannelRead(wrapInboundOut(.body(bytes)))
    case .end:
      // Trailers are dropped: nothing here reads them, and none may stand in for a field.
      exchange.readEnd()
      context.fireChannelRead(wrapInboundOut(.end(nil)))
    }
  }

  private func read(_ head: HTTPRequestHead, _ context: ChannelHandlerContext) {
    if let refusal = HeadRules.refusal(of: head) { return refuse(refusal, context) }
    guard let method = HTTPRequest.Method(head.method.rawValue) else {
      return refuse(.malformed("The method is not a token."), context)
    }
    let now = NIODeadline.now()
    exchange.readHead(at: now)
    if !head.isKeepAlive { exchange.closesAfterResponse = true }
    if head.headers.contains(name: "expect"), exchange.open == 1, declares(head, atMost: limits) {
      let go = HTTPResponseHead(version: head.version, status: .continue)
      context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
    }
    let request = HTTPRequest(
      method: method, scheme: scheme, authority: head.headers.first(name: "host"), path: head.uri,
      headerFields: HTTPFields(head.headers, splitCookie: false))
    context.fireChannelRead(wrapInboundOut(.head(request)))
    tick(context)
  }

  /// Whether a declared body is small enough to be asked for.
  private func declares(_ head: HTTPRequestHead, atMost limits: WebLimits) -> Bool {
    guard let length = head.headers.first(name: "content-length") else { return true }
    return Int(length).map { $0 <= limits.jsonBytes } ?? false
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    guard error is HTTPParserError else { return context.fireErrorCaught(error) }
    guard !isEnding, pending == nil else { return }
    if exchange.isReading {
      // Inside a body: whoever reads it gets the error and answers, unless the answer has gone.
      if exchange.isAnswering || exchange.open == 0 { return end(context) }
      exchange.closesAfterResponse = true
      return context.fireErrorCaught(error)
    }
    let isOverflow = (error as? HTTPParserError) == .headerOverflow
    refuse(
      isOverflow
        ? Problem(.headerTooLarge) : .malformed("This is not a well-formed HTTP/1.1 request."),
      context)
  }

  func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
    if isEnding, case .inputClosed? = event as? ChannelEvent {
      return context.close(promise: nil)
    }
    context.fireUserInboundEventTriggered(event)
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {
    exchange.writability(context.channel.isWritable, at: .now())
    tick(context)
    context.fireChannelWritabilityChanged()
  }

  // MARK: What goes out

  func write(
    context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
  ) {
    guard !isEnding else {
      promise?.succeed(())
      return
    }
    switch unwrapOutboundIn(data) {
    case .head(let response):
      var head = HTTPResponseHead(response)
      if exchange.writeHead() { exchange.closesAfterResponse = true }
      if head.headers.contains(name: "connection") { exchange.closesAfterResponse = true }
      if exchange.closesAfterResponse, exchange.open == 1 {
        head.headers.replaceOrAdd(name: "connection", value: "close")
      }
      context.write(wrapOutboundOut(.head(head)), promise: promise)
    case .body(let bytes):
      context.write(wrapOutboundOut(.body(.byteBuffer(bytes))), promise: promise)
    case .end:
      exchange.writeEnd(at: .now())
      context.write(wrapOutboundOut(.end(nil)), promise: promise)
      guard exchange.open == 0 else { return }
      if let pending {
        send(pending, context)
      } else if exchange.closesAfterResponse {
        end(context)
      }
    }
  }

  // MARK: Refusals

  /// Answers a request that the application never sees, after the responses that come before it.
  private func refuse(_ problem: Problem, _ context: ChannelHandlerContext) {
    if exchange.open == 0 {
      send(problem, context)
    } else {
      pending = problem
    }
  }

  private func send(_ problem: Problem, _ context: ChannelHandlerContext) {
    let body = problem.body(requestID: nil)
    var head = HTTPResponseHead(
      version: .http1_1,
      status: .init(statusCode: problem.status.code, reasonPhrase: problem.status.reasonPhrase))
    head.headers.add(name: "content-type", value: "application/problem+json")
    head.headers.add(name: "content-length", value: String(body.count))
    head.headers.add(name: "cache-control", value: "no-store")
    head.headers.add(name: "x-content-type-options", value: "nosniff")
    head.headers.add(name: "connection", value: "close")
    context.write(wrapOutboundOut(.head(head)), promise: nil)
    let buffer = context.channel.allocator.buffer(bytes: body)
    context.write(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: nil)
    context.write(wrapOutboundOut(.end(nil)), promise: nil)
    end(context)
  }

  /// Ends the connection so that the client can still read what was sent: our side closes now,
  /// what still comes in is thrown away for a moment, then all is closed.
  private func end(_ context: ChannelHandlerContext) {
    guard !isEnding else { return }
    isEnding = true
    context.flush()
    context.close(mode: .output, promise: nil)
    let loop = context.eventLoop.assumeIsolated()
    loop.scheduleTask(in: .seconds(Int64(limits.lingeringSeconds))) {
      context.close(promise: nil)
    }
  }

  // MARK: The clock

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

  /// Ends an exchange from here: the client reads why, the application's reader an error.
  private func interrupt(_ problem: Problem, _ context: ChannelHandlerContext) {
    if exchange.isAnswering {
      context.close(promise: nil)
    } else {
      send(problem, context)
    }
    context.fireErrorCaught(Interruption.refused)
  }
}
