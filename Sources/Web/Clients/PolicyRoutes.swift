import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// Policies and claims, for clients and policyholders.
struct PolicyRoutes: Sendable {
  let book: Book

  func mount(on table: RouteTable) {
    let book = book
    table.mount(Self.policies, as: InsuredContext.self) { call in
      let policies = try await book.policies(of: call.context.principal)
      return .json { json in
        json.object { json in
          json.array("policies") { json in
            for policy in policies { json.object { policy.writeAnswer(&$0) } }
          }
        }
      }
    }
    table.mount(Self.claims, as: InsuredContext.self) { call in
      let claims = try await book.claims(of: call.context.principal)
      return .json { json in
        json.object { json in
          json.array("claims") { json in
            for claim in claims { json.object { claim.writeAnswer(&$0) } }
          }
        }
      }
    }
    table.mount(Self.claim, as: InsuredContext.self) { call in
      guard let id = ClaimID(call.parameter("id")) else { throw Refusal.notFound }
      let file = try await book.claim(id, of: call.context.principal)
      return .json { json in
        json.object { json in
          file.claim.writeAnswer(&json)
          json.array("timeline") { json in
            for step in file.steps {
              json.object { json in
                json.member("at", step.at.description)
                json.member("status", step.status.rawValue)
                json.member("actor", step.actor.rawValue)
                json.member("note", step.note)
              }
            }
          }
        }
      }
    }
  }
}

extension Book {
  func policies(of insured: InsuredContext.Insured) async throws -> [Holding] {
    switch insured {
    case .client(let principal): try await policies(of: principal)
    case .policyholder(let principal): try await policies(of: principal)
    }
  }

  func claims(of insured: InsuredContext.Insured) async throws -> [Claim] {
    switch insured {
    case .client(let principal): try await claims(of: principal)
    case .policyholder(let principal): try await claims(of: principal)
    }
  }

  func claim(_ id: ClaimID, of insured: InsuredContext.Insured) async throws -> ClaimFile {
    switch insured {
    case .client(let principal): try await claim(id, of: principal)
    case .policyholder(let principal): try await claim(id, of: principal)
    }
  }
}

extension Claim {
  /// A claim as its owner reads it: where it stands, who acts next and by when.
  func writeAnswer(_ json: inout JSONWriter) {
    json.member("id", id.text)
    json.member("number", details.number)
    json.member("policy", policy.text)
    json.member("status", status.rawValue)
    json.member("isFinal", status.isFinal)
    json.member("event", details.event)
    json.member("occurred", details.occurred.description)
    json.member("description", details.description)
    json.member("reported", reported.description)
    json.member("currency", details.currency.code)
    json.member("asked", decimal: details.asked)
    json.member("approved", decimal: details.approved)
    json.member("paid", decimal: details.paid)
    json.member("rejection", details.rejection)
    if let actor = status.awaits {
      json.object("next") { json in
        json.member("actor", actor.rawValue)
        json.member("step", status.nextStep)
        json.member("due", due?.description)
      }
    }
  }
}

extension ClaimStatus {
  /// What happens next, in words.
  var nextStep: String {
    switch self {
    case .reported: "We look at your report."
    case .documentsAwaited: "Send us the documents we asked for."
    case .assessed: "We decide on your claim."
    case .approved: "We pay the approved amount."
    case .rejected, .paid, .withdrawn: "Nothing more is to be done."
    }
  }

  /// The state in words.
  var label: String {
    switch self {
    case .reported: "Reported"
    case .documentsAwaited: "Waiting for documents"
    case .assessed: "Assessed"
    case .approved: "Approved"
    case .rejected: "Rejected"
    case .paid: "Paid"
    case .withdrawn: "Withdrawn"
    }
  }
}

extension PolicyRoutes {
  static let policies = Route(
    .get, "/v1/me/policies", tag: "Insurance", "Your policies",
    answers: [
      .init(
        .ok, "The policies, the oldest first.",
        .object("", [.required("policies", .list("", .holding))]))
    ])

  static let claims = Route(
    .get, "/v1/me/claims", tag: "Insurance", "Your claims",
    answers: [
      .init(
        .ok, "The claims, the newest first.",
        .object("", [.required("claims", .list("", .named("Claim", .object("A claim.", fields))))]))
    ])

  static let claim = Route(
    .get, "/v1/me/claims/{id}", tag: "Insurance", "One of your claims with its timeline",
    answers: [
      .init(
        .ok, "The claim.",
        .object(
          "A claim with its timeline.",
          fields + [
            .required(
              "timeline",
              .list(
                "The steps, the oldest first.",
                .object(
                  "",
                  [
                    .required("at", .instant("When.")),
                    .required(
                      "status", .choice("To which state.", ClaimStatus.allCases.map(\.rawValue))),
                    .required("actor", .choice("By whom.", ClaimActor.allCases.map(\.rawValue))),
                    .required("note", .text("What was said.")),
                  ])))
          ]))
    ])

  private static let fields: [Schema.Field] = [
    .required("id", .text("Its id.")), .required("number", .text("Its number.")),
    .required("policy", .text("The policy's id.")),
    .required("status", .choice("Where it stands.", ClaimStatus.allCases.map(\.rawValue))),
    .required("isFinal", .boolean("Whether nothing more will happen.")),
    .required("event", .text("What happened.")), .required("occurred", .date("When.")),
    .optional("description", .text("In words.")),
    .required("reported", .instant("When it was reported.")), .required("currency", .currency),
    .optional("asked", .decimal("What was asked.")),
    .optional("approved", .decimal("What was approved.")),
    .optional("paid", .decimal("What was paid.")),
    .optional("rejection", .text("Why it was rejected.")),
    .optional(
      "next",
      .object(
        "What comes next.",
        [
          .required("actor", .choice("Who acts.", ClaimActor.allCases.map(\.rawValue))),
          .required("step", .text("What is to be done.")), .optional("due", .date("By when.")),
        ])),
  ]
}
