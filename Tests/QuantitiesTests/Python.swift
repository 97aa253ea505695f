import Foundation

/// The Python of this machine, whose `decimal` module is the oracle of some tests.
enum Python {
  /// Runs a script and gives what it prints, or nil where there is no Python or the script fails.
  static func run(_ script: String) -> String? {
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let output = Pipe()
    process.standardOutput = output
    process.standardError = FileHandle.nullDevice
    do { try process.run() } catch { return nil }
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else { return nil }
    return String(decoding: data, as: UTF8.self)
  }

  /// Whether there is a Python 3 with its `decimal` module.
  static let isPresent = run("import decimal; print(1)") != nil

  /// The folder of the public decimal test vectors that CPython ships, where it is installed.
  static let decimalVectors: URL? = {
    let script = "import test, os; print(os.path.dirname(test.__file__))"
    guard let path = run(script)?.split(separator: "\n").first else { return nil }
    let folder = URL(filePath: String(path)).appending(path: "decimaltestdata")
    return FileManager.default.fileExists(atPath: folder.path) ? folder : nil
  }()
}
