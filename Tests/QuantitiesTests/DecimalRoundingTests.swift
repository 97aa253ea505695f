import Quantities
import Testing

@Suite struct DecimalRoundingTests {
  /// The seven rules on the same numbers, rounded to whole ones.
  static let table: [(Rounding, [String])] = [
    (.halfEven, ["6", "2", "2", "1", "1", "-1", "-1", "-2", "-2", "-6"]),
    (.halfUp, ["6", "3", "2", "1", "1", "-1", "-1", "-2", "-3", "-6"]),
    (.halfDown, ["5", "2", "2", "1", "1", "-1", "-1", "-2", "-2", "-5"]),
    (.up, ["6", "3", "2", "2", "1", "-1", "-2", "-2", "-3", "-6"]),
    (.down, ["5", "2", "1", "1", "1", "-1", "-1", "-1", "-2", "-5"]),
    (.ceiling, ["6", "3", "2", "2", "1", "-1", "-1", "-1", "-2", "-5"]),
    (.floor, ["5", "2", "1", "1", "1", "-1", "-2", "-2", "-3", "-6"]),
  ]

  @Test("Each rule rounds as its definition says", arguments: table)
  func rules(rule: Rounding, expected: [String]) {
    let numbers = ["5.5", "2.5", "1.6", "1.1", "1.0", "-1.0", "-1.1", "-1.6", "-2.5", "-5.5"]
    #expect(numbers.map { number($0).rounded(scale: 0, rule).description } == expected)
  }

  @Test("The rules are all seven of the standard")
  func allRules() {
    #expect(Set(Rounding.allCases.map(\.rawValue)).count == 7)
    #expect(Self.table.count == Rounding.allCases.count)
  }

  @Test(
    "The result has the scale asked for",
    arguments: [
      ("1.5", 3, "1.500"), ("1234.5678", 2, "1234.57"), ("1250", -2, "1.2E+3"),
      ("1350", -2, "1.4E+3"),
      ("49", -2, "0E+2"), ("51", -2, "1E+2"), ("0", 2, "0.00"), ("-0.004", 2, "-0.00"),
      ("9.995", 2, "10.00"), ("1E+40", 2, "1E+40"), ("123", 40, "123"), ("1E-50", 0, "0"),
      ("9999999999999999999999999999999999", -1, "1.000000000000000000000000000000000E+34"),
      ("NaN", 2, "NaN"), ("-Inf", 2, "-Infinity"), ("7", Int.max, "7"), ("7", Int.min, "0E+6111"),
    ])
  func scales(text: String, scale: Int, result: String) {
    #expect(number(text).rounded(scale: scale).description == result)
  }

  @Test("Rounding is right against whole-number arithmetic, all cases near ties")
  func exhaustive() {
    var broken: [String] = []
    for digits in 1...3 {
      let unit = [1: 10, 2: 100, 3: 1000][digits] ?? 1
      for count in -3 * unit...3 * unit {
        let value = Decimal128(
          isNegative: count < 0, coefficient: UInt128(count.magnitude), exponent: -digits)
        let low = (count - ((count % unit) + unit) % unit) / unit
        let rest = count - low * unit
        for rule in Rounding.allCases {
          let result = value.rounded(scale: 0, rule).integerValue
          if result != Self.expected(low, rest: rest, unit: unit, rule) {
            broken.append("\(value) \(rule)")
          }
        }
      }
    }
    #expect(broken.prefix(5) == [])
  }

  /// The whole number that a rule picks between `low` and `low + 1`.
  private static func expected(_ low: Int, rest: Int, unit: Int, _ rule: Rounding) -> Int {
    if rest == 0 { return low }
    let isNegative = low < 0
    switch rule {
    case .floor: return low
    case .ceiling: return low + 1
    case .down: return isNegative ? low + 1 : low
    case .up: return isNegative ? low : low + 1
    case .halfEven, .halfUp, .halfDown:
      if rest * 2 != unit { return rest * 2 < unit ? low : low + 1 }
      if rule == .halfEven { return low % 2 == 0 ? low : low + 1 }
      return (rule == .halfUp) == isNegative ? low : low + 1
    }
  }
}
