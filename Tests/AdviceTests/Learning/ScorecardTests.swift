import Advice
import DMN
import FEEL
import Quantities
import Testing

@Suite("Scorecards learned from data")
struct ScorecardTests {
  private static let rows = Array(0..<600)

  @Test("The rule behind the data is found again: its columns, its cut and its odds")
  func recovery() throws {
    let task = try LearningSample.clients(1_000, seed: 3).task()
    let card = task.scorecard(rows: Array(0..<1_000))
    #expect(card.tables.prefix(2).map(\.names) == [["income"], ["work"]])
    let income = card.tables[0]
    let tests = income.bins.map { income.test($0, 0) }
    #expect(tests.last == "null", "missing incomes have a bin of their own: \(tests)")
    let cuts = tests.compactMap { Int($0.drop { !$0.isNumber }.prefix { $0.isNumber }) }
    #expect(cuts.contains { (27...33).contains($0) }, "\(tests)")
    let points = income.bins.map(\.points)
    // Odds of 1 against 1 to 9 are 63 points apart, those of missing incomes between.
    let low = try #require(points.first)
    let high = points[points.count - 2]
    #expect((40...80).contains(low - high), "\(points)")
    #expect((high...low).contains(points[points.count - 1]), "\(points)")
    let work = card.tables[1]
    let none = try #require(work.bins.first { work.test($0, 0).contains("none") })
    #expect((12...50).contains(none.points), "\(none.points)")
  }

  @Test("No scorecard has more than eight tables of five bins, and asks a column once")
  func limits() throws {
    var sample = LearningSample.clients(600, seed: 5)
    for place in 0..<9 {
      sample = sample.adding("more\(place)") { row, index in
        "\((index * (place + 3)) % 17 + (row[4] == "1" ? place % 3 : 0))"
      }
    }
    var task = try sample.task()
    task.allowsPairs = true
    for limit in [16, 3] {
      task.columnLimit = limit
      let card = task.scorecard(rows: Self.rows)
      #expect(card.tables.count <= 8)
      #expect(card.tables.allSatisfy { $0.bins.count <= 5 && $0.bins.count > 1 })
      let asked = card.tables.flatMap(\.names)
      #expect(Set(asked).count == asked.count && asked.count <= limit, "\(asked)")
    }
  }

  @Test(
    "Points follow the order that is declared, whatever the data says", arguments: [true, false])
  func monotone(isRising: Bool) throws {
    var task = try LearningSample.clients(600, seed: 11)
      .adding("bent") { row, place in "\(row[4] == "1" ? place % 3 * 20 : place % 40)" }.task()
    task.directions = ["bent": isRising, "shape": isRising, "income": isRising]
    let card = task.scorecard(rows: Self.rows)
    for table in card.tables where task.directions[table.names[0]] != nil {
      #expect(table.names.count == 1)
      let points = table.bins.filter { table.test($0, 0) != "null" }.map(\.points)
      #expect(points == points.sorted { isRising ? $0 < $1 : $0 > $1 }, "\(table.names) \(points)")
    }
  }

  @Test("The same seed gives the same bytes, and the seed is what decides")
  func determinism() throws {
    let task = try LearningSample.clients(400, seed: 7).task()
    let bytes = (0..<2).map { _ in Self.model(task, rows: Array(0..<400)).bytes }
    #expect(bytes[0] == bytes[1])
    let folds = Folds(task.outcome, count: 5, seed: 1)
    #expect(folds.parts == Folds(task.outcome, count: 5, seed: 1).parts)
    #expect(folds.parts != Folds(task.outcome, count: 5, seed: 2).parts)
    #expect(folds.parts.flatMap { $0 }.sorted() == Array(0..<400))
    let rates = folds.parts.map { part in part.count { task.outcome[$0] } }
    #expect((rates.max() ?? 0) - (rates.min() ?? 0) <= 1, "each part has its share: \(rates)")
  }

  @Test("The model decides by our engine what the scorecard says, odd names and values included")
  func equality() throws {
    let sample = LearningSample.clients(500, seed: 13)
      .adding("emp.var.rate") { row, place in row[4] == "1" ? "-1.\(place % 7)" : "0.\(place % 9)" }
      .adding("if") { row, place in place % 5 == 0 ? "say \\ so" : row[4] == "1" ? "ă б" : "'x" }
      .adding("2nd points") { _, place in "\(place % 6)e3" }
    var task = try sample.task()
    for allowsPairs in [false, true] {
      task.allowsPairs = allowsPairs
      let fitted = Array(0..<300)
      let card = task.scorecard(rows: fitted)
      let model = try Model.load([
        ModelFile(name: "card.dmn", bytes: Self.model(task, rows: fitted).bytes)
      ])
      let record = try #require(
        ScorecardRecord(model.evaluate("record", [:], trace: .none).value))
      let all = Array(0..<500)
      for (row, points) in zip(all, card.points(task.predictors, rows: all)) {
        var inputs: [(key: String, value: Value)] = []
        for input in record.inputs {
          let place = try #require(sample.header.firstIndex(of: input.column))
          let text = sample.rows[row][place]
          let number = Decimal128(text).map { Value.number($0) }
          inputs.append(
            (input.name, text.isEmpty ? .null : input.isNumber ? number ?? .null : .string(text)))
        }
        let chance = model.evaluate("probability", Context(inputs), trace: .none).value.decimal
        let expected = Scorecard.chance(points: points)
        #expect(abs((chance?.doubleValue ?? -1) - expected) < 1e-6, "row \(row)")
      }
      let odd = model.evaluate("points", ["if_": "never seen"], trace: .none).value
      #expect(odd.decimal?.integerValue != nil, "what no row had still has points: \(odd)")
    }
  }

  @Test("A column that is never an input keeps two groups near each other")
  func fairness() throws {
    let sample = LearningSample.clients(900, seed: 17)
      .adding("group") { row, place in row[4] == "1" && place % 4 != 0 ? "a" : "b" }
      .adding("proxy") { row, place in
        "\((row[5] == "a" ? 10 : 0) + place % 12)"
      }
    var task = try sample.task(without: ["group"])
    let groups = sample.rows.map { Int8($0[5] == "a" ? 0 : 1) }
    let all = Array(0..<900)
    let positives = task.outcome.count { $0 }
    let ratio = { (card: Scorecard) in
      GroupShares(
        scores: card.points(task.predictors, rows: all).map { Double($0) }, groups: groups,
        positives: positives, isPositiveGood: false
      ).ratio
    }
    let free = ratio(task.scorecard(rows: all))
    #expect(free < 0.7)
    task.groups = groups
    let card = task.scorecard(rows: all)
    #expect(ratio(card) >= 0.8, "\(ratio(card)), without care \(free)")
    #expect(!card.tables.flatMap(\.names).contains("group"))
  }

  private static func model(_ task: ScorecardTask, rows: [Int]) -> ScorecardModel {
    let card = task.scorecard(rows: rows)
    var record = ScorecardRecord()
    record.outcome = "bad"
    record.positive = "1"
    record.excluded = ["row \"id\""]
    return ScorecardModel(
      card, predictors: task.predictors, record: record, costs: nil,
      points: card.points(task.predictors, rows: rows))
  }
}
