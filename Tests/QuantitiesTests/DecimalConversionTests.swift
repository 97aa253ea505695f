import Quantities
import Testing

@Suite struct DecimalConversionTests {
  @Test(
    "Doubles become the shortest decimal that reads back",
    arguments: [
      (0.1, "0.1"), (1.0, "1"), (-2.5, "-2.5"), (1e22, "1E+22"), (1e23, "1E+23"),
      (.leastNonzeroMagnitude, "5E-324"),
      (1.7976931348623157e308, "1.7976931348623157E+308"),
      (123456789012345680.0, "123456789012345680"),
      (0.30000000000000004, "0.30000000000000004"), (9007199254740993.0, "9007199254740992"),
      (-0.0, "-0"), (.infinity, "Infinity"), (-.infinity, "-Infinity"), (.nan, "NaN"),
    ])
  func fromDouble(value: Double, text: String) {
    #expect(Decimal128(value) == number(text))
    if value.isFinite, value.magnitude < 1e16 {
      #expect(Decimal128(value).description == text)
    }
  }

  @Test("Doubles come back from their decimals, and the nearest double is found")
  func roundTrip() {
    var generator = SeededRandom(seed: 4)
    for _ in 0..<5000 {
      let value = Double(bitPattern: generator.next())
      guard value.isFinite else { continue }
      #expect(Decimal128(value).doubleValue == value, "seed 4")
      let short = Double(Int.random(in: -99_999...99_999, using: &generator)) / 100
      #expect(Decimal128(short).doubleValue == short, "seed 4")
    }
    #expect(number("1E+400").doubleValue == .infinity)
    #expect(number("-1E-400").doubleValue == 0)
    #expect(number("0.1000000000000000055511151231257827").doubleValue == 0.1)
    #expect(Decimal128.nan.doubleValue.isNaN)
  }

  @Test(
    "Machine integers come out where the number is one",
    arguments: [
      ("0.00", 0), ("12", 12), ("-12.000", -12), ("1E+3", 1000),
      ("9223372036854775807", Int.max), ("-9223372036854775808", Int.min),
      ("-0E+6000", 0), ("1200E-2", 12),
    ])
  func integers(text: String, value: Int) {
    #expect(number(text).integerValue == value)
  }

  @Test(
    "No machine integer comes out of anything else",
    arguments: [
      "0.5", "9223372036854775808", "-9223372036854775809", "1E+19", "1E+6000", "1E-40", "NaN",
      "Inf",
    ])
  func noIntegers(text: String) {
    #expect(number(text).integerValue == nil)
  }

  @Test("Integers of every width go in exactly, and longer ones are rounded")
  func fromIntegers() {
    #expect(Decimal128(Int.min).description == "-9223372036854775808")
    #expect(Decimal128(UInt64.max).description == "18446744073709551615")
    #expect(Decimal128(Int8(-7)) == -7)
    #expect(Decimal128(UInt128.max).description == "3.402823669209384634633746074317682E+38")
    #expect(Decimal128(Int128.min).isNegative)
  }
}
