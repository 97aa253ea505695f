/// A column read as what a scorecard can ask: numbers or categories, or nothing where it is missing.
package struct Predictor: Sendable {
  /// The name of the column in the data.
  package let name: String
  /// The values of the rows.
  package let values: Values
  /// Whether each row has a value of its own and so tells rows apart instead of describing them.
  package let isUnique: Bool
  /// The text for which a column is read as names although most of its texts are numbers.
  package let oddText: String?

  /// The values of a column.
  package enum Values: Sendable {
    /// Numbers; a missing one is not a number.
    case numbers([Double])
    /// The places of the rows' texts in the list of distinct ones; a missing one is -1.
    case categories([String], [Int32])
  }

  /// Texts that always stand for a missing value.
  package static let missingTexts: Set<String> = [
    "", "NA", "N/A", "NaN", "nan", "null", "NULL", "?",
  ]

  /// Reads a column: numbers where every text is one, otherwise categories.
  ///
  /// - Parameters:
  ///   - missing: further texts that stand for a missing value.
  ///   - asCategories: whether numbers are names, such as codes of regions.
  package init(_ column: DataColumn, missing: Set<String>, asCategories: Bool) {
    name = column.name
    let present = column.texts.map { !Self.missingTexts.contains($0) && !missing.contains($0) }
    let numbers = Self.numbers(column.texts, present)
    let distinct = column.texts.count
    if let numbers, !asCategories {
      values = .numbers(column.codes.map { numbers[Int($0)] })
      // A measure may well differ from row to row; a whole number that does is a count of the rows.
      let isWhole = numbers.allSatisfy { $0.isNaN || $0.rounded() == $0 }
      isUnique = isWhole && distinct == column.codes.count && present.allSatisfy { $0 }
      oddText = nil
    } else {
      values = .categories(
        column.texts, column.codes.map { present[Int($0)] ? $0 : -1 })
      isUnique = distinct == column.codes.count
      let texts = zip(column.texts, present).filter(\.1).map(\.0)
      let odd = texts.filter { Double(plain: $0) == nil }
      oddText = !asCategories && odd.count * 2 < texts.count ? odd.first : nil
    }
  }

  private static func numbers(_ texts: [String], _ present: [Bool]) -> [Double]? {
    var numbers: [Double] = []
    numbers.reserveCapacity(texts.count)
    for (text, isPresent) in zip(texts, present) {
      guard isPresent else {
        numbers.append(.nan)
        continue
      }
      guard let number = Double(plain: text) else { return nil }
      numbers.append(number)
    }
    return present.contains(true) ? numbers : nil
  }
}

extension Double {
  /// A number as data writes it: digits, a sign, a point, an exponent; nothing like `inf` or `0x1`.
  init?(plain text: String) {
    let isPlain = text.utf8.allSatisfy {
      (0x30...0x39).contains($0) || $0 == 0x2E || $0 == 0x2D || $0 == 0x2B || $0 | 0x20 == 0x65
    }
    guard isPlain, let number = Double(text), number.isFinite else { return nil }
    self = number
  }

  /// The shortest decimal that is greater than one number and at most another.
  static func shortest(above low: Double, upTo high: Double) -> Double {
    var unit = 1.0
    // Whole numbers first, from coarse to fine, then fractions.
    for _ in 0..<15 where unit * 10 <= max(abs(low), abs(high)) { unit *= 10 }
    for _ in 0..<33 {
      let candidate = unit >= 1 ? (low / unit).rounded(.down) * unit + unit : fraction(low, unit)
      if candidate > low, candidate <= high { return candidate }
      unit /= 10
    }
    return high
  }

  private static func fraction(_ low: Double, _ unit: Double) -> Double {
    let inverse = (1 / unit).rounded()
    return ((low * inverse).rounded(.down) + 1) / inverse
  }
}
