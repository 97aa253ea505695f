import HTTPTypes
import JSON

/// The OpenAPI 3.1 document of the mounted operations.
enum OpenAPI {
  /// The document as JSON bytes, keys in canonical order.
  static func document(_ routes: [Route], version: String) -> [UInt8] {
    var schemas: [String: JSONValue] = [:]
    var paths: [String: [String: JSONValue]] = [:]
    for route in routes where route.isOperation {
      paths[route.path, default: [:]][route.method.rawValue.lowercased()] = operation(
        route, &schemas)
    }
    schemas["Problem"] = problem.json(into: &schemas)
    let document = JSONValue.object([
      "openapi": .string("3.1.0"),
      "info": .object([
        "title": .string("Steward"),
        "version": .string(version),
        "description": .string(about),
        "license": .object([
          "name": .string("Apache-2.0"), "identifier": .string("Apache-2.0"),
        ]),
      ]),
      "servers": .array([.object(["url": .string("/")])]),
      "paths": .object(paths.mapValues { .object($0) }),
      "components": .object([
        "schemas": .object(schemas),
        "securitySchemes": .object([
          "bearer": .object(["type": .string("http"), "scheme": .string("bearer")]),
          "cookie": .object([
            "type": .string("apiKey"), "in": .string("cookie"),
            "name": .string(SessionCookie.name),
          ]),
        ]),
      ]),
    ])
    return document.canonicalBytes
  }

  /// What every caller should know.
  static let about = """
    Money and rates travel as decimal strings; in requests JSON numbers are taken too and read \
    exactly. Every error is a problem document (RFC 9457) with a stable `type`; violations are \
    listed field by field under `errors`. A POST with an effect needs an Idempotency-Key.
    """

  private static func operation(
    _ route: Route, _ schemas: inout [String: JSONValue]
  ) -> JSONValue {
    var members: [String: JSONValue] = [
      "summary": .string(route.summary),
      "operationId": .string(identifier(route)),
      "responses": .object(responses(route, &schemas)),
    ]
    if let detail = route.detail { members["description"] = .string(detail) }
    if let tag = route.tag { members["tags"] = .array([.string(tag)]) }
    let parameters = parameters(route, &schemas)
    if !parameters.isEmpty { members["parameters"] = .array(parameters) }
    if case .json(let schema) = route.body {
      members["requestBody"] = .object([
        "required": .boolean(true), "content": content(schema, "application/json", &schemas),
      ])
    }
    if case .file(let types) = route.body {
      var contents: [String: JSONValue] = [:]
      for type in types { contents[type] = .object([:]) }
      members["requestBody"] = .object([
        "required": .boolean(true), "content": .object(contents),
      ])
    }
    if route.role != .anyone {
      members["security"] = .array([
        .object(["bearer": .array([])]), .object(["cookie": .array([])]),
      ])
      members["x-role"] = .string(route.role.rawValue)
    }
    return .object(members)
  }

  /// `get-v1-decisions-id`: a name of the operation that stays while its path does.
  static func identifier(_ route: Route) -> String {
    let words = route.path.split { !($0.isLetter || $0.isNumber) }.joined(separator: "-")
    return "\(route.method.rawValue.lowercased())-\(words)"
  }

  private static func parameters(
    _ route: Route, _ schemas: inout [String: JSONValue]
  ) -> [JSONValue] {
    var parameters: [JSONValue] = []
    for name in route.pathParameters {
      parameters.append(
        .object([
          "name": .string(name), "in": .string("path"), "required": .boolean(true),
          "schema": .object(["type": .string("string")]),
        ]))
    }
    for parameter in route.query {
      parameters.append(
        .object([
          "name": .string(parameter.name), "in": .string("query"),
          "description": .string(parameter.schema.about),
          "schema": parameter.schema.json(into: &schemas),
        ]))
    }
    if route.effect == .once {
      parameters.append(
        .object([
          "name": .string("Idempotency-Key"), "in": .string("header"),
          "required": .boolean(true),
          "description": .string("Your name for this attempt; a repetition has no second effect."),
          "schema": .object(["type": .string("string"), "maxLength": .number("128")]),
        ]))
    }
    return parameters
  }

  private static func responses(
    _ route: Route, _ schemas: inout [String: JSONValue]
  ) -> [String: JSONValue] {
    var responses: [String: JSONValue] = [:]
    for answer in route.answers {
      var members: [String: JSONValue] = ["description": .string(answer.about)]
      if let schema = answer.schema {
        members["content"] = content(schema, "application/json", &schemas)
      }
      responses[String(answer.status.code)] = .object(members)
    }
    for kind in problems(route) where responses[String(kind.status.code)] == nil {
      responses[String(kind.status.code)] = .object([
        "description": .string(kind.title),
        "content": .object([
          "application/problem+json": .object([
            "schema": .object(["$ref": .string("#/components/schemas/Problem")])
          ])
        ]),
      ])
    }
    return responses
  }

  private static func content(
    _ schema: Schema, _ type: String, _ schemas: inout [String: JSONValue]
  ) -> JSONValue {
    .object([type: .object(["schema": schema.json(into: &schemas)])])
  }

  /// The problems that a route can answer with, from what it is and asks for.
  static func problems(_ route: Route) -> [Problem.Kind] {
    var kinds: [Problem.Kind] = [.malformed, .internalError, .overloaded]
    if route.role != .anyone { kinds += [.signInRequired] }
    if ![.anyone, .signedIn].contains(route.role) { kinds += [.wrongRole] }
    if route.effect != .none { kinds += [.crossOrigin] }
    if case .json = route.body { kinds += [.tooLarge, .unsupportedMediaType, .invalid] }
    if case .file = route.body { kinds += [.tooLarge, .unsupportedMediaType, .invalid] }
    if !route.query.isEmpty { kinds += [.invalid] }
    if !route.pathParameters.isEmpty { kinds += [.notFound] }
    if route.effect == .once { kinds += [.conflict] }
    return route.problems + kinds
  }

  private static let problem = Schema.object(
    "A problem document (RFC 9457).",
    [
      .required("type", .text("Identifies the kind of problem.", format: "uri-reference")),
      .required("title", .text("What the kind means.")),
      .required("status", .integer("The status code.", 400...599)),
      .optional("detail", .text("What is wrong this time.")),
      .optional("requestId", .text("With a fault of ours: the request's name in the log.")),
      .optional(
        "errors",
        .list(
          "What is wrong field by field.",
          .object(
            "",
            [
              .required("pointer", .text("Where, as an RFC 6901 pointer.")),
              .required("code", .text("A stable name of the violation.")),
              .required("detail", .text("What is wrong, as a sentence.")),
            ]), max: Violations.listed)),
    ])
}
