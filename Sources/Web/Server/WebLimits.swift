/// How much one connection and one request may ask for, and how long each may take.
///
/// Every figure has a name, so that a refusal can say which limit was met.
package struct WebLimits: Sendable, Hashable {
  /// Bytes of one header field, of the request target, and of all fields together.
  package var headerBytes = 16 * 1_024

  /// Header fields of one request.
  package var headerFields = 100

  /// Bytes of a JSON body, unless the route says otherwise.
  package var jsonBytes = 1 << 20

  /// Bytes of a form sent by a page.
  package var formBytes = 16 * 1_024

  /// Bytes of a file that is uploaded.
  package var fileBytes = 4 << 20

  /// Open connections; more wait in the kernel's queue until one closes.
  package var connections = 4_096

  /// Seconds without a byte from the client while it owes us some, and between two requests.
  package var idleSeconds = 30

  /// Seconds from a request's head to the last byte of its body.
  package var readingSeconds = 30

  /// Seconds after which the body's average rate counts.
  package var rateGraceSeconds = 5

  /// Bytes a second that a body must come with, on average, once the grace is over.
  package var bodyBytesPerSecond = 512

  /// Seconds from a request's head to the head of its response.
  package var answeringSeconds = 30

  /// Seconds that a client may take to make room for more of a response.
  package var writingSeconds = 30

  /// Seconds for which the rest of a refused request is read and thrown away, so that the client
  /// gets to read the refusal.
  package var lingeringSeconds = 2

  /// Seconds that running requests have to finish after the order to stop.
  package var shutdownSeconds = 20

  /// The limits in service.
  package init() {}
}
