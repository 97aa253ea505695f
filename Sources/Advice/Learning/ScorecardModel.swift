import DMN
import Quantities

/// A scorecard as a DMN model: a table of points for each table, their sum, and the chance.
package struct ScorecardModel {
  /// The decision that adds the points.
  package static let points = "points"
  /// The decision that turns points into a chance.
  package static let probability = "probability"
  /// The decision that says whether the chance is high enough to act on.
  package static let flagged = "flagged"

  private let scorecard: Scorecard
  private let predictors: [Predictor]
  private let costs: GuessCosts?
  private var record: ScorecardRecord
  /// For each column the name of its input.
  private var inputs: [Int: ScorecardRecord.Input] = [:]

  /// A model of a scorecard.
  ///
  /// - Parameters:
  ///   - record: what the model says of itself; inputs and shares are filled in.
  ///   - points: the points of the rows that it was fitted on.
  package init(
    _ scorecard: Scorecard, predictors: [Predictor], record: ScorecardRecord, costs: GuessCosts?,
    points: [Int]
  ) {
    self.scorecard = scorecard
    self.predictors = predictors
    self.costs = costs
    self.record = record
    var names = ModelNames()
    for table in scorecard.tables {
      for (column, coding) in zip(table.columns, table.codings) {
        let input = ScorecardRecord.Input(
          name: names.name(for: coding.name), column: coding.name, isNumber: coding.isOrdered)
        inputs[column] = input
        self.record.inputs.append(input)
      }
    }
    for table in scorecard.tables {
      let asked = table.columns.compactMap { inputs[$0]?.name }.joined(separator: "_")
      let decision = names.name(for: "points_" + asked)
      self.record.tables.append((decision, StabilityIndex.shares(table.bins)))
    }
    self.record.scores = StabilityIndex.bands(points)
  }

  /// The file.
  package var bytes: [UInt8] {
    let xml = XMLWriter()
    xml.element(
      "definitions",
      [
        ("xmlns", "https://www.omg.org/spec/DMN/20230324/MODEL/"), ("id", "scorecard"),
        ("name", "Scorecard of \(record.outcome)"),
        ("namespace", "https://steward.example/learned/scorecard"),
        ("exporter", record.program),
      ]
    ) {
      xml.text("description", summary)
      for input in record.inputs { write(input, to: xml) }
      for (index, table) in scorecard.tables.enumerated() {
        write(table, record.tables[index].decision, number: index + 1, to: xml)
      }
      let sum = ["\(scorecard.base)"] + record.tables.map(\.decision)
      write(
        Self.points, "number", "What do all tables say together?", sum.joined(separator: " + "),
        requires: record.tables.map(\.decision), to: xml)
      write(
        Self.probability, "number", "How likely is \(record.outcome) = \(record.positive)?",
        "decimal(1 / (1 + exp((\(Scorecard.evenOdds) - \(Self.points)) / \(Scorecard.doubling)"
          + " * log(2))), 6)", requires: [Self.points], to: xml)
      if let costs {
        write(
          Self.flagged, "boolean", "Is the chance so high that acting on it costs less?",
          "\(Self.probability) > \(decimal(costs.threshold))", requires: [Self.probability],
          to: xml)
      }
      write(
        ScorecardRecord.decision, "Any", "Where does this model come from?", record.text,
        requires: [], to: xml)
    }
    return xml.bytes
  }

  private var summary: String {
    "Learned from \(record.rows) rows, \(record.positives) of them with \(record.outcome) = "
      + "\(record.positive). Points of all tables are added: \(Scorecard.evenOdds) are even odds, "
      + "\(Scorecard.doubling) more double the odds. "
      + (record.excluded.isEmpty
        ? "No column was excluded."
        : "Excluded: \(record.excluded.joined(separator: ", ")).")
  }

  private func write(_ input: ScorecardRecord.Input, to xml: XMLWriter) {
    xml.element("inputData", [("id", "input-\(input.name)"), ("name", input.name)]) {
      if input.name != input.column { xml.text("description", "Column \(input.column).") }
      xml.element(
        "variable", [("name", input.name), ("typeRef", input.isNumber ? "number" : "string")])
    }
  }

  private func write(
    _ name: String, _ type: String, _ question: String, _ text: String, requires: [String],
    to xml: XMLWriter
  ) {
    xml.element("decision", [("id", "decision-\(name)"), ("name", name)]) {
      xml.text("question", question)
      xml.element("variable", [("name", name), ("typeRef", type)])
      for required in requires {
        xml.element("informationRequirement") {
          xml.element("requiredDecision", [("href", "#decision-\(required)")])
        }
      }
      xml.element("literalExpression") { xml.text("text", text) }
    }
  }

  private func write(
    _ table: Scorecard.Table, _ name: String, number: Int, to xml: XMLWriter
  ) {
    let asked = table.columns.compactMap { inputs[$0] }
    xml.element("decision", [("id", "decision-\(name)"), ("name", name)]) {
      xml.text("question", "How many points for \(table.names.joined(separator: " and "))?")
      xml.element("variable", [("name", name), ("typeRef", "number")])
      for input in asked {
        xml.element("informationRequirement") {
          xml.element("requiredInput", [("href", "#input-\(input.name)")])
        }
      }
      let attributes =
        [
          ("id", "table-\(number)"), ("hitPolicy", "COLLECT"), ("aggregation", "SUM"),
        ] as [XMLWriter.Attribute]
      xml.element("decisionTable", attributes) {
        for (place, input) in asked.enumerated() {
          xml.element("input", [("id", "table-\(number)-input-\(place + 1)")]) {
            xml.element("inputExpression", [("typeRef", input.isNumber ? "number" : "string")]) {
              xml.text("text", input.name)
            }
          }
        }
        xml.element(
          "output", [("id", "table-\(number)-points"), ("name", "points"), ("typeRef", "number")]
        ) {
          xml.element("defaultOutputEntry") { xml.text("text", "0") }
        }
        for title in ["rows", "share", "rate"] { xml.element("annotation", [("name", title)]) }
        for (place, bin) in table.bins.enumerated() {
          write(bin, of: table, id: "table-\(number)-rule-\(place + 1)", to: xml)
        }
      }
    }
  }

  private func write(
    _ bin: Scorecard.Bin, of table: Scorecard.Table, id: String, to xml: XMLWriter
  ) {
    xml.element("rule", [("id", id)]) {
      for place in table.codings.indices {
        xml.element("inputEntry") { xml.text("text", table.test(bin, place)) }
      }
      xml.element("outputEntry") { xml.text("text", "\(bin.points)") }
      for text in ["\(bin.rows)", decimal(bin.share), decimal(bin.rate)] {
        xml.element("annotationEntry") { xml.text("text", text) }
      }
    }
  }
}
