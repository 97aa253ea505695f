/// Reads the elements of a DMN file: DMN 1.5, chapter 13 (XML) for the versions 1.1 to 1.6.
///
/// Diagram parts, extension elements and elements without a meaning for execution are passed
/// over. All faults of the file are noted; reading goes on behind each.
struct ModelReader {
  let file: Int
  let source: SourceFile
  private(set) var problems: [ModelProblem] = []
  /// The decision or other element being read, for problems.
  var element: String?

  init(file: Int, source: SourceFile) {
    self.file = file
    self.source = source
  }

  /// Reads the root element; nil when the file is no DMN model.
  mutating func definitions(_ root: XMLElement) -> Definitions? {
    guard root.name == "definitions", let version = DMNVersion(rawValue: root.namespace) else {
      let isDefinitions = root.name == "definitions"
      note(
        code: isDefinitions ? "version" : "notDMN", at: root.offset,
        isDefinitions
          ? "The namespace \(root.namespace) is no version of DMN from 1.1 to 1.6."
          : "The root element is <\(root.name)>, not <definitions> of a DMN model.",
        advice: "Expected \(DMNVersion.five.rawValue) or the namespace of another version.")
      return nil
    }
    var model = Definitions(
      file: file, version: version, name: root.attribute("name") ?? "",
      namespace: root.attribute("namespace") ?? "")
    if root.attribute("namespace") == nil {
      note(code: "namespace", at: root.offset, "The model has no namespace attribute.")
    }
    model.id = root.attribute("id")
    model.expressionLanguage = root.attribute("expressionLanguage")
    for child in root.children where child.namespace == root.namespace {
      element = child.attribute("name")
      switch child.name {
      case "description": model.description = child.text
      case "import": model.imports.append(importElement(child))
      case "itemDefinition": model.items.append(itemDefinition(child))
      case "inputData": model.inputs.append(inputData(child))
      case "decision": model.decisions.append(decision(child))
      case "businessKnowledgeModel": model.knowledge.append(knowledge(child))
      case "decisionService": model.services.append(service(child))
      case "knowledgeSource": model.sources.append(knowledgeSource(child))
      default: break
      }
    }
    element = nil
    return model
  }

  mutating func note(
    code: String, at offset: Int, _ message: String, advice: String? = nil,
    severity: ModelProblem.Severity = .error
  ) {
    let place = source.place(at: offset)
    problems.append(
      ModelProblem(
        severity: severity, code: code, file: source.name, line: place.line,
        column: place.column, element: element, message: message, advice: advice))
  }
}

// MARK: - Parts that many elements have

extension ModelReader {
  /// The name of an element; a missing name is a problem.
  mutating func name(of element: XMLElement) -> String {
    guard let name = element.attribute("name") else {
      note(code: "name", at: element.offset, "The element <\(element.name)> has no name.")
      return ""
    }
    return name
  }

  func typeName(_ text: String?, at offset: Int) -> TypeName? {
    guard let text else { return nil }
    let name = text.trimmingXMLSpace
    return name.isEmpty ? nil : TypeName(text: name, offset: offset)
  }

  mutating func informationItem(_ element: XMLElement) -> InformationItem {
    InformationItem(
      name: element.attribute("name") ?? "",
      type: typeName(element.attribute("typeRef"), at: element.offset),
      id: element.attribute("id"), offset: element.offset)
  }

  mutating func reference(_ element: XMLElement) -> ElementReference? {
    guard let href = element.attribute("href"), !href.isEmpty else {
      note(code: "href", at: element.offset, "The element <\(element.name)> has no href.")
      return nil
    }
    guard let mark = href.lastIndex(of: "#") else {
      return ElementReference(namespace: "", id: href, offset: element.offset)
    }
    return ElementReference(
      namespace: String(href[..<mark]), id: String(href[href.index(after: mark)...]),
      offset: element.offset)
  }

  /// The references in children of one name, such as `outputDecision`.
  mutating func references(_ name: String, in element: XMLElement) -> [ElementReference] {
    var list: [ElementReference] = []
    for child in element.children(name) {
      if let found = reference(child) { list.append(found) }
    }
    return list
  }

  /// The references in grandchildren, such as `informationRequirement/requiredInput`.
  mutating func requirements(_ outer: String, _ inner: String, in element: XMLElement)
    -> [ElementReference]
  {
    var list: [ElementReference] = []
    for child in element.children(outer) { list += references(inner, in: child) }
    return list
  }

  mutating func authorities(of element: XMLElement) -> [AuthorityReference] {
    var list: [AuthorityReference] = []
    for child in element.children("authorityRequirement") {
      for target in child.children {
        guard let kind = AuthorityReference.Kind(rawValue: target.name),
          let reference = reference(target)
        else { continue }
        list.append(AuthorityReference(kind: kind, reference: reference))
      }
    }
    return list
  }

  func text(_ name: String, in element: XMLElement) -> String? { element.child(name)?.text }

  /// The `<text>` inside an element, such as a cell.
  func innerText(_ element: XMLElement) -> SourceText? { element.child("text")?.sourceText }
}

// MARK: - Elements of the requirements graph

extension ModelReader {
  private mutating func importElement(_ element: XMLElement) -> ImportElement {
    ImportElement(
      name: element.attribute("name") ?? "", namespace: element.attribute("namespace") ?? "",
      importType: element.attribute("importType") ?? "",
      location: element.attribute("locationURI"), offset: element.offset)
  }

  private mutating func itemDefinition(_ element: XMLElement) -> ItemDefinition {
    var item = ItemDefinition(name: name(of: element), offset: element.offset)
    item.id = element.attribute("id")
    if let type = element.child("typeRef") {
      item.type = typeName(type.text, at: type.textOffset)
    } else {
      item.type = typeName(element.attribute("typeRef"), at: element.offset)
    }
    item.isCollection = ["true", "1"].contains(element.attribute("isCollection") ?? "")
    item.allowedValues = element.child("allowedValues").flatMap(innerText)
    item.constraint = element.child("typeConstraint").flatMap(innerText)
    for child in element.children("itemComponent") { item.components.append(itemDefinition(child)) }
    if let function = element.child("functionItem") {
      item.function = FunctionItem(
        parameters: function.children("parameters").map { informationItem($0) },
        result: typeName(function.attribute("outputTypeRef"), at: function.offset))
    }
    return item
  }

  private mutating func inputData(_ element: XMLElement) -> InputDataElement {
    InputDataElement(
      name: name(of: element), id: element.attribute("id"), label: element.attribute("label"),
      variable: element.child("variable").map { informationItem($0) },
      description: text("description", in: element), offset: element.offset)
  }

  private mutating func decision(_ element: XMLElement) -> DecisionElement {
    var decision = DecisionElement(name: name(of: element), offset: element.offset)
    decision.id = element.attribute("id")
    decision.variable = element.child("variable").map { informationItem($0) }
    decision.description = text("description", in: element)
    decision.question = text("question", in: element)
    decision.allowedAnswers = text("allowedAnswers", in: element)
    decision.requiredDecisions = requirements(
      "informationRequirement", "requiredDecision", in: element)
    decision.requiredInputs = requirements("informationRequirement", "requiredInput", in: element)
    decision.requiredKnowledge = requirements(
      "knowledgeRequirement", "requiredKnowledge", in: element)
    decision.authorities = authorities(of: element)
    decision.logic = firstExpression(in: element)
    return decision
  }

  private mutating func knowledge(_ element: XMLElement) -> BusinessKnowledgeElement {
    var model = BusinessKnowledgeElement(name: name(of: element), offset: element.offset)
    model.id = element.attribute("id")
    model.variable = element.child("variable").map { informationItem($0) }
    model.description = text("description", in: element)
    model.requiredKnowledge = requirements(
      "knowledgeRequirement", "requiredKnowledge", in: element)
    model.authorities = authorities(of: element)
    if let logic = element.child("encapsulatedLogic") { model.logic = function(logic) }
    return model
  }

  private mutating func service(_ element: XMLElement) -> DecisionServiceElement {
    var service = DecisionServiceElement(name: name(of: element), offset: element.offset)
    service.id = element.attribute("id")
    service.variable = element.child("variable").map { informationItem($0) }
    service.description = text("description", in: element)
    service.outputs = references("outputDecision", in: element)
    service.encapsulated = references("encapsulatedDecision", in: element)
    service.inputDecisions = references("inputDecision", in: element)
    service.inputData = references("inputData", in: element)
    return service
  }

  private mutating func knowledgeSource(_ element: XMLElement) -> KnowledgeSourceElement {
    var source = KnowledgeSourceElement(name: name(of: element), offset: element.offset)
    source.id = element.attribute("id")
    source.description = text("description", in: element)
    source.location = element.attribute("locationURI")
    source.kind = text("type", in: element)
    source.owner = element.child("owner").flatMap { reference($0) }
    source.authorities = authorities(of: element)
    return source
  }
}

extension String {
  /// The text without white space at its ends.
  var trimmingXMLSpace: String {
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0D).contains(byte) }
    guard let first = utf8.firstIndex(where: { !isSpace($0) }),
      let last = utf8.lastIndex(where: { !isSpace($0) })
    else { return "" }
    return String(self[first...last])
  }
}
