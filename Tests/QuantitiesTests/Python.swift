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

/// A generator of repeatable numbers (SplitMix64); its seed is named in each failure.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
