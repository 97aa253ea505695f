import Foundation

/// The check of a written model against the schema of the standard, by a program of the machine
/// (`xmllint`, in Debian's package libxml2-utils).
public enum SchemaLinter {
  private static let program = ["/usr/bin/xmllint", "/usr/local/bin/xmllint"].first {
    FileManager.default.isExecutableFile(atPath: $0)
  }
  private static let schema = SharedFolder.find("dmn-tck/xsd/DMN15.xsd")

  /// Whether the program and the schema are here; a test that needs them is skipped where not.
  public static var isHere: Bool { program != nil && schema != nil }

  /// What is wrong with the files at these paths by the schema of DMN 1.5, a line each.
  public static func faults(of files: [String]) throws -> [String] {
    guard let program, let schema else { return [] }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = ["--noout", "--nonet", "--schema", schema.path] + files
    let output = Pipe()
    process.standardError = output
    try process.run()
    let text = String(
      decoding: try output.fileHandleForReading.readToEnd() ?? Data(), as: UTF8.self)
    process.waitUntilExit()
    let faults = text.split(separator: "\n").map(String.init).filter { !$0.hasSuffix(" validates") }
    return process.terminationStatus == 0 || !faults.isEmpty ? faults : ["no word of the fault"]
  }
}
