import ArgumentParser
import DMN
import Foundation

/// Says what changed between two versions of rules.
struct RulesDiff: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Say in words which rules changed between two versions.",
    discussion: """
      Compares two models, or two editions by the names of their models. Rules
      are told apart by their ids, else by their content; layout and diagrams
      make no difference.

      Examples:
        steward rules diff old.dmn new.dmn
        steward rules diff Rules/2024-01-01 Rules/2025-01-01
      """)

  @Argument(help: "The old model or edition.")
  var old: String

  @Argument(help: "The new model or edition.")
  var new: String

  func run() async throws {
    let isFolder = try Self.isFolder(old)
    guard try isFolder == Self.isFolder(new) else {
      throw Failure("compare two models or two folders, not one of each")
    }
    let count = isFolder ? try folders() : try models(old, new, title: nil)
    print("\(count) changes")
  }

  private static func isFolder(_ path: String) throws -> Bool {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw Failure("there is no '\(path)'")
    }
    return isFolder.boolValue
  }

  private func folders() throws -> Int {
    let names = { (path: String) in
      try RuleFolder.names(in: URL(filePath: path, directoryHint: .isDirectory))
        .filter { $0.hasSuffix(".dmn") }
    }
    let before = try names(old)
    let after = try names(new)
    guard !before.isEmpty || !after.isEmpty else {
      throw Failure("'\(old)' and '\(new)' hold no .dmn file")
    }
    var count = 0
    for name in Set(before + after).sorted() {
      if !before.contains(name) {
        print("\(name): it is new.")
        count += 1
      } else if !after.contains(name) {
        print("\(name): it is gone.")
        count += 1
      } else {
        count += try models("\(old)/\(name)", "\(new)/\(name)", title: name)
      }
    }
    return count
  }

  private func models(_ old: String, _ new: String, title: String?) throws -> Int {
    let changes = try ModelFiles.load([new]).changes(since: ModelFiles.load([old]))
    for change in changes { print((title.map { "\($0): " } ?? "") + change.description) }
    return changes.count
  }
}
