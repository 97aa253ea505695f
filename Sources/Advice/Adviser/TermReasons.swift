/// The reasons that a client is given of products one after another, each held once and called by
/// its number: the same is said of many products.
struct TermReasons {
  /// What the place of a reason and the price of its product depend on.
  struct Marks {
    let tier: Tier
    let state: Reason.State
    let isPriced: Bool
    let isOfInstalment: Bool
  }

  /// By the reasons' numbers.
  private(set) var marks: [Marks] = []
  private var reasons: [Reason] = []
  /// The numbers by group and place; a group is laid out when its first reason is made.
  private var made: [[Int?]] = []
  private var asked: [String: String] = [:]
  private let question: (String) -> String

  /// No reason yet.
  ///
  /// - Parameter question: the question that a client can answer now, in the place of one that
  ///   stands behind others.
  init(asking question: @escaping (String) -> String = { $0 }) { self.question = question }

  /// The reason of a number.
  subscript(number: Int) -> Reason { reasons[number] }

  /// The number of the reason at a place of a group of so many, made when it is asked for first.
  mutating func number(
    group: Int, place: Int, of count: Int, _ make: () -> Reason
  ) -> Int {
    while made.count <= group { made.append([]) }
    if made[group].isEmpty { made[group] = Array(repeating: nil, count: count) }
    if let known = made[group][place] { return known }
    let new = number(of: make())
    made[group][place] = new
    return new
  }

  /// The number of a new reason, with the question that a client can answer now.
  mutating func number(of reason: Reason) -> Int {
    let reason = asking(reason)
    marks.append(
      Marks(
        tier: reason.tier, state: reason.state, isPriced: reason.isPriced,
        isOfInstalment: reason.isOfInstalment))
    reasons.append(reason)
    return reasons.count - 1
  }

  private mutating func asking(_ reason: Reason) -> Reason {
    guard let missing = reason.question else { return reason }
    if let known = asked[missing] { return reason.asking(known) }
    let now = question(missing)
    asked[missing] = now
    return reason.asking(now)
  }

  /// Puts reasons tier by tier, those of one tier in the order in which they were found: mostly
  /// they stand so already.
  func sortByTier(_ numbers: inout [Int]) {
    for end in numbers.indices.dropFirst() {
      let number = numbers[end]
      let tier = marks[number].tier
      var place = end
      while place > 0, marks[numbers[place - 1]].tier > tier {
        numbers[place] = numbers[place - 1]
        place -= 1
      }
      numbers[place] = number
    }
  }
}
