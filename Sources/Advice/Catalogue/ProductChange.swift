import JSON
import Quantities

extension Product {
  /// What differs in this product from an older version of it, a sentence each.
  ///
  /// Rates are paired by what they hold for, so that a new rate is told as that and not as another
  /// one's change. Where only the offerer's own text differs, one sentence says so.
  package func changes(since old: Product) -> [String] {
    var changes: [String] = []
    var (mine, theirs) = (self, old)
    changes += Self.rates(old.charges.rates, charges.rates)
    (mine.charges.rates, theirs.charges.rates) = ([], [])
    (mine.sourceDigest, theirs.sourceDigest) = (nil, nil)
    if mine != theirs {
      let before = (try? JSONNode.parse(theirs.canonicalJSON, limits: .file)) ?? nil
      let after = (try? JSONNode.parse(mine.canonicalJSON, limits: .file)) ?? nil
      changes += ProductComparison.sentences(before, after)
    }
    if changes.isEmpty {
      changes = ["Only its text at the source differs, in what is not read here."]
    }
    return changes
  }

  private static func rates(_ old: [RateBand], _ new: [RateBand]) -> [String] {
    var open = old
    var changes: [String] = []
    var unpaired: [RateBand] = []
    for band in new {
      if let same = open.firstIndex(of: band) {
        open.remove(at: same)
      } else {
        unpaired.append(band)
      }
    }
    for band in unpaired {
      let same =
        open.firstIndex { $0.holdsFor(thatOf: band) && $0.condition == band.condition }
        ?? open.firstIndex { $0.holdsFor(thatOf: band) }
      if let same {
        let before = open.remove(at: same)
        let clause =
          before.rate == band.rate
          ? "its terms differ" : "was \(before.percent), is now \(band.percent)"
        changes.append("The \(band.words): \(clause).")
      } else {
        changes.append("New: the \(band.words), \(band.percent).")
      }
    }
    changes += open.map { "Gone: the \($0.words), \($0.percent)." }
    return changes
  }
}

extension RateBand {
  /// Whether two rates hold for the same: the same type, span and conditions.
  fileprivate func holdsFor(thatOf other: RateBand) -> Bool {
    type == other.type && conditions == other.conditions && repayment == other.repayment
      && occupancy == other.occupancy && fixedMonths == other.fixedMonths
      && application == other.application && isPaidInAdvance == other.isPaidInAdvance
  }

  fileprivate var percent: String { "\((rate * 100).normalized.plainText) %" }

  /// What the rate is, to stand after "the".
  fileprivate var words: String {
    var text = ProductComparison.words(type.rawValue) + " rate"
    if let fixedMonths { text += " for \(fixedMonths) months" }
    if let repayment { text += ", " + ProductComparison.words(repayment.rawValue) }
    if let occupancy { text += ", " + ProductComparison.words(occupancy.rawValue) }
    for bound in conditions {
      let unit = ProductComparison.words(bound.unit.rawValue)
      switch (bound.bounds.minimum, bound.bounds.maximum) {
      case (let low?, let high?): text += ", \(unit) \(low.plainText) to \(high.plainText)"
      case (let low?, nil): text += ", \(unit) from \(low.plainText)"
      case (nil, let high?): text += ", \(unit) up to \(high.plainText)"
      case (nil, nil): break
      }
    }
    return text
  }
}

/// Two JSON forms of a product compared field by field.
enum ProductComparison {
  /// Sentences of one product at most.
  static let limit = 40
  /// The longest text that is told in full.
  private static let longest = 160

  static func sentences(_ old: JSONNode?, _ new: JSONNode?) -> [String] {
    var found: [String] = []
    compare(old, new, [], &found)
    return found.count <= limit
      ? found : found.prefix(limit) + ["and \(found.count - limit) more differences."]
  }

  private static func compare(
    _ old: JSONNode?, _ new: JSONNode?, _ path: [String], _ found: inout [String]
  ) {
    guard text(old) != text(new) else { return }
    if let before = old?.members, let after = new?.members {
      var keys = before.map(\.key)
      keys += after.map(\.key).filter { !keys.contains($0) }
      for key in keys { compare(old?[key], new?[key], path + [words(key)], &found) }
    } else if let before = old?.elements, let after = new?.elements {
      if let (one, two) = named(before, after) {
        return compare(one, two, path, &found)
      }
      let (was, now) = (before.map { text($0) }, after.map { text($0) })
      for item in now where !was.contains(item) { found.append("New in \(place(path)): \(item).") }
      for item in was where !now.contains(item) {
        found.append("Gone from \(place(path)): \(item).")
      }
      if Set(was) == Set(now) { found.append("The order of \(place(path)) differs.") }
    } else if old == nil || text(old) == "null" {
      found.append("\(capital(place(path))) is now \(text(new)).")
    } else if new == nil || text(new) == "null" {
      found.append("\(capital(place(path))) was \(text(old)) and is gone.")
    } else {
      found.append("\(capital(place(path))) was \(text(old)), is now \(text(new)).")
    }
  }

  /// Two lists whose items have names, as what stands under each name; nil where a name is missing
  /// or stands twice, or where the lists are of something else.
  private static func named(
    _ old: [JSONNode], _ new: [JSONNode]
  ) -> ([String: JSONNode], [String: JSONNode])? {
    func byName(_ items: [JSONNode]) -> [String: JSONNode]? {
      var found: [String: JSONNode] = [:]
      for item in items {
        guard let name = item["name"]?.stringValue?.lowercased(),
          found.updateValue(item, forKey: name) == nil
        else { return nil }
      }
      return found
    }
    guard let one = byName(old), let two = byName(new), !one.isEmpty || !two.isEmpty else {
      return nil
    }
    return (one, two)
  }

  private static func compare(
    _ old: [String: JSONNode], _ new: [String: JSONNode], _ path: [String],
    _ found: inout [String]
  ) {
    for key in Set(old.keys).union(new.keys).sorted() {
      let name = (new[key] ?? old[key])?["name"]?.stringValue ?? key
      if let before = old[key], let after = new[key] {
        compare(before, after, path + ["“\(name)”"], &found)
      } else if let after = new[key] {
        found.append("New in \(place(path)): \(text(after)).")
      } else {
        found.append("Gone from \(place(path)): \(text(old[key])).")
      }
    }
  }

  private static func place(_ path: [String]) -> String { path.joined(separator: ", ") }

  private static func capital(_ text: String) -> String {
    text.prefix(1).uppercased() + text.dropFirst()
  }

  /// A value in one line for people.
  private static func text(_ node: JSONNode?) -> String {
    guard let node else { return "null" }
    switch node.kind {
    case .null: return "null"
    case .boolean(let flag): return flag ? "yes" : "no"
    case .number(let text): return text
    case .string(let text):
      return text.count <= longest ? "“\(text)”" : "“\(text.prefix(longest))…”"
    case .array(let items): return items.map { self.text($0) }.joined(separator: ", ")
    case .object(let members):
      return members.map { "\(words($0.key)) \(text($0.value))" }.joined(separator: ", ")
    }
  }

  /// A name of the program in the words of people: `fixedMonths` is "fixed months".
  static func words(_ name: String) -> String {
    ProtectedAttributes.words(name).joined(separator: " ")
  }
}
