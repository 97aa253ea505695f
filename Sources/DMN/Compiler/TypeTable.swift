import FEEL

/// The types of all loaded files: DMN 1.5, 7.3.2 and 10.3.2.9, with the constraints on values.
struct TypeTable: Sendable {
  /// A type by its place in the table.
  typealias Index = Int

  /// What a type is made of.
  enum Shape: Sendable {
    /// A type of FEEL itself.
    case feel(Type)
    /// Another type, under constraints of its own.
    case alias(Index)
    case list(Index)
    case context([(name: String, type: Index)])
    case function
  }

  /// A type.
  struct Entry: Sendable {
    var name: String
    var shape: Shape
    /// The type as FEEL sees it, without constraints.
    var feel: Type
    /// What values must meet besides having the type; given `?`.
    var constraint: UnaryTests?
    /// Whether a constraint stands here or further in, so that values must be looked through.
    var isConstrained = false
  }

  private(set) var entries: [Entry] = [
    Entry(name: "Any", shape: .feel(.any), feel: .any)
  ]

  /// What can be said of a value by its kind alone.
  private enum Quick: Sendable { case any, number, string, boolean, date, no }

  /// For each entry, the kind whose values all conform as they are.
  private var quick: [Quick] = [.any]

  /// The type of all values.
  static let any: Index = 0

  subscript(index: Index) -> Entry {
    get { entries[index] }
    set {
      entries[index] = newValue
      quick[index] = .no
    }
  }

  mutating func add(_ entry: Entry) -> Index {
    entries.append(entry)
    quick.append(entry.constraint == nil ? TypeTable.quick(entry) : .no)
    return entries.count - 1
  }

  /// The FEEL type of an entry.
  func feel(_ index: Index) -> Type { entries[index].feel }

  /// Marks the types that hold constrained ones.
  /// - Returns: the names of types that are nothing but themselves; they become `Any`.
  mutating func close() -> [String] {
    let circular = breakCircles()
    for index in entries.indices { entries[index].isConstrained = entries[index].constraint != nil }
    var changed = true
    while changed {
      changed = false
      for index in entries.indices where !entries[index].isConstrained {
        if parts(of: index).contains(where: { entries[$0].isConstrained }) {
          entries[index].isConstrained = true
          changed = true
        }
      }
    }
    for index in entries.indices {
      quick[index] = entries[index].isConstrained ? .no : TypeTable.quick(entries[index])
    }
    return circular
  }

  private mutating func breakCircles() -> [String] {
    var names: [String] = []
    for start in entries.indices {
      var seen: Set<Index> = [start]
      var place = start
      while case .alias(let next) = entries[place].shape {
        place = next
        if seen.insert(next).inserted { continue }
        names.append(entries[next].name)
        entries[next] = Entry(name: entries[next].name, shape: .feel(.any), feel: .any)
      }
    }
    return names
  }

  private static func quick(_ entry: Entry) -> Quick {
    if case .alias = entry.shape, entry.isConstrained { return .no }
    return switch entry.feel {
    case .any: if case .feel = entry.shape { .any } else { .no }
    case .number: .number
    case .string: .string
    case .boolean: .boolean
    case .date: .date
    default: .no
    }
  }

  /// The constraints that a value of the type itself must meet.
  func constraints(of index: Index) -> [UnaryTests?] {
    let entry = entries[index]
    if case .alias(let other) = entry.shape { return [entry.constraint] + constraints(of: other) }
    return [entry.constraint]
  }

  private func parts(of index: Index) -> [Index] {
    switch entries[index].shape {
    case .feel, .function: []
    case .alias(let other), .list(let other): [other]
    case .context(let members): members.map(\.type)
    }
  }
}

// MARK: - Conformance of values

extension TypeTable {
  /// The value as one of the type, after the implicit conversions of 10.3.2.9.4.
  /// - Returns: nil when the value does not conform or breaks a constraint. Null conforms to
  ///   every type.
  func convert(_ value: Value, to index: Index, _ evaluation: Evaluation) -> Value? {
    switch (quick[index], value) {
    case (.any, _), (.number, .number), (.string, .string), (.boolean, .boolean),
      (.date, .date):
      return value
    default: break
    }
    let entry = entries[index]
    guard let converted = entry.feel.converting(value) else { return nil }
    guard entry.isConstrained, !converted.isNull else { return converted }
    return meets(converted, index, evaluation) ? converted : nil
  }

  /// Whether a value that has the FEEL type of an entry meets its constraints.
  private func meets(_ value: Value, _ index: Index, _ evaluation: Evaluation) -> Bool {
    let entry = entries[index]
    guard entry.isConstrained, !value.isNull else { return true }
    if let constraint = entry.constraint, !constraint.accepts(value, evaluation) { return false }
    switch entry.shape {
    case .feel, .function: return true
    case .alias(let other): return meets(value, other, evaluation)
    case .list(let element):
      guard case .list(let values) = value else { return true }
      return values.allSatisfy { meets($0, element, evaluation) }
    case .context(let members):
      guard case .context(let context) = value else { return true }
      return members.allSatisfy { member in
        context[member.name].map { meets($0, member.type, evaluation) } ?? true
      }
    }
  }
}

extension UnaryTests {
  /// Whether a value meets tests that use no names.
  func accepts(_ value: Value, _ evaluation: Evaluation) -> Bool {
    if let form { return form.matches(value) == true }
    return matches(value, Frame(evaluation)) == true
  }
}
