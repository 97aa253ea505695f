/// FEEL's `=` with a budget: values may share parts, so that a comparison element by element
/// could take far longer than the values are large.
struct EqualityTest {
  /// Elements that may still be compared; negative when the test was given up.
  fileprivate(set) var budget: Int

  /// Elements that one test compares at most.
  static let greatestBudget = 2_000_000

  init(budget: Int = EqualityTest.greatestBudget) { self.budget = budget }

  /// Nil when the two are of different kinds (Tables 52 and 53), or the budget is spent.
  mutating func equals(_ left: Value, _ right: Value) -> Bool? {
    switch (left, right) {
    case (.number(let left), .number(let right)): return left == right
    case (.string(let left), .string(let right)):
      budget -= left.utf8.count / 64
      return sameText(left, right)
    case (.boolean(let left), .boolean(let right)): return left == right
    case (.null, .null): return true
    case (.null, _), (_, .null): return false
    case (.date(let left), .date(let right)): return left == right
    case (.time(let left), .time(let right)): return left.ordered(to: right) == 0
    case (.dateTime(let left), .dateTime(let right)): return left.ordered(to: right) == 0
    case (.daysTime(let left), .daysTime(let right)): return left == right
    case (.yearsMonths(let left), .yearsMonths(let right)): return left == right
    case (.list(let left), .list(let right)): return equals(left, right)
    case (.context(let left), .context(let right)): return equals(left, right)
    case (.range(let left), .range(let right)): return equals(left, right)
    default: return nil
    }
  }

  private mutating func equals(_ left: [Value], _ right: [Value]) -> Bool? {
    guard left.count == right.count else { return false }
    var result: Bool? = true
    for (mine, theirs) in zip(left, right) {
      budget -= 1
      guard budget >= 0 else { return nil }
      switch equals(mine, theirs) {
      case false: return false
      case nil: result = nil
      default: break
      }
    }
    return result
  }

  private mutating func equals(_ left: Context, _ right: Context) -> Bool? {
    guard left.count == right.count else { return false }
    var result: Bool? = true
    for (key, mine) in left {
      budget -= 1
      guard budget >= 0 else { return nil }
      guard let theirs = right[key] else { return false }
      switch equals(mine, theirs) {
      case false: return false
      case nil: result = nil
      default: break
      }
    }
    return result
  }

  private mutating func equals(_ left: ValueRange, _ right: ValueRange) -> Bool? {
    guard left.form == right.form, left.startIncluded == right.startIncluded,
      left.endIncluded == right.endIncluded
    else { return false }
    guard let starts = equals(left.start, right.start), let ends = equals(left.end, right.end)
    else { return nil }
    return starts && ends
  }
}

extension Value {
  /// FEEL's `=`: nil when the two are of different kinds (DMN 1.5, Tables 52 and 53).
  @inline(__always)
  public static func equals(_ left: Value, _ right: Value) -> Bool? {
    if case .number(let left) = left, case .number(let right) = right { return left == right }
    var test = EqualityTest()
    return test.equals(left, right)
  }

  /// FEEL's comparison operators: nil when the two cannot be compared (Table 54).
  public static func compares(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool? {
    switch comparison {
    case .equal: return equals(left, right)
    case .notEqual: return equals(left, right).map { !$0 }
    default: break
    }
    switch (left, right) {
    case (.number(let left), .number(let right)): return holds(left, comparison, right)
    case (.string(let left), .string(let right)):
      return comparison.holds(orderOfTexts(left, right))
    case (.date(let left), .date(let right)): return holds(left, comparison, right)
    case (.time(let left), .time(let right)): return comparison.holds(left.ordered(to: right))
    case (.dateTime(let left), .dateTime(let right)):
      return comparison.holds(left.ordered(to: right))
    case (.daysTime(let left), .daysTime(let right)): return holds(left, comparison, right)
    case (.yearsMonths(let left), .yearsMonths(let right)):
      return holds(left, comparison, right)
    default: return nil
    }
  }

  @inline(__always)
  static func holds<T: Comparable>(_ left: T, _ comparison: Comparison, _ right: T) -> Bool {
    switch comparison {
    case .equal: left == right
    case .notEqual: left != right
    case .less: left < right
    case .lessOrEqual: left <= right
    case .greater: left > right
    case .greaterOrEqual: left >= right
    }
  }

  /// Whether both are the same element of the semantic domain (`is`, 10.3.2.2).
  ///
  /// Never null, and a time in another zone is another element even at the same instant.
  public static func same(_ left: Value, _ right: Value) -> Bool {
    var test = EqualityTest()
    return test.same(left, right)
  }
}

extension EqualityTest {
  /// Identity; values too large to be compared are taken to differ.
  mutating func same(_ left: Value, _ right: Value) -> Bool {
    budget -= 1
    guard budget >= 0 else { return false }
    switch (left, right) {
    case (.string(let left), .string(let right)):
      budget -= left.utf8.count / 64
      return sameText(left, right)
    case (.list(let left), .list(let right)):
      return left.count == right.count && zip(left, right).allSatisfy { same($0, $1) }
    case (.context(let left), .context(let right)):
      return left.count == right.count
        && left.allSatisfy { key, value in right[key].map { same(value, $0) } ?? false }
    default: return left == right
    }
  }
}

extension Evaluation {
  /// `Value.equals`, charged for long texts and for the elements compared; nil too where the
  /// budget is spent.
  func equals(_ left: Value, _ right: Value) -> Bool? {
    if case .number(let left) = left, case .number(let right) = right { return left == right }
    var test = EqualityTest()
    let result = test.equals(left, right)
    return spend(EqualityTest.greatestBudget - test.budget) ? result : nil
  }

  /// `Value.compares`, charged likewise.
  func compares(_ left: Value, _ comparison: Comparison, _ right: Value) -> Bool? {
    switch comparison {
    case .equal: return equals(left, right)
    case .notEqual: return equals(left, right).map { !$0 }
    default:
      if case .string(let text) = left, !spend(text.utf8.count / 64) { return nil }
      return Value.compares(left, comparison, right)
    }
  }

  /// `ValueRange.contains`, charged likewise.
  func contains(_ range: ValueRange, _ value: Value) -> Bool? {
    if case .string(let text) = value, !spend(text.utf8.count / 32) { return nil }
    switch range.form {
    case .equal: return equals(value, range.end)
    case .notEqual: return equals(value, range.end).map { !$0 }
    default: return range.contains(value)
    }
  }
}

extension Comparison {
  /// Whether the operator holds for operands ordered -1, 0 or 1.
  @inline(__always)
  func holds(_ order: Int) -> Bool {
    switch self {
    case .equal: order == 0
    case .notEqual: order != 0
    case .less: order < 0
    case .lessOrEqual: order <= 0
    case .greater: order > 0
    case .greaterOrEqual: order >= 0
    }
  }
}

/// Whether two texts are the same sequence of code points.
///
/// Swift's `==` also holds for canonically
/// equivalent sequences, so it only sorts out the unequal ones.
@inline(__always)
func sameText(_ left: String, _ right: String) -> Bool {
  left.utf8.count == right.utf8.count && left == right && sameBytes(left, right)
}

@inline(never)
private func sameBytes(_ left: String, _ right: String) -> Bool {
  var left = left
  var right = right
  return left.withUTF8 { mine in
    right.withUTF8 { theirs in mine.elementsEqual(theirs) }
  }
}

/// The order of two texts by code points, which is the order of their UTF-8 bytes.
func orderOfTexts(_ left: String, _ right: String) -> Int {
  var mine = left.utf8.makeIterator()
  var theirs = right.utf8.makeIterator()
  while true {
    switch (mine.next(), theirs.next()) {
    case (nil, nil): return 0
    case (nil, _): return -1
    case (_, nil): return 1
    case (let byte?, let other?) where byte != other: return byte < other ? -1 : 1
    default: continue
    }
  }
}

func order<T: Comparable>(_ left: T, _ right: T) -> Int {
  left < right ? -1 : left == right ? 0 : 1
}

extension TimeOfDay {
  /// The order by `valuet` in whole seconds; where only one side has an offset the other is
  /// taken to have the same (Table 54).
  func ordered(to other: TimeOfDay) -> Int {
    let mine = offset
    let theirs = other.offset
    return order(
      comparable(offset: theirs == nil ? nil : mine),
      other.comparable(offset: mine == nil ? nil : theirs))
  }
}

extension DateTime {
  /// The order by `valuedt` in whole seconds; where only one side has an offset the other is
  /// taken to have the same (Table 54).
  func ordered(to other: DateTime) -> Int {
    if zoneCode.isPresent && other.zoneCode.isPresent {
      return order(secondsSinceEpoch ?? localSeconds, other.secondsSinceEpoch ?? localSeconds)
    }
    return order(localSeconds, other.localSeconds)
  }
}
