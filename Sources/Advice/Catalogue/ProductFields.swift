import Quantities

extension Bounds: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.optionalDecimal("minimum", &minimum, in: Span.any, "The least value, included.")
    walk.optionalDecimal("maximum", &maximum, in: Span.any, "The greatest value, included.")
    walk.check("maximum", !isContradictory, "The greatest value is below the least.")
  }
}

extension IntegerBounds: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.optionalInteger("minimum", &minimum, in: Span.count, "The least value, included.")
    walk.optionalInteger("maximum", &maximum, in: Span.count, "The greatest value, included.")
    walk.check("maximum", !isContradictory, "The greatest value is below the least.")
  }
}

extension Product: Fielded {
  /// The most conditions that a product may list.
  static let conditionsLimit = 500

  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.text("brand", &id.brand, .brand, "The brand that offers the product, by its code.")
    walk.text("code", &id.code, .code, "The brand's own code for the product.")
    walk.choice("kind", &kind, "What the product is.")
    walk.text("name", &name, .name, "What the product is called.")
    walk.text("brandName", &brandName, .name, "The brand's name for people.")
    walk.text("summary", &summary, .summary, "What the product is, in a sentence or two.")
    walk.currency("currency", &currency, "The currency of all sums of the product, ISO 4217.")
    walk.optionalDate("effectiveFrom", &effectiveFrom, "The first day it is offered.")
    walk.optionalDate("effectiveTo", &effectiveTo, "The last day it is offered.")
    walk.check("effectiveTo", hasOrderedDates, "The last day is before the first.")
    walk.choice("audience", &audience, "Who may have it.")
    walk.choices("channels", &channels, "Where it may be taken out; everywhere when left out.")
    walk.flag("tailored", &isTailored, "The price is agreed with each client.")
    walk.record("terms", &terms, "Who may have it and for how much; all bounds hold together.")
    walk.record("charges", &charges, "What it costs and earns.")
    walk.records(
      "conditions", &conditions, in: 0...Self.conditionsLimit,
      "Conditions in words that the client confirms.")
    walk.optionalRecord("targetMarket", &targetMarket, "For whom it was made.")
    walk.optionalRecord("tariff", &tariff, "How the premium comes about; insurance only.")
    walk.optionalRecord("hedge", &hedge, "What the hedge is made of; hedges only.")
    if walk.form >= 2 {
      walk.optionalText(
        "sourceDigest", &sourceDigest, .digest, "The digest of the text it was imported from.")
    }
    walk.check("tariff", (tariff != nil) == (line == .insurance), "Insurance has a tariff.")
    walk.check("hedge", (hedge != nil) == (line == .hedge), "A hedge has a hedge part.")
    walk.check(
      "charges", charges.rates.isEmpty || line == .loan || line == .deposit,
      "Only loans and deposits have rates.")
  }

  private var hasOrderedDates: Bool {
    guard let effectiveFrom, let effectiveTo else { return true }
    return effectiveFrom <= effectiveTo
  }
}

extension Terms: Fielded {
  /// The most countries, regions or segments that terms may list.
  static let placesLimit = 300

  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.bounds("amount", &amount, "The amount lent, placed, insured or hedged.")
    walk.bounds("months", &months, "The term in whole months.")
    walk.bounds("age", &age, "The age in completed years.")
    walk.optionalDecimal(
      "monthlyIncomeMinimum", &monthlyIncomeMinimum, in: Span.money,
      "The least regular income a month.")
    walk.optionalDecimal(
      "yearlyTurnoverMinimum", &yearlyTurnoverMinimum, in: Span.money,
      "The least turnover a year, for businesses.")
    walk.texts(
      "countries", &countries, max: Self.placesLimit, .country,
      "The countries of residence, ISO 3166; all when left out.")
    walk.texts(
      "regions", &regions, max: Self.placesLimit, .region,
      "The regions, ISO 3166-2; all when left out.")
    walk.texts(
      "segments", &segments, max: Self.placesLimit, .word,
      "The customer segments; all when left out.")
    walk.choices("employment", &employment, "The ways of earning a living; all when left out.")
    walk.choices("purposes", &purposes, "What a loan may be for; anything when left out.")
    walk.flag("pensionersOnly", &isPensionerOnly, "Only those who draw a pension.")
    walk.flag("studentsOnly", &isStudentOnly, "Only students.")
    walk.flag("staffOnly", &isStaffOnly, "Only the institution's staff.")
    walk.flag("newClientsOnly", &isNewClientOnly, "Only those who have no product here yet.")
    walk.optionalDecimal(
      "loanToValueMaximum", &loanToValueMaximum, in: Span.percent,
      "The most that is lent, in per cent of the security's value.")
    walk.optionalDecimal(
      "balanceMinimum", &balanceMinimum, in: Span.money, "The balance that must stay.")
    walk.optionalDecimal(
      "openingDepositMinimum", &openingDepositMinimum, in: Span.money,
      "The first payment into the account.")
  }
}

extension TargetMarket: Fielded {
  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.integer("riskClass", &riskClass, in: 1...7, "The risk class from 1, lowest, to 7.")
    walk.choice("knowledge", &knowledge, "The least knowledge and experience.")
    walk.choice("capacityForLoss", &capacityForLoss, "The least capacity for loss.")
    walk.choices("objectives", &objectives, "What it is good for; anything when left out.")
    walk.optionalInteger(
      "horizonMonthsMinimum", &horizonMonthsMinimum, in: Span.months,
      "The shortest time for which the money can be bound.")
    walk.choices("wrongObjectives", &wrongObjectives, "What it is wrong for.")
    walk.texts("negative", &negative, max: 20, .note, "Who should not have it, in words.")
    walk.check(
      "wrongObjectives", !objectives.intersects(wrongObjectives),
      "An objective cannot be both right and wrong.")
  }
}

extension ShownCondition: Fielded {
  init() { self.init(kind: .eligibility, text: "") }

  mutating func fields<Walk: FieldWalk>(_ walk: inout Walk) {
    walk.choice("kind", &kind, "What the condition is about.")
    walk.text("text", &text, .note, "The condition.")
  }
}
