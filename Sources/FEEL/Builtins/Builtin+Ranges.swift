/// Range functions (DMN 1.5, 10.3.4.7, Table 78). An endpoint that is missing lies beyond all
/// values.
extension Builtin {
  static let ranges: [Builtin] = [
    Builtin(
      "before", .boolean,
      points { $0.precedes($1) }, pointRange { $0.precedes($1) },
      rangePoint { $0.precedes($1) }, twoRanges { $0.precedes($1) }),
    Builtin(
      "after", .boolean,
      points { $1.precedes($0) }, pointRange { $1.precedes($0) },
      rangePoint { $1.precedes($0) }, twoRanges { $1.precedes($0) }),
    Builtin("meets", .boolean, twoRanges { $0.meets($1) }),
    Builtin("met by", .boolean, twoRanges { $1.meets($0) }),
    Builtin("overlaps", .boolean, twoRanges { $0.overlaps($1) }),
    Builtin("overlaps before", .boolean, twoRanges { $0.overlapsBefore($1) }),
    Builtin("overlaps after", .boolean, twoRanges { $1.overlapsBefore($0) }),
    Builtin("finishes", .boolean, pointRange { $0.finishes($1) }, twoRanges { $0.finishes($1) }),
    Builtin(
      "finished by", .boolean, rangePoint { $1.finishes($0) }, twoRanges { $1.finishes($0) }),
    Builtin("includes", .boolean, rangePoint { $0.includes($1) }, twoRanges { $0.includes($1) }),
    Builtin("during", .boolean, pointRange { $1.includes($0) }, twoRanges { $1.includes($0) }),
    Builtin("starts", .boolean, pointRange { $0.starts($1) }, twoRanges { $0.starts($1) }),
    Builtin(
      "started by", .boolean, rangePoint { $1.starts($0) }, twoRanges { $1.starts($0) }),
    Builtin(
      "coincides", .boolean, points { $0.coincides($1) }, twoRanges { $0.coincides($1) }),
  ]

  private typealias Relation = @Sendable (Bounds, Bounds) -> Bool?

  private static func points(_ relation: @escaping Relation) -> Form {
    form(("point1", .any), ("point2", .any), relation)
  }

  private static func pointRange(_ relation: @escaping Relation) -> Form {
    form(("point", .any), ("range", .range(.any)), relation)
  }

  private static func rangePoint(_ relation: @escaping Relation) -> Form {
    form(("range", .range(.any)), ("point", .any), relation)
  }

  private static func twoRanges(_ relation: @escaping Relation) -> Form {
    form(("range1", .range(.any)), ("range2", .range(.any)), relation)
  }

  private static func form(
    _ first: (String, Type), _ second: (String, Type), _ relation: @escaping Relation
  ) -> Form {
    .two(first, second) { left, right, call in
      guard let mine = Bounds(left), let theirs = Bounds(right) else {
        return call.wrongType("a range function takes points and ranges")
      }
      if let result = relation(mine, theirs) { return .boolean(result) }
      return call.evaluation.null(
        .incomparable, call.span, "\(left) and \(right) cannot be compared")
    }
  }
}

/// The endpoints of a range; a point is the closed range from itself to itself.
private struct Bounds {
  let start: Edge
  let end: Edge
  let isPoint: Bool

  struct Edge {
    /// Nil beyond all values.
    let value: Value?
    let isIncluded: Bool
    let isUpper: Bool
  }

  init?(_ value: Value) {
    switch value {
    case .null, .list, .context, .function: return nil
    case .range(let range):
      start = Edge(
        value: range.start.isNull ? nil : range.start, isIncluded: range.startIncluded,
        isUpper: false)
      end = Edge(
        value: range.end.isNull ? nil : range.end, isIncluded: range.endIncluded, isUpper: true)
      isPoint = false
    default:
      start = Edge(value: value, isIncluded: true, isUpper: false)
      end = Edge(value: value, isIncluded: true, isUpper: true)
      isPoint = true
    }
  }

  /// -1, 0 or 1 by the values of two edges; nil when they cannot be compared.
  private static func order(_ left: Edge, _ right: Edge) -> Int? {
    switch (left.value, right.value) {
    case (let mine?, let theirs?):
      if Value.equals(mine, theirs) == true { return 0 }
      return Value.compares(mine, .less, theirs).map { $0 ? -1 : 1 }
    case (nil, nil): return left.isUpper == right.isUpper ? 0 : left.isUpper ? 1 : -1
    case (nil, _): return left.isUpper ? 1 : -1
    case (_, nil): return right.isUpper ? -1 : 1
    }
  }

  /// (a) to (d) of `before`: this ends before the other starts.
  func precedes(_ other: Bounds) -> Bool? {
    Bounds.order(end, other.start).map {
      $0 < 0 || ($0 == 0 && !(end.isIncluded && other.start.isIncluded))
    }
  }

  func meets(_ other: Bounds) -> Bool? {
    Bounds.order(end, other.start).map {
      $0 == 0 && end.isIncluded && other.start.isIncluded
    }
  }

  func overlaps(_ other: Bounds) -> Bool? {
    guard let before = precedes(other), let after = other.precedes(self) else { return nil }
    return !before && !after
  }

  /// `overlaps before`; `overlaps after` is the same with the ranges exchanged.
  func overlapsBefore(_ other: Bounds) -> Bool? {
    guard let starts = Bounds.order(start, other.start),
      let middle = Bounds.order(end, other.start), let ends = Bounds.order(end, other.end)
    else { return nil }
    let startsFirst =
      starts < 0 || (starts == 0 && start.isIncluded && !other.start.isIncluded)
    let reaches = middle > 0 || (middle == 0 && end.isIncluded && other.start.isIncluded)
    let endsFirst = ends < 0 || (ends == 0 && (!end.isIncluded || other.end.isIncluded))
    return startsFirst && reaches && endsFirst
  }

  func finishes(_ other: Bounds) -> Bool? {
    guard let ends = Bounds.order(end, other.end) else { return nil }
    if isPoint { return other.end.isIncluded && ends == 0 }
    guard let starts = Bounds.order(start, other.start) else { return nil }
    return end.isIncluded == other.end.isIncluded && ends == 0
      && (starts > 0 || (starts == 0 && (!start.isIncluded || other.start.isIncluded)))
  }

  func starts(_ other: Bounds) -> Bool? {
    guard let starts = Bounds.order(start, other.start) else { return nil }
    if isPoint { return other.start.isIncluded && starts == 0 }
    guard let ends = Bounds.order(end, other.end) else { return nil }
    return starts == 0 && start.isIncluded == other.start.isIncluded
      && (ends < 0 || (ends == 0 && (!end.isIncluded || other.end.isIncluded)))
  }

  func includes(_ other: Bounds) -> Bool? {
    guard let starts = Bounds.order(start, other.start), let ends = Bounds.order(end, other.end)
    else { return nil }
    return
      (starts < 0 || (starts == 0 && (start.isIncluded || !other.start.isIncluded)))
      && (ends > 0 || (ends == 0 && (end.isIncluded || !other.end.isIncluded)))
  }

  func coincides(_ other: Bounds) -> Bool? {
    guard let starts = Bounds.order(start, other.start), let ends = Bounds.order(end, other.end)
    else { return nil }
    return starts == 0 && ends == 0 && start.isIncluded == other.start.isIncluded
      && end.isIncluded == other.end.isIncluded
  }
}
