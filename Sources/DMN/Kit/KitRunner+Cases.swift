import FEEL

extension KitRunner {
  /// What differs from the expected results of a case; empty when nothing does.
  func differences(_ item: KitFile.KitCase, _ model: Model) -> String {
    var details: [String] = []
    for result in item.results {
      let found = value(of: result, item, model)
      guard let found else {
        details.append("there is no \(result.name)")
        continue
      }
      var expected = result.expected
      if result.isUntyped, let decision = model.decision(result.name) {
        expected = KitFile.typed(expected, as: decision.type)
      }
      if !comparison.matches(found.value, expected) {
        let cause = found.causes.first.map { " (\($0.sentence))" } ?? ""
        details.append("\(result.name): expected \(expected), found \(found.value)\(cause)")
      }
    }
    return details.joined(separator: "; ")
  }

  private func value(
    of result: KitFile.Result, _ item: KitFile.KitCase, _ model: Model
  ) -> Outcome? {
    let program = model.program
    let run = { (body: (Run) -> Value) in
      model.run(Context(), nil, .causes) { run in
        for input in item.inputs { set(input, run) }
        return body(run)
      }
    }
    if item.kind == .decisionService || item.invocable != nil, let name = item.invocable {
      if let service = program.place(of: name, .service) {
        return run { run in
          let value = run.result(of: service)
          let outputs = program.nodes[service].service?.outputs ?? []
          guard outputs.count > 1, case .context(let context) = value else { return value }
          // Without the name of an output the whole context is meant.
          return context[result.name] ?? value
        }
      }
      if let function = program.place(of: name, .knowledge) {
        let parameters = program.nodes[function].function?.parameters ?? []
        let arguments = parameters.map { parameter in
          item.inputs.first { $0.name == parameter.name }?.value ?? .null
        }
        return run { $0.call(function, arguments) }
      }
      return nil
    }
    let place =
      result.namespace.flatMap { program.place(of: result.name, .decision, namespace: $0) }
      ?? program.place(of: result.name, .decision)
    if let place { return run { $0.value(of: place) } }
    if let service = program.place(of: result.name, .service) {
      return run { $0.result(of: service) }
    }
    return nil
  }

  private func set(_ input: KitFile.Input, _ run: Run) {
    let program = run.program
    for kind in [Graph.Node.Kind.input, .decision] {
      if let namespace = input.namespace,
        let place = program.place(of: input.name, kind, namespace: namespace)
      {
        run.set(place, input.value(for: program.nodes[place]))
        return
      }
    }
    if let place = program.place(of: input.name, .input) ?? program.place(of: input.name, .decision)
    {
      run.set(place, input.value(for: program.nodes[place]))
    }
  }
}

extension KitFile.Input {
  /// The value, of the type of an element of the model where the file names none.
  fileprivate func value(for node: Program.Node) -> Value {
    isUntyped ? KitFile.typed(value, as: node.feelType) : value
  }
}
