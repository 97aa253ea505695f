import Foundation
import Testing

@testable import Web

@Suite("Pages")
struct PageTests {
  @Test("Every name in a template is a property of its page")
  func namesAreProperties() {
    for (name, page) in SamplePages.all {
      var unknown: [String] = []
      check(Template.tags(type(of: page).template), [page], &unknown)
      #expect(unknown.isEmpty, "\(name): \(unknown)")
    }
  }

  @Test("Every page has a language, a title, one main landmark and one first heading")
  func landmarks() throws {
    let writer = try PageWriter()
    for (name, page) in SamplePages.all {
      let html = writer.html(page)
      for part in ["<html lang=\"en\">", "<title>", "<main id=\"main\"", "<h1"] {
        #expect(html.components(separatedBy: part).count == 2, "\(name): \(part)")
      }
      #expect(!html.contains(" style="), "\(name): no style inside the page")
      #expect(!html.contains("<script>"), "\(name): no script inside the page")
      #expect(!html.contains("{{"), "\(name)")
    }
  }

  @Test("Text is escaped")
  func escaped() throws {
    let page = SignInPage(login: "\"><script>alert('x')</script>", fault: "<b>", next: nil)
    let html = try PageWriter().html(page)
    #expect(!html.contains("<script>alert"))
    #expect(html.contains("&lt;b&gt;"))
  }

  @Test("Writes the pages for looking at", .enabled(if: folder != nil, "needs STEWARD_PAGES"))
  func write() throws {
    let folder = try #require(Self.folder)
    let writer = try PageWriter()
    for (name, page) in SamplePages.all {
      let file = folder.appending(path: "\(name).html")
      try Data(writer.html(page).utf8).write(to: file)
    }
    for asset in Asset.all {
      let file = folder.appending(path: String(asset.path.dropFirst()))
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(asset.bytes).write(to: file)
    }
  }

  static let folder = ProcessInfo.processInfo.environment["STEWARD_PAGES"].map {
    URL(filePath: $0)
  }

  /// Looks each tag up as Mustache does, from the innermost value outwards.
  private func check(_ tags: [Template.Tag], _ stack: [Any], _ unknown: inout [String]) {
    for tag in tags {
      switch tag {
      case .value(let name):
        if find(name, stack) == nil { unknown.append(name) }
      case .partial(let name):
        check(Template.tags(Layout.partials[name] ?? ""), stack, &unknown)
      case .section(let name, let inside):
        guard let value = find(name, stack) else {
          unknown.append(name)
          continue
        }
        let values = Mirror(reflecting: value)
        switch values.displayStyle {
        case .collection:
          for child in values.children { check(inside, stack + [child.value], &unknown) }
        case .optional:
          if let child = values.children.first { check(inside, stack + [child.value], &unknown) }
        default: check(inside, stack + [value], &unknown)
        }
      }
    }
  }

  private func find(_ name: String, _ stack: [Any]) -> Any? {
    if name == "." || name.hasSuffix("()") { return true }
    var parts = name.split(separator: ".")
    let first = parts.removeFirst()
    for value in stack.reversed() {
      guard
        let child = Mirror(reflecting: value).children.first(where: { $0.label == String(first) })
      else { continue }
      return parts.isEmpty ? child.value : find(parts.joined(separator: "."), [child.value])
    }
    return nil
  }
}

/// The tags of a Mustache template as a tree, for checking names.
enum Template {
  enum Tag {
    case value(String)
    case partial(String)
    case section(String, [Tag])
  }

  static func tags(_ text: String) -> [Tag] {
    var pieces = text.components(separatedBy: "{{").dropFirst().map { piece in
      String(piece.prefix { $0 != "}" }).trimmingCharacters(in: ["{", " "])
    }[...]
    return read(&pieces)
  }

  private static func read(_ pieces: inout ArraySlice<String>) -> [Tag] {
    var tags: [Tag] = []
    while let piece = pieces.popFirst() {
      switch piece.first {
      case "/": return tags
      case "#", "^": tags.append(.section(String(piece.dropFirst()), read(&pieces)))
      case ">": tags.append(.partial(piece.dropFirst().trimmingCharacters(in: [" "])))
      case "~": tags.append(.value(String(piece.dropFirst())))
      default: tags.append(.value(piece))
      }
    }
    return tags
  }
}
