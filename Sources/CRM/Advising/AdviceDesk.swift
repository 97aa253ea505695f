package import Advice
import DMN
package import Foundation
import JSON
package import Quantities
import Storage
import Synchronization
import Vault

/// Where clients are advised: the book's facts, the adviser in force on each day, and the record of
/// every decision, which can be made again from what is kept.
package final class AdviceDesk: Sendable {
  /// The book of business.
  package let book: Book
  let recentOutcomes = RecentOutcomes()
  let recentConsultations = RecentConsultations()
  /// The files that business people own.
  let folder: EditionFolder
  private let keeps: Bool
  private let own: Catalogue
  private let state: Mutex<State>
  private let earlier = Mutex<[String: Adviser]>([:])

  /// Advisers of other editions that are held ready at once, for replays and other days.
  static let earlierLimit = 8
  /// Times that a decision is made anew when the client's facts change meanwhile.
  static let attempts = 3
  /// Days with a change ahead for which advisers are compiled beforehand; the others are when the
  /// server starts next.
  static let turnsLimit = 8

  /// What is in force: from each day on an adviser, and the trial that runs.
  private struct State: Sendable {
    var timeline: EditionTimeline
    var ready: [(from: CalendarDate, adviser: Adviser)]
    var trial: RunningTrial?
  }

  /// A trial that runs, with the adviser of its challenger.
  struct RunningTrial: Sendable {
    let experiment: Experiment
    let challenger: Adviser
  }

  /// Loads the products, rules and forms of a folder, the rules that were published and the
  /// catalogues that were imported, and keeps what decisions will be made under.
  ///
  /// - Parameter keeps: false for a reader, which makes no decisions.
  package init(book: Book, home: URL, keeps: Bool = true) async throws {
    self.book = book
    self.keeps = keeps
    folder = EditionFolder(home)
    let files = try folder.catalogue(asOf: book.today)
    // The day that our own products go back to: of their own text, so that no clock decides it.
    let since = files.products.compactMap(\.effectiveFrom).min() ?? book.today
    own = try Catalogue(
      edition: files.edition, asOf: since, products: files.products,
      exchangeRates: files.exchangeRates, market: files.market)
    let timeline = EditionTimeline(folder: [], publications: [], imports: [], ownFrom: since)
    state = Mutex(State(timeline: timeline, ready: [], trial: nil))
    try await reload()
  }

  /// The adviser in force today: products, rules and market, swapped whole on the day of each
  /// edition without a restart.
  package var adviser: Adviser {
    let today = book.today
    return state.withLock { state in
      let found = state.ready.last { $0.from <= today } ?? state.ready.first
      guard let found else {
        preconditionFailure("A desk without an adviser was refused when it was opened.")
      }
      return found.adviser
    }
  }

  /// The editions by their days.
  var timeline: EditionTimeline { state.withLock { $0.timeline } }

  /// Reads what is published and imported, and takes it into force.
  func reload() async throws {
    _ = try await book.arbitration()
    let today = book.today
    let timeline = try await loadTimeline()
    guard timeline.rules(on: today) != nil else {
      throw EditionFolder.Fault(
        description: "there is no edition of the rules in force on \(today)")
    }
    var ready: [(from: CalendarDate, adviser: Adviser)] = []
    for day in [today] + timeline.turns(after: today).prefix(Self.turnsLimit) {
      ready.append((day, try await adviser(on: day, in: timeline, known: ready.map(\.adviser))))
    }
    var trial: RunningTrial?
    if let experiment = try await book.read({ tx in try tx.runningExperiment() }),
      let first = ready.first, let rules = try await rules(published: experiment.challenger)
    {
      trial = RunningTrial(experiment: experiment, challenger: Adviser(first.adviser, rules: rules))
    }
    let (found, running) = (ready, trial)
    state.withLock { state in
      state = State(timeline: timeline, ready: found, trial: running)
    }
  }

  private func loadTimeline() async throws -> EditionTimeline {
    let dates = try folder.ruleDates()
    let (publications, imports) = try await book.read { tx in
      let sources = try tx.catalogueSources()
      return (try tx.rulePublications(), try sources.map { try tx.editions(of: $0) })
    }
    return EditionTimeline(
      folder: dates, publications: publications, imports: imports, ownFrom: own.asOf)
  }

  /// Who advises a client today: the adviser in force, or the challenger where a trial runs and
  /// the client is in its other arm.
  ///
  /// A trial is over on the day on which another edition than its champion comes into force.
  func adviser(for client: ClientID) -> (adviser: Adviser, trial: Experiment.Membership?) {
    let (running, adviser) = (state.withLock { $0.trial }, adviser)
    guard let running, running.experiment.champion == adviser.rules.digest else {
      return (adviser, nil)
    }
    let arm = running.experiment.arm(of: client)
    return (
      arm == .challenger ? running.challenger : adviser,
      Experiment.Membership(experiment: running.experiment.id, arm: arm)
    )
  }

  /// The adviser that was, is or will be in force on a day.
  ///
  /// - Throws: `Refusal.invalid` for a day before all editions.
  package func adviser(on day: CalendarDate) async throws -> Adviser {
    if day == book.today { return adviser }
    let (timeline, ready) = state.withLock { ($0.timeline, $0.ready.map(\.adviser)) }
    let known = ready + earlier.withLock { Array($0.values) }
    let found = try await adviser(on: day, in: timeline, known: known)
    remember(found)
    return found
  }

  /// The products that were, are or will be on offer on a day, whatever the rules.
  ///
  /// - Throws: `Refusal.invalid` for a day before all catalogues.
  package func catalogue(on day: CalendarDate) async throws -> Catalogue {
    if day == book.today { return adviser.catalogue }
    let timeline = timeline
    let known = earlier.withLock { Array($0.values) } + [adviser]
    return try await catalogue(on: day, in: timeline, known: known)
  }

  private func remember(_ adviser: Adviser) {
    let name = "\(adviser.catalogue.edition) \(adviser.rules.digest)"
    earlier.withLock { known in
      guard known[name] == nil else { return }
      if known.count >= Self.earlierLimit { known.removeAll() }
      known[name] = adviser
    }
  }

  // MARK: - Putting advisers together

  private func adviser(
    on day: CalendarDate, in timeline: EditionTimeline, known: [Adviser]
  ) async throws -> Adviser {
    guard let step = timeline.rules(on: day) else {
      throw Refusal.beforeAll("asOf", day, first: timeline.rules.first?.from)
    }
    let catalogue = try await catalogue(on: day, in: timeline, known: known)
    let same = known.first { $0.catalogue.edition == catalogue.edition }
    let rules: RuleBook
    if let digest = step.published {
      if let book = known.first(where: { $0.rules.digest == digest })?.rules {
        rules = book
      } else if let book = try await self.rules(published: digest) {
        rules = book
      } else {
        throw Lost(catalogue: catalogue.edition, rules: digest)
      }
    } else {
      let source = try folder.rules(on: step.from)
      try await keep(KeptEdition.rules, source.digest) { source.keptBytes }
      rules =
        try known.first { $0.rules.digest == source.digest }?.rules ?? RuleBook(source)
    }
    if let same, same.rules.digest == rules.digest { return same }
    return try same.map { Adviser($0, rules: rules) } ?? Adviser(catalogue: catalogue, rules: rules)
  }

  /// A rule book that was published, which was checked then and is taken as it is.
  private func rules(published digest: String) async throws -> RuleBook? {
    try await source(published: digest).map { try RuleBook($0, wasInForce: true) }
  }

  /// The files of a rule book that was published; nil where there is none of this digest.
  func source(published digest: String) async throws -> RuleBook.Source? {
    let bytes = try await book.read { tx in try tx.kept(KeptEdition.rules, digest) }
    return bytes.flatMap { RuleBook.Source(keptBytes: $0) }
  }

  private func catalogue(
    on day: CalendarDate, in timeline: EditionTimeline, known: [Adviser]
  ) async throws -> Catalogue {
    let imports = timeline.imports(on: day)
    guard day >= timeline.ownFrom || !imports.isEmpty else {
      throw Refusal.beforeAll("asOf", day, first: timeline.firstCatalogue)
    }
    let hasOwn = day >= timeline.ownFrom
    guard !imports.isEmpty else {
      try await keep(KeptEdition.catalogue, own.edition) { [own] in own.keptBytes }
      return own
    }
    let names = (hasOwn ? [own.edition] : []) + imports.map { "\($0.source) \($0.digest)" }
    let edition = Digest.sha256(names.joined(separator: "\n")).hex
    if let same = known.first(where: { $0.catalogue.edition == edition }) { return same.catalogue }
    var products = hasOwn ? own.products : []
    for imported in imports {
      for product in try await book.products(from: imported.source, on: imported.asOf) {
        products.append(try Product(packed: product.body))
      }
    }
    let from = imports.map(\.asOf).reduce(hasOwn ? own.asOf : imports[0].asOf) { max($0, $1) }
    let catalogue = try Catalogue(
      edition: edition, asOf: from, products: products, exchangeRates: own.exchangeRates,
      market: own.market)
    try await keep(KeptEdition.catalogue, edition) { catalogue.keptBytes }
    return catalogue
  }

  /// Keeps what decisions will be made under, unless this desk makes none.
  private func keep(
    _ kind: String, _ digest: String, _ body: @escaping @Sendable () -> [UInt8]
  ) async throws {
    guard keeps, try await book.read({ tx in try !tx.isKept(kind, digest) }) else { return }
    try await book.write { tx in try tx.keep(kind, digest, body) }
  }

  /// The adviser that a decision was made by: the one in force, or an earlier one that is kept.
  ///
  /// - Throws: ``Lost`` when what it was made under is not kept.
  func adviser(for basis: DecisionBasis) async throws -> Adviser {
    let current = adviser
    if basis.catalogue == current.catalogue.edition, basis.rules == current.rules.digest {
      return current
    }
    let name = "\(basis.catalogue) \(basis.rules)"
    if let known = earlier.withLock({ $0[name] }) { return known }
    let (catalogue, rules) = try await book.read { tx in
      (
        try tx.kept(KeptEdition.catalogue, basis.catalogue),
        try tx.kept(KeptEdition.rules, basis.rules)
      )
    }
    guard let catalogue, let products = try Catalogue(keptBytes: catalogue), let rules,
      let source = RuleBook.Source(keptBytes: rules)
    else { throw Lost(catalogue: basis.catalogue, rules: basis.rules) }
    let book = try RuleBook(source, wasInForce: true)
    let found =
      products.edition == current.catalogue.edition
      ? Adviser(current, rules: book) : try Adviser(catalogue: products, rules: book)
    remember(found)
    return found
  }

  /// What a decision was made under is not kept in this store.
  package struct Lost: Error, Sendable, CustomStringConvertible {
    let catalogue: String
    let rules: String

    /// Which editions are missing.
    package var description: String {
      "the catalogue \(catalogue.prefix(12)) or the rules \(rules.prefix(12)) are not kept here"
    }
  }
}
