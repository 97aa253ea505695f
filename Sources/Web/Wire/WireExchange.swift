import NIOCore

/// Where one connection stands between requests and responses, and which of its deadlines passed.
///
/// Pure: the handler tells it what happened and when, and asks what to do. Requests can be
/// pipelined; responses leave in order, so what is written always belongs to the oldest request.
struct WireExchange {
  /// What a look at the clock asks for.
  enum Verdict: Equatable {
    /// Nothing is owed; the clock need not be looked at until the next request.
    case rest
    /// Something is owed and still in time.
    case wait
    /// The request's body came too slowly: answer 408 and close.
    case tooSlow
    /// No response began in time: answer 503 and close.
    case unanswered
    /// The response does not leave because the client does not read: close.
    case unread
  }

  private let limits: WebLimits
  private var headAt = NIODeadline.uptimeNanoseconds(0)
  private var waitingSince = NIODeadline.uptimeNanoseconds(0)
  private var unwritableSince: NIODeadline?
  private var bodyBytes = 0

  /// Requests whose response is not complete.
  private(set) var open = 0

  /// Whether the newest request's body has not ended.
  private(set) var isReading = false

  /// Whether the head of the oldest open request's response was written.
  private(set) var isAnswering = false

  /// Whether the connection must end with the response being written.
  var closesAfterResponse = false

  init(limits: WebLimits) { self.limits = limits }

  mutating func readHead(at now: NIODeadline) {
    if open == 0 { waitingSince = now }
    open += 1
    isReading = true
    headAt = now
    bodyBytes = 0
  }

  mutating func readBody(_ count: Int) { bodyBytes += count }

  mutating func readEnd() { isReading = false }

  /// A response's head is about to be written; true when the request's body has not all come, so
  /// that the connection cannot be used again.
  mutating func writeHead() -> Bool {
    isAnswering = true
    return isReading && open == 1
  }

  mutating func writeEnd(at now: NIODeadline) {
    open -= 1
    isAnswering = false
    waitingSince = now
  }

  mutating func writability(_ isWritable: Bool, at now: NIODeadline) {
    unwritableSince = isWritable ? nil : unwritableSince ?? now
  }

  /// What the clock says at an instant.
  func verdict(at now: NIODeadline) -> Verdict {
    if let unwritableSince, now - unwritableSince > .seconds(Int64(limits.writingSeconds)) {
      return .unread
    }
    if isReading {
      let passed = now - headAt
      if passed > .seconds(Int64(limits.readingSeconds)) { return .tooSlow }
      let owed = passed.nanoseconds / 1_000_000_000 * Int64(limits.bodyBytesPerSecond)
      if passed > .seconds(Int64(limits.rateGraceSeconds)), Int64(bodyBytes) < owed {
        return .tooSlow
      }
    }
    if open > 0, !isAnswering, now - waitingSince > .seconds(Int64(limits.answeringSeconds)) {
      return .unanswered
    }
    return open > 0 || unwritableSince != nil ? .wait : .rest
  }
}
