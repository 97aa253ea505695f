import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// The calculators: exact, open to anyone; nothing is kept.
struct CalculatorRoutes: Sendable {
  let book: Book
  let allowance: CalculationAllowance

  func mount(on table: RouteTable) {
    for calculator in Calculators.all {
      let (book, allowance) = (book, allowance)
      table.mount(Self.route(calculator), as: CalculatorContext.self) { call in
        try allowance.take(for: call)
        guard case .client(let principal)? = call.context.session?.principal else {
          return try Self.answer(calculator, try Self.inputs(call.body), today: book.today)
        }
        var inputs = try Self.inputs(call.body)
        var known: [KnownInputs.Input] = []
        if call.query["prefill"] == "true" {
          known = try await book.knownInputs(of: principal).inputs(of: calculator, beside: inputs)
          inputs = try inputs.adding(known)
        }
        return try Self.answer(calculator, inputs, today: book.today, known) { calculation in
          try book.carry(calculation, for: principal)
        }
      }
    }
    let list = Self.listed()
    table.mount(Self.list, as: CalculatorContext.self) { _ in .json(bytes: list) }
  }

  /// Sizes of a calculator's inputs: whatever a body can hold may be listed, so that a list that
  /// is too long is refused by its field's name.
  private static let limits = JSONLimits(members: 10_000, elements: 1 << 20)

  private static func inputs(_ body: [UInt8]) throws -> JSONNode {
    do {
      return try JSONNode.parse(body, limits: limits)
    } catch {
      throw Problem.malformed("The body is not JSON: \(error)")
    }
  }

  /// The answer to inputs, with the hash by which it may be kept.
  ///
  /// - Parameters:
  ///   - known: what of the inputs the client's record gave.
  ///   - carry: makes the id by which the client carries the calculation on.
  static func answer(
    _ calculator: Calculator, _ inputs: JSONNode, today: CalendarDate,
    _ known: [KnownInputs.Input] = [],
    carry: ((CarriedCalculation) throws -> String?)? = nil
  ) throws -> Response {
    let figures: [Figure]
    do {
      figures = try calculator.figures(for: inputs, today: today)
    } catch {
      throw Problem.invalid(error.list)
    }
    let hash = inputsHash(calculator, inputs, today: today)
    let id = try carry?(
      CarriedCalculation(
        path: calculator.path, inputs: inputs, hash: hash,
        engineVersion: Calculators.engineVersion))
    var response = Response.json { json in
      json.object { json in
        figures.write(&json)
        if !known.isEmpty {
          json.array("prefilled") { json in
            for input in known { json.object { input.write(&$0) } }
          }
        }
        json.member("calculation", id)
        json.member("inputsHash", hash)
        json.member("engineVersion", Calculators.engineVersion)
      }
    }
    // Equal inputs have equal answers for as long as the formulas are the same.
    response.headers.append(HTTPField(name: .eTag, value: "\"" + hash + "\""))
    let caching = carry == nil ? "public, max-age=86400" : "no-store"
    response.headers.append(HTTPField(name: .cacheControl, value: caching))
    return response
  }

  /// Names the calculator, its formulas, and the inputs; the day too, since dates may be left out.
  static func inputsHash(
    _ calculator: Calculator, _ inputs: JSONNode, today: CalendarDate
  ) -> String {
    var text = Array(calculator.path.utf8)
    for part in [Calculators.engineVersion, today.description, ""] {
      text.append(UInt8(ascii: " "))
      text += part.utf8
    }
    text += inputs.canonicalBytes
    return Digest.sha256(text).hex
  }

  private static func route(_ calculator: Calculator) -> Route {
    let inputs = Schema.input(calculator.summary + ".", calculator.inputs.map(\.schemaField))
    let answer = Schema.object(
      calculator.summary + ".",
      calculator.figures.map(\.schemaField) + [
        .optional(
          "prefilled",
          .list("With `prefill`: what the client's record gave.", KnownInputs.Input.schema)),
        .optional(
          "calculation",
          .text("With a client's session: the id to carry it on with, good for an hour.")),
        .required("inputsHash", .text("Names inputs and formulas: equal hash, equal answer.")),
        .required("engineVersion", .text("Names the formulas.")),
      ])
    var route = Route(
      .post, "/v1/calculators/\(calculator.path)", tag: "Calculators", calculator.summary,
      detail: "Source: \(calculator.source). In rules: `\(calculator.name)(…)`.",
      query: [
        .init(
          "prefill",
          .choice("`true`: what a signed-in client leaves out is taken from the record.", ["true"]))
      ],
      body: .json(inputs), answers: [.init(.ok, "The figures.", answer)])
    route.oversize = oversize(calculator)
    return route
  }

  /// What a body above its limit means: one of the lists has too many elements.
  private static func oversize(_ calculator: Calculator) -> Problem {
    let lists = calculator.inputs.compactMap { field -> Violation? in
      guard case .list(_, let max) = field.kind else { return nil }
      return Violation(
        pointer: "/\(field.name)", code: .tooMany,
        detail: "This must have at most \(max) elements.")
    }
    var problem =
      lists.isEmpty
      ? Problem.invalid([
        Violation(pointer: "", code: .tooLong, detail: "The inputs are longer than any can be.")
      ])
      : Problem.invalid(lists)
    problem.closesConnection = true
    return problem
  }

  private static let list = Route(
    .get, "/v1/calculators", tag: "Calculators", "All calculators with their inputs and figures",
    answers: [
      .init(
        .ok, "The calculators.",
        .object(
          "The calculators.",
          [
            .required("engineVersion", .text("Names the formulas.")),
            .required(
              "calculators",
              .list(
                "One for each address.",
                .object(
                  "",
                  [
                    .required("name", .text("The name that rules call it by.")),
                    .required("path", .text("Its address.")),
                    .required("summary", .text("What it answers.")),
                    .required("source", .text("The law or publication that it follows.")),
                    .required("inputs", .any("What it reads.")),
                    .required("figures", .any("What it answers.")),
                  ]))),
          ]))
    ])

  private static func listed() -> [UInt8] {
    var json = JSONWriter(capacity: 1 << 16)
    json.object { json in
      json.member("engineVersion", Calculators.engineVersion)
      json.array("calculators") { json in
        for calculator in Calculators.all {
          json.object { json in
            json.member("name", calculator.name)
            json.member("path", "/v1/calculators/\(calculator.path)")
            json.member("summary", calculator.summary)
            json.member("source", calculator.source)
            json.key("inputs")
            json.value(.array(calculator.inputs.map(\.described)))
            json.key("figures")
            json.value(.array(calculator.figures.map(\.described)))
          }
        }
      }
    }
    return json.bytes
  }
}
