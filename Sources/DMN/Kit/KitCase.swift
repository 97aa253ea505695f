import FEEL
import Quantities

/// A test file of the DMN Technology Compatibility Kit: a model and cases for it.
struct KitFile: Sendable {
  /// The name of the model's file.
  var modelName: String
  var cases: [KitCase]

  /// A case: inputs, and what is expected of one or more results.
  struct KitCase: Sendable {
    enum Kind: String, Sendable { case decision, bkm, decisionService }
    var id: String
    var kind: Kind
    /// The decision service or function that is called.
    var invocable: String?
    var inputs: [Input]
    var results: [Result]
  }

  /// An input, or an argument.
  struct Input: Sendable {
    var name: String
    var namespace: String?
    var value: Value
    /// Whether the file leaves the type of a value to the model.
    var isUntyped: Bool
  }

  /// What a decision is expected to give.
  struct Result: Sendable {
    var name: String
    var namespace: String?
    var expected: Value
    /// Whether the file leaves the type of a value to the model.
    var isUntyped: Bool
    /// Whether the kit expects an error to be reported besides the value.
    var isError: Bool
  }

  private static let schema = "http://www.w3.org/2001/XMLSchema-instance"

  /// Reads a test file.
  /// - Throws: `XMLFault` when it is not well-formed or a value cannot be read.
  init(_ file: SourceFile) throws(XMLFault) {
    let root = try XMLReader.read(file)
    guard root.name == "testCases" else {
      throw XMLFault(message: "The root element is not <testCases>.", offset: root.offset)
    }
    modelName = root.child("modelName")?.text.trimmingXMLSpace ?? ""
    cases = []
    for element in root.children("testCase") {
      cases.append(try KitFile.readCase(element, number: cases.count + 1))
    }
  }

  private static func readCase(_ element: XMLElement, number: Int) throws(XMLFault) -> KitCase {
    var inputs: [Input] = []
    for child in element.children("inputNode") {
      inputs.append(
        Input(
          name: child.attribute("name") ?? "", namespace: child.attribute("namespace"),
          value: try value(of: child), isUntyped: isUntyped(child)))
    }
    var results: [Result] = []
    for child in element.children("resultNode") {
      let expected = try child.child("expected").map { expected throws(XMLFault) in
        try value(of: expected)
      }
      results.append(
        Result(
          name: child.attribute("name") ?? "", namespace: child.attribute("namespace"),
          expected: expected ?? .null, isUntyped: child.child("expected").map(isUntyped) ?? false,
          isError: ["true", "1"].contains(child.attribute("errorResult") ?? "")))
    }
    return KitCase(
      id: element.attribute("id") ?? String(number),
      kind: element.attribute("type").flatMap(KitCase.Kind.init) ?? .decision,
      invocable: element.attribute("invocableName"), inputs: inputs, results: results)
  }
}

// MARK: - Values

extension KitFile {
  /// A value: a simple one, a list, or components that make a context.
  private static func value(of element: XMLElement) throws(XMLFault) -> Value {
    if isNil(element) { return .null }
    if let simple = element.child("value") { return try self.simple(simple) }
    if let list = element.child("list") {
      if isNil(list) { return .null }
      var values: [Value] = []
      for item in list.children("item") { values.append(try value(of: item)) }
      return .list(values)
    }
    var entries: [(key: String, value: Value)] = []
    for component in element.children("component") {
      entries.append((component.attribute("name") ?? "", try value(of: component)))
    }
    return entries.isEmpty ? .null : .context(Context(entries))
  }

  /// Whether a value inside names no type.
  private static func isUntyped(_ element: XMLElement) -> Bool {
    if let simple = element.child("value") {
      return !isNil(simple) && simple.attribute("type", namespace: schema) == nil
    }
    let items = element.child("list")?.children("item") ?? element.children("component")
    return items.contains { isUntyped($0) }
  }

  /// A value whose texts become what a type of the model says.
  static func typed(_ value: Value, as type: Type) -> Value {
    switch (value, type) {
    case (.string(let text), .number): return Decimal128(text).map { .number($0) } ?? value
    case (.string(let text), .boolean):
      return text == "true" ? true : text == "false" ? false : value
    case (.string(let text), .date), (.string(let text), .time), (.string(let text), .dateTime),
      (.string(let text), .daysTime), (.string(let text), .yearsMonths):
      return temporal(text) ?? value
    case (.list(let items), .list(let element)):
      return .list(items.map { typed($0, as: element) })
    case (.context(let context), .context):
      return .context(
        Context(
          context.map { key, item in
            (key: key, value: typed(item, as: type.member(key) ?? .any))
          }))
    default: return value
    }
  }

  private static func isNil(_ element: XMLElement) -> Bool {
    ["true", "1"].contains(element.attribute("nil", namespace: schema) ?? "")
  }

  private static func simple(_ element: XMLElement) throws(XMLFault) -> Value {
    if isNil(element) { return .null }
    let given = element.attribute("type", namespace: schema)
    // Of a value without a type and without a text nothing is said.
    if given == nil, element.text.isEmpty { return .null }
    let declared = given ?? "string"
    let type = declared.split(separator: ":").last.map(String.init) ?? declared
    let text = element.text
    let trimmed = text.trimmingXMLSpace
    switch type {
    case "boolean":
      if ["true", "1"].contains(trimmed) { return true }
      if ["false", "0"].contains(trimmed) { return false }
    case "decimal", "double", "float", "integer", "int", "long", "short":
      if let number = Decimal128(trimmed), number.isFinite { return .number(number) }
    case "date", "time", "dateTime", "duration", "dayTimeDuration", "yearMonthDuration":
      if let value = temporal(trimmed) { return value }
    default: return .string(text)
    }
    throw XMLFault(message: "\(trimmed) is no value of type \(type).", offset: element.offset)
  }

  private static func temporal(_ text: String) -> Value? {
    guard !text.contains("\""), !text.contains("\\"),
      let expression = try? Expression.parse("@\"\(text)\"")
    else { return nil }
    let value = expression.evaluate(Frame(Evaluation(now: .epoch)))
    return value.isNull ? nil : value
  }
}
