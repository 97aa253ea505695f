import FEEL

/// Names that decisions read without a declaration.
///
/// By DMN 1.5, 7.3.1, an expression sees the names of what its decision requires and no others.
/// Other modellers let a table read a variable of the process around it, with no input data for
/// it, and the value of a required decision by the decision's id or by its output's name.
extension Loader {
  /// Finds what the unknown names of a decision stand for, and puts them into its scope.
  ///
  /// A name that is the id of a required element, or the name of its only output, is that element.
  /// Any other becomes an input of the file, with a warning, where it is all that a column of the
  /// decision's table reads, or where the decision has no table and requires no input data; and the
  /// decision reads no input data that it requires. Elsewhere it is a slip of the pen.
  /// - Returns: whether the scope has grown.
  mutating func declareUnknown(
    _ builder: LogicBuilder, of index: Graph.NodeIndex, _ graph: inout Graph,
    _ types: inout TypeBuilder, _ scope: inout Scope, _ slots: inout [Program.Source]
  ) -> Bool {
    guard strictness == .strict, !builder.unknownNames.isEmpty else { return false }
    let place = graph.nodes[index]
    let decision = graph.models[place.model].decisions[place.index]
    let readsInputs = slots.indices.contains { slot in
      guard builder.readSlots.contains(slot), case .node(let node) = slots[slot] else {
        return false
      }
      return graph.nodes[node].kind == .input
    }
    var seen: Set<String> = []
    for (name, offset) in builder.unknownNames where seen.insert(name).inserted {
      let target: Graph.NodeIndex
      if let required = required(name, by: index, graph) {
        target = required
      } else if readsInputs || !name.isVariable || !decision.mayRead(name) {
        continue
      } else if let known = graph.input(name, in: place.model) {
        target = known
        if graph.nodes[known].id != nil {
          note(
            "requirement", place.model, offset, graph.title(of: index),
            "'\(name)' is read without being required.", "Draw the requirement.",
            severity: .warning)
        }
      } else {
        target = graph.addInput(
          name, decision.logic?.column(name)?.type, in: place.model, at: offset)
        note(
          "undeclaredInput", place.model, offset, graph.title(of: index),
          "No input data declares '\(name)'; it is taken for an input.",
          "Declare it as input data that the decision requires.", severity: .warning)
      }
      scope.declare(name, type(of: target, graph, &types))
      slots.append(.node(target))
    }
    return slots.count > builder.slots.count
  }

  /// The required element that another modeller calls by its id or by its only output.
  private func required(_ name: String, by index: Graph.NodeIndex, _ graph: Graph)
    -> Graph.NodeIndex?
  {
    graph.requirements(of: index).compactMap(\.node).first { node in
      let place = graph.nodes[node]
      guard place.kind == .input || place.kind == .decision else { return false }
      guard place.kind == .decision else { return place.id == name }
      return graph.models[place.model].decisions[place.index].namesOfResult.contains(name)
    }
  }
}

extension DecisionElement {
  /// Whether a name without a declaration may be meant as an input.
  fileprivate func mayRead(_ name: String) -> Bool {
    guard case .table? = logic?.kind else { return requiredInputs.isEmpty }
    return logic?.column(name) != nil
  }

  /// What other modellers call the result besides the decision's name: the id, the only output.
  var namesOfResult: [String] {
    var names = [id].compactMap { $0 }
    if case .table(let table)? = logic?.kind, table.outputs.count == 1 {
      names += [table.outputs[0].name].compactMap { $0 }
    }
    return names
  }
}

extension Graph {
  /// The input of a file by its name.
  fileprivate func input(_ name: String, in model: Int) -> NodeIndex? {
    nodes.firstIndex { $0.kind == .input && $0.model == model && $0.name == name }
  }
}

extension Boxed {
  /// The table's column whose input is nothing but the name.
  fileprivate func column(_ name: String) -> InputClauseElement? {
    guard case .table(let table) = kind else { return nil }
    return table.inputs.first { $0.expression.text.trimmingXMLSpace == name }
  }
}

extension String {
  /// Whether it is one word, as the variables of a process are named.
  fileprivate var isVariable: Bool {
    unicodeScalars.allSatisfy { $0.properties.isAlphabetic || $0 == "_" || ("0"..."9") ~= $0 }
  }
}
