extension Plan {
  /// The places of the inputs that the decision may read, itself or through what it requires
  /// (DMN 1.5, 6.2: the requirements of a decision name all that its logic can use).
  ///
  /// The decision is a function of these inputs and of the time, so that its value may be kept
  /// by them.
  public var placesRead: [Int] {
    let seen = nodesRead
    return inputs.indices.filter { seen.contains(inputs[$0]) }
  }

  /// The decision, and all that it requires.
  var nodesRead: Set<Int> {
    var seen: Set<Int> = []
    var open = [decision]
    while let node = open.popLast() {
      guard seen.insert(node).inserted else { continue }
      for source in program.nodes[node].slots {
        switch source {
        case .node(let required): open.append(required)
        case .imported(let members): open += members.map(\.node)
        case .local: break
        }
      }
    }
    return seen
  }

  /// The decisions among them.
  var decisionsRead: Set<Int> { nodesRead.filter { program.nodes[$0].kind == .decision } }

  /// The decisions among those read whose values depend on a node, itself or through others.
  func nodes(dependingOn input: Int) -> [Int] {
    var found: Set<Int> = [input]
    let read = nodesRead
    while true {
      let more = read.filter { node in
        !found.contains(node)
          && program.nodes[node].slots.contains { source in
            switch source {
            case .node(let required): found.contains(required)
            case .imported(let members): members.contains { found.contains($0.node) }
            case .local: false
            }
          }
      }
      if more.isEmpty { return found.sorted() }
      found.formUnion(more)
    }
  }
}
