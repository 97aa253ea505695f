import Quantities

extension Scorecard.Table {
  /// Whether the last bin is that of a missing value.
  private var hasMissing: Bool { bins.last?.box == nil }

  /// The test of a bin in one of the table's columns, in FEEL.
  package func test(_ bin: Scorecard.Bin, _ place: Int) -> String {
    guard let box = bin.box else { return "null" }
    let range = place == 0 ? box.first : box.second
    let coding = codings[place]
    if range.count == ranks[place].count { return hasMissing ? "not(null)" : "-" }
    switch coding.kind {
    case .numeric(let cuts): return Self.test(cuts, range)
    case .categories(let names):
      return test(names, ranks[place], range, hasRare: coding.hasRare)
    }
  }

  private static func test(_ cuts: [Double], _ range: Range<Int>) -> String {
    let low = range.lowerBound > 0 ? plain(cuts[range.lowerBound - 1]) : nil
    let high = range.upperBound <= cuts.count ? plain(cuts[range.upperBound - 1]) : nil
    return switch (low, high) {
    case (nil, nil): "-"
    case (nil, let high?): "< \(high)"
    case (let low?, nil): ">= \(low)"
    case (let low?, let high?): "[\(low)..\(high))"
    }
  }

  /// Categories by name; the bin of those that are rare says which it is not.
  private func test(
    _ names: [String], _ ranks: [Int], _ range: Range<Int>, hasRare: Bool
  ) -> String {
    let inside = names.indices.filter { range.contains(ranks[$0]) }
    guard hasRare, range.contains(ranks[names.count]) else {
      return inside.map { names[$0].feel }.joined(separator: ", ")
    }
    let outside = names.indices.filter { !range.contains(ranks[$0]) }
    return "not(" + (outside.map { names[$0].feel } + ["null"]).joined(separator: ", ") + ")"
  }

  /// A number without an exponent.
  private static func plain(_ number: Double) -> String {
    let text = "\(number)"
    guard text.contains("e") else { return text.hasSuffix(".0") ? String(text.dropLast(2)) : text }
    return Decimal128(text).map(\.plainText) ?? text
  }
}
