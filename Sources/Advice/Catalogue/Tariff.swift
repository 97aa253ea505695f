package import Quantities

/// How an insurance premium comes about: a base, factors by answers, and what is covered.
///
/// The sum insured lies within the product's ``Terms/amount``.
package struct Tariff: Sendable, Hashable {
  /// The yearly premium for each unit of the sum insured; added to ``basePremium``.
  package var baseRate = Decimal128.zero
  /// The yearly premium that does not depend on the sum insured.
  package var basePremium = Decimal128.zero
  /// The factors; the premium is multiplied by each.
  package var factors: [TariffFactor] = []
  /// The least yearly premium.
  package var premiumMinimum: Decimal128?
  /// The premium tax as a fraction of the premium.
  package var taxRate = Decimal128.zero
  /// The deductibles to choose from; empty where there is none.
  package var deductibles: [Deductible] = []
  /// The ways to pay, dearer where the premium is spread; empty for one payment a year.
  package var instalments: [InstalmentPlan] = []
  /// What is covered.
  package var covers: [Cover] = []
  /// What is not covered, in words.
  package var exclusions: [String] = []

  /// A tariff without a premium, to be filled in.
  package init() {}
}

/// One rating factor: a table from an answer, or from a number, to what the premium is multiplied
/// by.
package struct TariffFactor: Sendable, Hashable {
  /// What the factor is called on the quote.
  package var name = ""
  /// The question or fact whose answer is looked up.
  package var input = ""
  /// By the answer's text; empty where ``bands`` decide.
  package var answers: [AnswerFactor] = []
  /// By a number, in rising order without gaps.
  package var bands: [NumberFactor] = []
  /// What an answer outside the table is multiplied by; nil where such a risk is not insured.
  package var otherwise: Decimal128?

  init() {}

  /// What the premium is multiplied by for an answer; nil where the table has nothing for it.
  package func factor(for answer: String) -> Decimal128? {
    if let entry = answers.first(where: { $0.answer == answer }) { return entry.factor }
    guard !bands.isEmpty, let number = Decimal128(answer), number.isFinite else {
      return otherwise
    }
    return factor(for: number)
  }

  /// The answers and numbers that are insured, as a test of a decision table's cell.
  var cell: String {
    let named = answers.map { "\"\($0.answer)\"" }
    let numbers = bands.map { band in
      switch (band.from?.plainText, band.below?.plainText) {
      case (let from?, let below?): "[\(from)..\(below))"
      case (let from?, nil): ">= \(from)"
      case (nil, let below?): "< \(below)"
      case (nil, nil): "-"
      }
    }
    return (named + numbers).joined(separator: ", ")
  }

  /// What the premium is multiplied by for a number; nil where the table has nothing for it.
  package func factor(for number: Decimal128) -> Decimal128? {
    bands.first { $0.contains(number) }?.factor ?? otherwise
  }
}

/// One answer's factor.
package struct AnswerFactor: Sendable, Hashable {
  /// The answer.
  package var answer = ""
  /// What the premium is multiplied by.
  package var factor = Decimal128.one

  init() {}
}

/// The factor of a range of numbers, its start included and its end not.
package struct NumberFactor: Sendable, Hashable {
  /// The start, included; nil for all below ``below``.
  package var from: Decimal128?
  /// The end, not included; nil for all from ``from``.
  package var below: Decimal128?
  /// What the premium is multiplied by.
  package var factor = Decimal128.one

  init() {}

  func contains(_ number: Decimal128) -> Bool {
    if let from, number < from { return false }
    if let below, number >= below { return false }
    return true
  }
}

/// What the insured bears of each loss.
package struct Deductible: Sendable, Hashable {
  /// The sum borne.
  package var amount = Decimal128.zero
  /// What the premium is multiplied by when it is chosen.
  package var factor = Decimal128.one
  /// Losses above the deductible are paid in full and below it not at all.
  package var isFranchise = false

  init() {}
}

/// A way to pay the yearly premium.
package struct InstalmentPlan: Sendable, Hashable {
  /// Payments a year.
  package var payments = 1
  /// What is added for spreading, as a fraction of the premium.
  package var loading = Decimal128.zero

  init() {}
}

/// One cover of a policy.
package struct Cover: Sendable, Hashable {
  /// What is covered.
  package var name = ""
  /// The most paid in a year; nil up to the sum insured.
  package var limit: Decimal128?
  /// The share of a loss that the insured bears, as a fraction.
  package var coinsurance: Decimal128?
  /// For how many days from the start the cover does not yet hold.
  package var waitingDays: Int?
  /// The yearly premium of an optional cover; nil where it is always there.
  package var extraPremium: Decimal128?

  init() {}
}
