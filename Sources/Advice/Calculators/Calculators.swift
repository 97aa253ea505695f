/// All calculators: the one table that the endpoints, the rules and the documentation are made of.
package enum Calculators {
  /// Names the formulas; a change of any answer changes it.
  package static let engineVersion = "2026.11.1"

  /// All of them, family by family.
  package static let all: [Calculator] =
    loans + loanChanges + rates + cashFlows + dates + deposits + insurance + lives + options
    + hedges

  private static let byPath = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0) })
  private static let byName = Dictionary(uniqueKeysWithValues: all.map { ($0.name, $0) })
  /// The figures of each, by its address: some examples take a while to work out, and only
  /// descriptions need them.
  static let shown = Dictionary(uniqueKeysWithValues: all.map { ($0.path, $0.shown) })

  /// The calculator at an address below `/v1/calculators/`.
  package static func at(_ path: String) -> Calculator? { byPath[path] }

  /// The calculator of a name.
  package static func named(_ name: String) -> Calculator? { byName[name] }
}
