package import Advice
package import DMN
import JSON
package import Quantities
import Storage
import Vault

/// A rule book on its way: all files of an edition with some of them changed.
package struct RuleDraft: Sendable {
  /// How far it is.
  package enum Status: String, Sendable, CaseIterable {
    /// Its author works on it.
    case draft
    /// It waits for somebody else to approve it.
    case review
    /// It is tried on some of the clients.
    case trial
    /// It was published.
    case published
    /// It was given up.
    case dropped
  }

  package let id: RuleDraftID
  /// What its author calls it.
  package let title: String
  /// The digest of the edition that it began as.
  package let base: String
  package let status: Status
  /// Counts up with each change.
  package let revision: Int
  /// Names what its files hold.
  package let digest: String
  package let created: Instant
  package let updated: Instant
  /// What was done with it, in that order.
  package let steps: [Step]

  /// Who made or changed it, and may not approve it.
  package var authors: Set<ColleagueID> {
    Set(steps.filter { $0.act == .created || $0.act == .changed }.map(\.colleague))
  }

  /// Something that was done with a draft.
  package struct Step: Sendable, Hashable {
    /// What was done.
    package enum Act: String, Sendable, CaseIterable {
      case created, changed, sentForReview, sentBack, replayed, tried, published, dropped
    }

    package let at: Instant
    package let colleague: ColleagueID
    package let act: Act
    /// The file that was changed, or what was said.
    package let detail: String
  }
}

/// The id of a draft of rules.
package typealias RuleDraftID = RecordID<RuleDraft>

/// The files of a rule book with the cases beside its models.
package struct RuleFiles: Sendable {
  /// The models, texts and forms.
  package var source: RuleBook.Source
  /// The `.cases.json` files.
  package var cases: [ModelFile]

  /// The files of a rule book.
  package init(source: RuleBook.Source, cases: [ModelFile]) {
    self.source = source
    self.cases = cases
  }

  /// What a file of a draft is, by its name.
  private enum Part { case model, cases, texts(locale: String), form }

  /// The longest name of a file.
  package static let longestName = 100
  /// How the names of texts and forms end in a draft.
  package static let textEnding = ".texts.json"
  package static let formEnding = ".form.json"

  private static func part(_ name: String) -> Part? {
    let isPlain = name.utf8.allSatisfy { byte in
      (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
        || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_") || byte == UInt8(ascii: ".")
    }
    guard isPlain, !name.hasPrefix("."), (1...longestName).contains(name.utf8.count) else {
      return nil
    }
    if name.hasSuffix(".dmn") { return .model }
    if name.hasSuffix(CaseSheet.ending) { return .cases }
    if name.hasSuffix(textEnding) {
      return .texts(locale: String(name.dropLast(textEnding.count)))
    }
    return name.hasSuffix(formEnding) ? .form : nil
  }

  /// All files by their names in a draft.
  package var names: [String] {
    (source.models.map(\.name) + cases.map(\.name)
      + source.texts.keys.map { $0 + Self.textEnding }
      + source.questionnaires.map { Self.formName($0.name) }).sorted()
  }

  /// What the file of a form is called in a draft.
  static func formName(_ name: String) -> String {
    name.hasSuffix(".json") ? String(name.dropLast(5)) + formEnding : name + formEnding
  }

  /// A file by its name; nil where there is none.
  package subscript(name: String) -> [UInt8]? {
    switch Self.part(name) {
    case .model: source.models.first { $0.name == name }?.bytes
    case .cases: cases.first { $0.name == name }?.bytes
    case .texts(let locale): source.texts[locale]
    case .form: source.questionnaires.first { Self.formName($0.name) == name }?.bytes
    case nil: nil
    }
  }

  /// Puts a file in, or takes it out.
  ///
  /// - Throws: `Refusal.invalid` for a name that no file of rules has, or for too many files.
  package mutating func put(_ bytes: [UInt8]?, as name: String) throws {
    switch Self.part(name) {
    case .model: Self.put(bytes, as: name, in: &source.models)
    case .cases: Self.put(bytes, as: name, in: &cases)
    case .texts(let locale): source.texts[locale] = bytes
    case .form:
      Self.put(
        bytes, as: String(name.dropLast(Self.formEnding.count)) + ".json",
        in: &source.questionnaires)
    case nil:
      throw Refusal.invalid([
        Violation(
          pointer: "/name", code: "file-name",
          detail: "A file is called <letters>.dmn, <letters>\(CaseSheet.ending), "
            + "<locale>\(Self.textEnding) or <letters>\(Self.formEnding).")
      ])
    }
    guard source.models.count <= RuleBook.fileLimit, cases.count <= RuleBook.fileLimit,
      source.texts.count <= RuleBook.fileLimit, source.questionnaires.count <= RuleBook.fileLimit
    else {
      throw Refusal.invalid([
        Violation(
          pointer: "/name", code: "too-many",
          detail: "An edition has at most \(RuleBook.fileLimit) files of a kind.")
      ])
    }
    source = source.effective(from: source.effective)
  }

  private static func put(_ bytes: [UInt8]?, as name: String, in files: inout [ModelFile]) {
    files.removeAll { $0.name == name }
    guard let bytes else { return }
    files.append(ModelFile(name: name, bytes: bytes))
    files.sort { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
  }

  /// Names what all files hold, whatever the day.
  var digest: String {
    let cases = cases.map { "\($0.name)\n\(Digest.sha256($0.bytes).hex)" }
    return Digest.sha256(([source.digest] + cases).joined(separator: "\n")).hex
  }

  /// All files in one.
  var bytes: [UInt8] {
    var parts = Parts()
    parts.append(source.keptBytes)
    for file in cases { parts.append("case", file.name, file.bytes) }
    return parts.bytes
  }

  /// Files as ``bytes`` wrote them; nil when the bytes are something else.
  init?(bytes: [UInt8]) {
    var parts = Parts(bytes)
    guard let kept = parts.next(), let source = RuleBook.Source(keptBytes: kept) else {
      return nil
    }
    self.source = source
    cases = []
    while parts.next() != nil, let name = parts.next(), let body = parts.next() {
      cases.append(ModelFile(name: String(decoding: name, as: UTF8.self), bytes: body))
    }
  }
}

extension RuleBook.Source {
  /// The same files in force from another day, and so with another digest.
  func effective(from day: CalendarDate) -> RuleBook.Source {
    RuleBook.Source(
      effective: day, models: models, texts: texts, questionnaires: questionnaires)
  }
}

// MARK: - In the store

extension Transaction {
  /// A draft with its steps.
  ///
  /// - Throws: `Refusal.notFound`.
  func ruleDraft(_ id: RuleDraftID) throws -> RuleDraft {
    let row = try connection.first(
      """
      SELECT title, base, status, revision, digest, created, updated FROM rule_draft
      WHERE tenant = \(tenant) AND id = \(id)
      """, as: (String, String, String, Int, String, Instant, Instant).self)
    guard let row, let status = RuleDraft.Status(rawValue: row.2) else { throw Refusal.notFound }
    let steps = try connection.all(
      """
      SELECT at, colleague, act, detail FROM rule_step WHERE tenant = \(tenant) AND draft = \(id)
      ORDER BY seq
      """, as: (Instant, ColleagueID, String, String).self)
    return RuleDraft(
      id: id, title: row.0, base: row.1, status: status, revision: row.3, digest: row.4,
      created: row.5, updated: row.6,
      steps: steps.compactMap { step in
        RuleDraft.Step.Act(rawValue: step.2).map {
          RuleDraft.Step(at: step.0, colleague: step.1, act: $0, detail: step.3)
        }
      })
  }

  /// The files of a draft.
  func ruleFiles(_ id: RuleDraftID) throws -> RuleFiles {
    let body = try connection.first(
      "SELECT body FROM rule_draft WHERE tenant = \(tenant) AND id = \(id)", as: [UInt8].self)
    guard let body, let files = RuleFiles(bytes: body) else { throw Refusal.notFound }
    return files
  }

  /// The newest drafts.
  func ruleDrafts(limit: Int) throws -> [RuleDraft] {
    let ids = try connection.all(
      """
      SELECT id FROM rule_draft WHERE tenant = \(tenant) ORDER BY id DESC LIMIT \(limit)
      """, as: RuleDraftID.self)
    return try ids.map { try ruleDraft($0) }
  }

  func add(
    draft title: String, base: String, _ files: RuleFiles, by owner: RuleOwner
  ) throws -> RuleDraftID {
    let id = try newID(RuleDraftID.self)
    try connection.execute(
      """
      INSERT INTO rule_draft (tenant, id, title, base, status, revision, digest, created, updated,
        body)
      VALUES (\(tenant), \(id), \(title), \(base), \(RuleDraft.Status.draft.rawValue), \(1),
        \(files.digest), \(now), \(now), \(files.bytes))
      """)
    try step(.created, of: id, by: owner, "")
    try record(.rulesDrafted, by: owner.actor, subject: "", detail: id.text)
    return id
  }

  /// Moves a draft on by one revision, unless somebody else has meanwhile.
  ///
  /// - Throws: `Refusal.stale` when its revision is another one.
  func change(
    _ draft: RuleDraft, to status: RuleDraft.Status, files: RuleFiles? = nil,
    _ act: RuleDraft.Step.Act, by owner: RuleOwner, _ detail: String
  ) throws {
    let changed = try connection.execute(
      """
      UPDATE rule_draft SET status = \(status.rawValue), revision = \(draft.revision + 1),
        updated = \(now) WHERE tenant = \(tenant) AND id = \(draft.id)
        AND revision = \(draft.revision)
      """)
    guard changed == 1 else { throw Refusal.stale }
    if let files {
      try connection.execute(
        """
        UPDATE rule_draft SET digest = \(files.digest), body = \(files.bytes)
        WHERE tenant = \(tenant) AND id = \(draft.id)
        """)
    }
    try step(act, of: draft.id, by: owner, detail)
  }

  func step(
    _ act: RuleDraft.Step.Act, of draft: RuleDraftID, by owner: RuleOwner, _ detail: String
  ) throws {
    let last = try connection.first(
      """
      SELECT seq FROM rule_step WHERE tenant = \(tenant) AND draft = \(draft)
      ORDER BY seq DESC LIMIT 1
      """, as: Int.self)
    try connection.execute(
      """
      INSERT INTO rule_step (tenant, draft, seq, at, colleague, act, detail)
      VALUES (\(tenant), \(draft), \((last ?? 0) + 1), \(now), \(owner.colleague),
        \(act.rawValue), \(detail))
      """)
  }
}
