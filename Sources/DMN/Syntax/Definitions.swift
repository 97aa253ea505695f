/// A DMN file as it was read: DMN 1.5, 6.3 (`Definitions`), before names and types are resolved.
struct Definitions: Sendable {
  /// Which of the given files it was read from.
  var file: Int
  /// The version of the standard by the namespace of the file.
  var version: DMNVersion
  var name: String
  var id: String?
  /// The namespace of the names that the file defines.
  var namespace: String
  var expressionLanguage: String?
  var imports: [ImportElement] = []
  var items: [ItemDefinition] = []
  var inputs: [InputDataElement] = []
  var decisions: [DecisionElement] = []
  var knowledge: [BusinessKnowledgeElement] = []
  var services: [DecisionServiceElement] = []
  var sources: [KnowledgeSourceElement] = []
  var description: String?
}

/// The versions of the standard that are read, told apart by the namespace of the file.
enum DMNVersion: String, Sendable, CaseIterable {
  case one = "http://www.omg.org/spec/DMN/20151101/dmn.xsd"
  case two = "http://www.omg.org/spec/DMN/20180521/MODEL/"
  case three = "https://www.omg.org/spec/DMN/20191111/MODEL/"
  case four = "https://www.omg.org/spec/DMN/20211108/MODEL/"
  case five = "https://www.omg.org/spec/DMN/20230324/MODEL/"
  case six = "https://www.omg.org/spec/DMN/20240513/MODEL/"
}

/// A reference by `href` to an element of this file (`#id`) or of another (`namespace#id`).
struct ElementReference: Sendable, Hashable {
  /// The part before `#`; empty for this file.
  var namespace: String
  var id: String
  var offset: Int
}

/// The name of a type as written: `number`, `tLoan`, `Imported.tLoan`, `feel:number`.
struct TypeName: Sendable, Hashable {
  var text: String
  var offset: Int
}

/// A named, typed variable: DMN 1.5, 7.3.4 (`InformationItem`).
struct InformationItem: Sendable {
  var name: String
  var type: TypeName?
  var id: String?
  var offset: Int
}

/// A use of another file: DMN 1.5, 6.3.3 (`Import`).
struct ImportElement: Sendable {
  /// The name under which the imported names are used; empty for none.
  var name: String
  var namespace: String
  var importType: String
  var location: String?
  var offset: Int
}

/// A type of the model: DMN 1.5, 7.3.2 (`ItemDefinition`).
struct ItemDefinition: Sendable {
  var name: String
  var id: String?
  var type: TypeName?
  var isCollection = false
  /// `allowedValues`: for a collection they constrain its elements.
  var allowedValues: SourceText?
  /// `typeConstraint` (DMN 1.5): it constrains the value itself, also a collection as a whole.
  var constraint: SourceText?
  var components: [ItemDefinition] = []
  var function: FunctionItem?
  var offset: Int
}

/// The signature of a function type: DMN 1.5, 7.3.3 (`FunctionItem`).
struct FunctionItem: Sendable {
  var parameters: [InformationItem]
  var result: TypeName?
}

/// Input data: DMN 1.5, 6.3.11.
struct InputDataElement: Sendable {
  var name: String
  var id: String?
  var label: String?
  var variable: InformationItem?
  var description: String?
  var offset: Int
}

/// A decision: DMN 1.5, 6.3.7.
struct DecisionElement: Sendable {
  var name: String
  var id: String?
  var variable: InformationItem?
  var description: String?
  var question: String?
  var allowedAnswers: String?
  var requiredDecisions: [ElementReference] = []
  var requiredInputs: [ElementReference] = []
  var requiredKnowledge: [ElementReference] = []
  var authorities: [AuthorityReference] = []
  var logic: Boxed?
  var offset: Int
}

/// What an authority requirement points at: DMN 1.5, 6.3.15.
struct AuthorityReference: Sendable {
  enum Kind: String, Sendable { case requiredAuthority, requiredDecision, requiredInput }
  var kind: Kind
  var reference: ElementReference
}

/// A business knowledge model: DMN 1.5, 6.3.9.
struct BusinessKnowledgeElement: Sendable {
  var name: String
  var id: String?
  var variable: InformationItem?
  var description: String?
  var requiredKnowledge: [ElementReference] = []
  var authorities: [AuthorityReference] = []
  var logic: FunctionElement?
  var offset: Int
}

/// A decision service: DMN 1.5, 6.3.10.
struct DecisionServiceElement: Sendable {
  var name: String
  var id: String?
  var variable: InformationItem?
  var description: String?
  var outputs: [ElementReference] = []
  var encapsulated: [ElementReference] = []
  var inputDecisions: [ElementReference] = []
  var inputData: [ElementReference] = []
  var offset: Int
}

/// An authority for a decision, such as a law: DMN 1.5, 6.3.12.
struct KnowledgeSourceElement: Sendable {
  var name: String
  var id: String?
  var description: String?
  var location: String?
  var kind: String?
  var owner: ElementReference?
  var authorities: [AuthorityReference] = []
  var offset: Int
}
