import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities
import Vault

/// What a client reads about themselves.
struct ClientRoutes: Sendable {
  let book: Book

  /// Entries of a history page at most.
  static let pageLength = 200

  func mount(on table: RouteTable) {
    let book = book
    table.mount(Self.me, as: SessionContext.self) { call in
      switch call.context.session.principal {
      case .client(let principal): try await Self.client(principal, book)
      case let other: .json { $0.object { Self.write(other, &$0) } }
      }
    }
    table.mount(Self.history, as: ClientContext.self) { call in
      let limit = try call.query.integer("limit", in: 1...Self.pageLength) ?? 50
      let page = try await book.history(
        of: call.context.principal, after: call.query["cursor"], limit: limit)
      return .json { json in
        json.object { json in
          json.array("items") { json in
            for entry in page.entries { json.object { Self.write(entry, &$0) } }
          }
          json.member("next", page.next)
        }
      }
    }
  }

  private static func client(
    _ principal: ClientPrincipal, _ book: Book
  ) async throws -> Response {
    let (profile, facts, holdings) = try await book.read { tx in
      let access = tx.authorize(principal)
      return (try tx.profile(of: access), try tx.facts(access), try tx.holdings(access))
    }
    return .json { json in
      json.object { json in
        write(.client(principal), &json)
        json.member("created", profile.created.description)
        json.object("identity") { json in
          profile.identity.expose().writeAnswer(&json)
        }
        json.member("homeCurrency", facts.facts.homeCurrency.code)
        json.array("holdings") { json in
          for holding in holdings { json.object { holding.writeAnswer(&$0) } }
        }
      }
    }
  }

  private static func write(_ principal: Principal, _ json: inout JSONWriter) {
    json.member("id", principal.subject)
    json.member("role", principal.role.rawValue)
  }

  private static func write(_ entry: HistoryEntry, _ json: inout JSONWriter) {
    json.member("id", entry.id.text)
    json.member("at", entry.at.description)
    json.member("kind", entry.kind.rawValue)
    json.member("channel", entry.channel?.rawValue)
    json.member("movement", entry.details.movement?.rawValue)
    json.member("amount", decimal: entry.details.amount)
    json.member("currency", entry.details.currency?.code)
    json.member("balance", decimal: entry.details.balance)
    json.member("holding", entry.details.holding?.text)
    json.member("counterparty", entry.details.counterparty)
    json.member("text", entry.details.text)
    json.member("outcome", entry.details.outcome)
  }
}

extension Identity {
  /// The identity as its owner reads it.
  func writeAnswer(_ json: inout JSONWriter) {
    json.member("givenName", givenName)
    json.member("familyName", familyName)
    json.member("email", email)
    json.member("phone", phone)
    if let document {
      json.object("document") { json in
        json.member("country", document.country)
        json.member("kind", document.kind)
        json.member("number", document.number)
      }
    }
    if let address {
      json.object("address") { json in
        json.member("lines", address.lines)
        json.member("postalCode", address.postalCode)
        json.member("town", address.town)
        json.member("country", address.country)
      }
    }
  }
}

extension Holding {
  /// A contract, account or position as its owner reads it.
  func writeAnswer(_ json: inout JSONWriter) {
    json.member("id", id.text)
    json.member("kind", kind.rawValue)
    json.member("title", details.title)
    json.member("number", details.number)
    json.member("productKind", details.productKind?.rawValue)
    json.member("product", details.product?.description)
    json.member("currency", currency?.code)
    json.member("balance", decimal: details.balance)
    json.member("instalment", decimal: details.instalment)
    json.member("limit", decimal: details.limit)
    json.member("deductible", decimal: details.deductible)
    json.member("object", details.object)
    json.member("opened", opened.description)
    json.member("closed", closed?.description)
    json.member("nextDue", details.nextDue?.description)
    json.member("isPaid", details.isPaid)
    if let position = details.position {
      json.object("position") { json in
        json.member("instrument", position.instrument)
        json.member("quantity", decimal: position.quantity)
        json.member("price", decimal: position.price)
        json.member("currency", position.currency.code)
        json.member("pricedOn", position.pricedOn.description)
      }
    }
  }
}

extension ClientRoutes {
  static let me = Route(
    .get, "/v1/me", tag: "Client", "Who is signed in",
    detail: "A client gets their own record and all that they have here; others their role.",
    answers: [
      .init(
        .ok, "Who it is.",
        .object(
          "",
          [
            .required("id", .text("The person's id.")),
            .required("role", .choice("The role.", CRM.Role.allCases.map(\.rawValue))),
            .optional("created", .instant("Since when the record is here.")),
            .optional("identity", identity),
            .optional("homeCurrency", .currency),
            .optional("holdings", .list("Accounts, contracts, positions.", .holding)),
          ]))
    ])

  private static let identity = Schema.object(
    "Name, contact, document, address.",
    [
      .optional("givenName", .text("The given name.")),
      .required("familyName", .text("The family name.")),
      .optional("email", .text("The e-mail address.")),
      .optional("phone", .text("The telephone number.")),
      .optional(
        "document",
        .object(
          "The identity document.",
          [
            .required("country", .text("Who issued it.")), .required("kind", .text("Its kind.")),
            .required("number", .text("Its number.")),
          ])),
      .optional(
        "address",
        .object(
          "Where the person lives.",
          [
            .required("lines", .list("Street and house.", .text("A line."))),
            .optional("postalCode", .text("The postal code.")),
            .optional("town", .text("The town.")), .required("country", .text("The country.")),
          ])),
    ])

  static let history = Route(
    .get, "/v1/me/history", tag: "Client", "What happened, the newest first",
    detail: "Give the `next` of a page as `cursor` to get the one after it; pages stay stable "
      + "while entries are added.",
    query: [
      .init("cursor", .text("Where the page begins.", maxLength: 128)),
      .init("limit", .integer("Entries of the page; 50.", 1...pageLength)),
    ],
    answers: [
      .init(
        .ok, "A page.",
        .object(
          "",
          [
            .required(
              "items",
              .list(
                "",
                .object(
                  "",
                  [
                    .required("id", .text("The entry's id.")),
                    .required("at", .instant("When.")),
                    .required("kind", .choice("What.", EntryKind.allCases.map(\.rawValue))),
                    .optional(
                      "channel", .choice("Over which.", Channel.allCases.map(\.rawValue))),
                    .optional("movement", .text("What a movement was for.")),
                    .optional("amount", .decimal("How much.")), .optional("currency", .currency),
                    .optional("balance", .decimal("The balance after it.")),
                    .optional("holding", .text("The account or contract.")),
                    .optional("counterparty", .text("Who paid or was paid.")),
                    .optional("text", .text("In words.")),
                    .optional("outcome", .text("What came of it.")),
                  ]))),
            .optional("next", .text("Where the next page begins; absent on the last.")),
          ]))
    ])
}

extension Schema {
  /// A contract, account or position.
  static let holding = Schema.named(
    "Holding",
    .object(
      "A contract, account or position.",
      [
        .required("id", .text("Its id.")),
        .required("kind", .choice("What it is.", HoldingKind.allCases.map(\.rawValue))),
        .required("title", .text("What it is called.")),
        .optional("number", .text("Its number.")),
        .optional("productKind", .text("The kind of product.")),
        .optional("product", .text("The product's id.")), .optional("currency", .currency),
        .optional("balance", .decimal("What lies on it or is owed.")),
        .optional("instalment", .decimal("The instalment or premium a month.")),
        .optional("limit", .decimal("The credit limit or sum insured.")),
        .optional("deductible", .decimal("What the insured bears of each claim.")),
        .optional("object", .text("What is insured or secures the loan.")),
        .required("opened", .date("Its first day.")), .optional("closed", .date("Its last day.")),
        .optional("nextDue", .date("When the next payment is due.")),
        .optional("isPaid", .boolean("Whether the last due payment was made.")),
        .optional(
          "position",
          .object(
            "Of a position: what is held, and what it is worth.",
            [
              .required("instrument", .text("The instrument.")),
              .required("quantity", .decimal("How much of it.")),
              .required("price", .decimal("The price of one.")),
              .required("currency", .currency),
              .required("pricedOn", .date("The day of that price.")),
            ])),
      ]))
}
