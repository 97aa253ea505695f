public import FEEL
public import Quantities

extension Model {
  /// The inputs that decision tables of the model hold against a cell, in those of their rules
  /// that can be hit where some inputs are known.
  ///
  /// - Parameter known: values of inputs, by the text of their column.
  public func inputsTested(where known: [String: Value]) -> Set<String> {
    var tested: Set<String> = []
    for table in program.nodes.flatMap({ $0.logic?.tables ?? [] }) {
      for rule in table.rules.indices where table.canHit(rule, known) {
        for column in table.columns where column.texts[rule] != "-" { tested.insert(column.name) }
      }
    }
    return tested
  }

  /// The numbers in the cells of an input's columns: where the answers of the tables may change.
  public func numbersTested(of input: String) -> [Decimal128] {
    var numbers: Set<Decimal128> = []
    for table in program.nodes.flatMap({ $0.logic?.tables ?? [] }) {
      for column in table.columns where column.name == input {
        for text in column.texts { numbers.formUnion(Self.numbers(in: text)) }
      }
    }
    return numbers.sorted()
  }

  /// The number literals of a cell's text, outside of strings.
  private static func numbers(in text: String) -> [Decimal128] {
    var numbers: [Decimal128] = []
    var literal = ""
    var isQuoted = false
    for character in text + " " {
      if character == "\"" { isQuoted.toggle() }
      let isPart =
        character.isASCII && (character.isNumber || (character == "." && !literal.isEmpty))
      if isPart, !isQuoted {
        literal.append(character)
      } else if !literal.isEmpty {
        // The points of a range, `1..2`, end a literal.
        for part in literal.split(separator: "..") {
          let digits = part.hasSuffix(".") ? part.dropLast() : part
          if let number = Decimal128(String(digits)) { numbers.append(number) }
        }
        literal = ""
      }
    }
    return numbers
  }
}

extension TableLogic {
  /// Whether the cells of a rule about known inputs leave it possible that it is hit.
  fileprivate func canHit(_ rule: Int, _ known: [String: Value]) -> Bool {
    columns.allSatisfy { column in
      guard let value = known[column.name], column.texts[rule] != "-",
        let tests = try? UnaryTests.parse(column.texts[rule])
      else { return true }
      return tests.form?.matches(value) != false
    }
  }
}
