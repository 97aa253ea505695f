/// Which rules of a model some evaluations hit: how much of it its tests reach.
public struct RuleCoverage: Sendable {
  /// A decision table with the rules that were hit.
  public struct Table: Sendable {
    fileprivate let table: TableLogic
    /// The decision or business knowledge model that holds it.
    public let element: String
    /// How many rules it has.
    public let ruleCount: Int
    fileprivate(set) var hits: BitSet

    /// How many rules were hit.
    public var hitCount: Int { hits.popCount }

    /// The rules that were never hit: their numbers, from 1, and their ids.
    public var missed: [(number: Int, id: String?)] {
      hits.complement.map { ($0 + 1, table.rules[$0].id) }
    }
  }

  /// The tables of the model, in the order of its elements.
  public private(set) var tables: [Table]

  /// Nothing hit yet.
  public init(_ model: Model) {
    tables = model.program.nodes.flatMap { node in
      (node.logic?.tables ?? []).map { table in
        Table(
          table: table, element: node.title, ruleCount: table.rules.count,
          hits: BitSet(count: table.rules.count))
      }
    }
  }

  /// Adds the rules that an evaluation of the model hit.
  /// - Parameter trace: a trace at `TraceLevel.hits` or more.
  public mutating func add(_ trace: Trace) {
    for table in trace.steps.flatMap(\.tables) {
      guard let place = tables.firstIndex(where: { $0.table === table.table }) else { continue }
      for rule in table.rules { tables[place].hits[Int(rule)] = true }
    }
  }

  /// How many rules the model has.
  public var ruleCount: Int { tables.reduce(0) { $0 + $1.ruleCount } }

  /// How many rules were hit.
  public var hitCount: Int { tables.reduce(0) { $0 + $1.hitCount } }

  /// The part of the rules that was hit, in per cent; 100 where there are no rules.
  public var percent: Double {
    ruleCount == 0 ? 100 : Double(hitCount) * 100 / Double(ruleCount)
  }
}
