import Advice
import Quantities

/// A product that is being read, with what has become of its rows so far.
struct CDRDraft {
  var product = Product()
  let category: CDRCategory
  var report = CDRReport()
  /// The currency of what does not name another; the standard's own for fees.
  let home: Currency
  /// The product is kept in a foreign currency that its words do not name.
  var isCurrencyUnnamed = false
  private let line: Int

  init(_ id: ProductID, _ category: CDRCategory, _ home: Currency, line: Int) {
    self.category = category
    self.home = home
    self.line = line
    product.id = id
  }

  mutating func evaluated(_ kind: CDRRowKind, _ count: Int = 1) {
    report.add(kind, .evaluated, count)
  }

  mutating func shown(_ kind: CDRRowKind, _ count: Int = 1) {
    report.add(kind, .shown, count)
  }

  /// Counts a row as unreadable; the client is told where the words may matter.
  mutating func quarantine(
    _ kind: CDRRowKind, _ place: String, _ fault: CDRFault, _ detail: String,
    tell words: String? = nil
  ) {
    report.add(kind, .quarantined)
    report.quarantine.append(
      CDRQuarantined(
        line: line, product: product.id, kind: kind, place: place, fault: fault,
        detail: CDRText.cut(CDRText.words(detail), to: Self.detailLength)))
    if let words { show(.unreadable, words) }
  }

  /// Adds a condition that the client confirms, each text once.
  mutating func show(_ kind: ShownCondition.Kind, _ words: String) {
    let condition = ShownCondition(kind: kind, text: CDRText.cut(words))
    guard product.conditions.count < Self.conditionsLimit,
      !product.conditions.contains(condition)
    else { return }
    product.conditions.append(condition)
  }

  /// The most rows of a kind that a product may have; more of them are quarantined.
  static let rowsLimit = 2_000
  private static let conditionsLimit = 500
  private static let detailLength = 200
}

/// The product categories of the Consumer Data Standards.
enum CDRCategory: String, CaseIterable {
  case mortgages = "RESIDENTIAL_MORTGAGES"
  case accounts = "TRANS_AND_SAVINGS_ACCOUNTS"
  case termDeposits = "TERM_DEPOSITS"
  case businessLoans = "BUSINESS_LOANS"
  case personalLoans = "PERS_LOANS"
  case cards = "CRED_AND_CHRG_CARDS"
  case overdrafts = "OVERDRAFTS"
  case trustAccounts = "REGULATED_TRUST_ACCOUNTS"
  case leases = "LEASES"
  case marginLoans = "MARGIN_LOANS"
  case travelCards = "TRAVEL_CARDS"
  case tradeFinance = "TRADE_FINANCE"

  /// The kind of product; accounts that pay interest are savings accounts.
  func kind(paysInterest: Bool) -> ProductKind {
    switch self {
    case .mortgages: .mortgage
    case .accounts: paysInterest ? .savingsAccount : .currentAccount
    case .termDeposits: .termDeposit
    case .businessLoans: .businessLoan
    case .personalLoans: .personalLoan
    case .cards: .creditCard
    case .overdrafts: .overdraft
    case .trustAccounts: .trustAccount
    case .leases: .lease
    case .marginLoans: .marginLoan
    case .travelCards: .travelCard
    case .tradeFinance: .tradeFinance
    }
  }

  /// Whether months on a rate are how long it stays fixed, and not the term of the loan: a home
  /// loan outlives its fixed rate, and cards and margin loans have no term.
  var fixesRateForMonths: Bool {
    switch self {
    case .mortgages, .cards, .marginLoans: true
    default: false
    }
  }

  /// Whether its own rates are those of money lent; of money placed otherwise.
  var isLending: Bool { kind(paysInterest: false).line == .loan }

  /// Whether only businesses have such products.
  var isForBusiness: Bool {
    switch self {
    case .businessLoans, .tradeFinance, .leases: true
    default: false
    }
  }
}
