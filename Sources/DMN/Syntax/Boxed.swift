/// A boxed expression as read: DMN 1.5, 10.2 with its place and its declared type.
struct Boxed: Sendable {
  var kind: Kind
  var type: TypeName?
  var id: String?
  var label: String?
  var description: String?
  var offset: Int

  /// The forms of DMN 1.5, 10.2.2.
  indirect enum Kind: Sendable {
    /// FEEL text (10.2.2.1); the language is kept to refuse others.
    case literal(SourceText, language: String?)
    /// 10.2.2.4
    case context([ContextEntryElement])
    /// 10.2.2.5
    case list([Boxed])
    /// 10.2.2.6
    case relation(columns: [InformationItem], rows: [RelationRow])
    /// 10.2.2.3; the called function is an expression.
    case invocation(called: Boxed?, bindings: [BindingElement])
    /// 10.2.2.7
    case function(FunctionElement)
    /// 10.2.2.8
    case conditional(condition: Boxed, then: Boxed, otherwise: Boxed)
    /// 10.2.2.9
    case filter(list: Boxed, match: Boxed)
    /// 10.2.2.10
    case iterator(IteratorElement)
    /// Chapter 8
    case table(DecisionTableElement)
  }
}

/// An entry of a boxed context; without a variable it is the result.
struct ContextEntryElement: Sendable {
  var variable: InformationItem?
  var value: Boxed
}

/// A row of a boxed relation.
struct RelationRow: Sendable {
  var id: String?
  var cells: [Boxed]
  var offset: Int
}

/// A parameter of a boxed invocation and what is passed; nil passes null.
struct BindingElement: Sendable {
  var parameter: InformationItem
  var value: Boxed?
}

/// A boxed function definition.
struct FunctionElement: Sendable {
  /// The languages of a body: DMN 1.5, 10.2.2.7.
  enum Kind: String, Sendable, CaseIterable {
    case feel = "FEEL"
    case java = "Java"
    case pmml = "PMML"
  }
  var kind = Kind.feel
  var parameters: [InformationItem] = []
  var body: Boxed?
  var type: TypeName?
  var id: String?
  var offset: Int
}

/// A boxed iterator: `for … return`, `some … satisfies`, `every … satisfies`.
struct IteratorElement: Sendable {
  enum Kind: String, Sendable { case `for`, some, every }
  var kind: Kind
  var variable: String
  /// The declared type of what is iterated over.
  var type: TypeName?
  var list: Boxed
  var body: Boxed
}

/// A decision table as read: DMN 1.5, chapter 8.
struct DecisionTableElement: Sendable {
  var hitPolicy = HitPolicy.unique
  var aggregation: Aggregation?
  var orientation = "Rule-as-Row"
  var outputLabel: String?
  var inputs: [InputClauseElement] = []
  var outputs: [OutputClauseElement] = []
  /// The names of the annotation columns; nil for an annotation without a name.
  var annotations: [String?] = []
  var rules: [RuleElement] = []
}

/// How the results of the rules that hit make one result: DMN 1.5, 8.2.11.
public enum HitPolicy: String, Sendable, CaseIterable {
  /// At most one rule hits; more are an error.
  case unique = "UNIQUE"
  /// The first rule in the order of the table.
  case first = "FIRST"
  /// The hit whose outputs stand first in the order of the output values.
  case priority = "PRIORITY"
  /// All hits have the same outputs; others are an error.
  case any = "ANY"
  /// All hits, or an aggregate of them.
  case collect = "COLLECT"
  /// All hits in the order of the table.
  case ruleOrder = "RULE ORDER"
  /// All hits in the order of the output values.
  case outputOrder = "OUTPUT ORDER"
}

/// What a COLLECT table makes of its hits: DMN 1.5, 8.2.11.
public enum Aggregation: String, Sendable, CaseIterable {
  /// The sum of the outputs.
  case sum = "SUM"
  /// The number of the hits.
  case count = "COUNT"
  /// The smallest output.
  case min = "MIN"
  /// The largest output.
  case max = "MAX"
}

/// An input column.
struct InputClauseElement: Sendable {
  var id: String?
  var label: String?
  var expression: SourceText
  var language: String?
  var type: TypeName?
  var values: SourceText?
}

/// An output column.
struct OutputClauseElement: Sendable {
  var id: String?
  var label: String?
  var name: String?
  var type: TypeName?
  var values: SourceText?
  var defaultEntry: SourceText?
  var offset: Int
}

/// A rule.
struct RuleElement: Sendable {
  var id: String?
  var label: String?
  var description: String?
  var inputs: [SourceText]
  var outputs: [SourceText]
  var annotations: [String]
  var offset: Int
}
