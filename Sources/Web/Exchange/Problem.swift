package import HTTPTypes
package import JSON

/// Why a request was not done: the one form in which every error leaves (RFC 9457).
package struct Problem: Error, Sendable {
  /// The kinds of problem, each with a stable name for programs.
  package enum Kind: String, Sendable, CaseIterable {
    case malformed, invalid, idempotencyKeyMissing, idempotencyKeyReused, requestInProgress
    case signInRequired, wrongCredentials, wrongRole, forbidden, crossOrigin, consentMissing
    case notFound, gone, methodNotAllowed, tooSlow, conflict, stale
    case tooLarge, unsupportedMediaType, notAcceptable, headerTooLarge, expectationFailed
    case tooManyAttempts, internalError, notImplemented, overloaded, timedOut
    case httpVersionNotSupported
  }

  /// What kind of problem it is.
  package var kind: Kind

  /// What is wrong this time, as a sentence for people; never with anything personal in it.
  package var detail: String?

  /// What is wrong field by field.
  package var violations: [Violation]

  /// Fields that the answer carries besides: Allow, Retry-After, WWW-Authenticate.
  package var headers: HTTPFields

  /// Whether the connection ends with this answer.
  package var closesConnection = false

  /// A problem of a kind.
  package init(
    _ kind: Kind, _ detail: String? = nil, violations: [Violation] = [],
    headers: HTTPFields = [:]
  ) {
    self.kind = kind
    self.detail = detail
    self.violations = violations
    self.headers = headers
  }

  /// The status code that goes with the kind.
  package var status: HTTPResponse.Status { kind.status }

  /// A request that cannot be read.
  package static func malformed(_ detail: String) -> Problem { Problem(.malformed, detail) }

  /// A request that can be read but asks for something that cannot be.
  package static func invalid(_ violations: [Violation]) -> Problem {
    Problem(.invalid, violations: Array(violations.prefix(Violations.listed)))
  }

  /// No session, or one that has ended.
  package static var signInRequired: Problem {
    Problem(.signInRequired, headers: [.wwwAuthenticate: "Bearer"])
  }

  /// A body above its limit, in bytes.
  package static func tooLarge(limit: Int) -> Problem {
    var problem = Problem(.tooLarge, "The body must have at most \(limit) bytes.")
    problem.closesConnection = true
    return problem
  }
}

extension Problem.Kind {
  /// The status code of the kind.
  package var status: HTTPResponse.Status {
    switch self {
    case .malformed, .idempotencyKeyMissing: .badRequest
    case .signInRequired, .wrongCredentials: .unauthorized
    case .wrongRole, .forbidden, .crossOrigin: .forbidden
    case .notFound: .notFound
    case .gone: .gone
    case .methodNotAllowed: .methodNotAllowed
    case .notAcceptable: .notAcceptable
    case .tooSlow: .requestTimeout
    case .conflict, .stale, .requestInProgress, .consentMissing: .conflict
    case .tooLarge: .contentTooLarge
    case .unsupportedMediaType: .unsupportedMediaType
    case .expectationFailed: .expectationFailed
    case .invalid, .idempotencyKeyReused: .unprocessableContent
    case .tooManyAttempts: .tooManyRequests
    case .headerTooLarge: .requestHeaderFieldsTooLarge
    case .internalError: .internalServerError
    case .notImplemented: .notImplemented
    case .overloaded, .timedOut: .serviceUnavailable
    case .httpVersionNotSupported: .httpVersionNotSupported
    }
  }

  /// What the kind means, the same at each occurrence.
  package var title: String {
    switch self {
    case .malformed: "The request cannot be read"
    case .invalid: "Some values cannot be accepted"
    case .idempotencyKeyMissing: "An Idempotency-Key field is required"
    case .idempotencyKeyReused: "This Idempotency-Key was used for another request"
    case .requestInProgress: "A request with this Idempotency-Key is still being done"
    case .signInRequired: "Sign in first"
    case .wrongCredentials: "The sign-in name or the password is wrong"
    case .wrongRole: "Your role may not do this"
    case .forbidden: "This is not for you to do"
    case .crossOrigin: "The request came from another site"
    case .consentMissing: "A consent is missing"
    case .notFound: "Nothing is here"
    case .gone: "This has been erased"
    case .methodNotAllowed: "The method is not for this address"
    case .tooSlow: "The request came too slowly"
    case .conflict: "The request does not fit the present state"
    case .stale: "The data has changed since it was read"
    case .tooLarge: "The body is too large"
    case .unsupportedMediaType: "The body has a type that is not read here"
    case .notAcceptable: "No acceptable form of the answer exists"
    case .headerTooLarge: "The header is too large"
    case .expectationFailed: "The expectation cannot be met"
    case .tooManyAttempts: "Too many attempts"
    case .internalError: "Something went wrong here"
    case .notImplemented: "This is not done here"
    case .overloaded: "Too much is asked for at once"
    case .timedOut: "The answer took too long"
    case .httpVersionNotSupported: "Only HTTP/1 is spoken here"
    }
  }

  /// The identifier of the kind: registered where the registry has one, else a name of our own that
  /// `/docs` explains.
  package var type: String {
    switch self {
    case .tooManyAttempts: "https://iana.org/assignments/http-problem-types#quota-exceeded"
    case .overloaded:
      "https://iana.org/assignments/http-problem-types#temporary-reduced-capacity"
    default: "urn:steward:problem:\(rawValue)"
    }
  }
}

extension Problem {
  /// The problem as `application/problem+json`.
  package func body(requestID: String?) -> [UInt8] {
    var json = JSONWriter()
    json.object { json in
      json.member("type", kind.type)
      json.member("title", kind.title)
      json.member("status", status.code)
      json.member("detail", detail)
      // Elsewhere it would tell two equal refusals apart, such as an absent record's and another's.
      if status.code >= 500 { json.member("requestId", requestID) }
      guard !violations.isEmpty else { return }
      json.array("errors") { json in
        for violation in violations {
          json.object { json in
            json.member("pointer", violation.pointer)
            json.member("code", violation.code)
            json.member("detail", violation.detail)
          }
        }
      }
    }
    return json.bytes
  }

  /// The fields of the answer whatever its form.
  package var responseHeaders: HTTPFields {
    var fields = headers
    if closesConnection { fields[.connection] = "close" }
    return fields
  }
}
