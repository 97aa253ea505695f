import CRM
import HTTPTypes
import Hummingbird
import Quantities
import Vault

/// Signing in and out by forms.
struct SignInPages: Sendable {
  let book: Book
  let writer: PageWriter
  /// Whether requests come through a front of ours.
  let behindFront: Bool

  func mount(on table: RouteTable) {
    let (book, writer, behindFront) = (book, writer, behindFront)
    table.mount(Self.form, as: VisitorContext.self) { call in
      if call.context.session != nil { return .seeOther("/") }
      return .page(
        writer.html(SignInPage(login: "", fault: nil, next: Self.local(call.query["next"]))))
    }
    table.mount(Self.signIn, as: PublicContext.self) { call in
      let form = try call.form()
      let next = Self.local(form["next"])
      let login = form.text("login") ?? ""
      do {
        let session = try await book.signIn(
          login: Personal(login), password: Personal(form["password"] ?? ""),
          network: Network(
            address: ClientAddress.of(
              call.head, peer: call.context.peer.address, behindFront: behindFront)),
          device: "Browser")
        var response = Response.seeOther(next ?? "/")
        response.headers[.setCookie] = SessionCookie.setting(session.token.text)
        return response
      } catch let refusal as Refusal {
        guard let fault = Self.fault(refusal) else { throw refusal }
        let problem = Problem(refusal: refusal)
        let html = writer.html(SignInPage(login: login, fault: fault, next: next))
        var response = Response.page(html, status: problem.status)
        for field in problem.headers where field.name == .retryAfter {
          response.headers.append(field)
        }
        return response
      }
    }
    table.mount(Self.signOut, as: VisitorContext.self) { call in
      if let session = call.context.session { try await book.signOut(session.token) }
      var response = Response.seeOther("/sign-in")
      response.headers[.setCookie] = SessionCookie.clearing
      return response
    }
  }

  /// What the person is told; nil for what is not theirs to mend.
  private static func fault(_ refusal: Refusal) -> String? {
    switch refusal {
    case .denied: "The login or the password is wrong."
    case .tooMany(let seconds): "Too many attempts. Try again in \(seconds) seconds."
    case .busy: "Many people are signing in just now. Try again in a moment."
    default: nil
    }
  }

  /// A page of ours to go on to; nil for anything that could lead elsewhere.
  static func local(_ path: String?) -> String? {
    guard let path, path.utf8.count <= 512, path.hasPrefix("/"), !path.hasPrefix("//"),
      path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\\") })
    else { return nil }
    return path
  }

  private static let form = Route(
    .get, "/sign-in", "Sign in", query: [.init("next", .text("Where to go on to."))])
  private static let signIn = Route(
    .post, "/sign-in", "Sign in", body: .form, effect: .repeatable)
  private static let signOut = Route(
    .post, "/sign-out", "Sign out", body: .form, effect: .repeatable)
}
