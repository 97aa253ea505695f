/// What the decisions of some files read and rest on, without compiling them.
public struct ModelOutline: Sendable {
  /// The decisions and business knowledge models of all files.
  public let elements: [Element]
  /// The files with what they define and import.
  public let files: [File]

  /// A file by its namespaces.
  public struct File: Sendable, Hashable {
    /// The file's name.
    public var name: String
    /// The namespace of the names that it defines.
    public var namespace: String
    /// The namespaces of the models that it uses.
    public var imports: [String]
    /// What its variables, components and types are called besides.
    public var declarations: [Declaration]
  }

  /// A name with others by which the same thing is known: the type that it has, the label, or the
  /// input data that the variable stands for.
  public struct Declaration: Sendable, Hashable {
    /// The name by which expressions read it; for an item definition the name of the type.
    public var name: String
    /// The other names.
    public var others: [String]
    /// Whether it is an item definition.
    public var isType: Bool
    /// Whether it is so called only where nothing else is: by the id of a required element, or by
    /// its only output.
    public var isOnlyAlone = false
  }

  /// A decision or business knowledge model.
  public struct Element: Sendable {
    /// The file that it stands in.
    public var file: String
    /// The name.
    public var name: String
    /// Whether it is a decision, whose inputs are data and not what a caller binds.
    public var isDecision: Bool
    /// The names of the input data that it requires, or of its parameters.
    public var inputs: [Input]
    /// The places in ``ModelOutline/elements`` of the decisions and functions that it requires.
    public var required: [Int]
    /// The authorities that it names.
    public var authorities: [Authority]
    /// What its logic gives names to: entries of contexts, and parameters that are bound.
    public var namesGiven: [String]
    /// The labels of the input columns of its tables.
    public var labels: [String]
    /// Its expressions, cell by cell.
    public var expressions: [Expression]
    /// Its decision tables.
    public var tables: [TableGrid]
  }

  /// An input with the names of its components.
  public struct Input: Sendable, Hashable {
    /// The name.
    public var name: String
    /// The id in its file.
    public var id: String?
  }

  /// A knowledge source that a decision rests on: DMN 1.5, 6.3.12 and 6.3.15.
  public struct Authority: Sendable, Hashable {
    /// The name.
    public var name: String
    /// What kind of source it is, such as `law`.
    public var kind: String?
    /// Where it can be read.
    public var location: String?
    /// The names of the input data that it speaks of (`authorityRequirement/requiredInput`).
    public var inputs: [String]
  }

  /// An expression of an element.
  public struct Expression: Sendable, Hashable {
    /// The text.
    public var text: String
    /// The rule of the table, from 1; nil outside rules.
    public var rule: Int?
    /// The column of the table; nil outside tables.
    public var column: String?
    /// Whether it is what a table gives where no rule hits.
    public var isDefault = false
  }

  /// Reads some files.
  ///
  /// - Throws: `ModelProblems` when one of them is no DMN model.
  public init(_ files: [ModelFile]) throws(ModelProblems) {
    var models: [(file: String, content: Definitions)] = []
    for file in files {
      let text = try ModelText(file)
      let source = SourceFile(name: file.name, bytes: text.file.bytes)
      guard let root = try? XMLReader.read(source) else { continue }
      var reader = ModelReader(file: models.count, source: source)
      if let content = reader.definitions(root) { models.append((file.name, content)) }
    }
    self.files = models.map { file, content in
      File(
        name: file, namespace: content.namespace, imports: content.imports.map(\.namespace),
        declarations: content.declarations)
    }
    elements = OutlineBuilder(models).elements()
  }
}

/// Follows references from one file to another.
private struct OutlineBuilder {
  private let models: [(file: String, content: Definitions)]
  private var places: [String: Int] = [:]
  private var inputs: [String: InputDataElement] = [:]
  private var sources: [String: (model: Int, source: KnowledgeSourceElement)] = [:]

  init(_ models: [(file: String, content: Definitions)]) {
    self.models = models
    var count = 0
    for (number, model) in models.enumerated() {
      let content = model.content
      for input in content.inputs {
        if let id = input.id { inputs["\(content.namespace)#\(id)"] = input }
      }
      for source in content.sources {
        if let id = source.id { sources["\(content.namespace)#\(id)"] = (number, source) }
      }
      for id in content.decisions.map(\.id) + content.knowledge.map(\.id) {
        if let id { places["\(content.namespace)#\(id)"] = count }
        count += 1
      }
    }
  }

  func elements() -> [ModelOutline.Element] {
    models.indices.flatMap { number -> [ModelOutline.Element] in
      let (file, content) = models[number]
      let decisions = content.decisions.map { decision in
        ModelOutline.Element(
          file: file, name: decision.name, isDecision: true,
          inputs: decision.requiredInputs.compactMap { input($0, from: number) },
          required: (decision.requiredDecisions + decision.requiredKnowledge)
            .compactMap { places[key($0, from: number)] },
          authorities: decision.authorities.compactMap { authority($0, from: number) },
          namesGiven: decision.logic?.namesGiven ?? [], labels: labels(decision.logic),
          expressions: decision.logic?.expressions ?? [], tables: grids(decision.logic))
      }
      let knowledge = content.knowledge.map { element in
        ModelOutline.Element(
          file: file, name: element.name, isDecision: false,
          inputs: (element.logic?.parameters ?? []).map { .init(name: $0.name, id: nil) },
          required: element.requiredKnowledge.compactMap { places[key($0, from: number)] },
          authorities: element.authorities.compactMap { authority($0, from: number) },
          namesGiven: element.logic?.body?.namesGiven ?? [], labels: labels(element.logic?.body),
          expressions: element.logic?.body?.expressions ?? [],
          tables: grids(element.logic?.body))
      }
      return decisions + knowledge
    }
  }

  private func key(_ reference: ElementReference, from model: Int) -> String {
    let namespace =
      reference.namespace.isEmpty ? models[model].content.namespace : reference.namespace
    return "\(namespace)#\(reference.id)"
  }

  private func input(_ reference: ElementReference, from model: Int) -> ModelOutline.Input? {
    inputs[key(reference, from: model)].map { .init(name: $0.name, id: $0.id) }
  }

  private func authority(
    _ reference: AuthorityReference, from model: Int
  ) -> ModelOutline.Authority? {
    guard reference.kind == .requiredAuthority,
      let (home, source) = sources[key(reference.reference, from: model)]
    else { return nil }
    return ModelOutline.Authority(
      name: source.name, kind: source.kind, location: source.location,
      inputs: source.authorities.filter { $0.kind == .requiredInput }
        .compactMap { input($0.reference, from: home)?.name })
  }

  private func labels(_ logic: Boxed?) -> [String] {
    (logic?.tables ?? []).flatMap { $0.inputs.compactMap(\.label) }.filter { !$0.isEmpty }
  }

  private func grids(_ logic: Boxed?) -> [TableGrid] {
    (logic?.tables ?? []).map { table in
      TableGrid(
        element: "", hitPolicy: table.hitPolicy, aggregation: table.aggregation,
        inputs: zip(table.inputNames, table.inputs).map {
          .init(name: $0, type: $1.type?.text, values: $1.values?.text)
        },
        outputs: zip(table.outputNames, table.outputs).map {
          .init(name: $0, type: $1.type?.text, values: $1.values?.text)
        }, annotations: [],
        rules: table.rules.map { rule in
          .init(id: rule.id, inputs: rule.inputs.map(\.text), outputs: rule.outputs.map(\.text))
        })
    }
  }
}
