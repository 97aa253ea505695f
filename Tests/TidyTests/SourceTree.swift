import Foundation
import Support
import Testing

/// One Swift file of the project, as the tidy tests read it.
struct SourceFile: CustomTestStringConvertible {
  /// The path below the project's root, such as `Sources/FEEL/Lexer.swift`.
  let path: String
  /// The lines, without their ends.
  let lines: [Substring]

  var testDescription: String { path }

  /// The name of the target folder: `FEEL` for `Sources/FEEL/Lexer.swift`.
  var target: String {
    let parts = path.split(separator: "/")
    return parts.count > 1 ? String(parts[1]) : ""
  }

  /// The file's name without folders.
  var name: String { path.split(separator: "/").last.map(String.init) ?? path }

  /// The modules that the file imports.
  var imports: [String] {
    lines.compactMap { line in
      let words = line.split(separator: " ").map(String.init)
      guard let at = words.firstIndex(of: "import"), at <= 2, at + 1 < words.count else {
        return nil
      }
      let levels: Set = ["public", "package", "internal", "private", "fileprivate", "@testable"]
      guard words[..<at].allSatisfy(levels.contains) else { return nil }
      return words[(at + 1)...].first { !["struct", "class", "enum", "func"].contains($0) }
        .map { String($0.split(separator: ".").first ?? Substring($0)) }
    }
  }
}

/// The Swift files of the checkout.
enum SourceTree {
  /// Files under `Sources`, sorted by path.
  static let sources = files(below: "Sources")
  /// Files under `Tests`, sorted by path.
  static let tests = files(below: "Tests")

  private static func files(below folder: String) -> [SourceFile] {
    let root = ProjectFolder.root
    let base = root.appending(path: folder)
    guard let walk = FileManager.default.enumerator(at: base, includingPropertiesForKeys: nil)
    else { return [] }
    var found: [SourceFile] = []
    for case let url as URL in walk where url.pathExtension == "swift" {
      guard let text = try? String(contentsOf: url, encoding: .utf8) else { continue }
      let path = url.path.dropFirst(root.path.count + 1)
      found.append(
        SourceFile(
          path: String(path), lines: text.split(separator: "\n", omittingEmptySubsequences: false)))
    }
    return found.sorted { $0.path < $1.path }
  }
}
