package import JSON
package import Quantities

/// What a client asks for: a line of products with an amount, a term and a purpose, or nothing in
/// particular, and then the rules find the needs.
package struct Goal: Sendable, Hashable {
  /// What the client wants to do.
  package var kind: GoalKind
  /// The amount to borrow, save, insure or protect.
  package var amount: Decimal128?
  /// The currency of the amount.
  package var currency: Currency?
  /// For how many months.
  package var termMonths: Int?
  /// What a loan is for.
  package var purpose: LoanPurpose?
  /// The value of what secures a loan, in the goal's currency.
  package var securityValue: Decimal128?
  /// The kinds of cover or of product the client asks for; empty for all of the line.
  package var kinds: Set<ProductKind>
  /// How many offers the answer may hold.
  package var limit: Int
  /// The language of the reasons.
  package var locale: String
  /// What has just happened in the client's life or business, which may bring needs of its own.
  package var event: ClientEvent?
  /// What the client would change first; the answer then tells what would follow.
  package var assuming = Assumptions()

  /// The most offers that one answer may hold.
  package static let greatestLimit = 50
  /// The offers of an answer whose goal names no limit.
  package static let usualLimit = 10

  /// A goal without amount or term.
  package init(kind: GoalKind) {
    self.kind = kind
    kinds = []
    limit = Self.usualLimit
    locale = "en"
  }
}

/// What has happened to a client: an occasion to offer something beside what was asked for.
package enum ClientEvent: String, Sendable, CaseIterable {
  case carBought, homeBought, tripBooked, childBorn, incomeRaised, depositMatured, loanTaken
  case portfolioFell, businessStarted
}

/// What a client wants to do.
package enum GoalKind: String, Sendable, CaseIterable {
  case any, borrow, save, insure, hedge

  /// The line of products that answers the goal; nil for any.
  package var line: ProductLine? {
    switch self {
    case .any: nil
    case .borrow: .loan
    case .save: .deposit
    case .insure: .insurance
    case .hedge: .hedge
    }
  }
}

extension Goal {
  /// The amounts that a goal may name.
  package static let amounts: ClosedRange<Decimal128> = 1...1_000_000_000_000
  /// The terms that a goal may name, in months.
  package static let terms = 1...1_200

  /// Reads a goal from the fields of a request; nil after what is wrong was recorded.
  package init?(reading fields: JSONFields) {
    let kind = fields.choice("kind", GoalKind.self)
    let amount = fields.optionalDecimal("amount", in: Self.amounts)
    let currency = fields.optionalCurrency("currency")
    let term = fields.optionalInteger("termMonths", in: Self.terms)
    let purpose = fields.optionalChoice("purpose", LoanPurpose.self)
    let security = fields.optionalDecimal("securityValue", in: Self.amounts)
    let kinds = fields.optionalStrings("kinds", max: ProductKind.allCases.count, maxLength: 40)
    let limit = fields.optionalInteger("limit", in: 1...Self.greatestLimit)
    let locale = fields.optionalString("locale", maxLength: 12)
    let assuming = fields.optionalObject("assuming") { Assumptions(reading: $0) }
    let event = fields.optionalObject("context") { context in
      context.choice("event", ClientEvent.self)
    }
    guard let kind else { return nil }
    self.init(kind: kind)
    self.amount = amount
    self.currency = currency
    self.purpose = purpose
    termMonths = term
    securityValue = security
    if let limit { self.limit = limit }
    if let locale { self.locale = locale }
    if let assuming { self.assuming = assuming }
    self.event = event
    readKinds(kinds ?? [], fields)
    check(fields)
  }

  private mutating func readKinds(_ names: [String], _ fields: JSONFields) {
    for (index, name) in names.enumerated() {
      guard let kind = ProductKind(rawValue: name) else {
        let known = ProductKind.allCases.map(\.rawValue).joined(separator: ", ")
        fields.report("kinds", "choice", "Element \(index) is none of \(known).")
        continue
      }
      if let line = self.kind.line, kind.line != line {
        fields.report(
          "kinds", "choice",
          "'\(name)' belongs to the line \(kind.line.rawValue) and cannot answer this goal.")
        continue
      }
      kinds.insert(kind)
    }
  }

  private func check(_ fields: JSONFields) {
    if amount != nil || securityValue != nil, currency == nil, !fields.has("currency") {
      fields.report("currency", "required", "An amount needs its currency.")
    }
    if kind == .borrow || kind == .save {
      if amount == nil, !fields.has("amount") {
        fields.report("amount", "required", "This goal needs an amount.")
      }
      if termMonths == nil, !fields.has("termMonths") {
        fields.report("termMonths", "required", "This goal needs a term in months.")
      }
    }
    if let amount, let currency, amount.rounded(scale: currency.minorUnits) != amount {
      fields.report(
        "amount", "scale", "\(currency.code) has \(currency.minorUnits) digits after the point.")
    }
    if kind != .borrow, purpose != nil {
      fields.report("purpose", "unexpected", "Only the goal 'borrow' has a purpose.")
    }
  }

  /// Whether nothing is missing that this kind of goal needs, and nothing is there that it cannot
  /// have.
  var hasItsParts: Bool {
    if amount != nil || securityValue != nil, currency == nil { return false }
    if kind == .borrow || kind == .save, amount == nil || termMonths == nil { return false }
    return kind == .borrow || purpose == nil
  }

  /// Whether a request may say this goal.
  var isWhole: Bool {
    guard hasItsParts else { return false }
    guard let amount, let currency else { return true }
    return amount.rounded(scale: currency.minorUnits) == amount
  }

  /// The one writing of this goal: what is stored with a decision.
  package var canonicalBytes: [UInt8] {
    var writer = JSONWriter()
    writer.object(write)
    return writer.bytes
  }

  func write(_ writer: inout JSONWriter) {
    writer.member("amount", decimal: amount)
    if !assuming.isEmpty { writer.object("assuming", assuming.write) }
    if let event { writer.object("context") { $0.member("event", event.rawValue) } }
    writer.member("currency", currency?.code)
    writer.member("kind", kind.rawValue)
    if !kinds.isEmpty { writer.member("kinds", kinds.map(\.rawValue).sorted(by: byteOrder)) }
    writer.member("limit", limit)
    writer.member("locale", locale)
    writer.member("purpose", purpose?.rawValue)
    writer.member("securityValue", decimal: securityValue)
    writer.member("termMonths", termMonths)
  }
}
