import Calculation
import Foundation
import JSON
import Quantities
import Support

/// One case of the reference data: inputs, and what must come out within a tolerance.
struct ReferenceCase: Sendable {
  let id: String
  let kind: String
  let inputs: ReferenceInputs
  let expected: JSONNode
  let tolerance: JSONNode?

  /// The eight files of the reference data.
  static let files = [
    "apr", "daycount", "deposits", "hedging", "insurance", "loans", "options", "tvm",
  ]

  /// All cases, or none where the data is absent.
  static let all: [ReferenceCase] = files.flatMap { file -> [ReferenceCase] in
    guard let url = SharedFolder.find("reference/\(file).json"),
      let data = try? Data(contentsOf: url),
      let node = try? JSONNode.parse([UInt8](data), limits: .file)
    else { return [] }
    return (node.elements ?? []).compactMap(ReferenceCase.init)
  }

  private init?(_ node: JSONNode) {
    guard let id = node["id"]?.stringValue, let kind = node["kind"]?.stringValue,
      let inputs = node["inputs"], let expected = node["expected"]
    else { return nil }
    self.id = id
    self.kind = kind
    self.inputs = ReferenceInputs(node: inputs)
    self.expected = expected
    tolerance = node["tolerance"]
  }
}

/// A case's inputs, read by name; numbers come exactly from their text.
struct ReferenceInputs: Sendable {
  let node: JSONNode

  struct Missing: Error, CustomStringConvertible {
    let description: String
  }

  func has(_ key: String) -> Bool { node[key].map { !$0.isNull } ?? false }

  func decimal(_ key: String) throws -> Decimal128 {
    guard let value = node[key].flatMap(ReferenceInputs.decimal) else {
      throw Missing(description: "no number \(key)")
    }
    return value
  }

  func decimal(_ key: String, or other: Decimal128) throws -> Decimal128 {
    has(key) ? try decimal(key) : other
  }

  func double(_ key: String) throws -> Double { try decimal(key).doubleValue }

  func integer(_ key: String) throws -> Int {
    guard let value = try decimal(key).integerValue else {
      throw Missing(description: "\(key) is no whole number")
    }
    return value
  }

  func integer(_ key: String, or other: Int) throws -> Int {
    has(key) ? try integer(key) : other
  }

  func text(_ key: String) throws -> String {
    guard let value = node[key]?.stringValue else { throw Missing(description: "no text \(key)") }
    return value
  }

  func date(_ key: String) throws -> CalendarDate {
    guard let date = CalendarDate(iso: try text(key)) else {
      throw Missing(description: "no date \(key)")
    }
    return date
  }

  func list(_ key: String) throws -> [ReferenceInputs] {
    guard let elements = node[key]?.elements else { throw Missing(description: "no list \(key)") }
    return elements.map(ReferenceInputs.init)
  }

  func decimals(_ key: String) throws -> [Decimal128] {
    try list(key).map {
      guard let value = ReferenceInputs.decimal($0.node) else {
        throw Missing(description: "no number in \(key)")
      }
      return value
    }
  }

  func dates(_ key: String) throws -> [CalendarDate] {
    try list(key).map {
      guard let date = $0.node.stringValue.flatMap({ CalendarDate(iso: $0) }) else {
        throw Missing(description: "no date in \(key)")
      }
      return date
    }
  }

  func flows(_ key: String) throws -> [CashFlow] {
    try list(key).map { CashFlow(date: try $0.date("date"), amount: try $0.decimal("amount")) }
  }

  func rounding() throws -> MoneyRounding {
    try MoneyRounding(decimals: integer("decimals", or: 2), rule: try roundingRule())
  }

  func roundingRule() throws -> Rounding {
    guard has("rounding") else { return .halfUp }
    switch try text("rounding").prefix(9) {
    case "half_up", "half_up 2": return .halfUp
    case "half_even": return .halfEven
    case let other: throw Missing(description: "unknown rounding \(other)")
    }
  }

  func dayCount(_ key: String = "day_count") throws -> DayCount {
    guard let dayCount = DayCount(rawValue: try text(key)) else {
      throw Missing(description: "unknown day count \(try text(key))")
    }
    return dayCount
  }

  static func decimal(_ node: JSONNode) -> Decimal128? {
    node.numberText.flatMap { Decimal128($0) }
  }
}
