extension Type {
  /// Whether a value of this type can stand wherever `other` is expected (10.3.2.9.2).
  public func conforms(to other: Type) -> Bool {
    switch (self, other) {
    case (_, .any), (.null, _): return true
    case (.list(let mine), .list(let theirs)): return mine.conforms(to: theirs)
    case (.range(let mine), .range(let theirs)): return mine.conforms(to: theirs)
    case (.context(let mine), .context(let theirs)):
      return theirs.allSatisfy { wanted in
        mine.contains { $0.name == wanted.name && $0.type.conforms(to: wanted.type) }
      }
    case (.function(let mine, let result), .function(let theirs, let wanted)):
      return mine.count == theirs.count && result.conforms(to: wanted)
        && zip(mine, theirs).allSatisfy { $1.conforms(to: $0) }
    default: return self == other
    }
  }

  /// Whether `value` belongs to this type; null belongs to every type (Null is the lower type).
  ///
  /// A value so large that the look at all its elements is given up belongs to none.
  public func accepts(_ value: Value) -> Bool {
    var budget = Type.greatestBudget
    return accepts(value, &budget)
  }

  /// Elements that one test of a value looks at.
  private static let greatestBudget = 2_000_000

  private func accepts(_ value: Value, _ budget: inout Int) -> Bool {
    budget -= 1
    guard budget >= 0 else { return false }
    switch (self, value) {
    case (.any, _), (_, .null): return true
    case (.boolean, .boolean), (.number, .number), (.string, .string), (.date, .date),
      (.time, .time), (.dateTime, .dateTime), (.daysTime, .daysTime),
      (.yearsMonths, .yearsMonths):
      return true
    case (.list(let element), .list(let values)):
      return element == .any || values.allSatisfy { element.accepts($0, &budget) }
    case (.context(let members), .context(let context)):
      return members.allSatisfy { member in
        guard let value = context[member.name] else { return false }
        return member.type.accepts(value, &budget)
      }
    case (.range(let element), .range(let range)):
      return element.accepts(range.start, &budget) && element.accepts(range.end, &budget)
    case (.function(let parameters, let result), .function(let function)):
      if let builtin = function.builtin { return builtin.conforms(to: parameters, result) }
      return Type.function(function.parameters.map(\.type), function.result).conforms(to: self)
    default: return false
    }
  }

  /// `value` after the implicit conversions of 10.3.2.9.4 to this type, or nil when it does not
  /// conform: from a singleton list, to a singleton list, and from date to date and time at
  /// midnight UTC.
  ///
  /// The conversion is made once and never inside a list.
  public func converting(_ value: Value) -> Value? {
    if accepts(value) { return value }
    if case .list(let values) = value, values.count == 1 {
      if case .list = self { return nil }
      if accepts(values[0]) { return values[0] }
      return nil
    }
    if case .list(let element) = self, element.accepts(value) { return .list([value]) }
    if case .dateTime = self, case .date(let date) = value {
      return .dateTime(DateTime(date: date, time: .midnightUTC))
    }
    return nil
  }

  /// Whether some value of this type other than null may be one of `other`, by conformance or by
  /// the conversions of ``converting(_:)``; false only where that is certain.
  public func mayConvert(to other: Type) -> Bool {
    switch (self, other) {
    case (.any, _), (_, .any), (.null, _), (_, .null), (.date, .dateTime): return true
    case (.list(let mine), .list(let theirs)): return mine.mayConvert(to: theirs)
    case (.list(let mine), _): return mine.mayConvert(to: other)
    case (_, .list(let theirs)): return mayConvert(to: theirs)
    case (.range(let mine), .range(let theirs)): return mine.mayConvert(to: theirs)
    case (.context(let mine), .context(let theirs)):
      // A context may have more entries than are known.
      return theirs.allSatisfy { wanted in
        mine.first { $0.name == wanted.name }?.type.mayConvert(to: wanted.type) ?? true
      }
    case (.function, .function): return true
    default: return self == other
    }
  }

  /// The least type to which both conform, as far as the lattice tells.
  func joined(with other: Type) -> Type {
    if conforms(to: other) { return other }
    if other.conforms(to: self) { return self }
    switch (self, other) {
    case (.list(let mine), .list(let theirs)): return .list(mine.joined(with: theirs))
    case (.context(let mine), .context(let theirs)):
      return .context(
        mine.compactMap { member in
          guard let match = theirs.first(where: { $0.name == member.name }) else { return nil }
          return Member(member.name, member.type.joined(with: match.type))
        })
    default: return .any
    }
  }
}

extension Value {
  /// The type of this value (10.3.2.9, Table 43).
  public var type: Type {
    switch self {
    case .null: .null
    case .boolean: .boolean
    case .number: .number
    case .string: .string
    case .date: .date
    case .time: .time
    case .dateTime: .dateTime
    case .daysTime: .daysTime
    case .yearsMonths: .yearsMonths
    case .list(let values): .list(values.reduce(.null) { $0.joined(with: $1.type) })
    case .context(let context): .context(context.map { Type.Member($0, $1.type) })
    case .range(let range): .range(range.endpoint.type)
    case .function(let function):
      .function(function.parameters.map(\.type), function.result)
    }
  }
}
