import Quantities

extension Tariff: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.decimal(
      "baseRate", &baseRate, usually: 0, in: Span.share,
      "The yearly premium for each unit of the sum insured.")
    walk.decimal(
      "basePremium", &basePremium, usually: 0, in: Span.money,
      "The yearly premium that does not depend on the sum insured.")
    walk.records("factors", &factors, in: 0...40, "What the premium is multiplied by.")
    walk.optionalDecimal(
      "premiumMinimum", &premiumMinimum, in: Span.money, "The least yearly premium.")
    walk.decimal(
      "taxRate", &taxRate, usually: 0, in: Span.share, "The premium tax as a fraction.")
    walk.records("deductibles", &deductibles, in: 0...20, "The deductibles to choose from.")
    walk.records("instalments", &instalments, in: 0...12, "The ways to pay.")
    walk.records("covers", &covers, in: 1...60, "What is covered.")
    walk.texts("exclusions", &exclusions, max: 60, .note, "What is not covered.")
    walk.check("baseRate", baseRate > 0 || basePremium > 0, "A tariff has a base.")
  }
}

extension TariffFactor: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.text("name", &name, .name, "What the factor is called on the quote.")
    walk.text("input", &input, .code, "The question or fact whose answer is looked up.")
    walk.records("answers", &answers, in: 0...300, "The factor of each answer.")
    walk.records("bands", &bands, in: 0...100, "The factor of each range, in rising order.")
    walk.optionalDecimal(
      "otherwise", &otherwise, in: Span.factor,
      "The factor of any other answer; such risks are not insured when left out.")
    walk.check("answers", answers.isEmpty != bands.isEmpty, "Either answers or bands decide.")
    walk.check(
      "answers", Set(answers.map(\.answer)).count == answers.count, "An answer stands twice.")
    walk.check("bands", hasAdjoiningBands, "The bands must rise, each where the last one ends.")
  }

  private var hasAdjoiningBands: Bool {
    let adjoin = zip(bands, bands.dropFirst()).allSatisfy { lower, upper in
      lower.below != nil && lower.below == upper.from
    }
    let areOrdered = bands.allSatisfy { band in
      guard let from = band.from, let below = band.below else { return true }
      return from < below
    }
    return adjoin && areOrdered
  }
}

extension AnswerFactor: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.text("answer", &answer, .name, "The answer.")
    walk.decimal("factor", &factor, in: Span.factor, "What the premium is multiplied by.")
  }
}

extension NumberFactor: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.optionalDecimal("from", &from, in: Span.any, "The start, included.")
    walk.optionalDecimal("below", &below, in: Span.any, "The end, not included.")
    walk.decimal("factor", &factor, in: Span.factor, "What the premium is multiplied by.")
  }
}

extension Deductible: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.decimal("amount", &amount, in: Span.money, "The sum that the insured bears.")
    walk.decimal("factor", &factor, in: Span.factor, "What the premium is multiplied by.")
    walk.flag("franchise", &isFranchise, "Losses above it are paid in full.")
  }
}

extension InstalmentPlan: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.integer("payments", &payments, in: 1...12, "Payments a year.")
    walk.decimal("loading", &loading, in: Span.share, "What is added, as a fraction.")
  }
}

extension Cover: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.text("name", &name, .name, "What is covered.")
    walk.optionalDecimal("limit", &limit, in: Span.money, "The most paid in a year.")
    walk.optionalDecimal(
      "coinsurance", &coinsurance, in: Span.share, "The share of a loss the insured bears.")
    walk.optionalInteger(
      "waitingDays", &waitingDays, in: 0...3650, "Days from the start without cover.")
    walk.optionalDecimal(
      "extraPremium", &extraPremium, in: Span.money,
      "The yearly premium of an optional cover.")
  }
}

extension HedgeTerms: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.choice("underlying", &underlying, "What is hedged.")
    walk.text("market", &market, .code, "Its name in the market data.")
    walk.decimals(
      "floors", &floors, max: 20, in: Span.percent,
      "The levels protected, in per cent of the price today; for a cap, the rates.")
    walk.optionalDecimal(
      "lowerFloor", &lowerFloor, in: Span.percent,
      "The level below which a spread's protection ends.")
    walk.decimals(
      "caps", &caps, max: 20, in: Span.percent,
      "The levels above which gains are given up; found for a nil premium when left out.")
    walk.integers("tenors", &tenors, max: 40, in: 1...360, "The months to choose from.")
    walk.decimal("multiplier", &multiplier, in: Span.money, "Units in one contract.")
    walk.decimal(
      "volatilityMargin", &volatilityMargin, usually: 0, in: Span.share,
      "What is added to the market's volatility.")
    walk.decimal(
      "dealingCost", &dealingCost, usually: 0, in: Span.share,
      "What is taken of the hedged amount, as a fraction.")
    walk.flag("american", &isAmerican, "Usable on any day until it ends.")
    walk.check("tenors", !tenors.isEmpty, "A hedge has tenors to choose from.")
    walk.check(
      "lowerFloor", lowerFloor.map { low in floors.allSatisfy { $0 > low } } ?? true,
      "A spread's protection ends below each floor.")
  }
}
