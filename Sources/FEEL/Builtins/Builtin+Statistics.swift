import Quantities

/// List functions that reduce a list, each of which also takes its elements as arguments
/// (DMN 1.5, 10.3.4.4, Table 75).
extension Builtin {
  static let statistics: [Builtin] = [
    reducing("min", .any) { elements, call in extreme(elements, .less, call) },
    reducing("max", .any) { elements, call in extreme(elements, .greater, call) },
    numeric("sum") { numbers, call in
      numbers.isEmpty ? call.outside("the list is empty") : finite(numbers.reduce(0, +), call)
    },
    numeric("product") { numbers, call in
      numbers.isEmpty ? call.outside("the list is empty") : finite(numbers.reduce(1, *), call)
    },
    numeric("mean") { numbers, call in
      if numbers.isEmpty { return call.outside("the list is empty") }
      return finite(mean(numbers), call)
    },
    numeric("median", median),
    numeric("stddev", standardDeviation),
    Builtin(
      "mode", .list(.number), listForm(mode), elementsForm(mode)),
    reducing("all", .boolean) { elements, call in
      truth(elements, decisive: false, call)
    },
    reducing("any", .boolean) { elements, call in
      truth(elements, decisive: true, call)
    },
  ]

  private typealias Reduction = @Sendable ([Value], Call) -> Value

  private static func reducing(
    _ name: String, _ result: Type, _ body: @escaping Reduction
  ) -> Builtin {
    Builtin(name, result, listForm(body), elementsForm(body))
  }

  private static func listForm(_ body: @escaping Reduction) -> Form {
    .one("list", .list(.any)) { list, call in reduce(list.elements ?? [], call, body) }
  }

  private static func elementsForm(_ body: @escaping Reduction) -> Form {
    .variadic([Parameter("n", .any)], least: 2) { reduce($0, $1, body) }
  }

  private static func reduce(_ elements: [Value], _ call: Call, _ body: Reduction) -> Value {
    guard call.spend(elements.count) else { return call.evaluation.exhausted(call.span) }
    return body(elements, call)
  }

  private static func numeric(
    _ name: String, _ body: @escaping @Sendable ([Decimal128], Call) -> Value
  ) -> Builtin {
    reducing(name, .number) { elements, call in
      guard let numbers = decimals(elements) else {
        return call.wrongType("'\(name)' takes numbers only")
      }
      return body(numbers, call)
    }
  }

  private static func decimals(_ elements: [Value]) -> [Decimal128]? {
    var numbers: [Decimal128] = []
    numbers.reserveCapacity(elements.count)
    for element in elements {
      guard case .number(let number) = element else { return nil }
      numbers.append(number)
    }
    return numbers
  }

  /// The first element that none precedes; null when two cannot be compared.
  private static func extreme(
    _ elements: [Value], _ comparison: Comparison, _ call: Call
  ) -> Value {
    guard var best = elements.first else { return call.outside("the list is empty") }
    if best.isNull { return call.wrongType("the list has a null") }
    for element in elements.dropFirst() {
      guard let precedes = call.evaluation.compares(element, comparison, best) else {
        return call.wrongType(
          "\(best.kindName) and \(element.kindName) cannot be compared")
      }
      if precedes { best = element }
    }
    return best
  }

  private static func mean(_ numbers: [Decimal128]) -> Decimal128 {
    numbers.reduce(0, +) / Decimal128(numbers.count)
  }

  @Sendable private static func median(_ numbers: [Decimal128], _ call: Call) -> Value {
    if numbers.isEmpty { return call.outside("the list is empty") }
    let sorted = numbers.sorted()
    let middle = sorted.count / 2
    if sorted.count % 2 == 1 { return .number(sorted[middle]) }
    return finite((sorted[middle - 1] + sorted[middle]) / 2, call)
  }

  /// The sample standard deviation; the mean keeps 34 digits.
  @Sendable private static func standardDeviation(
    _ numbers: [Decimal128], _ call: Call
  ) -> Value {
    guard numbers.count > 1 else { return call.outside("the list has fewer than two numbers") }
    let center = mean(numbers)
    let squares = numbers.reduce(Decimal128.zero) { sum, number in
      let distance = number - center
      return sum + distance * distance
    }
    return finite((squares / Decimal128(numbers.count - 1)).squareRoot(), call)
  }

  /// The most frequent numbers, ascending.
  @Sendable private static func mode(_ elements: [Value], _ call: Call) -> Value {
    guard let numbers = decimals(elements) else {
      return call.wrongType("'mode' takes numbers only")
    }
    var counts: [Decimal128: Int] = [:]
    for number in numbers { counts[number, default: 0] += 1 }
    let highest = counts.values.max() ?? 0
    let modes = counts.filter { $0.value == highest }.keys.sorted()
    return .list(modes.map { .number($0) })
  }

  /// Ternary conjunction (`decisive` false) or disjunction (true) of a list.
  private static func truth(_ elements: [Value], decisive: Bool, _ call: Call) -> Value {
    var known = true
    for element in elements {
      guard case .boolean(let value) = element else {
        known = false
        continue
      }
      if value == decisive { return .boolean(decisive) }
    }
    return known ? .boolean(!decisive) : call.wrongType("an element is no boolean")
  }
}
