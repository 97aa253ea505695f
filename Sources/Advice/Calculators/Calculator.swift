import Calculation
package import JSON
package import Quantities

/// A calculator: one engine for the endpoint, the page, the rule and the offer.
package struct Calculator: Sendable {
  typealias Run = @Sendable (CalculatorInputs) throws -> [Figure]?

  /// The name that rules call it by: "loan payment".
  package let name: String

  /// Its address below `/v1/calculators/`: "loan/payment".
  package let path: String

  /// What it answers, in a few words.
  package let summary: String

  /// The law or publication that its formula follows.
  package let source: String

  /// Inputs as a JSON object, to try it with.
  package let example: String

  /// What it reads.
  package let inputs: [CalculatorField]

  private let renamed: [String: String]
  private let run: Run

  /// A calculator.
  ///
  /// - Parameters:
  ///   - renamed: names of inputs where the library's name of a term is another one.
  ///   - run: reads all inputs, then calculates; nil after it recorded what is wrong with them.
  init(
    _ name: String, _ path: String, _ summary: String, source: String,
    example: String, renamed: [String: String] = [:], run: @escaping Run
  ) {
    self.name = name
    self.path = path
    self.summary = summary
    self.source = source
    self.example = example
    self.renamed = renamed
    self.run = run
    inputs = CalculatorInputs.fields { _ = try run($0) }
  }

  /// What it answers: worked out of the examples when a description is first asked for.
  package var figures: [CalculatorField] { Calculators.shown[path] ?? [] }

  /// The figures that the example shows; a test keeps every example working.
  var shown: [CalculatorField] {
    let figures = try? decodeJSON(Array(example.utf8)) { fields in
      try? run(CalculatorInputs(fields, today: CalendarDate(daysSinceEpoch: 20_000)))
    }
    // The disclosures of one example do not show every form that they can have.
    return figures?.map {
      $0.name == Self.disclosures.name ? Self.disclosures : $0.field
    } ?? []
  }

  /// What must be shown beside an offer, whichever law asks for it.
  static let disclosures = CalculatorField(
    "disclosures", "What must be shown beside the offer, in order.",
    .list(
      .fields([
        CalculatorField("name", "What the figure is.", .text),
        CalculatorField("kind", "Its form: money, percent, count, date or text.", .text),
        CalculatorField("value", "The figure.", .either([.decimal, .integer(nil), .date, .text])),
      ]), max: Int.max), isRequired: false)

  /// The answer to inputs.
  ///
  /// - Parameter today: the day for dates that are left out.
  /// - Throws: `Violations`, the fields at fault with codes and sentences.
  package func figures(
    for inputs: JSONNode, today: CalendarDate?
  ) throws(Violations) -> [Figure] {
    var refusal: CalculationError?
    let read: (JSONFields) -> [Figure]? = { fields in
      do {
        return try run(CalculatorInputs(fields, today: today))
      } catch let error as CalculationError {
        refusal = error
        return []
      } catch {
        return nil
      }
    }
    let figures = try inputs.decode(read)
    if let refusal { throw Violations([violation(refusal)]) }
    return figures
  }

  private func violation(_ error: CalculationError) -> Violation {
    let field = renamed[error.field] ?? error.field
    return Violation(pointer: "/\(field)", code: error.code.rawValue, detail: error.sentence)
  }
}
