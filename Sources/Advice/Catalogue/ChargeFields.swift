import Quantities

extension Charges: Fielded {
  /// The most rates of a product.
  static let ratesLimit = 2_000
  /// The most fees of a product.
  static let feesLimit = 2_000

  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.records(
      "rates", &rates, in: 0...Self.ratesLimit,
      "The interest rates, each with the conditions on which it holds.")
    walk.records("fees", &fees, in: 0...Self.feesLimit, "The fees.")
  }
}

extension RateBand: Fielded {
  /// The most bounds on one rate.
  static let conditionsLimit = 50

  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.choice("type", &type, "The kind of rate.")
    walk.decimal("rate", &rate, in: Span.rate, "The rate a year as a fraction: 0.05 is 5 %.")
    walk.optionalDecimal(
      "comparisonRate", &comparisonRate, in: Span.rate,
      "The yearly rate with the usual fees in it, as published.")
    walk.records(
      "conditions", &conditions, in: 0...Self.conditionsLimit,
      "Bounds in different units hold together; of those in one unit, one must hold.")
    walk.choice(
      "application", &application, usually: .wholeBalance,
      "Which part of the balance the rate is for; all of it when left out.")
    walk.optionalChoice("repayment", &repayment, "How a loan at this rate is repaid.")
    walk.optionalChoice("occupancy", &occupancy, "Who uses the home that is bought.")
    walk.optionalInteger(
      "fixedMonths", &fixedMonths, in: Span.months, "For how many months the rate stays.")
    walk.flag("paidInAdvance", &isPaidInAdvance, "Interest is paid at a period's start.")
    walk.optionalInteger(
      "paymentMonths", &paymentMonths, in: Span.months,
      "How often interest is paid or charged, in months.")
    walk.optionalText("reference", &reference, .name, "The reference rate that it follows.")
    walk.optionalText("condition", &condition, .note, "A condition that the client confirms.")
  }
}

extension BandCondition: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.choice("unit", &unit, "What is bounded.")
    bounds.fields(&walk)
    walk.check("unit", !bounds.isOpen, "A condition bounds its unit.")
  }
}

extension Fee: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.text("name", &name, .longName, "What the fee is called.")
    walk.choice("occasion", &occasion, "When it is charged.")
    walk.optionalDecimal("amount", &amount, in: Span.money, "A sum.")
    walk.optionalDecimal("share", &share, in: Span.share, "A fraction: 0.01 is 1 %.")
    walk.optionalChoice("shareOf", &shareOf, "What the share is a fraction of.")
    walk.optionalDecimal(
      "minimum", &minimum, in: Span.money, "The least that the share comes to.")
    walk.optionalDecimal(
      "maximum", &maximum, in: Span.money, "The most that the share comes to.")
    walk.optionalCurrency("currency", &currency, "Where it is not the product's.")
    walk.optionalInteger(
      "everyMonths", &everyMonths, in: 1...1200, "Every how many months: 1 monthly, 12 yearly.")
    walk.flag("partOfPrice", &isPartOfPrice, "Every client pays it, so it is part of the price.")
    walk.flag("discountable", &isDiscountable, "Some clients pay less.")
    walk.optionalText("note", &note, .note, "More about it.")
    walk.check("shareOf", (share == nil) == (shareOf == nil), "A share is a share of something.")
    walk.check(
      "everyMonths", (everyMonths != nil) == (occasion == .periodic),
      "A periodic fee, and no other, says every how many months.")
    walk.check(
      "partOfPrice", !isPartOfPrice || amount != nil || share != nil,
      "A part of the price is a sum or a share.")
    walk.check(
      "maximum", !Bounds(minimum: minimum, maximum: maximum).isContradictory,
      "The most is below the least.")
  }
}
