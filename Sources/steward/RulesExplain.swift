import ArgumentParser
import DMN
import FEEL
import Foundation
import JSON

/// Says in words what rules say, and why they answered as they did.
struct RulesExplain: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Say in words what a model decides, or why it decided so.",
    discussion: """
      Without an input, every decision is told in words, rule by rule. With
      one, the decision is made and told step by step: what was looked at,
      which rules hit and by which cells, which missed and by which cell, and
      why values are null.

      Examples:
        steward rules explain rules.dmn
        steward rules explain rules.dmn --decision price
        steward rules explain rules.dmn --decision price --input '{"age": 30}'
      """)

  @Argument(help: "The model, followed by the models that it imports.")
  var models: [String]

  @Option(help: ArgumentHelp("The decision; by default all of them.", valueName: "name"))
  var decision: String?

  @Option(help: ArgumentHelp("The inputs, a JSON object.", valueName: "json"))
  var input: String?

  @OptionGroup var clock: ClockOptions

  func validate() throws {
    guard !models.isEmpty else { throw ValidationError("name a model") }
    guard input == nil || decision != nil else {
      throw ValidationError("--input needs --decision")
    }
  }

  func run() async throws {
    let model = try ModelFiles.load(models)
    guard let input, let decision else {
      let words = model.words.filter { decision == nil || $0.name == decision }
      guard !words.isEmpty else { throw ModelFiles.missing(decision ?? "", in: model) }
      print(words.map(\.description).joined(separator: "\n\n"))
      return
    }
    guard model.decision(decision) != nil else { throw ModelFiles.missing(decision, in: model) }
    let reader = try InputReader(model, deciding: decision)
    let context = try reader.context(Array(input.utf8), name: "--input", line: 1)
    reader.tellMissing(context, name: "--input")
    let outcome = model.evaluate(decision, context, now: clock.moment, trace: .misses)
    let explanation = OutcomeWords(outcome)
    print(explanation.text)
  }
}

/// An evaluation told step by step.
struct OutcomeWords {
  private(set) var lines: [String] = []

  /// Rules that missed and are shown of one table.
  private static let missesLimit = 100
  /// The longest text of a value that is shown.
  private static let valueLimit = 200

  /// The lines.
  var text: String { lines.joined(separator: "\n") }

  init(_ outcome: DMN.Outcome) {
    for step in outcome.trace.steps { add(step) }
    if outcome.trace.steps.isEmpty { lines += outcome.causes.map { $0.sentence } }
  }

  private mutating func add(_ step: Trace.Step) {
    lines.append("\(step.name) is \(Self.short(step.value))")
    for reading in step.inputs {
      lines.append("  it looked at \(reading.name), which is \(Self.short(reading.value))")
    }
    for table in step.tables { add(table) }
    lines += step.causes.map { "  null, since \($0.sentence)" }
  }

  private mutating func add(_ table: TableTrace) {
    for hit in table.hits {
      let reasons = hit.cells.map { Self.words($0) }
      let outputs = hit.outputs.map { "\($0.name) = \(Self.short($0.value))" }
      let notes = hit.annotations.map(\.text).filter { !$0.isEmpty }
      lines.append(
        "  rule \(Self.title(hit.number, hit.id)) hit"
          + (reasons.isEmpty ? ", as always" : " since " + reasons.joined(separator: " and "))
          + ": " + outputs.joined(separator: ", ")
          + (notes.isEmpty ? "" : " (" + notes.joined(separator: "; ") + ")"))
    }
    let misses = table.misses
    for miss in misses.prefix(Self.missesLimit) {
      lines.append(
        "  rule \(Self.title(miss.number, miss.id)) missed: \(miss.cell.name) is "
          + "\(Self.short(miss.cell.value)) (asked: \(miss.cell.text))")
    }
    if misses.count > Self.missesLimit {
      lines.append("  and \(misses.count - Self.missesLimit) more rules missed")
    }
  }

  private static func title(_ number: Int, _ id: String?) -> String {
    "\(number)" + (id.map { " (\($0))" } ?? "")
  }

  private static func words(_ cell: TableTrace.Cell) -> String {
    "\(cell.name) is \(short(cell.value)) (asked: \(cell.text))"
  }

  private static func short(_ value: Value) -> String {
    let text = value.literalText
    return text.count <= valueLimit ? text : text.prefix(valueLimit) + "…"
  }
}
