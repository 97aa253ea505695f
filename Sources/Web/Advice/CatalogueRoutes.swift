import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The catalogue for anyone: what is offered, and what fits some parameters.
struct CatalogueRoutes: Sendable {
  let desk: AdviceDesk

  /// Products of a page at most.
  static let pageLength = 100

  func mount(on table: RouteTable) {
    table.mount(Self.match, as: PublicContext.self) { [desk] call in
      let query = try call.json { MatchQuery(reading: $0) }
      let day = try call.query.date("asOf") ?? desk.book.today
      let adviser = try await desk.adviser(on: day)
      let result = adviser.match(query, on: day)
      let texts = adviser.rules.texts(try call.locale(adviser.rules))
      return .json { json in
        json.object { Self.write(result, query, adviser, texts, &$0) }
      }
    }
    table.mount(Self.products, as: PublicContext.self) { [desk] call in
      let page = try ListPart(call.query, limit: Self.pageLength)
      let filter = try Self.filter(call.query)
      let day = try call.query.date("asOf") ?? desk.book.today
      let catalogue = try await desk.catalogue(on: day)
      let places = catalogue.indices(passing: filter)
      return .json { json in
        json.object { json in
          json.member("edition", catalogue.edition)
          json.member("asOf", catalogue.asOf.description)
          json.member("total", places.count)
          json.member("from", page.from)
          json.array("items") { json in
            for place in places.dropFirst(page.from).prefix(page.limit) {
              json.raw(catalogue.products[place].canonicalJSON)
            }
          }
        }
      }
    }
  }

  private static func write(
    _ result: MatchResult, _ query: MatchQuery, _ adviser: Adviser, _ texts: Texts,
    _ json: inout JSONWriter
  ) {
    json.object("catalogue") { json in
      json.member("edition", adviser.catalogue.edition)
      json.member("asOf", adviser.catalogue.asOf.description)
    }
    json.object("fits") { json in
      json.member("total", result.fitCount)
      json.member("from", query.from)
      json.array("items") { json in
        for fit in result.fits {
          json.object { json in
            json.key("product")
            json.head(fit.product)
            if let price = fit.price { json.object("price") { price.write(&$0, texts) } }
          }
        }
      }
    }
    json.object("others") { json in
      json.member("total", result.missCount)
      json.member("from", query.othersFrom)
      json.array("items") { json in
        for miss in result.misses {
          json.object { json in
            json.key("product")
            json.head(miss.product)
            json.array("reasons") { json in
              for reason in miss.reasons { json.reason(reason, texts) }
            }
          }
        }
      }
    }
  }

  private static func filter(_ query: FormFields) throws(Problem) -> ProductFilter {
    var filter = ProductFilter()
    filter.line = try query.choice("line", ProductLine.self)
    if let kind = try query.choice("kind", ProductKind.self) { filter.kinds = [kind] }
    filter.audience = try query.choice("audience", Audience.self)
    filter.brand = query["brand"]
    filter.region = query["region"]
    filter.segment = query["segment"]
    filter.text = query["text"]
    if let code = query["currency"] {
      guard let currency = Currency(code) else {
        throw .parameter("currency", "This must be an ISO 4217 currency code.")
      }
      filter.currency = currency
    }
    filter.date = try query.date("date")
    return filter
  }
}

extension CatalogueRoutes {
  private static let asOf = Route.Parameter(
    "asOf", .date("By the catalogue in force on this day; today when absent."))

  static let match = Route(
    .post, "/v1/match", tag: "Catalogue", "The products that fit some parameters",
    detail: "Nothing personal is asked or kept. Every product that does not fit names the "
      + "parameters it violates; both lists are paged.", query: [asOf, .locale],
    body: .json(.named("MatchQuery", query)),
    answers: [.init(.ok, "Both lists.", .named("MatchAnswer", answer))])

  static let products = Route(
    .get, "/v1/products", tag: "Catalogue", "The products of the catalogue",
    query: [
      .init("line", .choice("The trade.", ProductLine.allCases.map(\.rawValue))),
      .init("kind", .choice("The kind.", ProductKind.allCases.map(\.rawValue))),
      .init("audience", .choice("For whom.", Audience.allCases.map(\.rawValue))),
      .init("brand", .text("The brand's short name.", maxLength: 100)),
      .init("currency", .currency), .init("date", .date("Offered on this day.")),
      .init("region", .text("A country or region.", maxLength: 10)),
      .init("segment", .text("A customer segment.", maxLength: 60)),
      .init("text", .text("A part of name, brand or summary.", maxLength: 100)), asOf,
    ] + ListPart.parameters(limit: pageLength),
    answers: [
      .init(
        .ok, "A page of products, each as the product schema of the catalogue has it.",
        .page(
          "Products.", of: product,
          [
            .required("edition", .text("The catalogue's edition.")),
            .required("asOf", .date("The day from which it is in force.")),
          ]))
    ])

  /// The members of a product; what is below them stands in the catalogue's own schema.
  private static let product = Schema.object(
    "A product of the catalogue.",
    [
      .required("brand", .text("The brand that offers the product, by its code.")),
      .required("code", .text("The brand's own code for the product.")),
      .required("kind", .choice("What it is.", ProductKind.allCases.map(\.rawValue))),
      .required("name", .text("What it is called.")),
      .required("brandName", .text("The brand's name for people.")),
      .required("summary", .text("What it is, in a sentence or two.")),
      .required("currency", .currency),
      .optional("effectiveFrom", .date("The first day it is offered.")),
      .optional("effectiveTo", .date("The last day it is offered.")),
      .required("audience", .choice("For whom.", Audience.allCases.map(\.rawValue))),
      .optional("channels", .list("Where it may be taken out.", .text("A channel."))),
      .optional("tailored", .boolean("Whether the price is agreed with each client.")),
      .optional("terms", .object("Who may have it and for how much.", [])),
      .optional("charges", .object("What it costs and earns.", [])),
      .optional(
        "conditions",
        .list("Conditions in words that the client confirms.", .object("A condition.", []))),
      .optional("targetMarket", .object("For whom it was made.", [])),
      .optional("tariff", .object("How the premium of insurance comes about.", [])),
      .optional("hedge", .object("What a hedge is made of.", [])),
      .optional("sourceDigest", .text("The digest of the text it was imported from.")),
    ])

  private static let query = Schema.input(
    "What a visitor looks for; what is not named restricts nothing.",
    [
      .optional("line", .choice("The trade.", ProductLine.allCases.map(\.rawValue))),
      .optional(
        "kinds",
        .list("The kinds.", .choice("A kind.", ProductKind.allCases.map(\.rawValue)))),
      .optional("amount", .decimal("The amount to borrow, save or insure.")),
      .optional("currency", .currency),
      .optional("termMonths", .integer("For how many months.", 1...1_200)),
      .optional("purpose", .choice("What a loan is for.", LoanPurpose.allCases.map(\.rawValue))),
      .optional("age", .integer("The age in years.", 0...130)),
      .optional("residency", .text("The country of residence.", maxLength: 2)),
      .optional("region", .text("The region.", maxLength: 40)),
      .optional(
        "employment", .choice("The employment.", EmploymentStatus.allCases.map(\.rawValue))),
      .optional(
        "customerKind", .choice("A person or not.", CustomerKind.allCases.map(\.rawValue))),
      .optional("monthlyIncome", .decimal("The income a month.")),
      .optional("loanToValue", .decimal("A loan in per cent of its security.")),
      .optional(
        "order",
        .choice(
          "By cost with fees, or by the stated rate; term deposits alone stand by rate.",
          MatchOrder.allCases.map(\.rawValue))),
      .optional("from", .integer("How many fitting products to pass over.", 0...1_000_000)),
      .optional("othersFrom", .integer("How many others to pass over.", 0...1_000_000)),
      .optional("limit", .integer("Products of a page; 20.", 1...MatchQuery.greatestLimit)),
    ])

  private static let answer = Schema.object(
    "The catalogue split in two.",
    [
      .required(
        "catalogue",
        .object(
          "", [.required("edition", .text("Which.")), .required("asOf", .date("From when."))])),
      .required(
        "fits",
        .page(
          "What fits, best first.",
          of: .object(
            "", [.required("product", .productHead), .optional("price", .price)]))),
      .required(
        "others",
        .page(
          "What does not, with every reason.",
          of: .object(
            "",
            [
              .required("product", .productHead),
              .required("reasons", .list("Why not.", .reason)),
            ]))),
    ])
}
