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
    let html = writer.html(DocumentationPage(table.routes))
    table.mount(Route(.get, "/docs", "The API for people"), as: PublicContext.self) { _ in
      .page(html)
    }
  }
}
