import Quantities
import Testing

@Suite struct DecimalFunctionTests {
  @Test(
    "Published values are right to the last digit",
    arguments: [
      // Constants to 34 digits: OEIS A001113, A002162, A002392, A002193, A002194.
      ("exp", "1", "2.718281828459045235360287471352662"),
      ("ln", "2", "0.6931471805599453094172321214581766"),
      ("ln", "10", "2.302585092994045684017991454684364"),
      ("root", "2", "1.414213562373095048801688724209698"),
      ("root", "3", "1.732050807568877293527446341505872"),
      ("exp", "0", "1"), ("ln", "1", "0"), ("root", "0.00", "0.0"), ("root", "16.00", "4.0"),
      ("root", "1E+7", "3162.277660168379331998893544432719"), ("exp", "-Inf", "0"),
      ("exp", "Inf", "Infinity"), ("ln", "0", "NaN"), ("ln", "-1", "NaN"), ("root", "-1", "NaN"),
      ("ln", "Inf", "Infinity"), ("exp", "20000", "Infinity"), ("exp", "-20000", "0"),
      ("exp", "1E-40", "1.000000000000000000000000000000000"),
      ("ln", "1.000000000000000000000000000000001", "9.999999999999999999999999999999995E-34"),
      ("root", "9999999999999999999999999999999999", "99999999999999999.99999999999999999"),
    ])
  func values(function: String, argument: String, result: String) {
    let argument = number(argument)
    let value =
      switch function {
      case "exp": argument.exponential()
      case "ln": argument.naturalLogarithm()
      default: argument.squareRoot()
      }
    #expect(value.description == result)
  }

  @Test(
    "Powers are exact where digits suffice, else rounded once",
    arguments: [
      ("1.05", "2", "1.1025"), ("2", "-3", "0.125"), ("-2", "3", "-8"), ("-2", "2", "4"),
      ("10", "-2", "0.01"), ("1.0", "5", "1.00000"), ("4", "0.5", "2"), ("0.25", "-1.5", "8"),
      ("8", "0.3333333333333333333333333333333333", "2"),
      ("0", "0", "1"), ("0", "3", "0"), ("0", "-1", "NaN"), ("0", "0.5", "0"), ("-8", "0.5", "NaN"),
      ("1", "1E+30", "1"), ("-1", "10000000000000000000001", "-1"), ("2", "1E+20", "Infinity"),
      ("0.5", "1E+20", "0"), ("2", "20000", "3.980276840337966592354307206191202E+6020"),
      ("10", "7000", "Infinity"),
      ("10", "-7000", "0"), ("Inf", "-2", "0"), ("-Inf", "3", "-Infinity"), ("NaN", "2", "NaN"),
      ("1.000000000000000000000000000000001", "1E+30", "1.001000500166708341668055753993058"),
      // An annuity of 30 years at 5 % a year, monthly.
      ("1.004166666666666666666666666666667", "360", "4.467744314006132212428070110413550"),
    ])
  func powers(base: String, exponent: String, result: String) {
    let value = number(base).power(number(exponent))
    #expect(value == number(result), "got \(value)")
  }

  @Test("A whole power is the same by machine integer and by decimal")
  func wholePowers() {
    for base in ["1.07", "-3", "0.999", "12345.678901234567890123456789"] {
      for exponent in -40...40 {
        #expect(
          number(base).power(exponent) == number(base).power(Decimal128(exponent)),
          "\(base) ^ \(exponent)")
      }
    }
    #expect(Decimal128(2).power(Int.max) == .infinity)
    #expect(Decimal128(2).power(Int.min).isZero)
    #expect(Decimal128(-1).power(Int.max) == -1)
    #expect(number("1E+3").power(Int.min).isZero)
    #expect(number("0.10").power(Int.max).isZero)
  }

  @Test("Exponential and logarithm undo each other, and a root squared is the number")
  func inverses() {
    var generator = SeededRandom(seed: 3)
    for _ in 0..<200 {
      let value = Decimal128.random(&generator, exponents: -36 ... -30).magnitude + number("0.001")
      let close = number("1E-31")
      let logged = value.naturalLogarithm().exponential()
      #expect(((logged - value) / value).magnitude < close, "seed 3: \(value)")
      let root = value.squareRoot()
      #expect(((root * root - value) / value).magnitude < number("1E-32"), "seed 3: \(value)")
    }
  }
}
