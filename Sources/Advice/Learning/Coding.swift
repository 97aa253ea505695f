/// How the values of one predictor become few codes: numbers by cut points, categories by name.
///
/// Categories that are rare share a code of their own, which comes after those of the known ones;
/// one that was not seen at all has this code too, and points only where some were rare. The last
/// code is that of a missing value.
struct Coding: Sendable {
  /// The name of the column.
  let name: String
  let kind: Kind
  /// Codes of values that are present.
  let width: Int
  /// Whether some rows had a category so rare that it shares a code.
  let hasRare: Bool

  enum Kind: Sendable {
    /// The code is the number of cut points that a value reaches.
    case numeric(cuts: [Double])
    /// The code is the place of the category; others come after the last one.
    case categories([String])
  }

  /// Codes that the values of one column may have, so that they fit a byte.
  static let limit = 64

  /// The code of a missing value.
  var missing: Int { width }

  /// Whether codes are numbers in order.
  var isOrdered: Bool { if case .numeric = kind { true } else { false } }

  /// Learns the codes from some rows.
  init(_ predictor: Predictor, rows: [Int]) {
    name = predictor.name
    switch predictor.values {
    case .numbers(let values):
      let cuts = Coding.cuts(rows.map { values[$0] }.filter { !$0.isNaN }.sorted())
      kind = .numeric(cuts: cuts)
      width = cuts.count + 1
      hasRare = false
    case .categories(let texts, let codes):
      var counts = Array(repeating: 0, count: texts.count)
      for row in rows where codes[row] >= 0 { counts[Int(codes[row])] += 1 }
      let known = texts.indices.filter { counts[$0] > 0 }
        .sorted { counts[$0] != counts[$1] ? counts[$0] > counts[$1] : texts[$0] < texts[$1] }
        .prefix(Coding.limit - 1).map { texts[$0] }.sorted()
      kind = .categories(known)
      width = known.count + 1
      hasRare = known.count < counts.count { $0 > 0 }
    }
  }

  private static func cuts(_ sorted: [Double]) -> [Double] {
    var distinct: [Double] = []
    for value in sorted where distinct.last != value { distinct.append(value) }
    guard distinct.count > limit else {
      return zip(distinct, distinct.dropFirst()).map { Double.shortest(above: $0, upTo: $1) }
    }
    var cuts: [Double] = []
    var place = 0
    for part in 1..<limit {
      let low = sorted[part * sorted.count / limit - 1]
      while place < distinct.count, distinct[place] <= low { place += 1 }
      guard place < distinct.count else { break }
      let cut = Double.shortest(above: low, upTo: distinct[place])
      if cuts.last.map({ $0 < cut }) ?? true { cuts.append(cut) }
    }
    return cuts
  }

  /// Whether a code is that of categories that no row of the fit had.
  func isUnseen(_ code: Int) -> Bool { !isOrdered && !hasRare && code == width - 1 }

  /// The codes of some rows.
  func codes(_ predictor: Predictor, rows: [Int]) -> [UInt8] {
    switch (kind, predictor.values) {
    case (.numeric(let cuts), .numbers(let values)):
      return rows.map { row in
        let value = values[row]
        return UInt8(value.isNaN ? missing : Coding.place(of: value, in: cuts))
      }
    case (.categories(let names), .categories(let texts, let codes)):
      let places = Dictionary(uniqueKeysWithValues: names.enumerated().map { ($1, $0) })
      let coded = texts.map { UInt8(places[$0] ?? names.count) }
      return rows.map { codes[$0] < 0 ? UInt8(missing) : coded[Int(codes[$0])] }
    default:
      return Array(repeating: UInt8(missing), count: rows.count)
    }
  }

  private static func place(of value: Double, in cuts: [Double]) -> Int {
    var (low, high) = (0, cuts.count)
    while low < high {
      let middle = (low + high) / 2
      if cuts[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
