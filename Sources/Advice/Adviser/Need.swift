package import Quantities

/// One thing the client needs, with the kinds of products that answer it.
///
/// A request with a goal has one need; without one the rules find the needs from the facts.
package struct Need: Sendable, Hashable {
  /// The code of the need that the client named.
  package static let asked = "asked"

  /// The rules' name for why it is needed, such as `idle-money`.
  package let code: String
  /// The rule that found it.
  package let rule: String
  /// The kinds of products that answer it.
  package let kinds: Set<ProductKind>
  /// The currency that products must be in: the one asked for, else the client's own.
  package let currency: Currency
  /// Whether the client asked for that currency.
  package let isCurrencyNamed: Bool
  /// The amount to borrow, save, insure or protect.
  package let amount: Money?
  /// For how many months.
  package let months: Int?
  /// What a loan is for.
  package let purpose: LoanPurpose?
  /// What secures a loan, in the amount's currency.
  package let securityValue: Decimal128?
  /// The value that made the rule find the need, as text.
  package let actual: String?
  /// Where that value came from.
  let source: ValueSource
  /// Where the amount came from, or what it is worked out from.
  let amountSource: ValueSource
  /// Where the term came from.
  let termSource: ValueSource
  /// Whether what has just happened to the client brought it.
  package let isOfEvent: Bool
  /// The question that tells the amount, where the rules name one.
  package let question: String?

  /// A need for some kinds of products.
  package init(
    code: String, rule: String, kinds: Set<ProductKind>, currency: Currency,
    isCurrencyNamed: Bool = false, amount: Money?, months: Int?, purpose: LoanPurpose? = nil,
    securityValue: Decimal128? = nil, actual: String? = nil, source: ValueSource = .request,
    amountSource: ValueSource = .request, termSource: ValueSource = .catalogue,
    isOfEvent: Bool = false, question: String? = nil
  ) {
    self.code = code
    self.rule = rule
    self.kinds = kinds
    self.currency = currency
    self.isCurrencyNamed = isCurrencyNamed
    self.amount = amount
    self.months = months
    self.purpose = purpose
    self.securityValue = securityValue
    self.actual = actual
    self.source = source
    self.amountSource = amountSource
    self.termSource = termSource
    self.isOfEvent = isOfEvent
    self.question = question
  }

  /// The loan in per cent of what secures it.
  var loanToValue: Decimal128? {
    guard let amount, let securityValue, securityValue > 0 else { return nil }
    return (amount.amount * 100 / securityValue).rounded(scale: 4, .halfEven)
  }
}
