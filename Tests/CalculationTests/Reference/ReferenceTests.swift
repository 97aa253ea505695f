import Calculation
import JSON
import Quantities
import Support
import Testing

/// The published and generated cases of `../shared/reference`, run through the library.
@Suite("Reference data")
struct ReferenceTests {
  typealias Run = @Sendable (ReferenceInputs) throws -> ReferenceAnswer

  /// Every kind of case with the function that answers it.
  static let kinds: [String: Run] = [
    loanKinds, rateKinds, depositKinds, insuranceKinds, optionKinds, hedgeKinds,
  ].reduce(into: [:]) { all, kinds in all.merge(kinds) { first, _ in first } }

  @Test(
    "every case of every kind passes within its tolerance",
    .enabled(if: SharedFolder.find("reference") != nil, "needs ../shared/reference"))
  func allCases() {
    var counts: [String: (passed: Int, failed: Int)] = [:]
    var failures: [String] = []
    for reference in ReferenceCase.all {
      let differences = Self.differences(reference)
      counts[reference.kind, default: (0, 0)].passed += differences.isEmpty ? 1 : 0
      counts[reference.kind, default: (0, 0)].failed += differences.isEmpty ? 0 : 1
      if let first = differences.first { failures.append("\(reference.id): \(first)") }
    }
    for (kind, count) in counts.sorted(by: { $0.key < $1.key }) {
      print("\(kind): \(count.passed) passed, \(count.failed) failed")
    }
    let passed = counts.values.reduce(0) { $0 + $1.passed }
    print("reference data: \(passed) of \(ReferenceCase.all.count) passed")
    let shown = failures.filter { !$0.contains("no function for") }.prefix(40).joined(
      separator: "\n")
    #expect(shown == "")
    #expect(ReferenceCase.all.count >= 1_948)
  }

  static func differences(_ reference: ReferenceCase) -> [String] {
    guard let run = kinds[reference.kind] else { return ["no function for \(reference.kind)"] }
    let mustFail = reference.expected["error"] != nil
    do {
      let answer = try run(reference.inputs)
      if mustFail { return ["expected a refusal, got \(answer)"] }
      return ReferenceTolerance(node: reference.tolerance)
        .differences(reference.expected, answer, reference.kind)
    } catch let error as CalculationError {
      return mustFail ? [] : ["refused: \(error)"]
    } catch {
      return ["could not be put: \(error)"]
    }
  }
}
