import Advice
import ArgumentParser
import DMN
import FEEL
import Foundation
import JSON
import Quantities

/// Measures models on this machine, with their results checked.
struct RulesMeasure: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "measure",
    abstract: "Measure how fast the models of a folder run on this machine.",
    discussion: """
      The folder holds models (*.dmn), inputs.json (an array of objects) and
      expected.json: for each model an array with the result of each record,
      under the name of the model's file or the beginning of it. All results
      are checked first; a wrong one ends with 1. Then, on one thread, come
      the evaluations per second of processor time (median of the rounds), the
      time to load and compile, and the growth of resident memory per loaded
      copy as a multiple of the file.

      Examples:
        steward rules measure tables
        steward rules measure tables --rounds 9 --seconds 2 --json
      """)

  @Argument(help: "The folder.")
  var folder: String

  @Option(help: ArgumentHelp("How many rounds are measured.", valueName: "count"))
  var rounds = 5

  @Option(help: ArgumentHelp("Processor time of a round.", valueName: "seconds"))
  var seconds = 1.0

  @Flag(help: "One JSON line for each model.")
  var json = false

  private static let endings = (model: ".dmn", limit: 1_000)

  func validate() throws {
    guard (1...99).contains(rounds) else { throw ValidationError("--rounds is from 1 to 99") }
    guard seconds >= 0.01, seconds <= 600 else {
      throw ValidationError("--seconds is from 0.01 to 600")
    }
  }

  func run() async throws {
    let url = URL(filePath: folder, directoryHint: .isDirectory)
    let names = try RuleFolder.names(in: url).filter { $0.hasSuffix(Self.endings.model) }
    guard !names.isEmpty else { throw Failure("'\(folder)' holds no .dmn file") }
    let inputs = try array(url.appending(path: "inputs.json"))
    let expected = try node(url.appending(path: "expected.json"))
    var trials: [ModelTrial] = []
    for name in names.prefix(Self.endings.limit) {
      let stem = String(name.dropLast(Self.endings.model.count))
      guard let results = Self.results(of: stem, in: expected) else {
        throw Failure("expected.json has nothing for '\(stem)'")
      }
      let bytes = try ModelFiles.read(url.appending(path: name).path)
      trials.append(
        try ModelTrial(stem, ModelFile(name: name, bytes: bytes), inputs, results))
    }
    var lines = try trials.map { try $0.checked() }
    // All copies are kept until the end, so that none takes the memory that another gave back.
    var copies: [[Model]] = []
    for (place, trial) in trials.enumerated() {
      copies.append([])
      lines[place].growth = try trial.growth(of: &copies[place])
    }
    withExtendedLifetime(copies) {}
    copies.removeAll()
    // The models take turns, so that what else the machine does falls on all of them.
    for _ in 0..<rounds {
      for (place, trial) in trials.enumerated() {
        try trial.run(for: seconds, into: &lines[place])
      }
    }
    print(json ? lines.map(\.json).joined(separator: "\n") : MeasuredModel.table(lines))
  }

  /// The results for a model: under its name, or under the longest beginning of it.
  private static func results(of stem: String, in expected: JSONNode) -> [JSONNode]? {
    if let list = expected.elements { return list }
    let found = (expected.members ?? []).filter { stem.hasPrefix($0.key) && !$0.key.isEmpty }
    return found.max { $0.key.utf8.count < $1.key.utf8.count }?.value.elements
  }

  private func node(_ url: URL) throws -> JSONNode {
    do {
      return try JSONNode.parse(try ModelFiles.read(url.path), limits: .file)
    } catch let error as JSONSyntaxError {
      throw Failure("\(url.path): \(error)")
    }
  }

  private func array(_ url: URL) throws -> [JSONNode] {
    guard let list = try node(url).elements, !list.isEmpty else {
      throw Failure("\(url.path): an array of objects is expected")
    }
    return list
  }
}

/// A model with records whose results are known.
private struct ModelTrial {
  private let stem: String
  private let file: ModelFile
  private let model: Model
  private let decision: Decision
  private let names: [String]
  private let records: [[Value]]
  private let expected: [JSONNode]

  /// Copies that are loaded to see how memory grows.
  private static let copies = 20

  init(
    _ stem: String, _ file: ModelFile, _ inputs: [JSONNode], _ expected: [JSONNode]
  ) throws {
    guard inputs.count == expected.count else {
      throw Failure("\(stem): \(inputs.count) inputs and \(expected.count) expected results")
    }
    self.stem = stem
    self.file = file
    self.expected = expected
    model = try Self.load(file)
    guard let decision = Self.decision(of: model, stem) else {
      throw Failure("\(file.name) has no decision")
    }
    self.decision = decision
    let known = model.inputs
    names = known.map(\.name)
    records = inputs.map { input in
      known.map { item in input[item.name].map { Value(fromJSON: $0, as: item.type) } ?? .null }
    }
  }

  /// The decision that the file is named after, else the last one that no other requires.
  private static func decision(of model: Model, _ stem: String) -> Decision? {
    let plain = { (text: String) in text.lowercased().filter { $0.isLetter || $0.isNumber } }
    let results = model.results
    return results.first { plain($0.name) == plain(stem) } ?? results.last ?? model.decisions.last
  }

  private static func load(_ file: ModelFile) throws -> Model {
    do throws(ModelProblems) {
      return try Model.load([file])
    } catch {
      throw Failure("the model cannot be used\n\(error)")
    }
  }

  /// Checks every result, one by one and in a batch.
  func checked() throws -> MeasuredModel {
    let batch = try model.plan(decision.name, inputs: names).makeBatch()
    try check { batch.evaluate($0) }
    try check { record in
      model.evaluate(decision.name, Context(zip(names, record).map { ($0, $1) })).value
    }
    return MeasuredModel(
      name: stem, ruleCount: RuleCoverage(model).ruleCount, records: records.count)
  }

  /// Measures one round.
  func run(for seconds: Double, into line: inout MeasuredModel) throws {
    let loading = ProcessorClock()
    _ = try Self.load(file)
    line.loading.append(loading.processor)
    let batch = try model.plan(decision.name, inputs: names).makeBatch()
    for record in records { _ = batch.evaluate(record) }
    let clock = ProcessorClock()
    var count = 0
    repeat {
      for record in records { _ = batch.evaluate(record) }
      count += records.count
    } while clock.processor < seconds
    line.rates.append(Double(count) / clock.processor)
    line.wallRates.append(Double(count) / clock.wall)
  }

  private func check(_ evaluate: ([Value]) -> Value) throws {
    for (place, record) in records.enumerated() {
      let wanted = Value(fromJSON: expected[place], as: decision.type)
      let found = evaluate(record)
      guard KitComparison.kit.matches(found, wanted) else {
        throw Failure("\(stem): record \(place + 1): expected \(wanted), found \(found)")
      }
    }
  }

  /// How much resident memory a loaded copy takes, as a multiple of the file.
  func growth(of copies: inout [Model]) throws -> Double {
    copies.reserveCapacity(Self.copies)
    let before = ProcessorClock.residentBytes
    for _ in 0..<Self.copies { copies.append(try Self.load(file)) }
    let grown = Double(ProcessorClock.residentBytes - before)
    return grown / Double(Self.copies) / Double(max(file.bytes.count, 1))
  }
}

/// What was measured of a model.
private struct MeasuredModel {
  let name: String
  let ruleCount: Int
  let records: Int
  var rates: [Double] = []
  var wallRates: [Double] = []
  var loading: [Double] = []
  var growth = 0.0

  private static func median(_ list: [Double]) -> Double {
    let sorted = list.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
  }

  private var cells: [String] {
    [
      name, "\(ruleCount)", "\(records)/\(records)", "\(Int(Self.median(rates)))",
      "\(Int(rates.min() ?? 0))-\(Int(rates.max() ?? 0))", "\(Int(Self.median(wallRates)))",
      String(format: "%.1f", Self.median(loading) * 1_000), String(format: "%.2f", growth),
    ]
  }

  /// The lines as a table with the names of its columns.
  static func table(_ lines: [MeasuredModel]) -> String {
    let header = [
      "model", "rules", "right", "per CPU-s", "lowest-highest", "per second", "load ms",
      "memory / XML",
    ]
    let rows = [header] + lines.map(\.cells)
    let widths = header.indices.map { place in rows.map { $0[place].count }.max() ?? 0 }
    return rows.map { row in
      row.enumerated().map { place, cell in
        let padding = String(repeating: " ", count: widths[place] - cell.count)
        return place == 0 ? cell + padding : padding + cell
      }.joined(separator: "  ")
    }.joined(separator: "\n")
  }

  /// The line for programs.
  var json: String {
    var writer = JSONWriter(capacity: 256)
    let number = { (value: Double) in Decimal128(String(format: "%.3f", value)) ?? .zero }
    writer.beginObject()
    writer.member("model", name)
    writer.member("rules", ruleCount)
    writer.member("records", records)
    for (key, value) in [
      ("perProcessorSecond", Self.median(rates)), ("perSecond", Self.median(wallRates)),
      ("loadMilliseconds", Self.median(loading) * 1_000), ("memoryPerByte", growth),
    ] {
      writer.key(key)
      writer.number(number(value))
    }
    writer.endObject()
    return String(decoding: writer.bytes, as: UTF8.self)
  }
}

/// The processor time and the time of the day that went by.
private struct ProcessorClock {
  private let startProcessor = Self.processorSeconds
  private let startWall = ContinuousClock.now

  /// Seconds of processor time since the clock was made.
  var processor: Double { Self.processorSeconds - startProcessor }

  /// Seconds since the clock was made.
  var wall: Double { (ContinuousClock.now - startWall) / .seconds(1) }

  private static var processorSeconds: Double {
    var time = timespec()
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// The resident memory of the process.
  static var residentBytes: Int {
    let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0
    return pages * Int(sysconf(Int32(_SC_PAGESIZE)))
  }
}
