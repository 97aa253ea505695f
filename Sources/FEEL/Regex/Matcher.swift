/// Runs a pattern over a text: backtracking with a stack of its own and a limit of steps, so that
/// neither a long text nor a bad pattern can make it run away.
struct Matcher {
  /// A match: where it lies, and where its groups lie (nil for one that took no part).
  struct Match {
    let start: Int
    let end: Int
    let groups: [Range<Int>?]
  }

  /// What to do when the current way fails.
  private enum Retreat {
    case way(instruction: Int, place: Int)
    case group(slot: Int, place: Int)
    case mark(slot: Int, place: Int)
  }

  let scalars: [Unicode.Scalar]
  private let pattern: Pattern
  private var stepsLeft: Int
  private let steps: Int
  private var slots: [Int]
  private var marks: [Int]
  private var stack: [Retreat] = []

  init(_ pattern: Pattern, _ text: String, _ limits: Limits) {
    self.pattern = pattern
    scalars = Array(text.unicodeScalars)
    steps = limits.patternSteps
    stepsLeft = limits.patternSteps
    slots = Array(repeating: -1, count: 2 * (pattern.groupCount + 1))
    marks = Array(repeating: -1, count: pattern.markCount)
  }

  /// The steps taken so far.
  var stepsTaken: Int { steps - max(stepsLeft, 0) }

  /// The first match at or after `start`.
  ///
  /// The limit of steps holds for all searches together.
  mutating func search(from start: Int) throws(PatternError) -> Match? {
    guard start <= scalars.count else { return nil }
    for place in start...scalars.count {
      if let end = try run(from: place) {
        let groups = (0...pattern.groupCount).map { group -> Range<Int>? in
          if group == 0 { return place..<end }
          let low = slots[2 * group]
          let high = slots[2 * group + 1]
          return low >= 0 && high >= low ? low..<high : nil
        }
        return Match(start: place, end: end, groups: groups)
      }
    }
    return nil
  }

  /// Whether and where a match that begins at `start` ends.
  private mutating func run(from start: Int) throws(PatternError) -> Int? {
    for slot in slots.indices { slots[slot] = -1 }
    stack.removeAll(keepingCapacity: true)
    var instruction = 0
    var place = start
    while true {
      stepsLeft -= 1
      guard stepsLeft >= 0 else {
        throw PatternError("the pattern needs more than \(steps) steps for this text")
      }
      if case .match = pattern.program[instruction] { return place }
      if try step(&instruction, &place) { continue }
      guard retreat(&instruction, &place) else { return nil }
    }
  }

  /// Executes one instruction; false when this way fails.
  private mutating func step(
    _ instruction: inout Int, _ place: inout Int
  ) throws(PatternError) -> Bool {
    switch pattern.program[instruction] {
    case .scalar(let scalar):
      guard place < scalars.count, scalars[place] == scalar else { return false }
      place += 1
    case .set(let set):
      guard place < scalars.count, pattern.sets[set].contains(scalars[place]) else { return false }
      place += 1
    case .split(let first, let second):
      stack.append(.way(instruction: second, place: place))
      instruction = first
      return true
    case .jump(let target):
      instruction = target
      return true
    case .save(let slot):
      stack.append(.group(slot: slot, place: slots[slot]))
      slots[slot] = place
    case .back(let group):
      guard let end = reference(group, at: place) else { return false }
      place = end
    case .textStart: if place != 0 { return false }
    case .textEnd: if place != scalars.count { return false }
    case .lineStart:
      // A line feed at the very end begins no further line (7.6.1.1).
      if place != 0, scalars[place - 1] != "\n" || place == scalars.count { return false }
    case .lineEnd: if place != scalars.count, scalars[place] != "\n" { return false }
    case .mark(let slot):
      stack.append(.mark(slot: slot, place: marks[slot]))
      marks[slot] = place
    case .progress(let slot): if marks[slot] == place { return false }
    case .match: return true
    }
    instruction += 1
    return true
  }

  private mutating func retreat(_ instruction: inout Int, _ place: inout Int) -> Bool {
    while let last = stack.popLast() {
      switch last {
      case .way(let target, let origin):
        instruction = target
        place = origin
        return true
      case .group(let slot, let old): slots[slot] = old
      case .mark(let slot, let old): marks[slot] = old
      }
    }
    return false
  }

  /// The end of a repetition of the group's text; a group that took no part matches nothing.
  private mutating func reference(_ group: Int, at place: Int) -> Int? {
    let low = slots[2 * group]
    let high = slots[2 * group + 1]
    guard low >= 0, high >= low else { return place }
    guard place + high - low <= scalars.count else { return nil }
    stepsLeft -= high - low
    for offset in 0..<(high - low) {
      let mine = scalars[low + offset]
      let theirs = scalars[place + offset]
      if mine == theirs { continue }
      guard pattern.ignoresCase, CaseVariants.match(mine, theirs) else { return nil }
    }
    return place + high - low
  }
}
