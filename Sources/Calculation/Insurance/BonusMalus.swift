public import Quantities

/// A bonus-malus scale: classes, what each multiplies the premium by, and how claims move a driver.
public struct BonusMalusScale: Sendable, Hashable {
  /// One class.
  public struct Class: Sendable, Hashable {
    /// The class's name in the tariff: "M", "13".
    public let name: String

    /// What the premium is multiplied by.
    public let coefficient: Decimal128

    /// A class.
    public init(_ name: String, coefficient: Decimal128) {
      self.name = name
      self.coefficient = coefficient
    }
  }

  /// The scale's name, with the time it is in force.
  public let name: String

  /// Where the scale is laid down.
  public let source: String

  /// The classes from the lowest on.
  public let classes: [Class]

  /// A scale.
  public init(name: String, source: String, classes: [Class]) throws(CalculationError) {
    try CalculationLimits.check(classes, atMost: CalculationLimits.entries, "classes")
    self.name = name
    self.source = source
    self.classes = classes
  }

  init(known name: String, source: String, _ classes: [Class]) {
    self.name = name
    self.source = source
    self.classes = classes
  }

  /// The coefficient of a class.
  ///
  /// - Throws: `class: outOfRange` for a class that the scale does not have.
  public func coefficient(of name: String) throws(CalculationError) -> Decimal128 {
    guard let found = classes.first(where: { $0.name == name }) else {
      throw CalculationError(
        .outOfRange, "class", "The scale \(self.name) has no such class.")
    }
    return found.coefficient
  }
}

/// How a driver moves through numbered classes: a step for each year without a claim, some steps
/// for each claim, within the lowest and the highest class.
public struct BonusMalusPath: Sendable, Hashable {
  /// The movement rules of a scale.
  public struct Rules: Sendable, Hashable {
    /// The class of a new driver.
    public let entryClass: Int

    /// The move after a year without a claim; negative goes to lower classes.
    public let bonusStep: Int

    /// The move for each claim.
    public let malusPerClaim: Int

    /// The classes there are.
    public let classes: ClosedRange<Int>

    /// The rules of a scale.
    ///
    /// - Throws: `entryClass` or a step `outOfRange`.
    public init(
      entryClass: Int, bonusStep: Int, malusPerClaim: Int, lowest: Int, highest: Int
    ) throws(CalculationError) {
      try CalculationLimits.check(lowest, in: -1_000...1_000, "minClass")
      try CalculationLimits.check(highest, in: lowest...2_000, "maxClass")
      try CalculationLimits.check(entryClass, in: lowest...highest, "entryClass")
      try CalculationLimits.check(bonusStep, in: -1_000...1_000, "bonusStep")
      try CalculationLimits.check(malusPerClaim, in: -1_000...1_000, "malusPerClaim")
      self.entryClass = entryClass
      self.bonusStep = bonusStep
      self.malusPerClaim = malusPerClaim
      classes = lowest...highest
    }
  }

  /// The class after each year.
  public let classes: [Int]

  /// The class at the end.
  public let final: Int

  /// The path of a driver with so many claims in each year.
  public init(rules: Rules, claimsByYear: [Int]) throws(CalculationError) {
    try CalculationError.unless(
      claimsByYear.count <= CalculationLimits.entries, .tooMany, "claimsByYear",
      "There are at most \(CalculationLimits.entries) years.")
    var current = rules.entryClass
    var path: [Int] = []
    for claims in claimsByYear {
      try CalculationLimits.check(claims, in: 0...1_000, "claimsByYear")
      let moved = claims == 0 ? current + rules.bonusStep : current + claims * rules.malusPerClaim
      current = min(max(moved, rules.classes.lowerBound), rules.classes.upperBound)
      path.append(current)
    }
    classes = path
    final = current
  }
}
