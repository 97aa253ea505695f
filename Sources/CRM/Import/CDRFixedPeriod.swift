import Advice

/// For how long a loan's rate stays, read from a bank's own words where the field that the standard
/// has for it holds no duration.
///
/// Only whole sentences of a known form count, and only where they name one period: "1-5 years" and
/// a comparison rate's example over five years name none.
enum CDRFixedPeriod: Equatable {
  case months(Int)
  /// It stays for the term, which is at most so many months.
  case upTo(months: Int)
  /// It stays for the term, whatever that is.
  case wholeTerm

  /// A text that says nothing else: "3 years", "Fixed for 3 years", "Up to 7 years".
  init?(whole text: String) {
    let text = Self.plain(text)
    if text.wholeMatch(of: /fixed for (the )?(whole |full )?(term|life) of (the )?loan/) != nil {
      self = .wholeTerm
    } else if let match = text.wholeMatch(
      of: /(fixed (rate )?for )?([0-9]{1,2}) ?-?(year|yr|month|mth)s?( fixed)?( rate)?/)
    {
      guard let months = Self.months(match.3, match.4) else { return nil }
      self = .months(months)
    } else if let match = text.wholeMatch(of: /up to ([0-9]{1,2}) ?-?(year|yr|month|mth)s?/) {
      guard let months = Self.months(match.1, match.2) else { return nil }
      self = .upTo(months: months)
    } else {
      return nil
    }
  }

  /// The one period that stands beside the word "fixed" in a longer text.
  init?(within text: String) {
    if let whole = Self(whole: text) {
      self = whole
      return
    }
    let text = Self.plain(text)
    var found: Set<Int> = []
    for match in text.matches(
      of: /([0-9]{1,2} ?(?:-|to) ?)?([0-9]{1,2}) ?-?(year|yr|month|mth)s? fixed/)
    {
      guard match.1 == nil, let months = Self.months(match.2, match.3) else { return nil }
      found.insert(months)
    }
    guard found.count == 1, let only = found.first else { return nil }
    self = .months(only)
  }

  /// The one period in the name of a product that calls itself fixed: "2 Year Fixed Home Loan".
  init?(name: String) {
    let text = Self.plain(name)
    guard text.contains("fixed") else { return nil }
    var found: Set<Int> = []
    for match in text.matches(
      of: /([0-9]{1,2} ?(?:-|to) ?)?\b([0-9]{1,2}) ?-?(year|yr|month|mth)s?\b/)
    {
      guard match.1 == nil, let months = Self.months(match.2, match.3) else { return nil }
      found.insert(months)
    }
    guard found.count == 1, let only = found.first else { return nil }
    self = .months(only)
  }

  /// What a rate and its product say, the nearer to the rate first.
  static func read(_ rate: CDRObject, of name: String) -> CDRFixedPeriod? {
    let value = rate.words("additionalValue")
    let info = rate.words("additionalInfo")
    return value.flatMap { Self(whole: $0) } ?? info.flatMap { Self(within: $0) }
      ?? value.flatMap { Self(within: $0) } ?? Self(name: name)
  }

  private static func months(_ digits: Substring, _ unit: Substring) -> Int? {
    guard let count = Int(digits), count > 0 else { return nil }
    return unit.hasPrefix("y") ? count * 12 : count
  }

  private static func plain(_ text: String) -> String {
    let lowered = CDRText.words(text).lowercased().replacing("–", with: "-")
    return lowered.hasSuffix(".") ? String(lowered.dropLast()) : lowered
  }
}
