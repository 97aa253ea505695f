import Quantities

/// List functions that read lists or make new ones of several (DMN 1.5, 10.3.4.4, Table 75).
extension Builtin {
  static let lists: [Builtin] = [
    Builtin(
      "list contains", .boolean,
      .two(("list", .list(.any)), ("element", .any)) { list, element, call in
        let elements = list.elements ?? []
        guard call.spend(elements.count) else { return call.evaluation.exhausted(call.span) }
        return .boolean(elements.contains { call.evaluation.equals($0, element) == true })
      }),
    Builtin(
      "count", .number,
      .one("list", .list(.any)) { list, _ in .number(list.elements?.count ?? 0) }),
    Builtin(
      "concatenate", .list(.any), follows: 0,
      .variadic([Parameter("list", .list(.any))], concatenate)),
    Builtin(
      "union", .list(.any), follows: 0,
      .variadic([Parameter("list", .list(.any))]) { lists, call in
        let joined = concatenate(lists, call)
        return distinct(joined, call)
      }),
    Builtin(
      "distinct values", .list(.any), follows: 0, .one("list", .list(.any), distinct)),
    Builtin("flatten", .list(.any), .one("list", .list(.any), flatten)),
    Builtin(
      "reverse", .list(.any), follows: 0,
      .one("list", .list(.any)) { list, call in
        let elements = list.elements ?? []
        guard call.spend(elements.count) else { return call.evaluation.exhausted(call.span) }
        return .list(elements.reversed())
      }),
    Builtin(
      "index of", .list(.number),
      .two(("list", .list(.any)), ("match", .any)) { list, match, call in
        let elements = list.elements ?? []
        guard call.spend(elements.count) else { return call.evaluation.exhausted(call.span) }
        return .list(
          elements.indices.filter { call.evaluation.equals(elements[$0], match) == true }
            .map { .number($0 + 1) })
      }),
  ]

  /// A list that a function made, if it is not too long.
  static func list(_ elements: [Value], _ call: Call) -> Value {
    let limit = call.evaluation.limits.listLength
    if elements.count <= limit { return .list(elements) }
    return call.evaluation.null(.limit, call.span, "the list is longer than \(limit)")
  }

  @Sendable private static func concatenate(_ lists: [Value], _ call: Call) -> Value {
    var joined: [Value] = []
    for list in lists {
      let elements = list.elements ?? []
      guard call.spend(elements.count + 1), joined.count <= call.evaluation.limits.listLength
      else { return call.evaluation.exhausted(call.span) }
      joined += elements
    }
    return list(joined, call)
  }

  @Sendable private static func distinct(_ value: Value, _ call: Call) -> Value {
    guard case .list(let elements) = value else { return .null }
    guard call.spend(elements.count) else { return call.evaluation.exhausted(call.span) }
    var kept: [Value] = []
    var numbers: Set<Decimal128> = []
    var others: [Value] = []
    for element in elements {
      if case .number(let number) = element {
        if numbers.insert(number).inserted { kept.append(element) }
        continue
      }
      guard call.spend(others.count) else { return call.evaluation.exhausted(call.span) }
      if others.contains(where: { call.evaluation.equals($0, element) == true }) { continue }
      others.append(element)
      kept.append(element)
    }
    return .list(kept)
  }

  /// All elements of nested lists, read without recursion.
  @Sendable private static func flatten(_ value: Value, _ call: Call) -> Value {
    var flat: [Value] = []
    var stack: [(elements: [Value], next: Int)] = [(value.elements ?? [], 0)]
    while let (elements, next) = stack.last {
      guard next < elements.count else {
        stack.removeLast()
        continue
      }
      guard call.spend(1) else { return call.evaluation.exhausted(call.span) }
      stack[stack.count - 1].next += 1
      if case .list(let inner) = elements[next] {
        stack.append((inner, 0))
      } else {
        flat.append(elements[next])
      }
    }
    return list(flat, call)
  }
}
