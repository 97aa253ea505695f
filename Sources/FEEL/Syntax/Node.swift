/// A comparison operator (grammar rules 7 and 49).
public enum Comparison: String, Sendable, Hashable, CaseIterable {
  case equal = "="
  case notEqual = "!="
  case less = "<"
  case lessOrEqual = "<="
  case greater = ">"
  case greaterOrEqual = ">="

  /// The operator with its operands exchanged.
  var mirrored: Comparison {
    switch self {
    case .equal, .notEqual: self
    case .less: .greater
    case .lessOrEqual: .greaterOrEqual
    case .greater: .less
    case .greaterOrEqual: .lessOrEqual
    }
  }

  /// The form of a range written with this operator.
  var rangeForm: RangeForm {
    switch self {
    case .equal: .equal
    case .notEqual: .notEqual
    case .less: .less
    case .lessOrEqual: .lessOrEqual
    case .greater: .greater
    case .greaterOrEqual: .greaterOrEqual
    }
  }
}

/// An arithmetic operator (grammar rule 4).
enum Arithmetic: String, Sendable, Hashable {
  case add = "+"
  case subtract = "-"
  case multiply = "*"
  case divide = "/"
  case power = "**"
}

/// A construct of an expression with its place and the type that is known of its value.
final class Node: Sendable {
  let kind: Kind
  let span: Span
  let type: Type
  /// The length of the longest chain of nodes nested in this one, itself included.
  let depth: Int
  /// The number of nodes, itself included: the steps that one evaluation is charged.
  let size: Int
  /// How many levels deeper than the values it reads the value can be nested.
  let nesting: Int

  indirect enum Kind: Sendable {
    case literal(Value)
    case slot(Int, name: String)
    /// A name that nothing in scope has; null at run time.
    case unknown(String)
    /// A name inside a filter whose elements may have an entry of that name.
    case itemEntry(slot: Int, name: String, otherwise: Node?)
    case negate(Node)
    /// A chain of operators of equal precedence, evaluated from left to right.
    case arithmetic(Node, [(operation: Arithmetic, operand: Node)])
    case compare(Comparison, Node, Node)
    case between(Node, Node, Node)
    /// `value in tests`; `input` is the slot of `?`.
    case membership(Node, [Test], input: Int)
    case all([Node])
    case any([Node])
    case condition(Node, then: Node, otherwise: Node)
    case loop([Iteration], body: Node, partial: Int?)
    case quantified(every: Bool, [Iteration], body: Node)
    case instance(Node, Type?)
    case path(Node, String)
    case filter(Node, condition: Node, item: Int, usesItem: Bool)
    case list([Node])
    case context([Entry], duplicate: Bool)
    case interval(start: Node, startIncluded: Bool, end: Node, endIncluded: Bool)
    case comparisonRange(Comparison, Node)
    case call(Node, Arguments)
    case callBuiltin(Builtin, Arguments)
    case function(Lambda)
    case external([Parameter], Node)
  }

  struct Entry: Sendable {
    let key: String
    let slot: Int
    let value: Node
  }

  struct Iteration: Sendable {
    let slot: Int
    let domain: Node
    /// The second endpoint of `a..b`, if the domain was written so.
    let end: Node?
  }

  enum Arguments: Sendable {
    case positional([Node])
    case named([(name: String, value: Node)])

    var nodes: [Node] {
      switch self {
      case .positional(let nodes): nodes
      case .named(let pairs): pairs.map(\.value)
      }
    }
  }

  struct Lambda: Sendable {
    let parameters: [Parameter]
    let body: Node
    /// Slots of the surrounding frame and the slots of the own frame they are copied to.
    let captures: [(outer: Int, inner: Int)]
    let slotCount: Int
  }

  init(_ kind: Kind, _ span: Span, _ type: Type = .any, over children: [Node] = []) {
    self.kind = kind
    self.span = span
    self.type = type
    depth = 1 + (children.map(\.depth).max() ?? 0)
    size = children.reduce(1) { $0 + $1.size }
    nesting = (children.map(\.nesting).max() ?? 0) + kind.levels
  }

  /// The same construct in parentheses.
  init(_ node: Node, in span: Span) {
    kind = node.kind
    self.span = span
    type = node.type
    depth = node.depth
    size = node.size
    nesting = node.nesting
  }
}

extension Node.Kind {
  /// Whether the construct puts values into a list or a context.
  fileprivate var levels: Int {
    switch self {
    case .list, .context, .loop: 1
    case .callBuiltin(let builtin, _): builtin.nests ? 1 : 0
    default: 0
    }
  }
}

/// One positive unary test: an operator with its endpoint, or an expression (rules 7 and 13).
struct Test: Sendable {
  let comparison: Comparison?
  let node: Node
  /// Whether the expression refers to `?`.
  let usesInput: Bool
}
