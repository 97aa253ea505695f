/// The reasons that the terms of products give a client, each made once for all products that ask
/// the same.
struct TermReasons {
  /// The reasons by group and place; a group is laid out when its first reason is made.
  private var made: [[Reason?]] = []
  private var asked: [String: String] = [:]
  private let question: (String) -> String

  /// No reason yet.
  ///
  /// - Parameter question: the question that a client can answer now, in the place of one that
  ///   stands behind others.
  init(asking question: @escaping (String) -> String = { $0 }) { self.question = question }

  /// The reason at a place of a group of so many, made when it is asked for first.
  mutating func reason(
    group: Int, place: Int, of count: Int, _ make: () -> Reason
  ) -> Reason {
    while made.count <= group { made.append([]) }
    if made[group].isEmpty { made[group] = Array(repeating: nil, count: count) }
    if let known = made[group][place] { return known }
    let new = asking(make())
    made[group][place] = new
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
