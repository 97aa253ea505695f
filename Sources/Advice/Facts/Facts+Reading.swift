package import JSON
import Quantities

extension Facts {
  /// Limits on what one client's facts may hold.
  package enum Limit {
    /// Contracts of one client that decisions read.
    package static let holdings = 500
    /// Positions of one client that decisions read.
    package static let positions = 2_000
    /// Offers that one client accepted.
    package static let accepted = 1_000
    /// Answers of one client.
    package static let answers = 500
    /// Segments that one client belongs to.
    package static let segments = 50
    /// Protected attributes of one client.
    package static let protected = 20
  }

  /// The facts as ``canonicalBytes`` wrote them.
  ///
  /// - Throws: `JSONSyntaxError` or `Violations` when the bytes are something else.
  package init(canonicalBytes: [UInt8]) throws {
    self = try decodeJSON(canonicalBytes, limits: .file) { Facts(reading: $0) }
  }

  /// Reads facts from the fields of an object; nil after what is wrong was recorded.
  package init?(reading fields: JSONFields) {
    let currency = fields.currency("homeCurrency")
    let profile = fields.object("profile") { Profile(reading: $0) }
    let history = fields.optionalObject("history") { HistorySummary(reading: $0) }
    let risk = fields.optionalObject("risk") { RiskProfile(reading: $0) }
    let holdings = fields.optionalObjects("holdings", max: Limit.holdings) {
      HeldProduct(reading: $0)
    }
    let positions = fields.optionalObjects("positions", max: Limit.positions) {
      Position(reading: $0)
    }
    let accepted = fields.optionalObjects("accepted", max: Limit.accepted) {
      AcceptedOffer(reading: $0)
    }
    let answers = fields.optionalDictionary("answers", max: Limit.answers) {
      node, place -> String? in
      guard case .string(let text) = node.kind else {
        fields.report(node, at: place, "type", "An answer must be a string.")
        return nil
      }
      return text
    }
    let forms = fields.optionalDictionary("forms", max: FormSet.limit) { node, place -> Int? in
      guard let version = node.numberText.flatMap({ Int($0) }) else {
        fields.report(node, at: place, "type", "A form's version must be a number.")
        return nil
      }
      return version
    }
    guard let currency, let profile else { return nil }
    self.init(homeCurrency: currency)
    self.forms = Dictionary(
      (forms ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    self.profile = profile
    self.history = history ?? HistorySummary()
    self.risk = risk ?? RiskProfile()
    self.holdings = holdings ?? []
    self.positions = positions ?? []
    self.accepted = accepted ?? []
    self.answers = Dictionary(
      (answers ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension AcceptedOffer {
  init?(reading fields: JSONFields) {
    let name = fields.string("product", maxLength: 200)
    let on = fields.date("on")
    guard let name, let on else { return nil }
    guard let product = ProductID(name) else {
      fields.report("product", "format", "This is no id of a product.")
      return nil
    }
    self.init(product: product, on: on)
  }
}

extension HistorySummary {
  init?(reading fields: JSONFields) {
    let first = fields.optionalDate("firstDate")
    let last = fields.optionalDate("lastDate")
    let movements = fields.integer("movements", in: 0...1_000_000_000)
    let months = fields.objects("months", max: Self.monthsKept) { MonthTotals(reading: $0) }
    guard let movements, let months else { return nil }
    self.init(firstDate: first, lastDate: last, movements: movements, months: months)
  }
}

extension MonthTotals {
  init?(reading fields: JSONFields) {
    let month = fields.date("month")
    let income = fields.decimal("income")
    let spending = fields.decimal("spending")
    let instalments = fields.decimal("instalments")
    let penalties = fields.decimal("penalties")
    let closingBalance = fields.optionalDecimal("closingBalance")
    let closingDate = fields.optionalDate("closingDate")
    guard let month, let income, let spending, let instalments, let penalties else { return nil }
    self.init(month: month)
    self.income = income
    self.spending = spending
    self.instalments = instalments
    self.penalties = penalties
    self.closingBalance = closingBalance
    self.closingDate = closingDate
  }
}

extension HeldProduct {
  /// Reads a contract from the fields of an object.
  package init?(reading fields: JSONFields) {
    let kind = fields.choice("kind", ProductKind.self)
    let product = fields.optionalParsed("product", "a product id: brand/code") {
      ProductID($0)
    }
    let currency = fields.currency("currency")
    let balance = fields.optionalDecimal("balance", in: 0...1_000_000_000_000)
    let instalment = fields.optionalDecimal("instalment", in: 0...1_000_000_000)
    let since = fields.date("since")
    let until = fields.optionalDate("until")
    guard let kind, let currency, let since else { return nil }
    self.init(
      kind: kind, product: product, currency: currency, balance: balance ?? 0,
      instalment: instalment ?? 0, since: since, until: until)
  }
}

extension Position {
  /// Reads a position from the fields of an object.
  package init?(reading fields: JSONFields) {
    let instrument = fields.string("instrument", maxLength: 40)
    let quantity = fields.decimal("quantity", in: -1_000_000_000_000...1_000_000_000_000)
    let price = fields.decimal("price", in: 0...1_000_000_000)
    let currency = fields.currency("currency")
    let beta = fields.optionalDecimal("beta", in: -10...10)
    let pricedOn = fields.date("pricedOn")
    guard let instrument, let quantity, let price, let currency, let pricedOn else { return nil }
    self.init(
      instrument: instrument, quantity: quantity, price: price, currency: currency,
      beta: beta ?? 1, pricedOn: pricedOn)
  }
}

extension Profile {
  /// Reads a profile from the fields of an object.
  package init?(reading fields: JSONFields) {
    let kind = fields.choice("customerKind", CustomerKind.self)
    let birthDate = fields.optionalDate("birthDate")
    let residency = fields.optionalString("residency", maxLength: 2)
    let region = fields.optionalString("region", maxLength: 40)
    let segments = fields.optionalStrings("segments", max: Facts.Limit.segments, maxLength: 40)
    let employment = fields.optionalChoice("employment", EmploymentStatus.self)
    let dependants = fields.optionalInteger("dependants", in: 0...30)
    let isStaff = fields.optionalBoolean("isStaff")
    let clientSince = fields.optionalDate("clientSince")
    let turnover = fields.optionalDecimal("yearlyTurnover", in: 0...1_000_000_000_000)
    let protected = fields.optionalDictionary("protected", max: Facts.Limit.protected) {
      node, place -> String? in
      guard case .string(let text) = node.kind, text.utf8.count <= 60 else {
        fields.report(node, at: place, "type", "This must be a short text.")
        return nil
      }
      return text
    }
    guard let kind else { return nil }
    self.init(customerKind: kind)
    self.birthDate = birthDate
    self.residency = residency
    self.region = region
    self.segments = Set(segments ?? [])
    self.employment = employment
    self.dependants = dependants
    self.isStaff = isStaff ?? false
    self.clientSince = clientSince
    yearlyTurnover = turnover
    self.protected = Dictionary(
      (protected ?? []).map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
  }
}

extension RiskProfile {
  /// Reads a declared risk profile from the fields of an object.
  package init?(reading fields: JSONFields) {
    riskClass = fields.optionalInteger("riskClass", in: 1...7)
    knowledge = fields.optionalChoice("knowledge", Knowledge.self)
    capacityForLoss = fields.optionalChoice("capacityForLoss", CapacityForLoss.self)
    horizonMonths = fields.optionalInteger("horizonMonths", in: 0...1_200)
    let names = fields.optionalStrings("objectives", max: 20, maxLength: 40) ?? []
    objectives = Set(names.compactMap(Objective.init(rawValue:)))
    if objectives.count != Set(names).count {
      fields.report("objectives", "choice", "One of these objectives is not known.")
    }
  }
}
