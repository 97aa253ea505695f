import Advice
import CRM
import HTTPTypes
import Hummingbird
import Quantities

/// The page on which staff read what differs between two editions of an imported catalogue.
struct CataloguePages: Sendable {
  let desk: AdviceDesk
  let writer: PageWriter

  /// Products of a page.
  private static let itemCount = 20
  /// Editions that are listed, the newest first.
  private static let editionCount = 24

  func mount(on table: RouteTable) {
    let pages = self
    table.mount(Self.page, as: StaffContext.self) { call in
      let from = try call.query.integer("from", in: ListPart.offsets) ?? 0
      return try await pages.page(
        source: call.query["source"], earlier: try call.query.date("from-day"),
        later: try call.query.date("to-day"), from: from)
    }
  }

  private static let page = Route(
    .get, "/catalogue", "What differs between two days of a catalogue",
    query: [
      .init("source", .text("The source, such as cdr.", maxLength: 60)),
      .init("from-day", .date("The earlier day.")), .init("to-day", .date("The later day.")),
      .init("from", .integer("Products to pass over.", ListPart.offsets)),
    ])

  private func page(
    source named: String?, earlier: CalendarDate?, later: CalendarDate?, from: Int
  ) async throws -> Response {
    let book = desk.book
    let sources = try await book.catalogueSources()
    let source = named ?? sources.first
    var editions: [CatalogueEdition] = []
    if let source { editions = try await book.editions(of: source) }
    if named != nil, editions.isEmpty { throw Refusal.notFound }
    let last = editions.last?.asOf
    let before = editions.dropLast().last?.asOf ?? last
    let days = Days(
      source: source ?? "", earlier: earlier ?? before ?? book.today,
      later: later ?? last ?? book.today)
    var found: CataloguePage.Found?
    var fault: Problem?
    do {
      if !editions.isEmpty {
        found = .init(
          try await book.difference(
            of: days.source, from: days.earlier, to: days.later, start: from,
            limit: Self.itemCount), days, from: from, by: Self.itemCount)
      }
    } catch let refusal as Refusal {
      fault = Problem(refusal: refusal)
    }
    let page = CataloguePage(
      shell: .staff("Catalogue", at: "/catalogue"),
      sources: sources.map { .init(value: $0, label: $0, isChosen: $0 == source) },
      hasSources: !sources.isEmpty, editions: Self.lines(editions, source ?? ""),
      earlier: days.earlier.description, later: days.later.description,
      fault: fault?.sentence, found: found)
    return .page(writer.html(page), status: fault?.status ?? .ok)
  }

  /// The editions, the newest first, each with the way to what it changed.
  private static func lines(
    _ editions: [CatalogueEdition], _ source: String
  ) -> [CataloguePage.Edition] {
    let pairs = zip(editions, [nil] + editions.map(\.asOf))
    return pairs.reversed().prefix(editionCount).map { edition, before in
      .init(
        asOf: Wording.date(edition.asOf),
        products: Wording.grouped(Decimal128(edition.products)),
        path: before.map { Days(source: source, earlier: $0, later: edition.asOf).path(from: 0) })
    }
  }

  /// Two days of a source.
  struct Days {
    let source: String
    let earlier: CalendarDate
    let later: CalendarDate

    /// The page of what differs between them.
    func path(from: Int) -> String {
      "/catalogue?source=\(FormFields.encoded(source))&from-day=\(earlier)&to-day=\(later)"
        + "&from=\(from)#differences"
    }
  }
}

extension CataloguePage.Found {
  fileprivate init(
    _ found: EditionDifference, _ days: CataloguePages.Days, from: Int, by length: Int
  ) {
    title = PageWords.say(
      "{} of {} and of {}", found.source, Wording.date(found.old.asOf),
      Wording.date(found.new.asOf))
    let counts = [
      ("In both", found.both), ("Of them changed", found.changed), ("New", found.added),
      ("Closed", found.closed),
    ]
    self.counts = counts.map {
      .init(label: $0.0, value: Wording.grouped(Decimal128($0.1)))
    }
    items = found.items.map { item in
      .init(
        name: item.name, id: item.product.description, kind: item.kind.label,
        isClosed: item.kind == .closed, sentences: item.sentences.map { PageWords.tell($0) })
    }
    hasItems = !items.isEmpty
    let part = PagedPart(
      from: from, shown: items.count, of: found.changed + found.added + found.closed, by: length)
    range = part.label
    previous = part.previous.map { days.path(from: $0) }
    next = part.next.map { days.path(from: $0) }
  }
}

extension EditionDifference.Item.Kind {
  fileprivate var label: String {
    switch self {
    case .added: "New"
    case .changed: "Changed"
    case .closed: "Closed"
    }
  }
}
