extension Model {
  /// The files of the model as DMN 1.5, valid against the standard's schema.
  ///
  /// What has a meaning for execution is kept, with names, ids and descriptions; diagrams and
  /// extensions of other tools are not. Reading the files again gives the same model.
  public func export() -> [ModelFile] {
    definitions.map { model in
      let writer = ModelWriter(version: model.version)
      writer.write(model.content)
      return ModelFile(name: model.file, bytes: writer.xml.bytes)
    }
  }
}

/// Writes the elements of a model: DMN 1.5, chapter 13.
struct ModelWriter {
  let xml = XMLWriter()
  private let version: DMNVersion

  init(version: DMNVersion) { self.version = version }

  func write(_ model: Definitions) {
    xml.element(
      "definitions",
      [
        ("xmlns", DMNVersion.five.rawValue), ("id", model.id), ("name", model.name),
        ("namespace", model.namespace),
      ]
    ) { content(of: model) }
  }

  private func content(of model: Definitions) {
    xml.text("description", model.description)
    for item in model.imports {
      xml.element(
        "import",
        [
          ("name", item.name), ("namespace", item.namespace), ("locationURI", item.location),
          ("importType", importType(item.importType)),
        ])
    }
    for item in model.items { write(item, as: "itemDefinition") }
    for input in model.inputs {
      xml.element("inputData", [("id", input.id), ("name", input.name)]) {
        xml.text("description", input.description)
        write(input.variable, as: "variable")
      }
    }
    for decision in model.decisions { write(decision) }
    for knowledge in model.knowledge { write(knowledge) }
    for service in model.services { write(service) }
    for source in model.sources { write(source) }
  }

  /// An imported model is one of the version that is written.
  private func importType(_ type: String) -> String {
    DMNVersion(rawValue: type) == nil ? type : DMNVersion.five.rawValue
  }

  /// The name of a type; in DMN 1.1 it was a qualified one.
  func type(_ name: TypeName?) -> String? {
    guard let name else { return nil }
    guard version == .one, let colon = name.text.lastIndex(of: ":") else { return name.text }
    return String(name.text[name.text.index(after: colon)...])
  }

  func write(_ item: InformationItem?, as name: String) {
    guard let item else { return }
    xml.element(name, [("id", item.id), ("name", item.name), ("typeRef", type(item.type))])
  }
}

// MARK: - Elements of the requirements graph

extension ModelWriter {
  private func write(_ item: ItemDefinition, as name: String) {
    let isCollection = item.isCollection ? "true" : nil
    xml.element(
      name, [("id", item.id), ("name", item.name), ("isCollection", isCollection)]
    ) {
      if !item.components.isEmpty {
        for component in item.components { write(component, as: "itemComponent") }
      } else if let function = item.function {
        xml.element("functionItem", [("outputTypeRef", type(function.result))]) {
          for parameter in function.parameters { write(parameter, as: "parameters") }
        }
      } else {
        xml.text("typeRef", type(item.type) ?? "Any")
        tests("allowedValues", item.allowedValues)
        tests("typeConstraint", item.constraint)
      }
    }
  }

  /// Unary tests of an element, such as allowed values.
  func tests(_ name: String, _ text: SourceText?) {
    guard let text else { return }
    xml.element(name) { xml.text("text", text.text) }
  }

  private func write(_ decision: DecisionElement) {
    xml.element("decision", [("id", decision.id), ("name", decision.name)]) {
      xml.text("description", decision.description)
      xml.text("question", decision.question)
      xml.text("allowedAnswers", decision.allowedAnswers)
      write(decision.variable, as: "variable")
      for target in decision.requiredDecisions {
        requirement("informationRequirement", "requiredDecision", target)
      }
      for target in decision.requiredInputs {
        requirement("informationRequirement", "requiredInput", target)
      }
      requirements(decision.requiredKnowledge, decision.authorities)
      if let logic = decision.logic { write(logic) }
    }
  }

  private func write(_ model: BusinessKnowledgeElement) {
    xml.element("businessKnowledgeModel", [("id", model.id), ("name", model.name)]) {
      xml.text("description", model.description)
      write(model.variable, as: "variable")
      if let logic = model.logic { write(logic, as: "encapsulatedLogic") }
      requirements(model.requiredKnowledge, model.authorities)
    }
  }

  private func requirements(
    _ knowledge: [ElementReference], _ authorities: [AuthorityReference]
  ) {
    for target in knowledge { requirement("knowledgeRequirement", "requiredKnowledge", target) }
    for item in authorities {
      requirement("authorityRequirement", item.kind.rawValue, item.reference)
    }
  }

  private func requirement(
    _ outer: String, _ inner: String, _ target: ElementReference
  ) {
    xml.element(outer) { reference(inner, target) }
  }

  private func reference(_ name: String, _ target: ElementReference) {
    xml.element(name, [("href", target.namespace + "#" + target.id)])
  }

  private func write(_ service: DecisionServiceElement) {
    xml.element("decisionService", [("id", service.id), ("name", service.name)]) {
      xml.text("description", service.description)
      write(service.variable, as: "variable")
      for target in service.outputs { reference("outputDecision", target) }
      for target in service.encapsulated { reference("encapsulatedDecision", target) }
      for target in service.inputDecisions { reference("inputDecision", target) }
      for target in service.inputData { reference("inputData", target) }
    }
  }

  private func write(_ source: KnowledgeSourceElement) {
    xml.element(
      "knowledgeSource",
      [("id", source.id), ("name", source.name), ("locationURI", source.location)]
    ) {
      xml.text("description", source.description)
      requirements([], source.authorities)
      xml.text("type", source.kind)
      if let owner = source.owner { reference("owner", owner) }
    }
  }
}
