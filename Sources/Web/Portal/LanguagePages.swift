import Advice
import Foundation
import HTTPTypes
import Hummingbird
import JSON

/// The choice of a page's language, kept in a cookie; it needs no script.
struct LanguagePages: Sendable {
  /// Seconds that a choice is kept.
  private static let age = 365 * 24 * 3_600

  func mount(on table: RouteTable) {
    table.mount(Self.choose, as: PublicContext.self) { call in
      guard let language = call.query["to"].flatMap({ Language(rawValue: $0) }) else {
        let all = Language.allCases.map(\.rawValue).joined(separator: ", ")
        throw Problem.invalid([
          .init(pointer: "?to", code: .choice, detail: "There are pages in \(all).")
        ])
      }
      let came = call.head.headerFields[.referer].flatMap { URL(string: $0) }
      let path = came.map { $0.path + ($0.query.map { "?\($0)" } ?? "") }
      var response = Response.seeOther(SignInPages.local(path) ?? "/")
      response.headers[.setCookie] =
        "\(RequestLocale.cookie)=\(language.rawValue); Path=/; Max-Age=\(Self.age); SameSite=Lax"
      return response
    }
  }

  private static let choose = Route(
    .get, "/language", "The language of the pages",
    query: [.init("to", .choice("Which.", Language.allCases.map(\.rawValue)))])
}
