import Advice
import Testing

@Suite("Measures of scores and of how rows are spread")
struct MeasureTests {
  @Test(
    "The area under the curve counts pairs in order, ties by half",
    arguments: [
      ([0.9, 0.8, 0.2, 0.1], [true, true, false, false], 1.0),
      ([0.9, 0.8, 0.2, 0.1], [false, false, true, true], 0.0),
      ([0.5, 0.5, 0.5, 0.5], [true, false, true, false], 0.5),
      ([4, 3, 2, 1], [true, false, true, false], 0.75), ([1, 1], [true, true], 0.5),
    ])
  func area(scores: [Double], outcome: [Bool], expected: Double) {
    #expect(abs(ScoreQuality(scores: scores, outcome: outcome).area - expected) < 1e-12)
  }

  @Test("The best tenth and the best fifth count rows of equal scores in equal parts")
  func lift() {
    // Ten of a hundred have the outcome; four of these are among the first ten, seven in twenty.
    let outcome = (0..<100).map { [0, 1, 2, 3, 11, 12, 13, 50, 60, 70].contains($0) }
    let ordered = ScoreQuality(scores: outcome.indices.map { -Double($0) }, outcome: outcome)
    #expect(abs(ordered.lift - 4) < 1e-12 && abs(ordered.captured - 0.7) < 1e-12)
    let equal = ScoreQuality(scores: outcome.map { _ in 1 }, outcome: outcome)
    #expect(abs(equal.lift - 1) < 1e-12 && abs(equal.captured - 0.2) < 1e-12)
  }

  @Test("Costs of five to one act from a chance of one sixth on")
  func costs() {
    let costs = GuessCosts(missed: 5, falseAlarm: 1)
    #expect(abs(costs.threshold - 1.0 / 6) < 1e-12)
    let mean = costs.mean(chances: [0.1, 0.1, 0.2, 0.2], outcome: [true, false, true, false])
    #expect(abs(mean - 6.0 / 4) < 1e-12)
  }

  @Test("The stability index is nought for the same spread, and known for another")
  func stability() {
    #expect(StabilityIndex.value(expected: [0.3, 0.7], actual: [0.3, 0.7]) == 0)
    let moved = StabilityIndex.value(expected: [0.5, 0.5], actual: [0.8, 0.2])
    #expect(abs(moved - 0.415888) < 1e-6)
    #expect(StabilityIndex.value(expected: [1, 0], actual: [0, 1]) > StabilityIndex.alarm)
  }

  @Test("A column that tells the outcome by itself is seen, numbers and names alike")
  func strength() throws {
    let sample = LearningSample.clients(300, seed: 2)
      .adding("after") { row, place in "\(place % 50 + (row[4] == "1" ? 40 : 0))" }
      .adding("letter") { row, place in row[4] == "1" || place % 20 == 0 ? "sent" : "none" }
    let task = try sample.task()
    let areas = task.predictors.map { ColumnStrength.area($0, outcome: task.outcome) }
    #expect(areas.suffix(2).allSatisfy { $0 >= ColumnStrength.alarm }, "\(areas)")
    #expect(areas.prefix(4).allSatisfy { $0 < ColumnStrength.alarm }, "\(areas)")
  }

  @Test(
    "Whole numbers and texts that differ in each row are no inputs; measures and missing ones are",
    arguments: [
      (["1", "2", "3"], true), (["a", "b", "c"], true), (["0.5", "1.5", "2"], false),
      (["1", "2", "2"], false), (["1", "2", ""], false),
    ])
  func unique(texts: [String], isUnique: Bool) throws {
    var reader = try DataTableReader(header: Array("x,y".utf8))
    for (place, text) in texts.enumerated() {
      try reader.take(Array("\(text),1".utf8), number: place + 2)
    }
    let predictor = Predictor(try reader.table.columns[0], missing: [], asCategories: false)
    #expect(predictor.isUnique == isUnique)
  }

  @Test(
    "A line that is no row is named by its number",
    arguments: [
      ("1,2,3", "line 2: 3 fields"), ("1", "line 2: 1 fields"),
      ("\"1,2", "line 2: a quoted field does not end"), ("\"1\"2,3", "after a closing quote"),
      ("1,\"" + String(repeating: "x", count: 10_001), "does not end within 10000 bytes"),
    ])
  func faults(line: String, told: String) throws {
    var reader = try DataTableReader(header: Array("a,b".utf8))
    let fault = #expect(throws: DataFault.self) {
      try reader.take(Array(line.utf8), number: 2)
      _ = try reader.table
    }
    #expect(fault?.description.contains(told) ?? false, "\(String(describing: fault))")
  }

  @Test(
    "A header that names no columns is refused",
    arguments: ["a,a", "a,,b", "", "\u{1F}\u{8B}\u{8}", "a\0b"])
  func header(text: String) {
    let bytes = text.unicodeScalars.map { UInt8($0.value) }
    #expect(throws: DataFault.self) { try DataTableReader(header: bytes) }
  }

  @Test("Quotes, a byte order mark and Windows line ends are read")
  func reading() throws {
    var reader = try DataTableReader(header: [0xEF, 0xBB, 0xBF] + Array("a,b\r".utf8))
    try reader.take(Array("\"x, \"\"y\"\"\",2\r".utf8), number: 2)
    try reader.take([0x0D], number: 3)
    let table = try reader.table
    #expect(table.rowCount == 1)
    #expect(table.columns[0].text(0) == "x, \"y\"" && table.columns[1].text(0) == "2")
  }

  @Test("A quoted field goes on over lines, blank ones too, and the next record is counted right")
  func linesWithinQuotes() throws {
    var reader = try DataTableReader(header: Array("a,b,c".utf8))
    let lines = ["1,\"two\r", "", "\"\"lines\"\",\",3\r", "4,\"5\",6"]
    for (place, line) in lines.enumerated() {
      try reader.take(Array(line.utf8), number: place + 2)
    }
    let table = try reader.table
    #expect(table.rowCount == 2)
    #expect(table.columns[1].text(0) == "two\r\n\n\"lines\",")
    #expect(table.columns[2].text(0) == "3" && table.columns[0].text(1) == "4")
    let fault = #expect(throws: DataFault.self) { try reader.take(Array("7,8".utf8), number: 6) }
    #expect(fault?.description == "line 6: 2 fields where the header names 3")
  }
}
