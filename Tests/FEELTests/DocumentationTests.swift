import FEEL
import Foundation
import Support
import Testing

@Suite("The page FEEL as built")
struct DocumentationTests {
  @Test("names every form of every built-in with its parameters, and no other")
  func builtins() throws {
    let page = ProjectFolder.root.appending(path: "Documentation/FEEL.md")
    try #require(
      FileManager.default.fileExists(atPath: page.path), "the page is part of the project")
    let text = try String(contentsOf: page, encoding: .utf8)
    let parts = text.components(separatedBy: "\n## ")
    let section = try #require(parts.first { $0.hasPrefix("10. Built-in functions") })
    let rows = section.split(separator: "\n").filter { $0.hasPrefix("| 10.") }
    var written: Set<String> = []
    for row in rows {
      let forms = row.split(separator: "|").last ?? ""
      for (place, form) in forms.split(separator: "`").enumerated() where place % 2 == 1 {
        written.insert(String(form))
      }
    }
    let built = Set(Signature.builtins.map(\.description))
    #expect(written.subtracting(built).sorted() == [])
    #expect(built.subtracting(written).sorted() == [])
  }

  @Test("names every limit with its standard value")
  func limits() throws {
    let page = ProjectFolder.root.appending(path: "Documentation/FEEL.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    for limit in Mirror(reflecting: Limits.standard).children {
      let name = try #require(limit.label)
      let value = try #require(limit.value as? Int).formatted(
        .number.grouping(.automatic).locale(Locale(identifier: "en_US")))
      #expect(text.contains("| `\(name)` | \(value) |"), "\(name) is \(value)")
    }
  }
}
