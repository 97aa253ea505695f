import Quantities
import Testing

/// The library against the arbitrary-precision decimals of Python, on repeatable random numbers.
@Suite struct DecimalOracleTests {
  /// Prints `operation left right result`.
  ///
  /// Results are rounded once, to decimal128. The numbers are of all lengths; many have digits that
  /// make carries, ties and long exact quotients.
  private static func script(seed: Int, count: Int, operations: [String]) -> String {
    """
    import random
    from decimal import *
    rng = random.Random(\(seed))
    quad = Context(prec=34, rounding=ROUND_HALF_EVEN, Emin=-6143, Emax=6144, clamp=1, traps=[])
    wide = Context(prec=150, rounding=ROUND_HALF_EVEN, Emin=-999999, Emax=999999, traps=[])
    long = Context(prec=13000, Emin=-99999, Emax=99999, traps=[])
    def coefficient():
        n = rng.choice([1, 2, 5, 9, 17, 18, 19, 20, 21, 33, 34, rng.randint(1, 34)])
        kind = rng.randint(0, 5)
        if kind == 0: return 10 ** n - rng.randint(1, 9)
        if kind == 1: return 10 ** (n - 1) + rng.randint(0, 3)
        if kind == 2: return 5 * 10 ** (n - 1)
        if kind == 3: return int(rng.choice("123456789") + "".join(
            rng.choice("0005") for _ in range(n - 1)))
        return rng.randint(10 ** (n - 1), 10 ** n - 1)
    def number(reach):
        c = min(coefficient(), 10 ** 34 - 1)
        e = rng.choice([0, 0, -2, -rng.randint(0, 40), rng.randint(-reach, reach)])
        return quad.create_decimal((rng.randint(0, 1), tuple(map(int, str(c))), e))
    def near_one():
        return quad.create_decimal(
            1 + wide.scaleb(Decimal(rng.randint(-50, 50)), -rng.randint(2, 33)))
    def positive():
        x = near_one() if rng.randint(0, 3) == 0 else abs(number(rng.choice([40, 6000])))
        return x if x > 0 else Decimal(1)
    exact = {"add": quad.add, "subtract": quad.subtract, "multiply": quad.multiply,
             "divide": quad.divide}
    for op in "\(operations.joined(separator: " "))".split():
        for _ in range(\(count)):
            a, b = number(rng.choice([40, 6200])), number(rng.choice([40, 6200]))
            if op in exact:
                if rng.randint(0, 2) == 0: b = quad.create_decimal(
                    (b.is_signed(), b.as_tuple().digits, a.as_tuple().exponent))
                if op == "divide" and b == 0: continue
                r = exact[op](a, b)
            elif op == "remainder":
                if b == 0: continue
                r = quad.create_decimal(long.remainder(a, b))
            elif op == "root":
                a = positive(); r = quad.sqrt(a)
            elif op == "exp":
                a = number(3); a = quad.scaleb(a, -min(40, max(0, a.adjusted() - 3)))
                if rng.randint(0, 4) == 0: a = quad.scaleb(a, -rng.randint(30, 40))
                r = quad.plus(wide.exp(a))
            elif op == "ln":
                a = positive(); r = quad.plus(wide.ln(a))
            elif op == "whole":
                a = positive(); b = Decimal(rng.choice([2, 3, 7, 12, 30, 60, 360, -1, -2, -12, -360,
                                                       rng.randint(-20000, 20000)]))
                r = quad.plus(wide.power(a, b))
                if r == r.to_integral_value() or r.as_tuple().digits[-1] == 0: r = quad.normalize(r)
            elif op == "power":
                a, b = positive(), number(2)
                b = quad.scaleb(b, -min(40, max(0, b.adjusted())))
                r = quad.plus(wide.power(a, b))
            print(op, a, b, r)
    """
  }

  private static func compute(_ operation: String, _ left: Decimal128, _ right: Decimal128)
    -> Decimal128?
  {
    switch operation {
    case "add": left + right
    case "subtract": left - right
    case "multiply": left * right
    case "divide": left / right
    case "remainder": left.remainder(right)
    case "root": left.squareRoot()
    case "exp": left.exponential()
    case "ln": left.naturalLogarithm()
    case "whole": right.integerValue.map { left.power($0) }
    case "power": left.power(right)
    default: nil
    }
  }

  private func check(seed: Int, count: Int, _ operations: [String], byText: Bool) throws {
    let output = try #require(
      Python.run(Self.script(seed: seed, count: count, operations: operations)))
    var compared = 0
    for line in output.split(separator: "\n") {
      let words = line.split(separator: " ").map(String.init)
      guard words.count == 4, let left = DecimalVector.number(words[1]),
        let right = DecimalVector.number(words[2])
      else {
        Issue.record("unreadable line of the oracle: \(line)")
        return
      }
      let result = try #require(Self.compute(words[0], left, right))
      let isEqual =
        byText ? result.description == words[3] : result == DecimalVector.number(words[3])
      if !isEqual {
        Issue.record("\(line), but got \(result) (seed \(seed))")
      }
      compared += 1
    }
    #expect(compared > count * operations.count * 9 / 10)
  }

  @Test(
    "sums, products, quotients and rests have the digits and the scale of the oracle",
    .enabled(if: Python.isPresent, "needs python3"), arguments: [20_260_101, 20_260_102])
  func arithmetic(seed: Int) throws {
    try check(
      seed: seed, count: 2500, ["add", "subtract", "multiply", "divide"], byText: true)
    try check(seed: seed, count: 500, ["remainder"], byText: false)
  }

  @Test(
    "root, exponential, logarithm and power are right to the last digit",
    .enabled(if: Python.isPresent, "needs python3"),
    arguments: ["root", "exp", "ln", "whole", "power"])
  func functions(operation: String) throws {
    try check(seed: 20_260_103, count: 800, [operation], byText: operation == "root")
  }
}
