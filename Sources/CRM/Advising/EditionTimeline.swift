import Advice
import Quantities
import Storage
import Vault

/// From when which rules and which products decide: the editions of the folder together with those
/// that were published and imported.
struct EditionTimeline: Sendable {
  /// The rules, by the first day of each, in rising order.
  private(set) var rules: [RuleStep] = []
  /// The imported catalogues by source, in rising order of their days.
  private(set) var imports: [[CatalogueEdition]] = []
  /// The first day of our own products.
  let ownFrom: CalendarDate

  /// Rules that are in force from a day on.
  struct RuleStep: Sendable, Hashable {
    /// The first day.
    let from: CalendarDate
    /// The digest of an edition that was published; nil for one that lies in the folder.
    let published: String?
  }

  /// Puts the steps together: of two on one day, what was published last decides, and what was
  /// published before what lies in the folder.
  init(
    folder dates: [CalendarDate], publications: [RulePublication], imports: [[CatalogueEdition]],
    ownFrom: CalendarDate
  ) {
    var steps: [CalendarDate: RuleStep] = [:]
    for date in dates { steps[date] = RuleStep(from: date, published: nil) }
    for publication in publications {
      steps[publication.effective] = RuleStep(
        from: publication.effective, published: publication.digest)
    }
    rules = steps.values.sorted { $0.from < $1.from }
    self.imports = imports.filter { !$0.isEmpty }
    self.ownFrom = ownFrom
  }

  /// The rules in force on a day; nil before the first ones.
  func rules(on day: CalendarDate) -> RuleStep? { rules.last { $0.from <= day } }

  /// The editions of imported catalogues in force on a day, a source each.
  func imports(on day: CalendarDate) -> [CatalogueEdition] {
    imports.compactMap { editions in editions.last { $0.asOf <= day } }
  }

  /// The first day on which there was any catalogue.
  var firstCatalogue: CalendarDate {
    imports.compactMap { $0.first?.asOf }.reduce(ownFrom) { min($0, $1) }
  }

  /// The days after a given one on which something else begins to decide, in rising order.
  func turns(after day: CalendarDate) -> [CalendarDate] {
    let days = rules.map(\.from) + imports.flatMap { $0.map(\.asOf) } + [ownFrom]
    return Set(days.filter { $0 > day }).sorted()
  }
}
