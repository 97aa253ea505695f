import Advice
import CRM
import HTTPTypes
import JSON
import Quantities
import Synchronization

/// The shortlists that browsers keep open: each gets the offers anew whenever its client has
/// answered a question, on whichever device.
final class ShortlistStreams: Sendable {
  /// Streams that are open at once.
  static let count = 1_000
  /// Streams of one client.
  static let countOfClient = 8
  /// Offers of a shortlist.
  static let offers = 5

  /// What a stream shows.
  struct Wish: Sendable {
    let goal: Goal
    let language: String
  }

  /// One open stream.
  final class Stream: Sendable {
    let wish: Wish
    /// The events to be written; what nobody has read yet gives way to what is newer.
    let events: AsyncStream<[UInt8]>
    private let sink: AsyncStream<[UInt8]>.Continuation

    init(_ wish: Wish) {
      self.wish = wish
      (events, sink) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(2))
    }

    func send(_ event: [UInt8]) { sink.yield(event) }
    func close() { sink.finish() }
  }

  private let adviser: @Sendable () -> Adviser
  private let arbitration: @Sendable () -> Arbitration
  private let today: @Sendable () -> CalendarDate
  private let streams = Mutex<[ClientID: [ObjectIdentifier: Stream]]>([:])

  init(
    adviser: @escaping @Sendable () -> Adviser,
    arbitration: @escaping @Sendable () -> Arbitration,
    today: @escaping @Sendable () -> CalendarDate
  ) {
    self.arbitration = arbitration
    self.adviser = adviser
    self.today = today
  }

  /// Opens a stream of a client.
  ///
  /// - Throws: `Problem`, 503 when too many are open.
  func open(_ client: ClientID, _ wish: Wish) throws(Problem) -> Stream {
    let stream = Stream(wish)
    let isFull = streams.withLock { streams in
      let own = streams[client]?.count ?? 0
      if own >= Self.countOfClient || streams.count >= Self.count { return true }
      streams[client, default: [:]][ObjectIdentifier(stream)] = stream
      return false
    }
    if isFull { throw Problem(.overloaded, headers: [.retryAfter: "5"]) }
    return stream
  }

  /// Ends a stream.
  func close(_ client: ClientID, _ stream: Stream) {
    streams.withLock { streams in
      streams[client]?[ObjectIdentifier(stream)] = nil
      if streams[client]?.isEmpty ?? false { streams[client] = nil }
    }
    stream.close()
  }

  /// Sends the shortlist of a client's new facts to all streams of the client.
  func publish(_ facts: VersionedFacts) {
    let open = streams.withLock { Array(($0[facts.client] ?? [:]).values) }
    for stream in open { stream.send(event(facts, stream.wish)) }
  }

  /// The shortlist of a client, as an event.
  func event(_ facts: VersionedFacts, _ wish: Wish) -> [UInt8] {
    CalculationStream.event("shortlist", shortlist(facts, wish))
  }

  /// The shortlist of a client, as JSON: `{facts, offers: […], undecided}`.
  func shortlist(_ facts: VersionedFacts, _ wish: Wish) -> [UInt8] {
    var goal = wish.goal
    goal.limit = min(goal.limit, Self.offers)
    goal.locale = wish.language
    let consultation = adviser().consult(
      facts.facts, for: goal, on: today(), arbitration: arbitration())
    return Shortlist(consultation, version: facts.version).bytes
  }
}

/// The offers of a consultation in a few words each.
struct Shortlist: Sendable {
  let bytes: [UInt8]

  init(_ consultation: Consultation, version: Int) {
    var json = JSONWriter(capacity: 2_048)
    json.object { json in
      json.member("facts", version)
      json.member("undecided", consultation.counts.undecided)
      json.array("offers") { json in
        for (index, offer) in consultation.shortOffers.enumerated() {
          json.object { json in
            json.member("rank", index + 1)
            json.key("product")
            json.head(offer.product)
            json.object("price") { offer.price.write(&$0, consultation.texts) }
          }
        }
      }
      json.array("questions") { json in
        for question in consultation.questions {
          json.object(question.write)
        }
      }
    }
    bytes = json.bytes
  }
}
