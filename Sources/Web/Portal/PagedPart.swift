import Quantities

/// The part of a long list that a page shows, with the ways to the parts before and after.
struct PagedPart: Sendable {
  /// Which elements are shown, as in `21 to 40 of 102`; nil where all are.
  let label: String?
  /// Where the part before begins; nil on the first.
  let previous: Int?
  /// Where the part after begins; nil on the last.
  let next: Int?

  /// - Parameters:
  ///   - from: elements passed over.
  ///   - shown: elements shown.
  ///   - total: elements in all.
  ///   - length: elements of a page.
  init(from: Int, shown: Int, of total: Int, by length: Int) {
    previous = from > 0 ? max(0, min(from, total) - length) : nil
    next = from + shown < total && shown > 0 ? from + shown : nil
    func number(_ value: Int) -> String { Wording.grouped(Decimal128(value)) }
    let isPart = previous != nil || next != nil
    let (first, last) = shown > 0 ? (from + 1, from + shown) : (0, 0)
    label = isPart ? "\(number(first)) to \(number(last)) of \(number(total))" : nil
  }
}
