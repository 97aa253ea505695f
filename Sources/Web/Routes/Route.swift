package import HTTPTypes

/// One operation of the API or page of the portal, as data: what is mounted, checked and documented
/// comes from here.
package struct Route: Sendable {
  /// What a request does to the data.
  package enum Effect: Sendable {
    /// Nothing; it may be repeated.
    case none
    /// The same however often it is repeated.
    case repeatable
    /// Once for each Idempotency-Key, which is required.
    case once
  }

  /// What a body is written in.
  package enum Body: Sendable {
    case none
    case json(Schema)
    case form
    /// A file as it is, of one of some types.
    case file([String])
  }

  /// A parameter in the query.
  package struct Parameter: Sendable {
    /// Its name.
    package let name: String
    /// The form of its value.
    package let schema: Schema

    /// A parameter that may be given.
    package init(_ name: String, _ schema: Schema) {
      self.name = name
      self.schema = schema
    }
  }

  /// An answer other than a problem.
  package struct Answer: Sendable {
    /// Its status code.
    package let status: HTTPResponse.Status
    /// What it says.
    package let about: String
    /// The form of its JSON; nil when it has no body or a page.
    package let schema: Schema?

    /// An answer.
    package init(_ status: HTTPResponse.Status, _ about: String, _ schema: Schema? = nil) {
      self.status = status
      self.about = about
      self.schema = schema
    }
  }

  /// The method.
  package let method: HTTPRequest.Method
  /// The path with its parameters in braces.
  package let path: String
  /// What it does, in a few words.
  package let summary: String
  /// What a caller should know besides.
  package var detail: String?
  /// The part of the API that it belongs to; pages have none and are not in the API's document.
  package var tag: String?
  /// The parameters of its query.
  package var query: [Parameter]
  /// What its body is written in.
  package var body: Body
  /// Bytes that the body may have.
  package var bodyLimit: Int
  /// The answer to a larger body, where it can be said better than by its size.
  var oversize: Problem?
  /// What it does to the data.
  package var effect: Effect
  /// Its answers other than problems.
  package var answers: [Answer]
  /// Problems of its own, beside those that follow from what it is.
  package var problems: [Problem.Kind]
  /// The role that it is for; set by the context that it is mounted with.
  package internal(set) var role = RouteRole.anyone

  /// An operation of the API.
  package init(
    _ method: HTTPRequest.Method, _ path: String, tag: String? = nil, _ summary: String,
    detail: String? = nil, query: [Parameter] = [], body: Body = .none, effect: Effect = .none,
    answers: [Answer] = [], problems: [Problem.Kind] = []
  ) {
    self.method = method
    self.path = path
    self.tag = tag
    self.summary = summary
    self.detail = detail
    self.query = query
    self.body = body
    let limits = WebLimits()
    bodyLimit =
      switch body {
      case .none: 0
      case .json: limits.jsonBytes
      case .form: limits.formBytes
      case .file: limits.fileBytes
      }
    self.effect = effect
    self.answers = answers
    self.problems = problems
  }

  /// The names of the parameters in the path.
  package var pathParameters: [String] {
    path.split(separator: "/").filter { $0.hasPrefix("{") }.map {
      String($0.dropFirst().dropLast())
    }
  }

  /// Whether the route belongs to the documented API.
  package var isOperation: Bool { tag != nil }

  /// Whether a concrete path has the form of this route's path.
  func matches(_ concrete: some StringProtocol) -> Bool {
    let own = path.split(separator: "/")
    let other = concrete.split(separator: "/")
    guard own.count == other.count else { return false }
    return zip(own, other).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }
}
