/// A set of code points as a regular expression describes it.
struct ScalarSet: Sendable {
  indirect enum Part: Sendable {
    case range(Unicode.Scalar, Unicode.Scalar)
    case block(ClosedRange<UInt32>)
    case categories([Unicode.GeneralCategory])
    case set(ScalarSet)
  }

  private let parts: [Part]
  private let isNegated: Bool
  private var subtracted: [ScalarSet]
  private var ignoresCase = false
  /// The ASCII members, a bit each, once they are known.
  private var low: UInt64 = 0
  private var high: UInt64 = 0
  private var isIndexed = false

  init(parts: [Part], isNegated: Bool = false, subtracting subtracted: ScalarSet? = nil) {
    self.parts = parts
    self.isNegated = isNegated
    self.subtracted = subtracted.map { [$0] } ?? []
  }

  init(scalar: Unicode.Scalar) { self.init(parts: [.range(scalar, scalar)]) }

  /// The same set without regard to case: characters and ranges stand for all their case
  /// variants; categories and the multi-character escapes stay as they are.
  var caseless: ScalarSet {
    var copy = self
    copy.ignoresCase = true
    copy.subtracted = subtracted.map(\.caseless)
    return copy
  }

  /// The same set with its ASCII members looked up in advance.
  var indexed: ScalarSet {
    var copy = self
    for value in UInt8(0)..<128 where holds(Unicode.Scalar(value)) {
      if value < 64 {
        copy.low |= 1 << UInt64(value)
      } else {
        copy.high |= 1 << UInt64(value - 64)
      }
    }
    copy.isIndexed = true
    return copy
  }

  @inline(__always)
  func contains(_ scalar: Unicode.Scalar) -> Bool {
    if isIndexed, scalar.value < 128 {
      return (scalar.value < 64 ? low >> scalar.value : high >> (scalar.value - 64)) & 1 == 1
    }
    return holds(scalar)
  }

  private func holds(_ scalar: Unicode.Scalar) -> Bool {
    let variants = ignoresCase ? CaseVariants.of(scalar) : []
    let found = parts.contains { part in
      switch part {
      case .range(let low, let high):
        if low.value <= scalar.value && scalar.value <= high.value { return true }
        return variants.contains { low.value <= $0.value && $0.value <= high.value }
      case .block(let block): return block.contains(scalar.value)
      case .categories(let categories):
        return categories.contains(scalar.properties.generalCategory)
      case .set(let set): return set.holds(scalar)
      }
    }
    if found == isNegated { return false }
    return !subtracted.contains { $0.holds(scalar) }
  }

  // MARK: Multi-character escapes

  static let all = ScalarSet(parts: [], isNegated: true)
  /// All but line feed and carriage return.
  static let lineText = ScalarSet(
    parts: [.range("\n", "\n"), .range("\r", "\r")], isNegated: true)
  static let space = ScalarSet(
    parts: [.range(" ", " "), .range("\t", "\t"), .range("\n", "\n"), .range("\r", "\r")])
  static let digit = ScalarSet(parts: [.categories([.decimalNumber])])
  /// All but punctuation, separators and others.
  static let word = ScalarSet(
    parts: [
      .categories(
        UnicodeCategory.group("P") + UnicodeCategory.group("Z") + UnicodeCategory.group("C"))
    ], isNegated: true)
  /// XML 1.0 NameStartChar.
  static let nameStart = ScalarSet(parts: nameStartParts)
  /// XML 1.0 NameChar.
  static let namePart = ScalarSet(
    parts: nameStartParts + [
      .range("-", "-"), .range(".", "."), .range("0", "9"), .range("\u{B7}", "\u{B7}"),
      .range("\u{300}", "\u{36F}"), .range("\u{203F}", "\u{2040}"),
    ])

  private static let nameStartParts: [Part] = [
    .range(":", ":"), .range("A", "Z"), .range("_", "_"), .range("a", "z"),
    .range("\u{C0}", "\u{D6}"), .range("\u{D8}", "\u{F6}"), .range("\u{F8}", "\u{2FF}"),
    .range("\u{370}", "\u{37D}"), .range("\u{37F}", "\u{1FFF}"),
    .range("\u{200C}", "\u{200D}"), .range("\u{2070}", "\u{218F}"),
    .range("\u{2C00}", "\u{2FEF}"), .range("\u{3001}", "\u{D7FF}"),
    .range("\u{F900}", "\u{FDCF}"), .range("\u{FDF0}", "\u{FFFD}"),
    .range("\u{10000}", "\u{EFFFF}"),
  ]
}

/// The code points that differ from one only by case.
enum CaseVariants {
  static func of(_ scalar: Unicode.Scalar) -> [Unicode.Scalar] {
    var variants = [scalar]
    let properties = scalar.properties
    for mapping in [
      properties.lowercaseMapping, properties.uppercaseMapping, properties.titlecaseMapping,
    ] {
      let mapped = mapping.unicodeScalars
      guard mapped.count == 1, let variant = mapped.first else { continue }
      if !variants.contains(variant) { variants.append(variant) }
    }
    return variants
  }

  static func match(_ left: Unicode.Scalar, _ right: Unicode.Scalar) -> Bool {
    if left == right { return true }
    let others = of(right)
    return of(left).contains { others.contains($0) }
  }
}
