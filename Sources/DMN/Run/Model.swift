public import FEEL

/// A file of a model as it is handed in.
public struct ModelFile: Sendable, Hashable {
  /// What problems call the file.
  public var name: String
  /// The content.
  public var bytes: [UInt8]

  /// A file.
  public init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
  }
}

/// A DMN model, checked and compiled: decisions that explain themselves.
///
/// A model is loaded once and evaluated often, from any number of tasks. Names are resolved,
/// expressions parsed and tables indexed while loading; evaluation parses nothing.
public struct Model: Sendable {
  /// Whether expressions that cannot be read keep a model from being loaded.
  public enum Strictness: Sendable {
    /// Every fault is an error of the model.
    case strict
    /// An expression that cannot be read is null when it is evaluated, as the standard says of
    /// all errors. The problems are kept in `problems`.
    case lenient
  }

  let program: Program
  /// The files as they were read, for export.
  let definitions: [Source]

  /// The name of the first file's model.
  public let name: String
  /// The namespace of the first file's model.
  public let namespace: String
  /// Problems that do not keep the model from being used.
  ///
  /// An error among them is a value that is not of its type: it is null at run time, as the
  /// standard wants it, and never what its author meant.
  public let problems: [ModelProblem]

  /// A file as it was read.
  struct Source: Sendable {
    var file: String
    var content: Definitions
    var version: DMNVersion { content.version }
  }

  init(_ program: Program, _ definitions: [Source], _ problems: [ModelProblem]) {
    self.program = program
    self.definitions = definitions
    self.problems = problems
    name = definitions.first?.content.name ?? ""
    namespace = definitions.first?.content.namespace ?? ""
  }

  /// The decisions of all files, the first file's first.
  public var decisions: [Decision] {
    elements(.decision).map { Decision(place: $0.place, $0.node) }
  }

  /// The inputs of all files, the first file's first.
  public var inputs: [Input] { elements(.input).map { Input($0.node, program.types) } }

  /// The names of the business knowledge models.
  public var businessKnowledge: [String] { elements(.knowledge).map(\.node.title) }

  /// The names of the decision services.
  public var services: [String] { elements(.service).map(\.node.title) }

  /// The decision of this name: the first file's, else the first one of another file.
  public func decision(_ name: String) -> Decision? {
    program.place(of: name, .decision).map { Decision(place: $0, program.nodes[$0]) }
  }

  /// The decisions that no other decision requires: what the model is for.
  public var results: [Decision] {
    var required: Set<Int> = []
    for (place, node) in program.nodes.enumerated() where node.kind == .decision {
      for source in node.slots {
        switch source {
        case .node(let target) where target != place: required.insert(target)
        case .imported(let members): required.formUnion(members.map(\.node))
        default: break
        }
      }
    }
    return decisions.filter { !required.contains($0.place) }
  }

  private func elements(_ kind: Graph.Node.Kind) -> [(place: Int, node: Program.Node)] {
    program.nodes.enumerated().filter { $0.element.kind == kind }.map { ($0.offset, $0.element) }
  }
}

/// A decision of a model.
public struct Decision: Sendable {
  let place: Int
  /// The name.
  public let name: String
  /// The id in its file.
  public let id: String?
  /// The namespace of its file.
  public let namespace: String
  /// The type of its value.
  public let type: Type
  /// What the decision says about itself.
  public let question: String?

  init(place: Int, _ node: Program.Node) {
    self.place = place
    name = node.title
    id = node.id
    namespace = node.namespace
    type = node.feelType
    question = node.question
  }
}

/// An input of a model.
public struct Input: Sendable {
  /// The name.
  public let name: String
  /// The id in its file.
  public let id: String?
  /// The namespace of its file.
  public let namespace: String
  /// The type that values must conform to.
  public let type: Type

  init(_ node: Program.Node, _ types: TypeTable) {
    name = node.title
    id = node.id
    namespace = node.namespace
    type = node.feelType
  }
}
