import Foundation
import Support
import Testing

@Suite("The sources keep the house rules")
struct TidyTests {
  /// Which outside modules only one target may import.
  static let keepers: [String: Set<String>] = [
    "FoundationXML": ["DMN"], "COpenSSL": ["Vault"], "GRDB": ["Storage"],
    "Hummingbird": ["Web"], "HummingbirdTLS": ["Web"], "HummingbirdHTTP2": ["Web"],
    "Mustache": ["Web"], "ArgumentParser": ["steward"], "ServiceLifecycle": ["steward", "Web"],
  ]

  /// The one direction of imports: what each target may know of the others.
  static let mayKnow: [String: Set<String>] = [
    "Quantities": [], "JSON": ["Quantities"], "FEEL": ["Quantities"],
    "DMN": ["FEEL", "Quantities"], "Calculation": ["Quantities"],
    "Advice": ["Calculation", "DMN", "FEEL", "JSON", "Quantities"],
    "Vault": ["COpenSSL"], "Storage": ["Quantities", "Vault"],
    "CRM": ["Advice", "Calculation", "DMN", "JSON", "Quantities", "Storage", "Vault"],
    "Web": ["Advice", "Calculation", "CRM", "JSON", "Quantities", "Vault"],
    "steward": [
      "Advice", "Calculation", "CRM", "DMN", "FEEL", "JSON", "Quantities", "Storage", "Vault",
      "Web",
    ],
  ]

  @Test("There are sources to read")
  func thereAreSources() {
    #expect(SourceTree.sources.count > 20)
  }

  @Test("No file is longer than 400 lines", arguments: SourceTree.sources + SourceTree.tests)
  func filesAreShort(file: SourceFile) {
    #expect(file.lines.count <= 401, "\(file.path) has \(file.lines.count) lines")
  }

  @Test("No function is longer than 70 lines", arguments: SourceTree.sources)
  func functionsAreShort(file: SourceFile) {
    for function in FunctionExtent.all(in: file) {
      #expect(
        function.length <= 70,
        "\(file.path):\(function.line) \(function.name) has \(function.length) lines")
    }
  }

  @Test("Imports follow one direction", arguments: SourceTree.sources)
  func importsFollowOneDirection(file: SourceFile) {
    let own = Set(Self.mayKnow.keys).union(["COpenSSL"])
    for module in file.imports {
      if let keepers = Self.keepers[module] {
        #expect(keepers.contains(file.target), "\(file.path) may not import \(module)")
      }
      if own.contains(module) {
        let allowed = Self.mayKnow[file.target] ?? []
        #expect(allowed.contains(module), "\(file.path) may not import \(module)")
      }
    }
  }

  @Test("Names say what a thing is", arguments: SourceTree.sources)
  func namesSayWhatAThingIs(file: SourceFile) {
    let banned = ["Manager", "Helper", "Helpers", "Utils", "Util", "Utilities", "Impl", "Misc"]
    let stem = file.name.replacing(".swift", with: "")
    #expect(!banned.contains { stem.hasSuffix($0) }, "\(file.path)")
    let kinds = ["struct ", "class ", "enum ", "actor ", "protocol "]
    for (index, line) in file.lines.enumerated() {
      for kind in kinds {
        guard let at = line.range(of: kind), !line.contains("//") else { continue }
        let name = line[at.upperBound...].prefix { $0.isLetter || $0.isNumber || $0 == "_" }
        // A decision service is a term of the DMN standard.
        let isRole = name.hasSuffix("Service") && file.target != "DMN"
        #expect(
          !banned.contains { name.hasSuffix($0) } && !isRole,
          "\(file.path):\(index + 1) \(name)")
      }
    }
  }

  @Test("What is unchecked says why", arguments: SourceTree.sources)
  func uncheckedSaysWhy(file: SourceFile) {
    for (index, line) in file.lines.enumerated() {
      let code = line.drop { $0 == " " }
      guard !code.hasPrefix("//") else { continue }
      #expect(!code.contains("try! "), "\(file.path):\(index + 1)")
      #expect(!code.contains(" as! "), "\(file.path):\(index + 1)")
      guard code.contains("@unchecked") || code.contains("nonisolated(unsafe)") else { continue }
      let above = index > 0 ? file.lines[index - 1] : ""
      #expect(line.contains("//") || above.contains("//"), "\(file.path):\(index + 1)")
    }
  }

  @Test("No work is left marked as undone", arguments: SourceTree.sources)
  func noUndoneWork(file: SourceFile) {
    for (index, line) in file.lines.enumerated() {
      #expect(!line.contains("TODO") && !line.contains("FIXME"), "\(file.path):\(index + 1)")
    }
  }

  @Test("SQL keeps to what both engines speak", arguments: SourceTree.sources)
  func sqlIsPortable(file: SourceFile) {
    guard ["Storage", "CRM"].contains(file.target) else { return }
    let refused = [
      "NOW()", "CURRENT_TIMESTAMP", "SERIAL", "AUTOINCREMENT", "ILIKE", "INSERT OR ", "json_",
      "strftime", "datetime(", " GLOB ", "rowid",
    ]
    for (index, line) in file.lines.enumerated() where !line.contains("//") {
      for word in refused where line.contains(word) {
        Issue.record("\(file.path):\(index + 1) uses \(word)")
      }
    }
  }

  /// What version control keeps in the project's top folder; nil where it keeps nothing there.
  static let topFolder: [String]? = {
    let git = Process()
    git.executableURL = URL(filePath: "/usr/bin/env")
    git.arguments = ["git", "-C", ProjectFolder.root.path, "ls-tree", "--name-only", "HEAD"]
    let output = Pipe()
    (git.standardOutput, git.standardError) = (output, FileHandle.nullDevice)
    guard (try? git.run()) != nil else { return nil }
    let names = output.fileHandleForReading.readDataToEndOfFile()
    git.waitUntilExit()
    guard git.terminationStatus == 0 else { return nil }
    return String(decoding: names, as: UTF8.self).split(separator: "\n").map(String.init)
  }()

  @Test(
    "No stray file is kept beside the folders of the project",
    .enabled(if: topFolder != nil, "needs the checkout of a repository"))
  func noStrayFiles() {
    let known: Set = [
      ".ci", ".gitignore", ".swift-format", "Documentation", "LICENSE", "Package.swift",
      "Products", "Questionnaires", "README.md", "Rules", "Scripts", "Sources", "Tests",
    ]
    for name in Self.topFolder ?? [] { #expect(known.contains(name), "\(name)") }
  }

  @Test("No path of one machine stands in the project")
  func noMachinePaths() throws {
    let parent = ProjectFolder.root.deletingLastPathComponent().path
    guard parent.count > 1 else { return }
    for file in SourceTree.sources + SourceTree.tests {
      for (index, line) in file.lines.enumerated() {
        #expect(!line.contains(parent + "/"), "\(file.path):\(index + 1)")
      }
    }
  }
}
