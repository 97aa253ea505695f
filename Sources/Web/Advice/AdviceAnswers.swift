import Advice
import JSON

/// The pieces of advice in answers that are not a stored outcome.
extension JSONWriter {
  /// A reason with its sentence.
  mutating func reason(_ reason: Reason, _ texts: Texts) {
    reason.write(&self, texts, stated: true)
  }

  /// What names a product.
  mutating func head(_ product: Product) {
    object { product.writeHead(&$0) }
  }
}

extension Schema {
  /// What names a product.
  static let productHead = Schema.named(
    "ProductHead",
    .object(
      "What names a product.",
      [
        .required("id", .text("Brand and code.")), .required("name", .text("Its name.")),
        .required("brand", .text("Who offers it.")),
        .required("kind", .choice("What it is.", ProductKind.allCases.map(\.rawValue))),
        .required("line", .choice("Its trade.", ProductLine.allCases.map(\.rawValue))),
        .required("currency", .currency),
      ]))

  /// A reason for or against a product.
  static let reason = Schema.named(
    "Reason",
    .object(
      "A condition held against a value.",
      [
        .required("tier", .choice("Which tier.", Tier.allCases.map(\.rawValue))),
        .required("code", .text("The condition's stable name.")),
        .optional(
          "state", .choice("How it stands.", ["met", "failed", "unknown"])),
        .required("text", .text("The reason for people.")),
        .optional("actual", .text("The value that was read.")),
        .optional("required", .text("What the condition asks.")),
        .required("rule", .text("Where the rule stands.")),
        .optional("cell", .text("The cell of the rule that decided, as its owner wrote it.")),
        .optional("source", .text("Where the value came from.")),
        .optional("question", .text("The question whose answer would decide it.")),
      ]))

  /// What a product would cost or earn; the members depend on its trade.
  static let price = Schema.named(
    "Price",
    .object(
      "What a product would cost or earn; which members are there depends on its trade.",
      [
        .required("amount", .decimal("The amount lent, placed, insured or protected.")),
        .required("currency", .currency),
        .required("termMonths", .integer("For how many months.")),
        .optional("rate", .decimal("The rate a year.")),
        .optional("rateType", .text("Whether the rate is fixed or variable.")),
        .optional("rateFixedMonths", .integer("For how many months a loan's rate is fixed.")),
        .optional("rateMonths", .integer("For how many months a deposit's rate is paid.")),
        .optional("instalment", .decimal("The instalment a month.")),
        .optional("aprc", .decimal("The annual percentage rate of charge.")),
        .optional("fees", .decimal("The fees.")),
        .optional("totalInterest", .decimal("A loan's interest in all.")),
        .optional("totalCost", .decimal("Interest and fees.")),
        .optional("totalPayable", .decimal("Everything paid.")),
        .optional("interest", .decimal("What a deposit earns.")),
        .optional("effectiveYield", .decimal("A deposit's yield a year.")),
        .optional("maturityValue", .decimal("What a deposit becomes.")),
        .optional("sumInsured", .decimal("The amount that cover is for.")),
        .optional("base", .decimal("The premium before its factors.")),
        .optional(
          "factors",
          .list(
            "The factors of the premium.",
            .object(
              "One factor.",
              [
                .required("name", .text("What it is looked up by.")),
                .required("answer", .text("The value it was looked up with.")),
                .required("factor", .decimal("The factor.")),
              ]))),
        .optional("deductible", .decimal("What of a loss the policyholder bears.")),
        .optional("premium", .decimal("The premium a year.")),
        .optional("tax", .decimal("The tax on it.")),
        .optional("totalPremium", .decimal("Premium and tax a year.")),
        .optional("market", .text("The market that hedges.")),
        .optional("contracts", .integer("How many contracts.")),
        .optional("strike", .decimal("At what price a hedge begins to pay.")),
        .optional("capStrike", .decimal("At what price a collar gives up gains.")),
        .optional("cost", .decimal("What a hedge costs.")),
        .optional("costPercent", .decimal("That in per cent of what is hedged.")),
        .optional("floor", .decimal("What a hedge leaves at worst.")),
        .optional("breakEven", .decimal("At what value a hedge has paid for itself.")),
        .optional("residualRisk", .text("What a hedge leaves open.")),
      ]))

  /// A page of a list by offset.
  ///
  /// - Parameter more: members beside the list.
  static func page(_ about: String, of element: Schema, _ more: [Field] = []) -> Schema {
    .object(
      about,
      more + [
        .required("total", .integer("How many there are in all.")),
        .required("from", .integer("How many were passed over.")),
        .required("items", .list("The page.", element)),
      ])
  }
}
