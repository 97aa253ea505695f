import DMN
import FEEL
import Quantities

extension TermColumn {
  /// What the product asks as a test of a decision table's cell (DMN 1.5, 7.3.3), against the value
  /// that a reason shows: `[18..70]`, `>= 1000`, `"MD", "RO"`; nil where it asks nothing.
  func cell(of product: Product) -> String? {
    let market = product.targetMarket
    switch self {
    case .inForce:
      return Self.span(
        product.effectiveFrom.map { "@\"\($0)\"" }, product.effectiveTo.map { "@\"\($0)\"" })
    case .student: return Self.oneOf([EmploymentStatus.student.rawValue])
    case .pensioner: return Self.oneOf([EmploymentStatus.retired.rawValue])
    case .newClient: return "< \(TermQuery.newClientMonths)"
    case .knowledge:
      return market.map { market in
        Self.oneOf(
          Knowledge.allCases.filter { $0.level >= market.knowledge.level }.map(\.rawValue))
      }
    case .capacityForLoss:
      return market.map { market in
        Self.oneOf(
          CapacityForLoss.allCases.filter { $0.level >= market.capacityForLoss.level }
            .map(\.rawValue))
      }
    default: return Self.cell(condition(of: product))
    }
  }

  private static func cell(_ condition: RuleTable.Condition) -> String? {
    switch condition {
    case .oneOf(let values): values.map { text($0) }.joined(separator: ", ")
    case .noneOf(let values): "not(\(values.map { text($0) }.joined(separator: ", ")))"
    case .within(let interval):
      span(interval.lower.map { text($0) }, interval.upper.map { text($0) })
    case .any, .withinAny: nil
    }
  }

  private static func text(_ value: Value) -> String {
    switch value {
    case .number(let number): number.plainText
    case .string(let text): "\"\(text)\""
    case .boolean(let flag): "\(flag)"
    default: value.display ?? "null"
    }
  }

  private static func oneOf(_ names: [String]) -> String {
    names.map { "\"\($0)\"" }.joined(separator: ", ")
  }

  private static func span(_ lower: String?, _ upper: String?) -> String? {
    switch (lower, upper) {
    case (let lower?, let upper?): "[\(lower)..\(upper)]"
    case (let lower?, nil): ">= \(lower)"
    case (nil, let upper?): "<= \(upper)"
    case (nil, nil): nil
    }
  }
}
