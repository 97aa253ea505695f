@testable import Advice

/// `Documentation/Calculators.md`, made from the program's own table.
enum CalculatorTable {
  static var text: String {
    var lines = [
      "# Calculators",
      "",
      "One engine answers `POST /v1/calculators/…`, the pages, and the rules: the same code, the",
      "same rounding. `GET /v1/calculators` lists all inputs and figures with what they stand for.",
      "In a rule a calculator is a FEEL function of the name below. Its inputs are parameters by",
      "position or by name, its figures the entries of the context that it yields, and inputs that",
      "cannot be used make it null:",
      "",
      "    loan payment(amount: 10000, annualRate: 0.05, payments: 36).payment",
      "",
      "Amounts and rates are exact decimals, rates are parts of one (0.05 is 5 %), and a question",
      "mark follows what may be left out. The table is made by the tests from the program itself",
      "(`STEWARD_RECORD=1 Scripts/test --filter CalculatorTests`).",
      "",
      "| FEEL function | address | answers | inputs | figures | source |",
      "|---|---|---|---|---|---|",
    ]
    for calculator in Calculators.all {
      let inputs = calculator.inputs.map { "\($0.name)\($0.isRequired ? "" : "?")" }
      let figures = calculator.figures.map(\.name)
      lines.append(
        "| \(calculator.name) | `\(calculator.path)` | \(calculator.summary) | "
          + "\(inputs.joined(separator: ", ")) | \(figures.joined(separator: ", ")) | "
          + "\(calculator.source) |")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
