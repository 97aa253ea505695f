import Foundation
import Quantities
import Testing

/// The public test vectors of the General Decimal Arithmetic for decimal128.
@Suite struct DecimalVectorTests {
  /// The files, and how many of their cases must at least be run.
  static let files: [(name: String, least: Int)] = [
    ("dqBase", 740), ("dqAdd", 830), ("dqSubtract", 440), ("dqMultiply", 470), ("dqDivide", 650),
    ("dqDivideInt", 350), ("dqRemainder", 490), ("dqCompare", 650), ("dqQuantize", 500),
    ("dqToIntegral", 100), ("dqMinus", 43), ("dqAbs", 74), ("dqCopyAbs", 43), ("dqReduce", 120),
    ("squareroot", 3200), ("exp", 280), ("ln", 290), ("power", 650),
  ]

  @Test(
    "decimal128 gives every digit of the public vectors",
    .enabled(if: Python.decimalVectors != nil, "needs the decimaltestdata of CPython"),
    arguments: files)
  func vectors(file: (name: String, least: Int)) throws {
    let folder = try #require(Python.decimalVectors)
    let vectors = try DecimalVector.read(folder.appending(path: "\(file.name).decTest"))
    var passed = 0
    var notOffered: [String: Int] = [:]
    for vector in vectors {
      switch vector.run() {
      case .passed: passed += 1
      case .notOffered(let reason): notOffered[reason, default: 0] += 1
      case .failed(let value):
        Issue.record(
          """
          \(vector.name) \(vector.operation) \(vector.operands.joined(separator: " ")) -> \
          \(vector.result), but got \(value)
          """)
      }
    }
    print("\(file.name): \(passed) of \(vectors.count) cases run; not offered: \(notOffered)")
    #expect(passed >= file.least)
  }
}
