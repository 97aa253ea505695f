extension Plan {
  /// The places of the inputs that the decision may read, itself or through what it requires
  /// (DMN 1.5, 6.2: the requirements of a decision name all that its logic can use).
  ///
  /// The decision is a function of these inputs and of the time, so that its value may be kept
  /// by them.
  public var placesRead: [Int] {
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
    return inputs.indices.filter { seen.contains(inputs[$0]) }
  }
}
