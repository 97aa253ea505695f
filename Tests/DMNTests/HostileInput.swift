import DMN
import FEEL
import Quantities

/// One input of the fuzzer: what a stranger could hand to the libraries.
///
/// The first byte says which door it knocks at; the rest is what is handed in. The fuzzer of
/// `Scripts/fuzz` and the test of its saved corpus both run this.
enum HostileInput {
  /// The doors.
  enum Door: UInt8, CaseIterable {
    /// A FEEL expression: lexer, parser, evaluator.
    case expression
    /// A cell of a decision table, with inputs of several kinds.
    case tests
    /// A text, a pattern and flags between line feeds.
    case pattern
    /// A model: XML reader, compiler, evaluation, analysis, export.
    case model
  }

  /// Handles one input; any answer is right, but there must be one, soon and in little memory.
  static func handle(_ bytes: [UInt8]) {
    guard let first = bytes.first else { return }
    let doors = Door.allCases
    let rest = bytes.dropFirst()
    switch doors[Int(first) % doors.count] {
    case .expression: expression(String(decoding: rest, as: UTF8.self))
    case .tests: tests(String(decoding: rest, as: UTF8.self))
    case .pattern: pattern(String(decoding: rest, as: UTF8.self))
    case .model: model(Array(rest))
    }
  }

  private static let now = DateTime(secondsSinceEpoch: 1_750_000_000, nanosecond: 5)

  private static func frame() -> Frame? { now.map { Frame(Evaluation(now: $0, recording: true)) } }

  private static func expression(_ text: String) {
    var scope = Scope()
    let slots = [
      scope.declare("a", .number), scope.declare("a list", .list(.number)),
      scope.declare("b", .any),
    ]
    guard let expression = try? Expression.parse(text, scope: scope), let frame = frame() else {
      return
    }
    for (slot, value) in zip(slots, [7, [1, 2, 3], "text"] as [Value]) { frame[slot] = value }
    let value = expression.evaluate(frame)
    // What is written must read back, wherever FEEL can write it.
    if case .number = value { _ = try? Expression.parse(value.literalText) }
    _ = expression.problems.map(\.description)
  }

  private static func tests(_ text: String) {
    for type in [Type.any, .number, .string] {
      guard let tests = try? UnaryTests.parse(text, input: type), let frame = frame() else {
        continue
      }
      for value in [5, "a", true, .null, [1, 2]] as [Value] {
        let result = tests.matches(value, frame)
        if let form = tests.form { precondition(form.matches(value) == result) }
      }
    }
  }

  private static func pattern(_ text: String) {
    let parts = text.split(separator: "\n", maxSplits: 2, omittingEmptySubsequences: false)
    var scope = Scope()
    let slots = ["t", "p", "f"].map { scope.declare($0, .string) }
    for call in ["matches(t, p, f)", "replace(t, p, \"$1\", f)", "split(t, p)"] {
      guard let expression = try? Expression.parse(call, scope: scope), let frame = frame() else {
        continue
      }
      for (place, slot) in slots.enumerated() {
        frame[slot] = .string(place < parts.count ? String(parts[place]) : "")
      }
      _ = expression.evaluate(frame)
    }
  }

  private static func model(_ bytes: [UInt8]) {
    let files = [ModelFile(name: "hostile.dmn", bytes: bytes)]
    do {
      let model = try Model.load(files, strictness: .lenient)
      let inputs = Context(
        model.inputs.enumerated().map { place, input in
          (key: input.name, value: ([5, "a", true, .null] as [Value])[place % 4])
        })
      for decision in model.decisions.prefix(8) {
        _ = model.evaluate(decision.name, inputs, now: now, trace: .misses).causes
      }
      _ = model.analyse()
      _ = model.export()
      _ = model.words.map(\.description)
      precondition(model.changes(since: model).isEmpty)
    } catch {
      _ = "\(error)"
    }
  }
}
