import HTTPTypes
import Hummingbird
import NIOCore
import Vault

/// A file that pages refer to, under a name that changes with its content: browsers may keep it for
/// as long as they like.
struct Asset: Sendable {
  let path: String
  let type: String
  let bytes: [UInt8]

  private init(_ name: String, _ suffix: String, type: String, _ text: String) {
    bytes = Array(text.utf8)
    path = "/assets/\(name)-\(Digest.sha256(bytes).hex.prefix(12)).\(suffix)"
    self.type = type
  }

  static let style = Asset(
    "steward", "css", type: "text/css; charset=utf-8", StyleSheet.text)
  static let script = Asset(
    "steward", "js", type: "text/javascript; charset=utf-8", Script.text)
  static let icon = Asset("mark", "svg", type: "image/svg+xml", Mark.file)

  /// All of them.
  static let all = [style, script, icon]

  var response: Response {
    Response(
      status: .ok,
      headers: [.contentType: type, .cacheControl: "public, max-age=31536000, immutable"],
      body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

/// The mark of the house and the signs in lists, as SVG.
enum Mark {
  private static let shape = """
    <path d="M16 3 4 8v8c0 7 5 11.5 12 13 7-1.5 12-6 12-13V8z"/>\
    <path class="cut" d="M11 12h10M11 16h10M11 20h6"/>
    """

  /// The mark in the page's head, in the colour of the text.
  static let inline = """
    <svg viewBox="0 0 32 32" aria-hidden="true" focusable="false" fill="none" \
    stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">\
    \(shape)</svg>
    """

  /// The mark as a file of its own.
  static let file = """
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32" fill="none" stroke="#0b5f52" \
    stroke-width="2.6" stroke-linecap="round" stroke-linejoin="round">\(shape)</svg>
    """

  /// For a condition that is met.
  static let check = sign("M4 10.5l4 4 8-9")
  /// For a condition that fails.
  static let cross = sign("M5 5l10 10M15 5 5 15")
  /// For a condition that cannot be told.
  static let open = sign("M7 7.5a3 3 0 1 1 4.2 2.7c-.8.4-1.2 1-1.2 1.8M10 15.5v.1")

  private static func sign(_ path: String) -> String {
    """
    <svg viewBox="0 0 20 20" aria-hidden="true" focusable="false" fill="none" \
    stroke="currentColor" stroke-width="2.2" stroke-linecap="round" stroke-linejoin="round">\
    <path d="\(path)"/></svg>
    """
  }
}
