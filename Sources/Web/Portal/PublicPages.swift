import CRM
import Hummingbird

/// The pages and files that need no session and no store.
struct PublicPages: Sendable {
  let writer: PageWriter

  func mount(on table: RouteTable) {
    for asset in Asset.all {
      table.mount(Route(.get, asset.path, "A file of the pages"), as: PublicContext.self) { _ in
        asset.response
      }
    }
  }

  /// Mounts the description of everything mounted before.
  func mountDescription(on table: RouteTable) {
    let (routes, writer) = (table.routes, writer)
    table.mount(Route(.get, "/docs", "The API for people"), as: VisitorContext.self) { call in
      let shell: Shell =
        switch call.context.session?.principal.role {
        case nil: Shell.open("API")
        case .client: Shell.client("API")
        case .policyholder: Shell.policyholder("API")
        case .broker: Shell.broker("API")
        case .staff: Shell.staff("API")
        }
      return .page(writer.html(DocumentationPage(routes, shell)))
    }
  }
}
