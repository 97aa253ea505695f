import FEEL

/// Makes the type table from the item definitions of all files.
struct TypeBuilder {
  private let graph: Graph
  private(set) var table = TypeTable()
  /// For each file, its item definitions by name.
  private var definitions: [[String: ItemDefinition]] = []
  /// For each file, the finished types by name.
  private var finished: [[String: TypeTable.Index]] = []
  /// The types being made, outermost first: a type met again inside itself is a recursive one.
  private var open: [(model: Int, name: String, entry: TypeTable.Index)] = []
  private(set) var faults: [Fault] = []

  /// A type name that means nothing, a constraint that cannot be read.
  struct Fault {
    var model: Int
    var offset: Int
    var element: String
    var message: String
    var diagnostics: Diagnostics?
    var text: SourceText?
  }

  /// How deep item definitions may be nested in each other.
  private static let depthLimit = 100

  init(_ graph: Graph) {
    self.graph = graph
    for model in graph.models {
      var byName: [String: ItemDefinition] = [:]
      for item in model.items where byName[item.name] == nil { byName[item.name] = item }
      definitions.append(byName)
      finished.append([:])
    }
    for (number, model) in graph.models.enumerated() {
      for item in model.items { _ = named(item.name, in: number) }
    }
    for name in table.close() {
      for (number, byName) in definitions.enumerated() {
        guard let item = byName[name] else { continue }
        faults.append(
          Fault(
            model: number, offset: item.offset, element: name,
            message: "The type \(name) is defined by itself."))
        break
      }
    }
  }

  /// The type that a name stands for in a file; `any` with a fault when there is none.
  mutating func resolve(_ name: TypeName?, in model: Int, for element: String)
    -> TypeTable.Index
  {
    guard let name else { return TypeTable.any }
    if let found = find(name.text, in: model) { return found }
    faults.append(
      Fault(
        model: model, offset: name.offset, element: element,
        message: "There is no type \(name.text)."))
    return TypeTable.any
  }

  /// The FEEL type that a name stands for in a file.
  mutating func feel(_ name: TypeName?, in model: Int, for element: String) -> Type {
    let index = resolve(name, in: model, for: element)
    return table.feel(index)
  }

  /// The names and FEEL types that a file can use in expressions.
  func names(in model: Int) -> [(name: String, type: Type)] {
    var list = finished[model].map { (name: $0.key, type: table.feel($0.value)) }
    for item in graph.models[model].imports {
      guard let other = graph.model(namespace: item.namespace), other != model else { continue }
      for (name, index) in finished[other] {
        let full = item.name.isEmpty ? name : item.name + "." + name
        list.append((full, table.feel(index)))
      }
    }
    return list.sorted { $0.name < $1.name }
  }

  private mutating func find(_ text: String, in model: Int) -> TypeTable.Index? {
    if let own = named(text, in: model) { return own }
    if let feel = feelType(text) { return feel }
    for item in graph.models[model].imports {
      guard let other = graph.model(namespace: item.namespace), other != model else { continue }
      if item.name.isEmpty {
        if let found = named(text, in: other) { return found }
      } else if text.hasPrefix(item.name + ".") {
        if let found = named(String(text.dropFirst(item.name.count + 1)), in: other) {
          return found
        }
      }
    }
    // DMN 1.1 writes qualified names: feel:number, tns:tLoan.
    if let colon = text.lastIndex(of: ":") {
      return find(String(text[text.index(after: colon)...]), in: model)
    }
    return TypeBuilder.typesOfSchemas[text].map { plain($0) }
  }

  /// Types that other modellers take from XML Schema (DMN 1.1, 7.3.2: `typeLanguage`) or from
  /// Java, as FEEL has them.
  private static let typesOfSchemas: [String: Type] = [
    "integer": .number, "int": .number, "long": .number, "short": .number, "decimal": .number,
    "double": .number, "float": .number, "bool": .boolean, "duration": .daysTime,
  ]

  /// A FEEL type without constraints as an entry of the table.
  mutating func plain(_ type: Type) -> TypeTable.Index {
    if type == .any { return TypeTable.any }
    let name = type.description
    if let known = table.entries.firstIndex(where: { $0.name == name && $0.feel == type }) {
      return known
    }
    return table.add(TypeTable.Entry(name: name, shape: .feel(type), feel: type))
  }

  private mutating func feelType(_ text: String) -> TypeTable.Index? {
    guard let type = Type(named: text) else { return nil }
    if type == .any { return TypeTable.any }
    if let known = table.entries.firstIndex(where: { $0.name == text }) { return known }
    return table.add(TypeTable.Entry(name: text, shape: .feel(type), feel: type))
  }
}

// MARK: - Item definitions

extension TypeBuilder {
  private mutating func named(_ name: String, in model: Int) -> TypeTable.Index? {
    if let done = finished[model][name] { return done }
    if let again = open.first(where: { $0.model == model && $0.name == name }) {
      return again.entry
    }
    guard let item = definitions[model][name], open.count < TypeBuilder.depthLimit else {
      return nil
    }
    // The place is taken before the parts are made, so that a recursive type finds itself.
    let place = table.add(TypeTable.Entry(name: name, shape: .feel(.any), feel: .any))
    open.append((model, name, place))
    table[place] = entry(of: item, in: model, element: name)
    open.removeLast()
    finished[model][name] = place
    return place
  }

  private mutating func entry(of item: ItemDefinition, in model: Int, element: String)
    -> TypeTable.Entry
  {
    var entry = content(of: item, in: model, element: element)
    if item.isCollection {
      entry.constraint = constraint(item.allowedValues, entry.feel, model, element)
      let content = table.add(entry)
      entry = TypeTable.Entry(
        name: item.name, shape: .list(content), feel: .list(table.feel(content)))
      entry.constraint = constraint(item.constraint, entry.feel, model, element)
    } else {
      entry.constraint = constraint(
        item.constraint ?? item.allowedValues, entry.feel, model, element)
      if item.constraint != nil, let allowed = item.allowedValues {
        let inner = table.add(entry)
        entry = TypeTable.Entry(name: item.name, shape: .alias(inner), feel: entry.feel)
        entry.constraint = constraint(allowed, entry.feel, model, element)
      }
    }
    return entry
  }

  /// The type of an item definition, or of its elements, without constraints.
  private mutating func content(of item: ItemDefinition, in model: Int, element: String)
    -> TypeTable.Entry
  {
    if !item.components.isEmpty {
      var members: [(name: String, type: TypeTable.Index)] = []
      for component in item.components {
        let part = entry(of: component, in: model, element: element + "." + component.name)
        members.append((component.name, table.add(part)))
      }
      return TypeTable.Entry(
        name: item.name, shape: .context(members),
        feel: .context(members.map { Type.Member($0.name, table.feel($0.type)) }))
    }
    if let function = item.function {
      let parameters = function.parameters.map { parameter in
        feel(parameter.type, in: model, for: element)
      }
      let result = feel(function.result, in: model, for: element)
      return TypeTable.Entry(
        name: item.name, shape: .function, feel: .function(parameters, result))
    }
    let other = resolve(item.type, in: model, for: element)
    return TypeTable.Entry(name: item.name, shape: .alias(other), feel: table.feel(other))
  }

  private mutating func constraint(
    _ text: SourceText?, _ type: Type, _ model: Int, _ element: String
  ) -> UnaryTests? {
    guard let text, !text.isBlank else { return nil }
    do {
      return try UnaryTests.parse(text.text, input: type)
    } catch {
      faults.append(
        Fault(
          model: model, offset: text.offset, element: element,
          message: "The allowed values cannot be read.", diagnostics: error, text: text))
      return nil
    }
  }
}
