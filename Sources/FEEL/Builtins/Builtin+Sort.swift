/// Functions that take a function (DMN 1.5, 10.3.4.9, Table 80).
extension Builtin {
  static let higherOrder: [Builtin] = [
    Builtin(
      "sort", .list(.any), follows: 0,
      .two(("list", .list(.any)), ("precedes", .any)) { list, precedes, call in
        sort(list, precedes, call)
      })
  ]

  private static func sort(_ list: Value, _ precedes: Value, _ call: Call) -> Value {
    guard case .function(let function) = single(precedes), function.accepts(2) else {
      return call.wrongType("'precedes' is no function of two arguments")
    }
    var sorter = Sorter(function, call)
    guard let sorted = sorter.sort(list.elements ?? []) else {
      if call.evaluation.isExhausted { return call.evaluation.exhausted(call.span) }
      return call.wrongType("'precedes' gives no boolean")
    }
    return .list(sorted)
  }
}

/// A stable merge sort by a FEEL function.
///
/// It ends for any answers of the function.
private struct Sorter {
  private let precedes: RepeatedCall
  private let call: Call

  init(_ precedes: FunctionValue, _ call: Call) {
    self.precedes = RepeatedCall(precedes, call)
    self.call = call
  }

  /// The sorted elements; nil when the function gave no boolean or the budget is spent.
  mutating func sort(_ elements: [Value]) -> [Value]? {
    guard call.spend(elements.count) else { return nil }
    var current = elements
    var width = 1
    while width < current.count {
      var merged: [Value] = []
      merged.reserveCapacity(current.count)
      var start = 0
      while start < current.count {
        let middle = min(start + width, current.count)
        let end = min(start + 2 * width, current.count)
        guard merge(current[start..<middle], current[middle..<end], into: &merged) else {
          return nil
        }
        start = end
      }
      current = merged
      width *= 2
    }
    return current
  }

  private func merge(
    _ left: ArraySlice<Value>, _ right: ArraySlice<Value>, into merged: inout [Value]
  ) -> Bool {
    var mine = left.startIndex
    var theirs = right.startIndex
    while mine < left.endIndex, theirs < right.endIndex {
      // The right one moves ahead only where it strictly precedes, so equals keep their order.
      guard case .boolean(let swaps) = precedes(right[theirs], left[mine]) else { return false }
      merged.append(swaps ? right[theirs] : left[mine])
      if swaps { theirs += 1 } else { mine += 1 }
    }
    merged.append(contentsOf: left[mine...])
    merged.append(contentsOf: right[theirs...])
    return true
  }
}
