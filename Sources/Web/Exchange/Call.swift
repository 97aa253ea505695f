import HTTPTypes
import Hummingbird
import JSON

/// A request that has passed every check that its route asks for, ready for its handler.
struct Call<Context: RoleContext>: Sendable {
  /// The pattern of the path that was called.
  let routePath: String
  let head: HTTPRequest
  let context: Context
  let query: FormFields
  let body: [UInt8]
  /// The client's name for this attempt; there whenever the route has an effect to happen once.
  let idempotencyKey: String?

  /// A parameter of the path; empty only when the route's path has none of that name.
  func parameter(_ name: String) -> String { context.parameters.get(name) ?? "" }

  /// Decodes the body's JSON object: 400 when it is no JSON, 422 with every violation when it is
  /// JSON of the wrong content.
  func json<T>(_ read: (JSONFields) -> T?) throws -> T {
    do {
      return try decodeJSON(body, read)
    } catch let error as JSONSyntaxError {
      throw Problem.malformed("The body is not JSON: \(error)")
    } catch let error as Violations {
      throw Problem.invalid(error.list)
    }
  }

  /// The fields of a form that a page sent.
  ///
  /// - Parameter count: fields at most.
  func form(count: Int = FormFields.count) throws -> FormFields {
    try FormFields(body, count: count)
  }
}

/// The checks that come before a handler, in their order.
extension Call {
  init(_ route: Route, _ request: Request, _ context: Context) async throws {
    routePath = route.path
    self.context = context
    head = request.head
    query = try Self.query(route, request)
    try Self.checkType(route, request)
    idempotencyKey = try Self.key(route, request)
    body = try await Self.read(route, request)
  }

  private static func query(_ route: Route, _ request: Request) throws(Problem) -> FormFields {
    guard let text = request.uri.query else { return FormFields() }
    let fields = try FormFields(text.utf8)
    let known = Set(route.query.map(\.name))
    let unknown = fields.names.filter { !known.contains($0) }
    guard unknown.isEmpty else {
      throw .invalid(
        unknown.map {
          Violation(
            pointer: "?\($0.prefix(64))", code: .unknownKey,
            detail: "This query parameter is not known here.")
        })
    }
    return fields
  }

  /// 415 for a body of another type, another character set or a content coding.
  private static func checkType(_ route: Route, _ request: Request) throws(Problem) {
    let expected: [String]
    switch route.body {
    case .none: return
    case .json: expected = Self.jsonTypes
    case .form: expected = Self.formTypes
    case .file(let types): expected = types
    }
    let values = request.headers[values: .contentType]
    let coding = request.headers[.contentEncoding]
    if values.count == 1, expected.contains(values[0]), coding == nil { return }
    guard values.count == 1, Self.isUTF8(values[0], of: expected),
      coding == nil || coding?.lowercased() == "identity"
    else {
      throw Problem(
        .unsupportedMediaType,
        "The body must be \(expected.joined(separator: " or ")) in UTF-8, not compressed.")
    }
  }

  private static var jsonTypes: [String] { ["application/json"] }
  private static var formTypes: [String] { ["application/x-www-form-urlencoded"] }

  /// Whether a Content-Type is one of the types, with no other character set than UTF-8.
  private static func isUTF8(_ value: String, of types: [String]) -> Bool {
    let parts = value.lowercased().split(separator: ";").map { part in
      String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
    guard let type = parts.first, types.contains(type) else { return false }
    return parts.dropFirst().allSatisfy { $0 == "charset=utf-8" || $0 == "charset=\"utf-8\"" }
  }

  /// Code points that an Idempotency-Key may have.
  private static var keyLength: Int { 128 }

  private static func key(_ route: Route, _ request: Request) throws(Problem) -> String? {
    guard route.effect == .once, case .json = route.body else { return nil }
    let values = request.headers[values: .idempotencyKey]
    guard let value = values.first else { throw Problem(.idempotencyKeyMissing) }
    let key =
      value.hasPrefix("\"") && value.hasSuffix("\"") ? value.dropFirst().dropLast() : value[...]
    let isPlain = key.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") }
    guard values.count == 1, isPlain, (1...keyLength).contains(key.utf8.count) else {
      throw Problem.malformed(
        "The Idempotency-Key must be 1 to \(keyLength) visible ASCII characters, given once.")
    }
    return String(key)
  }

  /// Reads the body up to the route's limit; a body that is shorter than declared was cut off.
  private static func read(_ route: Route, _ request: Request) async throws -> [UInt8] {
    let declared = request.headers.first(.contentLength).flatMap { Int($0) }
    let tooLarge = route.oversize ?? .tooLarge(limit: route.bodyLimit)
    if let declared, declared > route.bodyLimit { throw tooLarge }
    if case .none = route.body { return [] }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(declared ?? 0)
    for try await buffer in request.body {
      guard bytes.count + buffer.readableBytes <= route.bodyLimit else {
        throw tooLarge
      }
      bytes.append(contentsOf: buffer.readableBytesView)
    }
    if let declared, declared != bytes.count { throw Problem.malformed("The body was cut off.") }
    return bytes
  }
}
