package import JSON
package import Quantities

/// What other rules would change, counted over recorded decisions and clients: by product, segment
/// and protected group, in value, and by name.
package struct ReplayTally: Sendable {
  private let products: [Product]
  private let attributes: [ProtectedAttributes.Attribute]
  private var kinds: [ReplaySubject.Kind: Flips] = [:]
  private var byProduct: [Int: ProductFlips] = [:]
  private var bySegment: [String: Flips] = [:]
  private var byGroup: [String: [String: Acceptance]] = [:]
  private var value: [GoalKind: Worth] = [:]
  private var reordered = 0
  private var flippedIDs: [ReplaySubject.Kind: [String]] = [:]

  /// Ids of a kind that are named at most; the counts go on.
  package static let namedLimit = 5_000
  /// Below this ratio to the best group's, a group's acceptance is told as a disparity: the
  /// four-fifths rule, 29 CFR 1607.4(D).
  static let fairRatio = Decimal128("0.8") ?? 1

  /// The group of those of whom an attribute is not known; it is compared with no other.
  private static let unknown = "not known"

  /// Nothing counted yet.
  ///
  /// - Parameters:
  ///   - products: the products of both advisers.
  ///   - attributes: what the law protects people by.
  package init(products: [Product], attributes: ProtectedAttributes) {
    self.products = products
    self.attributes = attributes.attributes
  }

  fileprivate struct Flips: Sendable {
    var subjects = 0
    var flipped = 0
  }

  private struct ProductFlips: Sendable {
    var gained = 0
    var lost = 0
  }

  private struct Worth: Sendable {
    var before: Decimal128 = 0
    var after: Decimal128 = 0
  }

  /// How many of a group asked for credit or cover, and how many had something offered.
  fileprivate struct Acceptance: Sendable {
    var subjects = 0
    var flipped = 0
    var asked: [ProductLine: Int] = [:]
    var before: [ProductLine: Int] = [:]
    var after: [ProductLine: Int] = [:]
  }

  /// All that were looked at.
  package var subjects: Int { kinds.values.reduce(0) { $0 + $1.subjects } }
  /// Those for whom a product fits under one of the rules only.
  package var flipped: Int { kinds.values.reduce(0) { $0 + $1.flipped } }
  /// The flipped ones as a fraction of all.
  package var flipRatio: Decimal128 {
    subjects == 0
      ? 0 : (Decimal128(flipped) / Decimal128(subjects)).rounded(scale: 6, .halfEven)
  }

  /// Adds what changes for one.
  package mutating func add(_ subject: ReplaySubject, _ changes: [AdviceChange]) {
    let isFlipped = changes.contains { $0.isFlipped }
    kinds[subject.kind, default: Flips()].add(isFlipped)
    if isFlipped, flippedIDs[subject.kind, default: []].count < Self.namedLimit {
      flippedIDs[subject.kind, default: []].append(subject.id)
    }
    if !isFlipped, changes.contains(where: { $0.isReordered }) { reordered += 1 }
    for change in changes {
      for place in change.gained { byProduct[place, default: ProductFlips()].gained += 1 }
      for place in change.lost { byProduct[place, default: ProductFlips()].lost += 1 }
      value[change.goal, default: Worth()].before += change.value.before
      value[change.goal, default: Worth()].after += change.value.after
    }
    let profile = subject.facts.profile
    let segments = profile.segments.isEmpty ? ["no segment"] : profile.segments
    for name in segments.union([profile.customerKind.rawValue]) {
      bySegment[name, default: Flips()].add(isFlipped)
    }
    for attribute in attributes {
      let group = attribute.group(of: subject.facts, on: subject.day) ?? Self.unknown
      byGroup[attribute.id, default: [:]][group, default: Acceptance()].add(
        isFlipped, changes)
    }
  }

  /// Writes everything as members of an object.
  package func write(_ json: inout JSONWriter) {
    json.member("subjects", subjects)
    json.member("flipped", flipped)
    json.member("flipRatio", decimal: flipRatio)
    json.member("reordered", reordered)
    for kind in ReplaySubject.Kind.allCases {
      json.object("\(kind.rawValue)s") { json in
        json.member("subjects", kinds[kind]?.subjects ?? 0)
        json.member("flipped", kinds[kind]?.flipped ?? 0)
        json.member("flippedIds", flippedIDs[kind] ?? [])
      }
    }
    json.array("value") { json in
      for kind in GoalKind.allCases {
        guard let worth = value[kind] else { continue }
        json.object { json in
          json.member("goal", kind.rawValue)
          json.member("before", decimal: worth.before)
          json.member("after", decimal: worth.after)
          json.member("delta", decimal: worth.after - worth.before)
        }
      }
    }
    writeProducts(&json)
    json.array("segments") { json in
      for name in bySegment.keys.sorted(by: byteOrder) {
        json.object { json in
          json.member("segment", name)
          json.member("subjects", bySegment[name]?.subjects ?? 0)
          json.member("flipped", bySegment[name]?.flipped ?? 0)
        }
      }
    }
    json.array("groups") { json in
      for attribute in attributes { write(attribute, &json) }
    }
  }

  private func writeProducts(_ json: inout JSONWriter) {
    json.array("products") { json in
      for place in byProduct.keys.sorted() {
        json.object { json in
          json.member("id", products[place].id.description)
          json.member("name", products[place].name)
          json.member("gained", byProduct[place]?.gained ?? 0)
          json.member("lost", byProduct[place]?.lost ?? 0)
        }
      }
    }
  }

  /// One attribute with the acceptance of its groups; an attribute that is known of nobody is left
  /// out.
  private func write(_ attribute: ProtectedAttributes.Attribute, _ json: inout JSONWriter) {
    let groups = byGroup[attribute.id] ?? [:]
    guard groups.contains(where: { $0.key != Self.unknown }) else { return }
    json.object { json in
      json.member("attribute", attribute.id)
      json.array("groups") { json in
        for name in groups.keys.sorted(by: byteOrder) {
          guard let group = groups[name] else { continue }
          json.object { json in
            json.member("group", name)
            json.member("subjects", group.subjects)
            json.member("flipped", group.flipped)
            json.array("acceptance") { json in
              for line in ReplayTally.lines {
                guard let asked = group.asked[line], asked > 0 else { continue }
                json.object { json in
                  json.member("line", line.rawValue)
                  json.member("asked", asked)
                  let best = name == Self.unknown ? [:] : groups
                  write(group, best, line, \.before, "before", &json)
                  write(group, best, line, \.after, "after", &json)
                }
              }
            }
          }
        }
      }
    }
  }

  private func write(
    _ group: Acceptance, _ groups: [String: Acceptance], _ line: ProductLine,
    _ side: KeyPath<Acceptance, [ProductLine: Int]>, _ name: String, _ json: inout JSONWriter
  ) {
    let rate = group.rate(line, side)
    let best = groups.filter { $0.key != Self.unknown }.compactMap { $0.value.rate(line, side) }
      .max()
    json.object(name) { json in
      json.member("accepted", group[keyPath: side][line] ?? 0)
      json.member("rate", decimal: rate)
      guard let rate, let best, best > 0 else { return }
      let ratio = (rate / best).rounded(scale: 4, .halfEven)
      json.member("ratioToBest", decimal: ratio)
      json.member("isDisparity", ratio < Self.fairRatio)
    }
  }

  /// The trades whose acceptance is compared.
  fileprivate static let lines: [ProductLine] = [.loan, .insurance]
}

extension ReplayTally.Flips {
  fileprivate mutating func add(_ isFlipped: Bool) {
    subjects += 1
    if isFlipped { flipped += 1 }
  }
}

extension ReplayTally.Acceptance {
  fileprivate mutating func add(_ isFlipped: Bool, _ changes: [AdviceChange]) {
    subjects += 1
    if isFlipped { flipped += 1 }
    for change in changes {
      guard let line = change.goal.line, ReplayTally.lines.contains(line) else { continue }
      asked[line, default: 0] += 1
      if change.fitting.before > 0 { before[line, default: 0] += 1 }
      if change.fitting.after > 0 { after[line, default: 0] += 1 }
    }
  }

  fileprivate func rate(
    _ line: ProductLine, _ side: KeyPath<ReplayTally.Acceptance, [ProductLine: Int]>
  ) -> Decimal128? {
    guard let asked = asked[line], asked > 0 else { return nil }
    return (Decimal128(self[keyPath: side][line] ?? 0) / Decimal128(asked))
      .rounded(scale: 4, .halfEven)
  }
}
