import Foundation
import Support
import Synchronization

/// The built program, run as a person at the terminal runs it.
struct Program {
  /// What a run gave.
  struct Run: Sendable {
    let code: Int32
    let output: String
    let errors: String

    /// The lines on the standard error.
    var errorLines: [Substring] { errors.split(separator: "\n") }
  }

  /// The program beside the tests.
  static let executable: URL = {
    let beside = URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "steward")
    if FileManager.default.isExecutableFile(atPath: beside.path) { return beside }
    return ProjectFolder.root.appending(path: ".build/debug/steward")
  }()

  /// Runs the program to its end.
  static func run(_ arguments: [String], input: String = "") throws -> Run {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = ProjectFolder.root
    // Files, since a full pipe would stop the program while nobody reads.
    let folder = try TemporaryFolder()
    let (output, errors, given) = ("output", "errors", "input")
    for (name, content) in [(output, ""), (errors, ""), (given, input)] {
      try Data(content.utf8).write(to: folder.url.appending(path: name))
    }
    process.standardOutput = try FileHandle(forWritingTo: folder.url.appending(path: output))
    process.standardError = try FileHandle(forWritingTo: folder.url.appending(path: errors))
    process.standardInput = try FileHandle(forReadingFrom: folder.url.appending(path: given))
    try process.run()
    process.waitUntilExit()
    let text = { (name: String) in
      String(decoding: try Data(contentsOf: folder.url.appending(path: name)), as: UTF8.self)
    }
    return Run(
      code: process.terminationStatus, output: try text(output), errors: try text(errors))
  }
}

/// A server that runs while a test looks at it.
final class RunningServer {
  private let process = Process()
  private let output = Pipe()
  /// Where it serves.
  let address: String

  /// Starts the program on a port of the system's choice and waits for its address.
  init(data: String) throws {
    process.executableURL = Program.executable
    process.arguments = ["serve", "--data", data, "--port", "0"]
    process.currentDirectoryURL = ProjectFolder.root
    process.standardOutput = output
    try process.run()
    var said: [UInt8] = []
    while !said.contains(UInt8(ascii: "\n")) {
      let more = output.fileHandleForReading.availableData
      if more.isEmpty { break }
      said += more
    }
    let line = String(decoding: said, as: UTF8.self).prefix { $0 != "\n" }
    address = String(line.split(separator: " ").last ?? "")
  }

  /// Stops it and says how it ended.
  func stop() -> Int32 {
    process.terminate()
    process.waitUntilExit()
    return process.terminationStatus
  }

  deinit { if process.isRunning { process.terminate() } }
}
