import DMN
import FEEL
import Quantities

/// A catalogue compiled into one table: each product's terms are a rule, so that the column index
/// finds the products that fit among thousands in microseconds, and the cells that a rule missed
/// are the reasons why it does not fit.
final class TermTable: Sendable {
  let columns: [TermColumn]
  let table: RuleTable
  /// The places of the columns about the client, about the request, and about suitability.
  let ofClient: [Int]
  /// Those of them that businesses are asked about: all but the age.
  let ofBusiness: [Int]
  let ofRequest: [Int]
  let ofSuitability: [Int]
  /// The place of the column about the currency that was asked for.
  let ofCurrency: Int
  /// The products of each kind.
  let kinds: [ProductKind: BitSet]
  /// The products in each currency.
  let currencies: [Currency: BitSet]
  /// The places of the products by id.
  let places: [ProductID: Int]
  /// The products in their order, ready to be priced.
  let listings: [Listing]
  /// For each product the terms that it sets, in the order of the columns.
  let terms: [[SetTerm]]

  /// What the statements of the terms ask, as people read it.
  let required: [String?]
  /// The same as tests of a decision table's cells.
  let cells: [String?]

  /// A term that a product sets.
  struct SetTerm: Sendable {
    let column: Int
    let role: TermRole
    /// A number that products which ask the same in the same column share.
    let statement: Int
  }

  private struct Statement: Hashable {
    let column: Int
    let required: String?
    let cell: String?
  }

  /// Compiles the products of a catalogue, in their order.
  init(_ products: [Product]) throws {
    let columns = TermColumn.columns(for: products)
    let rules = products.map { product in columns.map { $0.condition(of: product) } }
    table = try RuleTable(columns: columns.map(\.name), rules: rules)
    var statements: [Statement: Int] = [:]
    var asked: [Statement] = []
    terms = zip(products, rules).map { product, conditions in
      conditions.indices.filter { conditions[$0] != .any }.map { column in
        let statement = Statement(
          column: column, required: columns[column].required(of: product),
          cell: columns[column].cell(of: product))
        let number = statements[statement] ?? asked.count
        if number == asked.count {
          statements[statement] = number
          asked.append(statement)
        }
        return SetTerm(column: column, role: columns[column].role, statement: number)
      }
    }
    required = asked.map(\.required)
    cells = asked.map(\.cell)
    self.columns = columns
    ofSuitability = columns.indices.filter { columns[$0].tier == .suitability }
    ofRequest = columns.indices.filter { columns[$0].isOfRequest && columns[$0] != .currency }
    ofCurrency = columns.firstIndex(of: .currency) ?? 0
    ofClient = columns.indices.filter {
      !columns[$0].isOfRequest && columns[$0].tier == .eligibility
    }
    ofBusiness = ofClient.filter { columns[$0] != .age }
    var kinds: [ProductKind: BitSet] = [:]
    var currencies: [Currency: BitSet] = [:]
    var places: [ProductID: Int] = [:]
    for (place, product) in products.enumerated() {
      kinds[product.kind, default: BitSet(count: products.count)][place] = true
      currencies[product.currency, default: BitSet(count: products.count)][place] = true
      places[product.id] = place
    }
    listings = products.map(Listing.init)
    self.kinds = kinds
    self.currencies = currencies
    self.places = places
  }
}

/// What the columns of a ``TermTable`` are asked about: a client, and what is wanted.
struct TermQuery {
  let client: ClientInputs
  let limits: SuitabilityLimits
  let rates: ExchangeRates

  /// The input of each column for a need; a request column is null without one.
  func values(for columns: [TermColumn], need: Need?) -> [Value] {
    columns.map { column in
      column.isOfRequest ? requested(column, need) : known(column)
    }
  }

  /// A business has no occupation, does not study and draws no pension: it is not asked.
  private var isBusiness: Bool { client.customerKind == .business }

  /// The turnover; of a person without a business nought, so that none is asked for.
  private var turnover: Decimal128? {
    if isBusiness || client.employment == .selfEmployed { return client.yearlyTurnover }
    return client.yearlyTurnover ?? 0
  }

  private func known(_ column: TermColumn) -> Value {
    switch column {
    case .inForce: .number(Decimal128(client.date.daysSinceEpoch))
    case .audience: .string(client.customerKind.rawValue)
    case .age: number(client.age)
    case .residency: text(client.residency)
    case .region: Self.regions(client.region)
    case .segment: .list(client.segments.sorted(by: byteOrder).map { .string($0) })
    case .employment: isBusiness ? text("business") : text(client.employment?.rawValue)
    case .student: isBusiness ? flag(false) : flag(client.employment.map { $0 == .student })
    case .pensioner: isBusiness ? flag(false) : flag(client.employment.map { $0 == .retired })
    case .staff: .boolean(client.isStaff)
    case .newClient: flag(client.monthsAsCustomer.map { $0 < Self.newClientMonths })
    case .income(let currency): converted(client.income?.value, to: currency)
    case .turnover(let currency): converted(turnover, to: currency)
    case .riskClass: limits.riskClass.map { .number($0) } ?? .null
    case .knowledge: limits.knowledge.map { .number($0) } ?? .null
    case .capacityForLoss: number(client.risk.capacityForLoss?.level)
    case .horizon: number(client.risk.horizonMonths)
    case .currency, .term, .purpose, .loanToValue, .amount, .balance: .null
    }
  }

  private func requested(_ column: TermColumn, _ need: Need?) -> Value {
    guard let need else { return .null }
    switch column {
    case .currency: return .string(need.currency.code)
    case .term: return number(need.months)
    case .purpose: return .string((need.purpose ?? .other).rawValue)
    case .loanToValue: return need.loanToValue.map { .number($0) } ?? .null
    case .amount(let currency), .balance(let currency):
      guard let amount = need.amount,
        let money = rates.convert(amount, to: currency, on: client.date)
      else { return .null }
      return .number(money.amount)
    default: return .null
    }
  }

  /// A region with the country it lies in: `MD-CU` is also `MD`, so that a product may name either.
  static func regions(_ region: String?) -> Value {
    guard let region else { return .null }
    return .list([.string(region), .string(String(region.prefix(2)))])
  }

  /// A client of fewer months than this counts as new.
  static let newClientMonths = 3

  private func number(_ value: Int?) -> Value { value.map { .number(Decimal128($0)) } ?? .null }
  private func text(_ value: String?) -> Value { value.map { .string($0) } ?? .null }
  private func flag(_ value: Bool?) -> Value { value.map { .boolean($0) } ?? .null }

  private func converted(_ amount: Decimal128?, to currency: Currency) -> Value {
    guard let amount, let reference = Currency(ClientInputs.referenceCurrency),
      let money = rates.convert(
        Money(amount, reference), to: currency, on: client.date)
    else { return .null }
    return .number(money.amount)
  }
}
