/// Why a regular expression, its flags or its replacement cannot be used.
struct PatternError: Error, Sendable {
  /// One sentence about the fault.
  let sentence: String

  init(_ sentence: String) { self.sentence = sentence }
}

/// A compiled regular expression of XQuery 1.0 and XPath 2.0 Functions and Operators, 7.6.1:
/// XML Schema's expressions with anchors, reluctant quantifiers, back references and flags.
struct Pattern: Sendable {
  /// One step of the matching machine.
  enum Instruction: Sendable {
    case scalar(Unicode.Scalar)
    /// One of the pattern's sets by its number.
    case set(Int)
    /// Tries `first`, and `second` when that fails.
    case split(first: Int, second: Int)
    case jump(Int)
    /// Keeps the place as the start (even) or end (odd) of a group.
    case save(Int)
    case back(Int)
    case textStart, textEnd, lineStart, lineEnd
    /// Keeps the place at which a loop's body begins.
    case mark(Int)
    /// Fails when the body of the loop consumed nothing.
    case progress(Int)
    case match
  }

  let program: [Instruction]
  let sets: [ScalarSet]
  let groupCount: Int
  let markCount: Int
  let ignoresCase: Bool
  /// Whether the text is taken literally (flag q), the replacement too.
  let isQuoted: Bool

  /// Reads a pattern and its flags.
  static func compiled(
    _ text: String, flags: String, limits: Limits
  ) throws(PatternError) -> Pattern {
    guard text.utf8.count <= limits.patternLength else {
      throw PatternError("the pattern is longer than \(limits.patternLength) bytes")
    }
    let options = try Options(flags)
    var parser = PatternParser(text, options)
    let root = options.isQuoted ? parser.literal() : try parser.parseWhole()
    var emitter = PatternEmitter(ignoresCase: options.ignoresCase)
    try emitter.emit(root)
    emitter.append(.match)
    return Pattern(
      program: emitter.program, sets: emitter.sets, groupCount: parser.groupCount,
      markCount: emitter.markCount,
      ignoresCase: options.ignoresCase, isQuoted: options.isQuoted)
  }

  /// The flags s, m, i, x and q.
  struct Options: Sendable {
    var dotMatchesAll = false
    var isMultiline = false
    var ignoresCase = false
    var ignoresSpace = false
    var isQuoted = false

    init(_ flags: String) throws(PatternError) {
      for flag in flags.unicodeScalars {
        switch flag {
        case "s": dotMatchesAll = true
        case "m": isMultiline = true
        case "i": ignoresCase = true
        case "x": ignoresSpace = true
        case "q": isQuoted = true
        default: throw PatternError("there is no flag '\(flag)'; the flags are s, m, i, x and q")
        }
      }
    }
  }
}

/// The syntax tree of a pattern.
indirect enum PatternNode: Sendable {
  case empty
  case scalar(Unicode.Scalar)
  case set(ScalarSet)
  case sequence([PatternNode])
  case choice([PatternNode])
  case group(Int?, PatternNode)
  case back(Int)
  case anchor(Pattern.Instruction)
  case repeated(PatternNode, least: Int, most: Int?, isReluctant: Bool)
}

/// Writes the program of a pattern.
struct PatternEmitter {
  private(set) var program: [Pattern.Instruction] = []
  private(set) var markCount = 0
  private(set) var sets: [ScalarSet] = []
  private let ignoresCase: Bool

  /// Instructions that a pattern may become; counted repetitions are written out.
  private static let longest = 20_000

  init(ignoresCase: Bool) { self.ignoresCase = ignoresCase }

  mutating func append(_ instruction: Pattern.Instruction) { program.append(instruction) }

  private mutating func append(_ set: ScalarSet) {
    append(.set(sets.count))
    sets.append(set.indexed)
  }

  mutating func emit(_ node: PatternNode) throws(PatternError) {
    guard program.count <= PatternEmitter.longest else {
      throw PatternError("the pattern's repetitions are too large")
    }
    switch node {
    case .empty: break
    case .scalar(let scalar):
      if ignoresCase {
        append(ScalarSet(scalar: scalar).caseless)
      } else {
        append(.scalar(scalar))
      }
    case .set(let set): append(ignoresCase ? set.caseless : set)
    case .sequence(let nodes): for node in nodes { try emit(node) }
    case .choice(let nodes): try emitChoice(nodes[...])
    case .group(let number, let inner):
      if let number { append(.save(2 * number)) }
      try emit(inner)
      if let number { append(.save(2 * number + 1)) }
    case .back(let group): append(.back(group))
    case .anchor(let instruction): append(instruction)
    case .repeated(let inner, let least, let most, let isReluctant):
      for _ in 0..<least { try emit(inner) }
      if let most {
        try emitOptional(inner, times: most - least, isReluctant)
      } else {
        try emitLoop(inner, isReluctant)
      }
    }
  }

  private mutating func emitChoice(_ nodes: ArraySlice<PatternNode>) throws(PatternError) {
    guard let first = nodes.first else { return }
    guard nodes.count > 1 else { return try emit(first) }
    let split = program.count
    append(.jump(0))
    try emit(first)
    let jump = program.count
    append(.jump(0))
    program[split] = .split(first: split + 1, second: program.count)
    try emitChoice(nodes.dropFirst())
    program[jump] = .jump(program.count)
  }

  private mutating func emitOptional(
    _ inner: PatternNode, times: Int, _ isReluctant: Bool
  ) throws(PatternError) {
    var splits: [Int] = []
    for _ in 0..<times {
      splits.append(program.count)
      append(.jump(0))
      try emit(inner)
    }
    for split in splits {
      program[split] =
        isReluctant
        ? .split(first: program.count, second: split + 1)
        : .split(first: split + 1, second: program.count)
    }
  }

  private mutating func emitLoop(
    _ inner: PatternNode, _ isReluctant: Bool
  ) throws(PatternError) {
    let mark = markCount
    markCount += 1
    let split = program.count
    append(.jump(0))
    append(.mark(mark))
    try emit(inner)
    append(.progress(mark))
    append(.jump(split))
    program[split] =
      isReluctant
      ? .split(first: program.count, second: split + 1)
      : .split(first: split + 1, second: program.count)
  }
}
