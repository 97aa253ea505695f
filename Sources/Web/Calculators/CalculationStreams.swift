import HTTPTypes
import Synchronization
import Vault

/// Answers that follow a form while its fields change: the browser listens to one stream of events
/// and sends each change; the latest change wins, and at most one is worked out at a time.
final class CalculationStreams: Sendable {
  /// Streams that are open at once.
  static let count = 1_000
  /// Seconds between signs of life.
  static let pause = 15
  /// Signs of life after which a stream ends; the browser opens another.
  static let pauses = 240

  private let streams: Mutex<[String: CalculationStream]> = Mutex([:])

  /// Opens a stream.
  ///
  /// - Throws: `Problem`, 503 when too many are open.
  func open() throws -> (id: String, stream: CalculationStream) {
    let id = try Token.random().digest.hex
    let stream = CalculationStream()
    let isFull = streams.withLock { streams in
      if streams.count >= Self.count { return true }
      streams[id] = stream
      return false
    }
    if isFull { throw Problem(.overloaded, headers: [.retryAfter: "5"]) }
    return (id, stream)
  }

  /// Ends a stream.
  func close(_ id: String) { streams.withLock { $0.removeValue(forKey: id) }?.close() }

  /// The stream of an id; nil when none is open under it.
  subscript(_ id: String) -> CalculationStream? { streams.withLock { $0[id] } }
}

/// One stream: its listener, the change that waits, and whether one is being worked out.
final class CalculationStream: Sendable {
  /// A change of the form, as its answer's event.
  typealias Change = @Sendable () -> [UInt8]

  private struct State {
    var isRunning = false
    var waiting: Change?
    var isClosed = false
  }

  /// The events to be written; what nobody has read yet gives way to what is newer.
  let events: AsyncStream<[UInt8]>
  private let sink: AsyncStream<[UInt8]>.Continuation
  private let state = Mutex(State())

  init() {
    (events, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(2))
  }

  /// Takes a change in place of the one that waits.
  ///
  /// - Returns: whether the stream still listens.
  func submit(_ change: @escaping Change) -> Bool {
    let starts = state.withLock { state -> Bool? in
      if state.isClosed { return nil }
      state.waiting = change
      if state.isRunning { return false }
      state.isRunning = true
      return true
    }
    guard let starts else { return false }
    if starts { Task { await work() } }
    return true
  }

  @concurrent private func work() async {
    while let change = next() { sink.yield(change()) }
  }

  private func next() -> Change? {
    state.withLock { state in
      let change = state.isClosed ? nil : state.waiting
      state.waiting = nil
      if change == nil { state.isRunning = false }
      return change
    }
  }

  /// A sign of life.
  func pulse() { sink.yield(Array(": \n\n".utf8)) }

  func close() {
    state.withLock { $0.isClosed = true }
    sink.finish()
  }

  /// An event in the format of the HTML standard, 9.2.
  static func event(_ name: String, _ data: [UInt8]) -> [UInt8] {
    Array("event: \(name)\ndata: ".utf8) + data + Array("\n\n".utf8)
  }
}
