import Advice
import Quantities

/// The currencies that a bank's own words name.
///
/// The standard has no field for the currency of an account: what is kept in another than the
/// home currency says so in its name, its description or beside its rates.
enum CDRCurrency {
  /// What a product's name and description say of its currency.
  enum Reading: Equatable {
    /// Nothing is said, or the home currency is: it is the home currency.
    case home
    case foreign(Currency)
    /// It is a foreign currency, and which one is not said.
    case unnamed
  }

  /// Reads the name, and where it only says "foreign currency" the description too.
  static func reading(name: String, description: String?, home: Currency) -> Reading {
    let named = named(in: name)
    if named.contains(home) { return .home }
    if named.count == 1, let only = named.first { return .foreign(only) }
    let isForeign =
      !named.isEmpty || name.lowercased().contains("foreign currency")
      || description?.lowercased().contains("denominated in a foreign currency") ?? false
    guard isForeign else { return .home }
    let told = Self.named(in: description ?? "")
    if named.isEmpty, told.count == 1, let only = told.first, only != home {
      return .foreign(only)
    }
    return .unnamed
  }

  /// The currencies that a text names, by their codes in capitals or by their names.
  static func named(in text: String) -> Set<Currency> {
    var found: Set<Currency> = []
    for word in text.split(whereSeparator: { !$0.isLetter }) {
      if let code = codes[String(word)], let currency = Currency(code) { found.insert(currency) }
    }
    let lowered = " " + text.lowercased().split { !$0.isLetter }.joined(separator: " ") + " "
    for (name, code) in names where lowered.contains(" \(name) ") {
      if let currency = Currency(code) { found.insert(currency) }
    }
    return found
  }

  /// Codes as banks write them, without those that are words of English too, such as ALL and TOP.
  private static let codes: [String: String] = {
    let same = [
      "AUD", "USD", "EUR", "GBP", "NZD", "JPY", "CNY", "HKD", "SGD", "CAD", "CHF", "THB", "FJD",
      "SEK", "NOK", "DKK", "ZAR", "INR", "AED", "PGK", "IDR", "MYR", "PHP", "KRW", "TWD", "VND",
    ]
    return Dictionary(uniqueKeysWithValues: same.map { ($0, $0) })
      .merging(["RMB": "CNY", "CNH": "CNY", "EURO": "EUR"]) { first, _ in first }
  }()

  private static let names = [
    ("australian dollar", "AUD"), ("australian dollars", "AUD"), ("us dollar", "USD"),
    ("us dollars", "USD"), ("united states dollar", "USD"), ("united states dollars", "USD"),
    ("euro", "EUR"), ("euros", "EUR"), ("pound sterling", "GBP"), ("pounds sterling", "GBP"),
    ("british pound", "GBP"), ("british pounds", "GBP"), ("swiss franc", "CHF"),
    ("swiss francs", "CHF"), ("japanese yen", "JPY"), ("new zealand dollar", "NZD"),
    ("new zealand dollars", "NZD"), ("chinese yuan", "CNY"), ("renminbi", "CNY"),
    ("hong kong dollar", "HKD"), ("hong kong dollars", "HKD"), ("singapore dollar", "SGD"),
    ("singapore dollars", "SGD"), ("canadian dollar", "CAD"), ("canadian dollars", "CAD"),
  ]
}

extension CDRDraft {
  /// Takes the currency that the product's own words name.
  mutating func readCurrency(_ object: CDRObject) {
    let description = object.words("description")
    switch CDRCurrency.reading(name: product.name, description: description, home: home) {
    case .home: product.currency = home
    case .foreign(let currency): product.currency = currency
    case .unnamed:
      product.currency = home
      isCurrencyUnnamed = true
      show(.amount, "Kept in a foreign currency; ask the bank in which: \(product.name)")
    }
  }

  /// Where each rate of a list stands with the product's currency, by the words beside it.
  ///
  /// Where the words beside some rates name only other currencies, those without any are not
  /// taken for the product's own.
  func currencies(of rates: [CDRObject?]) -> [RateCurrency] {
    let named = rates.map { rate in
      [rate?.words("additionalInfo"), rate?.words("additionalValue")].compactMap(\.self)
        .reduce(into: Set<Currency>()) { $0.formUnion(CDRCurrency.named(in: $1)) }
    }
    let all = named.reduce(into: Set<Currency>()) { $0.formUnion($1) }
    let isOwnTold = all.isEmpty || all.contains(product.currency)
    return named.map { currencies in
      if currencies.contains(product.currency) { return .own }
      if let other = currencies.sorted(by: { $0.code < $1.code }).first { return .other(other) }
      return isCurrencyUnnamed || !isOwnTold ? .unnamed : .own
    }
  }

  /// The currency that a rate is for.
  enum RateCurrency: Equatable {
    case own
    case other(Currency)
    /// A foreign one that is not named.
    case unnamed
  }
}
