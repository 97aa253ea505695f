import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// What a broker should tell the clients who gave them a mandate, and no others.
struct BrokerRoutes: Sendable {
  let offering: BrokerOffering

  func mount(on table: RouteTable) {
    let offering = offering
    table.mount(Self.offers, as: BrokerContext.self) { call in
      let limit = try call.query.integer("limit", in: 1...BrokerOffering.pageLength)
      let page = try await offering.page(
        for: call.context.principal, after: call.query["cursor"],
        limit: limit ?? BrokerOffering.Page.usualLimit,
        locale: try call.locale(offering.desk.adviser.rules))
      return .json { json in
        json.object { json in
          json.member("date", page.date.description)
          json.array("items") { json in
            for item in page.items {
              json.object { json in
                json.object("client") { json in
                  json.member("id", item.client.text)
                  json.member("name", item.name.expose())
                }
                json.key("offers")
                json.array { json in for offer in item.offers { json.node(offer) } }
              }
            }
          }
          json.member("next", page.next)
        }
      }
    }
  }

  static let offers = Route(
    .get, "/v1/broker/offers", tag: "Brokers", "What your clients should hear of, with reasons",
    detail: "Only clients whose mandate is in force today; their documents, contact data and "
      + "answers about health are not read. Each reading is written to the audit log.",
    query: [
      .init("cursor", .text("The `next` of the page before.", maxLength: 36)),
      .init("limit", .integer("Clients of the page; 20.", 1...BrokerOffering.pageLength)),
      .locale,
    ],
    answers: [
      .init(
        .ok, "A page of clients.",
        .object(
          "",
          [
            .required("date", .date("The day of the advice.")),
            .required(
              "items",
              .list(
                "",
                .object(
                  "",
                  [
                    .required(
                      "client",
                      .object(
                        "",
                        [
                          .required("id", .text("The client's id.")),
                          .required("name", .text("The client's name.")),
                        ])),
                    .required("offers", .list("Best first, as in an outcome.", .any("An offer."))),
                  ]))),
            .optional("next", .text("Where the next page begins; absent on the last.")),
          ]))
    ])
}

/// Works out what each of a broker's clients should hear of.
struct BrokerOffering: Sendable {
  /// One client with their offers, each as an outcome has it.
  struct Item: Sendable {
    let client: ClientID
    let name: Personal<String>
    let offers: [JSONNode]
  }

  /// A page of clients.
  struct Page: Sendable {
    let date: CalendarDate
    let items: [Item]
    let next: String?

    static let usualLimit = 20
  }

  let desk: AdviceDesk

  /// Clients of a page at most.
  static let pageLength = 50
  /// Offers for one client.
  static let offerCount = 3

  func page(
    for principal: BrokerPrincipal, after cursor: String?, limit: Int, locale: String
  ) async throws -> Page {
    let last = try cursor.map { text throws(Refusal) in
      guard let id = ClientID(text) else {
        throw Refusal.invalid([
          Violation(pointer: "?cursor", code: "format", detail: "This is not a cursor of yours.")
        ])
      }
      return id
    }
    let (book, adviser) = (desk.book, desk.adviser)
    let day = book.today
    let (known, arbitration) = try await book.read { tx in
      let known = try tx.mandates(of: principal, on: day, after: last, limit: limit + 1).map {
        (try tx.profile(of: $0), try tx.facts($0))
      }
      return (known, try tx.arbitration())
    }
    let shown = Array(known.prefix(limit))
    var goal = Goal(kind: .any)
    goal.limit = Self.offerCount
    goal.locale = locale
    var items: [Item] = []
    for (profile, facts) in shown {
      let outcome = Outcome(
        adviser.consult(facts.facts, for: goal, on: day, arbitration: arbitration),
        isOfClient: true
      ).bytes
      let offers = try JSONNode.parse(outcome, limits: .file)["offers"]?.elements ?? []
      items.append(Item(client: profile.id, name: profile.name, offers: offers))
    }
    let read = items.map(\.client)
    if !read.isEmpty {
      try await book.write { tx in
        for client in read {
          try tx.record(.offersRead, by: Actor(.broker(principal)), about: client)
        }
      }
    }
    return Page(
      date: day, items: items, next: known.count > limit ? read.last?.text : nil)
  }
}
