/// The reasons that the terms of products give a client, each made once for all products that ask
/// the same.
struct TermReasons {
  /// Which reason: what is asked, of which need, and how it stands.
  struct Place: Hashable {
    let statement: Int
    let need: Int
    let isOpen: Bool
    /// Whether it is told of a product that was not asked for.
    let isUnasked: Bool
  }

  private var made: [Place: Reason] = [:]
  private var asked: [String: String] = [:]
  private let question: (String) -> String

  /// No reason yet.
  ///
  /// - Parameter question: the question that a client can answer now, in the place of one that
  ///   stands behind others.
  init(asking question: @escaping (String) -> String = { $0 }) { self.question = question }

  mutating func reason(at place: Place, _ make: () -> Reason) -> Reason {
    if let known = made[place] { return known }
    let new = asking(make())
    made[place] = new
    return new
  }

  /// A reason with the question that a client can answer now.
  mutating func asking(_ reason: Reason) -> Reason {
    guard let missing = reason.question else { return reason }
    if let known = asked[missing] { return reason.asking(known) }
    let now = question(missing)
    asked[missing] = now
    return reason.asking(now)
  }
}
