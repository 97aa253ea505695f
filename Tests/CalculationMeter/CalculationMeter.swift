import Calculation
import CalculationProperties
import Quantities

/// Measures the calculators on one core, or tries their properties in many random cases.
///
///     CalculationMeter speed [operation]
///     CalculationMeter properties 100000 [seed]
@main
struct CalculationMeter {
  static func main() throws {
    let arguments = CommandLine.arguments
    switch arguments.dropFirst().first {
    case "speed" where (2...3).contains(arguments.count):
      for measure in Measure.all where arguments.count == 2 || measure.name == arguments[2] {
        print(try measure.line())
      }
      if arguments.count == 2 { print(try Measure.accuracy()) }
    case "properties" where (3...4).contains(arguments.count):
      guard let cases = Int(arguments[2]), cases > 0 else { return usage() }
      let given = arguments.count == 4 ? UInt64(arguments[3]) : UInt64.random(in: 0...UInt64.max)
      guard let seed = given else { return usage() }
      try properties(cases, seed)
    default: usage()
    }
  }

  private static func usage() {
    print("usage: CalculationMeter speed [OPERATION] | properties CASES [SEED]")
  }

  private struct Broken: Error, CustomStringConvertible {
    let description: String
  }

  private static func properties(_ cases: Int, _ seed: UInt64) throws {
    print("seed \(seed), \(cases) cases each")
    var broken = 0
    for property in Property.all {
      let began = ContinuousClock.now
      let failure = property.failure(cases: cases, seed: seed)
      let seconds = (ContinuousClock.now - began) / .seconds(1)
      let took = "\((seconds * 10).rounded() / 10) s"
      print("\(failure == nil ? "holds " : "BROKEN") \(property.name), \(took)")
      if let failure {
        broken += 1
        print("       \(failure)")
      }
    }
    if broken > 0 { throw Broken(description: "\(broken) properties do not hold") }
  }
}
