import Advice
import ArgumentParser
import CRM
import DMN
import FEEL
import Foundation
import JSON
import Quantities

/// Evaluates a decision of a DMN model.
struct Evaluate: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Evaluate a decision of a DMN model and say why.",
    discussion: """
      One JSON line for each input: {"decision", "result", "causes", "trace"}.
      Dates, times and durations are strings, numbers are exact. An input that
      the model does not have and one of another type are refused line by line;
      one that is absent is null, and told where --input leaves it out. A model
      that cannot be read is drawn with its faults.

      Examples:
        steward evaluate rules.dmn --decision price --input '{"age": 30, "date": "2026-11-22"}'
        steward evaluate rules.dmn imported.dmn --decision price --inputs inputs.jsonl --trace none
        echo '{"age": 30}' | steward evaluate rules.dmn --decision price --inputs -
      """)

  @Argument(help: "The model, followed by the models that it imports.")
  var models: [String]

  @Option(help: ArgumentHelp("The decision or decision service.", valueName: "name"))
  var decision: String

  @Option(help: ArgumentHelp("The inputs, a JSON object.", valueName: "json"))
  var input: String?

  @Option(
    help: ArgumentHelp(
      "A file with a JSON object a line; - is the standard input.", valueName: "file"))
  var inputs: String?

  @Option(
    help: ArgumentHelp(
      "How much to record: none, causes, hits, or misses for the rules that missed too.",
      valueName: "level"))
  var trace = "hits"

  @OptionGroup var clock: ClockOptions

  private var level: TraceLevel? {
    TraceLevel.allCases.first { "\($0)" == trace }
  }

  func validate() throws {
    guard !models.isEmpty else { throw ValidationError("name a model") }
    guard input == nil || inputs == nil else {
      throw ValidationError("--input and --inputs exclude each other")
    }
    guard level != nil else { throw ValidationError("'\(trace)' is no level of tracing") }
  }

  func run() async throws {
    let model = try ModelFiles.load(models)
    let isService = model.decision(decision) == nil
    guard !isService || model.services.contains(decision) else {
      throw ModelFiles.missing(decision, in: model)
    }
    let reader = try InputReader(model, deciding: isService ? nil : decision)
    var output = try OutputFile(nil)
    if let inputs {
      var lines = try Lines(path: inputs)
      let progress = Progress("evaluating")
      while let line = lines.next() {
        guard line.bytes.contains(where: { $0 > 0x20 }) else { continue }
        let context = try reader.context(line.bytes, name: inputs, line: line.number)
        try output.write(try answer(model, isService: isService, context))
        progress.update(line.number)
      }
      if let fault = lines.fault { throw fault }
    } else {
      let context = try reader.context(Array((input ?? "{}").utf8), name: "--input", line: 1)
      reader.tellMissing(context, name: "--input")
      try output.write(try answer(model, isService: isService, context))
    }
    try output.finish()
  }

  private func answer(
    _ model: Model, isService: Bool, _ context: Context
  ) throws -> [UInt8] {
    let level = level ?? .hits
    let outcome =
      isService
      ? model.evaluate(service: decision, context, now: clock.moment, trace: level)
      : model.evaluate(decision, context, now: clock.moment, trace: level)
    var writer = TraceWriter()
    try writer.write(outcome, of: decision, level)
    return writer.line
  }
}

extension ClockOptions {
  /// What `now()` and `today()` answer.
  var moment: DateTime? {
    let microseconds = clocks.business().microseconds
    return DateTime(
      secondsSinceEpoch: microseconds / 1_000_000,
      nanosecond: Int(microseconds % 1_000_000) * 1_000)
  }
}

/// Model files as the command line names them.
enum ModelFiles {
  /// The largest model file, in bytes.
  static let sizeLimit = 64 << 20

  /// Reads and checks a model with the models that it imports.
  ///
  /// - Throws: ``Failure`` with every problem drawn.
  static func load(_ paths: [String]) throws -> Model {
    let files = try paths.map { ModelFile(name: $0, bytes: try read($0)) }
    do throws(ModelProblems) {
      return try Model.load(files, functions: Calculators.functions)
    } catch {
      throw Failure("the model cannot be used\n\(error)")
    }
  }

  /// The failure of a model without a decision that was asked for.
  static func missing(_ decision: String, in model: Model) -> Failure {
    let names = (model.decisions.map(\.name) + model.services).map { "'\($0)'" }
    return Failure(
      "the model has no decision '\(decision)'; it has \(names.joined(separator: ", "))")
  }

  /// The bytes of a file.
  static func read(_ path: String) throws -> [UInt8] {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw Failure("'\(path)' is a folder; name a file in it")
    }
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      guard data.count <= sizeLimit else {
        throw Failure("'\(path)' is larger than \(sizeLimit) bytes")
      }
      return Array(data)
    } catch let failure as Failure {
      throw failure
    } catch {
      throw Failure("cannot read '\(path)': \(Failure.reason(error))")
    }
  }
}
