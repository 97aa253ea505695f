import HTTPTypes
import Hummingbird
import JSON
import NIOCore

/// The header fields that each kind of answer leaves with.
struct AnswerHeaders: Sendable {
  private static let name = (
    policy: HTTPField.Name("Referrer-Policy") ?? .referer,
    opener: HTTPField.Name("Cross-Origin-Opener-Policy") ?? .via,
    resource: HTTPField.Name("Cross-Origin-Resource-Policy") ?? .via,
    permissions: HTTPField.Name("Permissions-Policy") ?? .via
  )

  /// Of answers for programs: never cached, nothing in them may run or be framed.
  let api: HTTPFields

  /// Of pages: our own style and script and nothing else; no inline code, no frames.
  let page: HTTPFields

  /// - Parameter isSecure: whether browsers reach the server by HTTPS only.
  init(isSecure: Bool) {
    var common: HTTPFields = [
      .xContentTypeOptions: "nosniff",
      .cacheControl: "no-store",
    ]
    common[Self.name.policy] = "same-origin"
    common[Self.name.resource] = "same-origin"
    if isSecure { common[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
    var api = common
    api[.contentSecurityPolicy] = "default-src 'none'; frame-ancestors 'none'"
    self.api = api
    var page = common
    page[.contentSecurityPolicy] =
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
      + "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    page[Self.name.opener] = "same-origin"
    page[Self.name.permissions] = "camera=(), geolocation=(), microphone=(), payment=()"
    self.page = page
  }

  /// Fields that are put on an answer after these: its identifier, the date.
  private static let later = 3

  /// Puts the fields of its kind on an answer; what the handler set stands.
  func complete(_ response: inout Response) {
    let isPage = response.headers.first(.contentType)?.hasPrefix("text/html") ?? false
    let usual = isPage ? page : api
    var headers = response.headers
    headers.reserveCapacity(headers.count + usual.count + AnswerHeaders.later)
    for field in usual where !headers.contains(field.name) { headers.append(field) }
    response.headers = headers
  }
}

extension HTTPFields {
  /// The first value of a field: for fields that a message has once.
  ///
  /// The subscript joins all values of the name, at a cost that each request would pay.
  func first(_ name: HTTPField.Name) -> String? { first { $0.name == name }?.value }
}

extension Response {
  /// An answer in JSON.
  static func json(
    _ status: HTTPResponse.Status = .ok, _ write: (inout JSONWriter) throws -> Void
  ) rethrows -> Response {
    var writer = JSONWriter(capacity: 1_024)
    try write(&writer)
    return json(status, bytes: writer.bytes)
  }

  /// An answer in JSON that has been written.
  static func json(_ status: HTTPResponse.Status = .ok, bytes: [UInt8]) -> Response {
    Response(
      status: status, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  /// An answer in JSON whose last member is long: that is copied once.
  ///
  /// - Parameters:
  ///   - head: an object that was begun, up to the key of its last member.
  ///   - last: the value of that member.
  static func json(head: JSONWriter, last: [UInt8]) -> Response {
    json(head: head, length: last.count) { $0.writeBytes(last) }
  }

  /// The same for an array.
  ///
  /// - Parameter elements: the elements of the array, some in each part, written one after another.
  static func json(head: JSONWriter, elements: [[UInt8]]) -> Response {
    json(head: head, length: elements.reduce(2) { $0 + $1.count + 1 }) { body in
      body.writeStaticString("[")
      for (number, part) in elements.lazy.filter({ !$0.isEmpty }).enumerated() {
        if number > 0 { body.writeStaticString(",") }
        body.writeBytes(part)
      }
      body.writeStaticString("]")
    }
  }

  private static func json(
    head: JSONWriter, length: Int, _ last: (inout ByteBuffer) -> Void
  ) -> Response {
    var body = ByteBufferAllocator().buffer(capacity: head.bytes.count + length + 1)
    body.writeBytes(head.bytes)
    last(&body)
    body.writeStaticString("}")
    return Response(
      status: .ok, headers: [.contentType: "application/json"],
      body: ResponseBody(byteBuffer: body))
  }

  /// A page.
  static func page(_ html: String, status: HTTPResponse.Status = .ok) -> Response {
    Response(
      status: status, headers: [.contentType: "text/html; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(string: html)))
  }

  /// Sends a browser on to another of our pages, by GET.
  static func seeOther(_ path: String) -> Response {
    Response(status: .seeOther, headers: [.location: path])
  }

  /// A problem in the form for programs.
  static func problem(_ problem: Problem, requestID: String?) -> Response {
    var headers = problem.responseHeaders
    headers[.contentType] = "application/problem+json"
    return Response(
      status: problem.status, headers: headers,
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: problem.body(requestID: requestID))))
  }
}
