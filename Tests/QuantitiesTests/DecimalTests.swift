import Foundation
import Quantities
import Testing

/// A number written in a test, where it is known to be one.
func number(_ text: String) -> Decimal128 {
  DecimalVector.number(text) ?? .nan
}

@Suite struct DecimalTests {
  @Test("A number takes 16 bytes, so that a value of FEEL stays within 24")
  func layout() {
    #expect(MemoryLayout<Decimal128>.stride == 16)
    #expect(MemoryLayout<Decimal128>.alignment == 8)
  }

  @Test(
    "Texts are read as the numbers they write",
    arguments: [
      ("0", "0"), ("-0", "-0"), ("+1", "1"), ("007.50", "7.50"), (".5", "0.5"), ("5.", "5"),
      ("1e3", "1E+3"), ("1E-7", "1E-7"), ("-12.5e+1", "-125"), ("0.000001", "0.000001"),
      ("0.0000001", "1E-7"),
      ("12345678901234567890123456789012345", "1.234567890123456789012345678901234E+34"),
      ("1e-7000", "0E-6176"), ("1e6144", "1.000000000000000000000000000000000E+6144"),
      ("0e99999999999999999999", "0E+6111"),
      ("0." + String(repeating: "0", count: 40) + "1", "1E-41"),
      ("99999999999999999999999999999999995", "1.000000000000000000000000000000000E+35"),
      (
        "10000000000000000000000000000000005" + String(repeating: "0", count: 30) + "1",
        "1.000000000000000000000000000000001E+65"
      ),
    ])
  func reading(text: String, written: String) {
    #expect(Decimal128(text)?.description == written)
    #expect(Decimal128(text[...])?.description == written)
    #expect(Decimal128(ascii: Array(text.utf8))?.description == written)
  }

  @Test(
    "What is no finite number in ASCII is refused",
    arguments: [
      "", " ", "-", "+", ".", "e5", "1e", "1e+", "1.2.3", "1,5", "0x10", "1 ", " 1", "--1", "1e5.0",
      "NaN", "Infinity", "-Inf", "١٢", "1_000", "½", "1e6145", "-1e99999999999999999999", "1e 5",
    ])
  func refusal(text: String) {
    #expect(Decimal128(text) == nil)
  }

  @Test(
    "Plain text has no exponent and keeps the scale",
    arguments: [
      ("1.50", "1.50"), ("1E+3", "1000"), ("-1E-8", "-0.00000001"), ("0E+5", "0"),
      ("-0.00", "0.00"),
      ("0E-3", "0.000"), ("123E-2", "1.23"), ("123E-3", "0.123"), ("-123E-5", "-0.00123"),
      ("NaN", "NaN"), ("-Inf", "-Infinity"),
    ])
  func plainText(text: String, plain: String) {
    #expect(number(text).plainText == plain)
  }

  @Test("The longest plain text has all its zeros")
  func longestPlainText() {
    #expect(number("1e6111").plainText.utf8.count == 6112)
    #expect(number("1e-6176").plainText.utf8.count == 6178)
    #expect(number("-9.999e-6170").plainText.hasSuffix("0009999"))
  }

  @Test("Every number reads back from its text, digit by digit")
  func textRoundTrip() {
    var generator = SeededRandom(seed: 1)
    var broken: [String] = []
    for round in 0..<3000 {
      // Plain text of a number with thousands of zeros is long; a few of them are enough.
      let reach = round % 100 == 0 ? 6200 : 60
      let value = Decimal128.random(&generator, exponents: -reach...reach)
      guard value.isFinite else { continue }
      if Decimal128(value.description)?.description != value.description
        || Decimal128(value.plainText) != value
      {
        broken.append(value.description)
      }
    }
    #expect(broken.prefix(5) == [], "seed 1")
  }

  @Test("Equal values are equal and hash alike, whatever their scale; nan equals itself")
  func equality() {
    let groups = [
      ["1", "1.0", "1.000000000000000000000000000000000", "0.1E1"],
      ["0", "-0", "0.000", "0E+6000"],
      ["1E+30", "1000000000000000000000000000000"], ["-12.3", "-12.300"], ["NaN"], ["Inf"],
      ["-Inf"],
      ["1E-6176"], ["9999999999999999999999999999999999"],
    ].map { $0.map(number) }
    for (index, group) in groups.enumerated() {
      for (otherIndex, other) in groups.enumerated() {
        for left in group {
          for right in other {
            #expect((left == right) == (index == otherIndex), "\(left) \(right)")
            if index == otherIndex { #expect(left.hashValue == right.hashValue) }
          }
        }
      }
    }
  }

  @Test("The order is total: every pair of a sorted list stands in it")
  func order() {
    let sorted = [
      "-Inf", "-1E+6144", "-12.01", "-12", "-1E-6176", "0", "1E-6176", "9E-40", "0.09", "0.1",
      "0.99",
      "1", "1.000000000000000000000000000000001", "9.99", "10", "1E+20", "1.1E+20",
      "9999999999999999999999999999999999", "1E+34", "1E+6144", "Inf", "NaN",
    ].map(number)
    for (index, left) in sorted.enumerated() {
      for (otherIndex, right) in sorted.enumerated() {
        #expect((left < right) == (index < otherIndex), "\(left) < \(right)")
        #expect((left <= right) == (index <= otherIndex))
        #expect((left > right) == (index > otherIndex))
        #expect((left >= right) == (index >= otherIndex))
      }
    }
  }

  @Test(
    "What numbers are is told without arithmetic",
    arguments: [
      ("1.50", true, false, false), ("2.00", true, false, true), ("-7E+3", true, true, true),
      ("0.000", true, false, true), ("1E-40", true, false, false), ("Inf", false, false, false),
      ("-Inf", false, true, false), ("NaN", false, false, false),
    ])
  func properties(text: String, isFinite: Bool, isNegative: Bool, isInteger: Bool) {
    let value = number(text)
    #expect(value.isFinite == isFinite)
    #expect(value.isNegative == isNegative)
    #expect(value.isInteger == isInteger)
  }

  @Test("Parts make the number again, and wild parts make zero or infinity")
  func parts() {
    let value = Decimal128(isNegative: true, coefficient: 12_345, exponent: -2)
    #expect(value.description == "-123.45")
    #expect(value.coefficient == 12_345)
    #expect(value.exponent == -2)
    #expect(value.scale == 2)
    #expect(
      Decimal128(isNegative: false, coefficient: .max, exponent: 0).description
        == "3.402823669209384634633746074317682E+38")
    #expect(Decimal128(isNegative: false, coefficient: 1, exponent: .max) == .infinity)
    #expect(Decimal128(isNegative: true, coefficient: 1, exponent: .min).description == "-0E-6176")
    #expect(
      Decimal128(isNegative: false, coefficient: 10, exponent: 6143).description
        == "1.0000000000000000000000000000000000E+6144".replacingOccurrences(of: "0E+", with: "E+"))
    #expect(number("1200.00").normalized.description == "1.2E+3")
    #expect(number("-0.00").normalized.description == "0")
  }
}

extension Decimal128 {
  /// A number of random length, sign and exponent.
  static func random(
    _ generator: inout SeededRandom, exponents: ClosedRange<Int>
  ) -> Decimal128 {
    let length = Int.random(in: 1...34, using: &generator)
    var coefficient: UInt128 = 0
    for _ in 0..<length {
      coefficient = coefficient * 10 + UInt128(UInt64.random(in: 0...9, using: &generator))
    }
    return Decimal128(
      isNegative: Bool.random(using: &generator), coefficient: coefficient,
      exponent: Int.random(in: exponents, using: &generator))
  }
}
