import FEEL

/// The requirements graph of all loaded files: every input, decision, business knowledge model
/// and decision service with what it requires, by number.
struct Graph: Sendable {
  /// An element of the graph, by its place in its file.
  struct Node: Sendable {
    enum Kind: Sendable, Hashable { case input, decision, knowledge, service }
    var kind: Kind
    /// The file of the element.
    var model: Int
    /// The place in the list of its kind.
    var index: Int
    /// The name under which other elements of its file use it.
    var name: String
    var id: String?
    var type: TypeName?
    var offset: Int
  }

  /// A node by its place in `nodes`.
  typealias NodeIndex = Int

  private(set) var models: [Definitions]
  private(set) var nodes: [Node] = []
  /// The nodes of each file by id.
  private var byID: [[String: NodeIndex]] = []
  private var byNamespace: [String: Int] = [:]

  init(_ models: [Definitions]) {
    self.models = models
    for (number, model) in models.enumerated() {
      byID.append([:])
      if byNamespace[model.namespace] == nil { byNamespace[model.namespace] = number }
      for (index, input) in model.inputs.enumerated() {
        add(.input, number, index, input.name, input.id, input.variable, input.offset)
      }
      for (index, decision) in model.decisions.enumerated() {
        add(
          .decision, number, index, decision.name, decision.id, decision.variable,
          decision.offset)
      }
      for (index, item) in model.knowledge.enumerated() {
        add(.knowledge, number, index, item.name, item.id, item.variable, item.offset)
      }
      for (index, item) in model.services.enumerated() {
        add(.service, number, index, item.name, item.id, item.variable, item.offset)
      }
    }
  }

  private mutating func add(
    _ kind: Node.Kind, _ model: Int, _ index: Int, _ name: String, _ id: String?,
    _ variable: InformationItem?, _ offset: Int
  ) {
    let used = variable.map(\.name).flatMap { $0.isEmpty ? nil : $0 } ?? name
    if let id, byID[model][id] == nil { byID[model][id] = nodes.count }
    nodes.append(
      Node(
        kind: kind, model: model, index: index, name: used, id: id, type: variable?.type,
        offset: offset))
  }

  /// Takes a name that a file reads and does not declare as input data of that file.
  mutating func addInput(_ name: String, _ type: TypeName?, in model: Int, at offset: Int)
    -> NodeIndex
  {
    models[model].inputs.append(InputDataElement(name: name, offset: offset))
    let variable = InformationItem(name: name, type: type, offset: offset)
    add(.input, model, models[model].inputs.count - 1, name, nil, variable, offset)
    return nodes.count - 1
  }

  /// The file with a namespace.
  func model(namespace: String) -> Int? { byNamespace[namespace] }

  /// The element that a reference in a file points at.
  func node(_ reference: ElementReference, from model: Int) -> NodeIndex? {
    if reference.namespace.isEmpty || reference.namespace == models[model].namespace {
      return byID[model][reference.id]
    }
    return byNamespace[reference.namespace].flatMap { byID[$0][reference.id] }
  }

  /// The name of the import through which a file sees another, or nil for the file itself.
  /// - Returns: an empty name for an import whose names are used without a prefix.
  func importName(of other: Int, in model: Int) -> String? {
    if other == model { return nil }
    let namespace = models[other].namespace
    return models[model].imports.first { $0.namespace == namespace }?.name
  }

  /// What a node requires: inputs, decisions, knowledge, in the order of the file, each once.
  func requirements(of node: NodeIndex) -> [(reference: ElementReference, node: NodeIndex?)] {
    let place = nodes[node]
    let model = models[place.model]
    var list: [ElementReference] = []
    switch place.kind {
    case .input: break
    case .decision:
      let decision = model.decisions[place.index]
      list = decision.requiredInputs + decision.requiredDecisions + decision.requiredKnowledge
    case .knowledge: list = model.knowledge[place.index].requiredKnowledge
    case .service:
      let service = model.services[place.index]
      list =
        service.inputData + service.inputDecisions + service.outputs + service.encapsulated
    }
    var seen: Set<NodeIndex> = []
    return list.compactMap { reference in
      let found = self.node(reference, from: place.model)
      if let found, !seen.insert(found).inserted { return nil }
      return (reference, found)
    }
  }

  /// The name of an element as people know it.
  func title(of node: NodeIndex) -> String {
    let place = nodes[node]
    let model = models[place.model]
    return switch place.kind {
    case .input: model.inputs[place.index].name
    case .decision: model.decisions[place.index].name
    case .knowledge: model.knowledge[place.index].name
    case .service: model.services[place.index].name
    }
  }

  /// A circle of decisions that require one another, if there is one.
  func circle() -> [NodeIndex]? {
    var state = [UInt8](repeating: 0, count: nodes.count)
    for start in nodes.indices where state[start] == 0 && nodes[start].kind == .decision {
      var path: [(node: NodeIndex, next: [NodeIndex])] = [(start, decisions(of: start))]
      state[start] = 1
      while let last = path.last {
        guard let next = last.next.last else {
          state[last.node] = 2
          path.removeLast()
          continue
        }
        path[path.count - 1].next.removeLast()
        if state[next] == 1 {
          let begin = path.firstIndex { $0.node == next } ?? 0
          return path[begin...].map(\.node) + [next]
        }
        if state[next] == 0 {
          state[next] = 1
          path.append((next, decisions(of: next)))
        }
      }
    }
    return nil
  }

  private func decisions(of node: NodeIndex) -> [NodeIndex] {
    requirements(of: node).compactMap(\.node).filter { nodes[$0].kind == .decision }
  }
}
