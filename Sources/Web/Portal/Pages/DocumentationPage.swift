import HTTPTypes

/// The API for people, written from the routes.
struct DocumentationPage: Page {
  /// One part of the API.
  struct Part: Sendable {
    let name: String
    let id: String
    let operations: [Operation]
  }

  /// One operation.
  struct Operation: Sendable {
    let id: String
    let method: String
    let path: String
    let summary: String
    let detail: String?
    let role: String?
    let needsKey: Bool
    let inputs: [Line]
    let hasInputs: Bool
    let answers: [Line]
  }

  /// A field, parameter or answer.
  struct Line: Sendable {
    let name: String
    let type: String
    let about: String
  }

  /// A kind of problem.
  struct Kind: Sendable {
    let status: String
    let type: String
    let title: String
  }

  let shell: Shell
  let about: String
  let parts: [Part]
  let kinds: [Kind]

  static let name = "documentation"
  static let template = """
    <main id="main" class="page">
    <div class="lead"><h1>API</h1><p>{{about}}</p>
    <p><a href="/openapi.json">The same as an OpenAPI 3.1 document</a></p></div>
    <nav aria-label="Parts"><ul class="switch">{{#parts}}<li><a href="#{{id}}">{{name}}</a></li>{{/parts}}<li><a href="#problems">Problems</a></li></ul></nav>
    {{#parts}}<section class="card" aria-labelledby="{{id}}"><h2 id="{{id}}">{{name}}</h2>
    {{#operations}}<article class="offer" id="{{id}}"><h3><code>{{method}} {{path}}</code></h3><p>{{summary}}. {{detail}}</p>
    <p class="small quiet">{{#role}}For: {{role}}. {{/role}}{{#needsKey}}Needs an Idempotency-Key.{{/needsKey}}</p>
    {{#hasInputs}}<table class="rows fields"><caption>Takes</caption><tbody>{{#inputs}}<tr><th scope="row"><code>{{name}}</code></th><td>{{type}}</td><td class="wide quiet">{{about}}</td></tr>{{/inputs}}</tbody></table>{{/hasInputs}}
    <table class="rows fields"><caption>Answers</caption><tbody>{{#answers}}<tr><th scope="row"><code>{{name}}</code></th><td>{{type}}</td><td class="wide quiet">{{about}}</td></tr>{{/answers}}</tbody></table>
    </article>{{/operations}}</section>
    {{/parts}}<section class="card" aria-labelledby="problems"><h2 id="problems">Problems</h2>
    <table class="rows fields"><thead><tr><th scope="col">Type</th><th scope="col">Status</th><th scope="col">Meaning</th></tr></thead><tbody>
    {{#kinds}}<tr><th scope="row"><code>{{type}}</code></th><td class="number">{{status}}</td><td class="wide">{{title}}</td></tr>{{/kinds}}</tbody></table></section>
    </main>
    """

  init(_ routes: [Route], _ shell: Shell = .open("API")) {
    self.shell = shell
    let operations = routes.filter(\.isOperation)
    var tags: [String] = []
    for tag in operations.compactMap(\.tag) where !tags.contains(tag) { tags.append(tag) }
    about = OpenAPI.about
    parts = tags.map { tag in
      Part(
        name: tag, id: tag.lowercased().replacing(" ", with: "-"),
        operations: operations.filter { $0.tag == tag }.map(Operation.init))
    }
    kinds = Problem.Kind.allCases.map {
      Kind(status: String($0.status.code), type: $0.type, title: $0.title)
    }
  }
}

extension DocumentationPage.Operation {
  init(_ route: Route) {
    id = OpenAPI.identifier(route)
    method = route.method.rawValue
    path = route.path
    summary = route.summary
    detail = route.detail
    role = route.role == .anyone ? nil : route.role.sentence
    needsKey = route.effect == .once
    var inputs = route.query.map {
      DocumentationPage.Line(
        name: "?\($0.name)", type: $0.schema.typeName, about: $0.schema.about)
    }
    if case .json(let schema) = route.body { inputs += schema.lines }
    self.inputs = inputs
    hasInputs = !inputs.isEmpty
    answers = route.answers.map {
      DocumentationPage.Line(
        name: String($0.status.code), type: $0.schema?.typeName ?? "", about: $0.about)
    }
  }
}

extension RouteRole {
  /// The role for people.
  var sentence: String {
    switch self {
    case .anyone: "anyone"
    case .signedIn: "whoever is signed in"
    case .client: "clients"
    case .insured: "clients and policyholders"
    case .policyholder: "policyholders"
    case .broker: "brokers"
    case .staff: "staff"
    }
  }
}

extension Schema {
  /// The members of an object, for people.
  var lines: [DocumentationPage.Line] {
    switch self {
    case .object(_, let fields), .input(_, let fields):
      fields.map {
        DocumentationPage.Line(
          name: $0.name, type: $0.schema.typeName,
          about: $0.isRequired ? $0.schema.about : "Optional. \($0.schema.about)")
      }
    case .named(_, let schema): schema.lines
    default: []
    }
  }
}
