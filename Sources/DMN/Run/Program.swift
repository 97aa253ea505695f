import FEEL

/// A compiled model: what every decision needs to be evaluated, resolved and immutable.
final class Program: Sendable {
  let nodes: [Node]
  let types: TypeTable
  /// For each kind, the nodes by name; the first file's come first.
  private let places: [Graph.Node.Kind: [String: Int]]

  /// An element of the requirements graph, compiled.
  final class Node: Sendable {
    let kind: Graph.Node.Kind
    /// The name of the element.
    let title: String
    /// The name by which others use it.
    let name: String
    let id: String?
    let namespace: String
    let file: String
    let question: String?
    /// The type that its value must conform to.
    let type: TypeTable.Index
    let feelType: Type
    /// What is known of its value, or of the results of the function: the declared type, or what
    /// the expression gives.
    let known: Type
    /// What the slots of its frame stand for.
    let slots: [Source]
    /// The logic of a decision, or the body of a business knowledge model.
    let logic: Logic?
    /// The formal parameters of a function.
    let function: Function?
    let service: Service?

    init(_ draft: NodeDraft) {
      kind = draft.kind
      title = draft.title
      name = draft.name
      id = draft.id
      namespace = draft.namespace
      file = draft.file
      question = draft.question
      type = draft.type
      feelType = draft.feelType
      known = draft.known
      slots = draft.slots
      logic = draft.logic
      function = draft.function
      service = draft.service
    }
  }

  /// An element while it is being compiled.
  struct NodeDraft {
    var kind: Graph.Node.Kind
    var title: String
    var name: String
    var id: String?
    var namespace: String
    var file: String
    var question: String?
    var type: TypeTable.Index
    var feelType: Type
    var known: Type
    var slots: [Source] = []
    var logic: Logic?
    var function: Function?
    var service: Service?
  }

  /// Where the value of a slot comes from.
  enum Source: Sendable, Hashable {
    case node(Int)
    /// The names of an import, as a context.
    case imported([Member])
    /// A name of the expression itself, such as a parameter: it is set before it is read.
    case local
  }

  /// A name of an imported file.
  struct Member: Sendable, Hashable {
    var name: String
    var node: Int
  }

  /// The parameters of a business knowledge model.
  struct Function: Sendable {
    var parameters: [Parameter]
    var types: [TypeTable.Index]
    /// The slot of the first parameter.
    var firstSlot: Int
    /// The type of the results.
    var result: TypeTable.Index
  }

  /// A decision service: DMN 1.5, 10.4.
  struct Service: Sendable {
    /// The input data, then the input decisions: the parameters in order.
    var inputs: [Int]
    var outputs: [Int]
  }

  init(nodes drafts: [NodeDraft], types: TypeTable) {
    let nodes = drafts.map { Node($0) }
    self.nodes = nodes
    self.types = types
    var places: [Graph.Node.Kind: [String: Int]] = [:]
    for (index, node) in nodes.enumerated() where places[node.kind]?[node.title] == nil {
      places[node.kind, default: [:]][node.title] = index
    }
    for (index, node) in nodes.enumerated() where places[node.kind]?[node.name] == nil {
      places[node.kind, default: [:]][node.name] = index
    }
    self.places = places
  }

  /// The place of an element by its name.
  func place(of name: String, _ kind: Graph.Node.Kind) -> Int? { places[kind]?[name] }

  /// The place of an element by its name and the namespace of its file.
  func place(of name: String, _ kind: Graph.Node.Kind, namespace: String) -> Int? {
    nodes.firstIndex {
      $0.kind == kind && $0.namespace == namespace && ($0.title == name || $0.name == name)
    }
  }
}
