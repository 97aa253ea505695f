/// List functions that return an edited copy (DMN 1.5, 10.3.4.4, Table 75). Positions count from
/// 1, or from the end where negative; fractions are cut off.
extension Builtin {
  static let listEdits: [Builtin] = [
    Builtin("sublist", .list(.any), follows: 0, .many(sublistParts, sublist)),
    Builtin(
      "append", .list(.any),
      .variadic([Parameter("list", .list(.any)), Parameter("item", .any)]) { arguments, call in
        let elements = arguments[0].elements ?? []
        guard call.spend(elements.count) else { return call.evaluation.exhausted(call.span) }
        return list(elements + arguments.dropFirst(), call)
      }),
    Builtin(
      "insert before", .list(.any),
      .many([
        Parameter("list", .list(.any)), Parameter("position", .number),
        Parameter("newItem", .any),
      ]) { arguments, call in
        edit(arguments[0], at: arguments[1], call) { $0.insert(arguments[2], at: $1) }
      }),
    Builtin(
      "remove", .list(.any), follows: 0,
      .two(("list", .list(.any)), ("position", .number)) { list, position, call in
        edit(list, at: position, call) { $0.remove(at: $1) }
      }),
    Builtin(
      "list replace", .list(.any),
      .many([
        Parameter("list", .list(.any)), Parameter("position", .number),
        Parameter("newItem", .any),
      ]) { arguments, call in
        edit(arguments[0], at: arguments[1], call) { $0[$1] = arguments[2] }
      },
      .many(
        [
          Parameter("list", .list(.any)), Parameter("match", .any),
          Parameter("newItem", .any),
        ], replaceMatching)),
  ]

  private static let sublistParts = [
    Parameter("list", .list(.any)), Parameter("start position", .number),
    Parameter("length", .number, isOptional: true),
  ]

  private static func edit(
    _ list: Value, at position: Value, _ call: Call,
    _ body: (inout [Value], Int) -> Void
  ) -> Value {
    var elements = list.elements ?? []
    guard call.spend(elements.count) else { return call.evaluation.exhausted(call.span) }
    guard let place = position.truncated, place != 0, abs(place) <= elements.count else {
      return call.outside("a list of \(elements.count) has no position \(position)")
    }
    body(&elements, place > 0 ? place - 1 : elements.count + place)
    return Builtin.list(elements, call)
  }

  /// Footnotes 1 and 2 of Table 75.
  private static func sublist(_ arguments: [Value], _ call: Call) -> Value {
    let elements = arguments[0].elements ?? []
    guard let start = arguments[1].truncated, start != 0, abs(start) <= elements.count else {
      return call.outside("a list of \(elements.count) has no position \(arguments[1])")
    }
    let from = start > 0 ? start - 1 : elements.count + start
    var count = elements.count - from
    if !arguments[2].isNull {
      guard let length = arguments[2].truncated, length >= 1, length <= count else {
        return call.outside("the length \(arguments[2]) is not within 1 and \(count)")
      }
      count = length
    }
    guard call.spend(count) else { return call.evaluation.exhausted(call.span) }
    return .list(Array(elements[from..<from + count]))
  }

  /// Replaces each element for which `match(element, newItem)` is true.
  private static func replaceMatching(_ arguments: [Value], _ call: Call) -> Value {
    guard case .function(let match) = single(arguments[1]) else {
      return call.wrongType("'match' is neither a position nor a function")
    }
    guard match.accepts(2) else { return call.wrongType("'match' takes two arguments") }
    var elements = arguments[0].elements ?? []
    let matches = RepeatedCall(match, call)
    for place in elements.indices {
      guard call.spend(1) else { return call.evaluation.exhausted(call.span) }
      switch matches(elements[place], arguments[2]) {
      case .boolean(true): elements[place] = arguments[2]
      case .boolean(false): break
      case let other: return call.wrongType("'match' gives \(other.kindName), not a boolean")
      }
    }
    return .list(elements)
  }
}

extension FunctionValue {
  /// Whether the function can be called with that many arguments by position.
  func accepts(_ count: Int) -> Bool {
    if let builtin { return builtin.forms.contains { $0.takes(count) } }
    return parameters.count == count
  }
}
