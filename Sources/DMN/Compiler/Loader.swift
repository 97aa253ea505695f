public import FEEL

extension Model {
  /// Loads a model from its files: the main file first, then those that it imports.
  ///
  /// All problems of all files are found at once. With `.strict`, any error keeps the model from
  /// being loaded; with `.lenient`, faults inside expressions become null at run time.
  /// - Parameters:
  ///   - files: the files; imports are found among them by namespace.
  ///   - functions: functions of the host program that every expression can call.
  ///   - strictness: whether faults in expressions are errors.
  /// - Throws: `ModelProblems` with every error and warning found.
  public static func load(
    _ files: [ModelFile], functions: [HostFunction] = [], strictness: Strictness = .strict
  ) throws(ModelProblems) -> Model {
    var loader = Loader(functions: functions, strictness: strictness)
    return try loader.load(files)
  }
}

/// Turns files into a program.
struct Loader {
  private let functions: [HostFunction]
  let strictness: Model.Strictness
  private var problems: [ModelProblem] = []
  /// Errors that do not keep a model from being loaded.
  private var misfits: [ModelProblem] = []
  private var sources: [SourceFile] = []

  /// The most files of one model.
  static let fileLimit = 1_000

  init(functions: [HostFunction], strictness: Model.Strictness) {
    self.functions = functions
    self.strictness = strictness
  }

  mutating func load(_ files: [ModelFile]) throws(ModelProblems) -> Model {
    let models = read(files)
    guard !models.isEmpty, !hasErrors else { throw ModelProblems(report) }
    var graph = Graph(models)
    check(graph)
    guard !hasErrors else { throw ModelProblems(report) }
    var types = TypeBuilder(graph)
    note(types.faults)
    var nodes: [Program.NodeDraft] = []
    // Compiling a decision may add inputs that it reads without a declaration.
    while nodes.count < graph.nodes.count { nodes.append(compile(nodes.count, &graph, &types)) }
    for index in nodes.indices {
      // A decision service gives what its one output decision gives.
      guard let outputs = nodes[index].service?.outputs, nodes[index].known == .any else {
        continue
      }
      if outputs.count == 1 { nodes[index].known = nodes[outputs[0]].known }
    }
    note(types.faults.dropFirst(noted))
    guard !hasErrors else { throw ModelProblems(report) }
    let program = Program(nodes: nodes, types: types.table)
    let definitions = zip(sources, models).map { Model.Source(file: $0.name, content: $1) }
    return Model(program, definitions, report)
  }

  /// The problems, each once, in the order of files and places.
  private var report: [ModelProblem] {
    var seen: Set<ModelProblem> = []
    var order: [String: Int] = [:]
    for (place, source) in sources.enumerated() where order[source.name] == nil {
      order[source.name] = place
    }
    let place = { (problem: ModelProblem) in
      (order[problem.file] ?? sources.count, problem.line, problem.column)
    }
    return (problems + misfits).filter { seen.insert($0).inserted }.enumerated().sorted {
      one, two in
      let (first, second) = (place(one.element), place(two.element))
      return first == second ? one.offset < two.offset : first < second
    }.map(\.element)
  }

  private var hasErrors: Bool { problems.contains { $0.severity == .error } }

  private var noted = 0

  // MARK: - Files

  private mutating func read(_ files: [ModelFile]) -> [Definitions] {
    guard files.count <= Loader.fileLimit, !files.isEmpty else {
      let message =
        files.isEmpty ? "There is no file." : "A model may have \(Loader.fileLimit) files."
      problems.append(
        ModelProblem(
          code: "files", file: files.first?.name ?? "", line: 1, column: 1, message: message))
      return []
    }
    var models: [Definitions] = []
    for file in files {
      var source = SourceFile(name: file.name, bytes: file.bytes)
      do throws(XMLFault) {
        guard file.bytes.count <= XMLLimits().bytes else {
          throw XMLFault(message: "The file is larger than \(XMLLimits().bytes) bytes.", offset: 0)
        }
        source = SourceFile(name: file.name, bytes: try XMLEncoding.decode(file.bytes))
        let root = try XMLReader.read(source)
        var reader = ModelReader(file: sources.count, source: source)
        let model = reader.definitions(root)
        problems += reader.problems
        if let model {
          models.append(model)
          sources.append(source)
        }
      } catch {
        let place = source.place(at: error.offset)
        problems.append(
          ModelProblem(
            code: "xml", file: file.name, line: place.line, column: place.column,
            message: error.message))
      }
    }
    return models
  }

  // MARK: - The graph

  private mutating func check(_ graph: Graph) {
    for (number, model) in graph.models.enumerated() {
      for item in model.imports where graph.model(namespace: item.namespace) == nil {
        guard DMNVersion(rawValue: item.importType) != nil || item.importType.isEmpty else {
          continue
        }
        note(
          "import", number, item.offset, nil,
          "No file has the namespace \(item.namespace) of the import \(item.name).",
          "Load the imported file together with this one.")
      }
    }
    for node in graph.nodes.indices {
      for (reference, target) in graph.requirements(of: node) where target == nil {
        note(
          "reference", graph.nodes[node].model, reference.offset, graph.title(of: node),
          "There is no element \(reference.id) for this requirement.")
      }
    }
    if let circle = graph.circle(), let first = circle.first {
      let names = circle.map { graph.title(of: $0) }.joined(separator: " → ")
      note(
        "circle", graph.nodes[first].model, graph.nodes[first].offset, graph.title(of: first),
        "Decisions require one another in a circle: \(names).")
    }
  }

  mutating func note(
    _ code: String, _ model: Int, _ offset: Int, _ element: String?, _ message: String,
    _ advice: String? = nil, severity: ModelProblem.Severity = .error
  ) {
    let place = sources[model].place(at: offset)
    problems.append(
      ModelProblem(
        severity: severity, code: code, file: sources[model].name, line: place.line,
        column: place.column,
        element: element, message: message, advice: advice))
  }

  private mutating func note(_ faults: some Collection<TypeBuilder.Fault>) {
    noted += faults.count
    for fault in faults {
      let source = sources[fault.model]
      if let diagnostics = fault.diagnostics, let text = fault.text {
        for diagnostic in diagnostics.list {
          problems.append(
            ModelProblem(
              diagnostic, at: source.place(of: diagnostic.span.start, in: text),
              file: source.name, severity: .error, element: fault.element, rule: nil,
              tableColumn: nil))
        }
      } else {
        let place = source.place(at: fault.offset)
        problems.append(
          ModelProblem(
            severity: strictness == .strict ? .error : .warning, code: "type",
            file: source.name, line: place.line, column: place.column, element: fault.element,
            message: fault.message,
            advice: "Expected a FEEL type or an item definition of the model."))
      }
    }
  }
}

// MARK: - Elements

extension Loader {
  private mutating func compile(
    _ index: Graph.NodeIndex, _ graph: inout Graph, _ types: inout TypeBuilder
  ) -> Program.NodeDraft {
    let place = graph.nodes[index]
    let title = graph.title(of: index)
    let type = types.resolve(place.type, in: place.model, for: title)
    let model = graph.models[place.model]
    var node = Program.NodeDraft(
      kind: place.kind, title: title, name: place.name, id: place.id,
      namespace: model.namespace, file: sources[place.model].name, type: type,
      feelType: types.table.feel(type), known: types.table.feel(type))
    if place.kind == .input { return node }
    var (scope, slots) = self.scope(of: index, graph, &types)
    var builder = LogicBuilder(
      model: place.model, source: sources[place.model], element: title, strictness: strictness,
      slots: slots, types: types)
    switch place.kind {
    case .decision:
      let decision = model.decisions[place.index]
      node.question = decision.question
      let wanted = Expectation(type: type, subject: "The decision '\(title)'")
      let blank = builder
      var built = decision.logic.map { builder.build($0, scope, wanted) }
      if declareUnknown(builder, of: index, &graph, &types, &scope, &slots) {
        builder = blank.again(slots: slots, types: types)
        built = decision.logic.map { builder.build($0, scope, wanted) }
      }
      node.slots = slots
      node.logic = built?.logic
      if let built, node.known == .any { node.known = built.type }
    case .knowledge:
      let knowledge = model.knowledge[place.index]
      let function = knowledge.logic
      node.function = builder.signature(function, type)
      node.function?.firstSlot = scope.slotCount
      for parameter in node.function?.parameters ?? [] {
        scope.declare(parameter.name, parameter.type)
        slots.append(.local)
      }
      node.slots = slots
      let wanted = Expectation(
        type: node.function?.result ?? TypeTable.any, subject: "The result of '\(title)'")
      let built = function.map { builder.body($0, scope, wanted) }
      node.logic = built?.logic
      let result = node.function.map { builder.types.table.feel($0.result) } ?? .any
      node.known = result == .any ? built?.type ?? .any : result
    case .service:
      node.service = service(model.services[place.index], place.model, graph)
    case .input: break
    }
    types = builder.types
    problems += builder.problems
    misfits += builder.misfits
    if node.logic != nil { noteUnused(index, slots, builder.readSlots, graph) }
    return node
  }

  /// Warns about requirements that no expression of an element uses.
  private mutating func noteUnused(
    _ index: Graph.NodeIndex, _ slots: [Program.Source], _ read: Set<Int>, _ graph: Graph
  ) {
    let place = graph.nodes[index]
    // An element can be read by another name than its own.
    let used = Set(read.filter { slots.indices.contains($0) }.map { slots[$0] })
    for source in slots where !used.contains(source) {
      guard case .node(let target) = source, target != index else { continue }
      note(
        "unusedRequirement", place.model, place.offset, graph.title(of: index),
        "The requirement of \(graph.nodes[target].name) is not used by any expression.",
        severity: .warning)
    }
  }

  /// The names that an element can use, each with a slot, and what the slots stand for.
  private func scope(of node: Graph.NodeIndex, _ graph: Graph, _ types: inout TypeBuilder)
    -> (Scope, [Program.Source])
  {
    let model = graph.nodes[node].model
    var scope = Scope()
    for function in functions { scope.declare(function) }
    for (name, type) in types.names(in: model) { scope.declare(type: name, type) }
    var slots: [Program.Source] = []
    var imported: [(name: String, members: [Program.Member], types: [Type.Member])] = []
    guard graph.nodes[node].kind != .service else { return (scope, slots) }
    var targets = graph.requirements(of: node).compactMap(\.node)
    // The logic of a function may call the function itself.
    if graph.nodes[node].kind == .knowledge, !targets.contains(node) { targets.append(node) }
    for target in targets {
      let required = graph.nodes[target]
      let type = self.type(of: target, graph, &types)
      if let prefix = graph.importName(of: required.model, in: model), !prefix.isEmpty {
        let place = imported.firstIndex { $0.name == prefix } ?? imported.count
        if place == imported.count { imported.append((prefix, [], [])) }
        imported[place].members.append(Program.Member(name: required.name, node: target))
        imported[place].types.append(Type.Member(required.name, type))
      } else {
        scope.declare(required.name, type)
        slots.append(.node(target))
      }
    }
    for group in imported {
      scope.declare(group.name, .context(group.types))
      slots.append(.imported(group.members))
    }
    return (scope, slots)
  }

  /// The FEEL type of a required element, as expressions see it.
  func type(of node: Graph.NodeIndex, _ graph: Graph, _ types: inout TypeBuilder)
    -> Type
  {
    let place = graph.nodes[node]
    let own = types.feel(place.type, in: place.model, for: graph.title(of: node))
    let model = graph.models[place.model]
    switch place.kind {
    case .input, .decision: return own
    case .knowledge:
      if case .function = own { return own }
      let function = model.knowledge[place.index].logic
      let parameters = (function?.parameters ?? []).map { parameter in
        types.feel(parameter.type, in: place.model, for: graph.title(of: node))
      }
      return .function(parameters, own)
    case .service:
      if case .function = own { return own }
      let service = model.services[place.index]
      let inputs = (service.inputData + service.inputDecisions).compactMap {
        graph.node($0, from: place.model)
      }
      return .function(inputs.map { type(of: $0, graph, &types) }, own)
    }
  }

  private func service(_ element: DecisionServiceElement, _ model: Int, _ graph: Graph)
    -> Program.Service
  {
    let find = { (references: [ElementReference]) in
      references.compactMap { graph.node($0, from: model) }
    }
    return Program.Service(
      inputs: find(element.inputData) + find(element.inputDecisions),
      outputs: find(element.outputs))
  }
}

extension LogicBuilder {
  /// The parameters and the result of a business knowledge model.
  mutating func signature(_ function: FunctionElement?, _ type: TypeTable.Index)
    -> Program.Function
  {
    let list = function?.parameters ?? []
    let kinds = list.map { types.resolve($0.type, in: model, for: element) }
    var result = functionResult(type)
    if case .function(_, let declared) = types.table.feel(type), declared != .any {
      result = types.plain(declared)
    }
    return Program.Function(
      parameters: zip(list, kinds).map { Parameter($0.name, types.table.feel($1)) },
      types: kinds, firstSlot: 0, result: result)
  }

  /// The body of a business knowledge model, as the value of a call.
  mutating func body(_ function: FunctionElement, _ scope: Scope, _ expected: Expectation)
    -> (logic: Logic, type: Type)
  {
    if function.kind == .java {
      let built = external(function, scope).logic
      let inner = hidden("function")
      var wrapped = scope
      let slot = wrapped.declare(inner)
      let arguments = function.parameters.map(\.name).joined(separator: ", ")
      let logic = call(slot, built, inner + "(" + arguments + ")", wrapped, function.offset)
      return (logic, .any)
    }
    guard function.kind == .feel, let boxed = function.body else {
      note(
        code: "function", function.offset,
        function.kind == .pmml
          ? "Functions in PMML are not supported." : "The function has no body.")
      return (.unreadable("The function has no body."), .any)
    }
    let type = functionResult(types.resolve(function.type, in: model, for: element))
    let own = type == TypeTable.any ? expected.type : type
    let built = build(boxed, scope, Expectation(type: own, subject: expected.subject))
    if type == TypeTable.any { return built }
    return (.typed(built.logic, type), types.table.feel(type))
  }
}
