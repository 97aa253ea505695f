import Quantities
import Testing

@Suite struct DecimalArithmeticTests {
  static let table: [(left: String, operation: Character, right: String, result: String)] = [
    ("1.10", "+", "2.20", "3.30"), ("1.1", "+", "-1.10", "0.00"), ("100", "-", "0.01", "99.99"),
    ("1.20", "*", "3", "3.60"), ("-0.5", "*", "0", "-0.0"), ("10", "/", "4", "2.5"),
    ("1", "/", "3", "0.3333333333333333333333333333333333"), ("2.40", "/", "2", "1.20"),
    ("1E+6144", "*", "10", "Infinity"), ("1E-6176", "*", "0.5", "0E-6176"),
    ("1E-6176", "*", "0.51", "1E-6176"), ("1", "/", "0", "NaN"), ("-1", "/", "0.0", "NaN"),
    ("0", "/", "0", "NaN"), ("Inf", "-", "Inf", "NaN"), ("Inf", "*", "0", "NaN"),
    ("Inf", "+", "-5", "Infinity"), ("5", "/", "-Inf", "-0E-6176"), ("NaN", "+", "1", "NaN"),
    ("18446744073709551615", "+", "18446744073709551615", "36893488147419103230"),
    ("9999999999999999999999999999999999", "+", "1", "1.000000000000000000000000000000000E+34"),
    ("1E+34", "-", "0.4", "1.000000000000000000000000000000000E+34"),
    ("1E+34", "-", "0.6", "9999999999999999999999999999999999"),
    ("1E+34", "-", "1E-6000", "1.000000000000000000000000000000000E+34"),
  ]

  @Test("Sums, differences and products keep the scale that money needs", arguments: table)
  func results(line: (left: String, operation: Character, right: String, result: String)) {
    let (left, right) = (number(line.left), number(line.right))
    let value =
      switch line.operation {
      case "+": left + right
      case "-": left - right
      case "*": left * right
      default: left / right
      }
    #expect(value.description == line.result, "\(line)")
  }

  @Test("Assigning operators do the same as the operators")
  func assignment() {
    var value: Decimal128 = 7
    value += 3
    value *= 6
    value -= 10
    value /= 4
    #expect(value.description == "12.5")
    #expect(-value == Decimal128("-12.5"))
    #expect((-Decimal128.zero).isNegative == false)
  }

  @Test("Small numbers obey the laws of arithmetic, all pairs of them")
  func exhaustiveSmall() {
    let values = (-12...12).flatMap { count in
      [0, -1, -3, 2].map {
        Decimal128(isNegative: count < 0, coefficient: UInt128(count.magnitude), exponent: $0)
      }
    }
    var broken: [String] = []
    for left in values {
      for right in values {
        let laws = [
          left + right == right + left, left * right == right * left,
          (left + right) - right == left, left - right == -(right - left),
          (left < right) == (left - right < 0),
          right == 0 || left.quotientFloor(right) * right + left.modulo(right) == left,
          right == 0 || (left * right) / right == left,
        ]
        if laws.contains(false) { broken.append("\(left) \(right) \(laws)") }
      }
    }
    #expect(broken.prefix(5) == [])
  }

  @Test("Random numbers obey the same laws as far as digits allow")
  func laws() {
    var generator = SeededRandom(seed: 2)
    for _ in 0..<3000 {
      let left = Decimal128.random(&generator, exponents: -40...10)
      let right = Decimal128.random(&generator, exponents: -40...10)
      #expect(left + right == right + left, "seed 2")
      #expect(left - right == -(right - left), "seed 2")
      #expect(left * right == right * left, "seed 2")
      #expect((left < right) == (left - right < 0), "seed 2")
      #expect(left.magnitude * right.magnitude == (left * right).magnitude, "seed 2")
      guard !right.isZero else { continue }
      let rest = left.modulo(right)
      #expect(rest.isZero || rest.isNegative == right.isNegative, "seed 2: \(left) \(right)")
      #expect(rest.magnitude < right.magnitude || rest.magnitude == right.magnitude, "seed 2")
    }
  }

  @Test(
    "Modulo has the sign of the divisor, the remainder that of the dividend",
    arguments: [
      ("12", "5", "2", "2"), ("-12", "5", "3", "-2"), ("12", "-5", "-3", "2"),
      ("-12", "-5", "-2", "-2"), ("10.1", "4.5", "1.1", "1.1"), ("-10.1", "4.5", "3.4", "-1.1"),
      ("5", "0.3", "0.2", "0.2"), ("0", "7", "0", "0"), ("1E+40", "7", "4", "4"),
      ("3", "1E+6000", "3", "3"), ("1", "0", "NaN", "NaN"), ("Inf", "2", "NaN", "NaN"),
    ])
  func modulo(left: String, right: String, modulo: String, remainder: String) {
    #expect(number(left).modulo(number(right)) == number(modulo))
    #expect(number(left).remainder(number(right)) == number(remainder))
  }

  @Test(
    "Whole quotients go down or towards zero",
    arguments: [
      ("7", "2", "3", "3"), ("-7", "2", "-4", "-3"), ("7.5", "-2.5", "-3", "-3"),
      ("1", "3E+40", "0", "0"), ("-1", "3E+40", "-1", "0"),
      ("1E+33", "3", "333333333333333333333333333333333", "333333333333333333333333333333333"),
      ("-0.1", "0.3", "-1", "0"), ("9", "0", "NaN", "NaN"), ("0", "5", "0", "0"),
      ("-9999999999999999999999999999999999", "9999999999999999999999999999999998", "-2", "-1"),
    ])
  func wholeQuotient(left: String, right: String, floor: String, truncated: String) {
    #expect(number(left).quotientFloor(number(right)) == number(floor))
    #expect(number(left).quotientTruncated(number(right)) == number(truncated))
  }
}
