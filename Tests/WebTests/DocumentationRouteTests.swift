import Foundation
import HTTPTypes
import Support
import Testing

@testable import Web

@Suite("Routes named in the documentation")
struct DocumentationRouteTests {
  @Test("Every route that a page names is mounted")
  func routes() async throws {
    let server = try await bareServer()
    let folder = ProjectFolder.root.appending(path: "Documentation")
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let pages =
      [ProjectFolder.root.appending(path: "README.md")]
      + names.filter { $0.hasSuffix(".md") }.map { folder.appending(path: $0) }
    var count = 0
    for page in pages {
      let text = try String(contentsOf: page, encoding: .utf8)
      for match in text.matches(
        of: /(?:(GET|POST|PUT|PATCH|DELETE) )?(\/v1\/[a-zA-Z0-9{}\/-]+|`\/[a-z][a-z-]+`)/)
      {
        let named = match.2.filter { $0 != "`" }
        let path = named.trimmingSuffix("/")
        let isPart = named.hasSuffix("/")
        let found = server.routes.filter { isPart ? $0.path.hasPrefix(path) : $0.matches(path) }
        #expect(!found.isEmpty, "\(page.lastPathComponent): \(match.0)")
        if let method = match.1 {
          #expect(
            found.contains { $0.method.rawValue == method },
            "\(page.lastPathComponent): \(match.0)")
        }
        count += 1
      }
    }
    #expect(count > 15)
  }
}

extension String {
  fileprivate func trimmingSuffix(_ suffix: String) -> String {
    hasSuffix(suffix) ? String(dropLast(suffix.count)) : self
  }
}
