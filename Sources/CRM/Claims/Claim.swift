package import JSON
package import Quantities
import Storage
import Vault

/// A claim under a policy: what happened, and how far it has come.
package struct Claim: Sendable, Hashable {
  /// The id of the claim.
  package let id: ClaimID
  /// The policy it is made under.
  package let policy: HoldingID
  /// How far it has come.
  package let status: ClaimStatus
  /// When it was reported.
  package let reported: Instant
  /// The day by which the next step is due; nil when nothing is.
  package let due: CalendarDate?
  /// Counts up with each step.
  package let revision: Int
  /// What is said about it.
  package let details: ClaimDetails
}

/// How far a claim has come.
package enum ClaimStatus: String, Sendable, CaseIterable, Storable {
  case reported, documentsAwaited, assessed, approved, rejected, paid, withdrawn

  /// Whether nothing more will happen.
  package var isFinal: Bool { nextSteps.isEmpty }

  /// The states that can come next.
  package var nextSteps: [ClaimStatus] {
    switch self {
    case .reported: [.documentsAwaited, .assessed, .withdrawn]
    case .documentsAwaited: [.assessed, .rejected, .withdrawn]
    case .assessed: [.documentsAwaited, .approved, .rejected, .withdrawn]
    case .approved: [.paid]
    case .rejected, .paid, .withdrawn: []
    }
  }

  /// Who has to act next.
  package var awaits: ClaimActor? {
    switch self {
    case .reported, .assessed, .approved: .insurer
    case .documentsAwaited: .policyholder
    case .rejected, .paid, .withdrawn: nil
    }
  }
}

/// Who moves a claim.
package enum ClaimActor: String, Sendable, CaseIterable, Storable {
  case policyholder, insurer, assessor
}

/// What is said about a claim; sealed as one group.
package struct ClaimDetails: SealedRecord, Hashable {
  /// The number that people quote.
  package var number: String
  /// What kind of event it was.
  package var event: String
  /// The day it happened.
  package var occurred: CalendarDate
  /// What happened, in words.
  package var description: String?
  /// The currency of the amounts.
  package var currency: Currency
  /// The amount asked for.
  package var asked: Decimal128?
  /// The amount approved.
  package var approved: Decimal128?
  /// The amount paid.
  package var paid: Decimal128?
  /// Why it was rejected, in words.
  package var rejection: String?

  /// A claim that nothing has been decided about.
  package init(number: String, event: String, occurred: CalendarDate, currency: Currency) {
    self.number = number
    self.event = event
    self.occurred = occurred
    self.currency = currency
  }

  package func write(_ writer: inout JSONWriter) {
    writer.member("approved", decimal: approved)
    writer.member("asked", decimal: asked)
    writer.member("currency", currency.code)
    writer.member("description", description)
    writer.member("event", event)
    writer.member("number", number)
    writer.member("occurred", occurred.description)
    writer.member("paid", decimal: paid)
    writer.member("rejection", rejection)
  }

  package init?(reading fields: JSONFields) {
    let currency = fields.currency("currency")
    let event = fields.string("event", maxLength: 200)
    let number = fields.string("number", maxLength: 64)
    let occurred = fields.date("occurred")
    approved = fields.optionalDecimal("approved")
    asked = fields.optionalDecimal("asked")
    description = fields.optionalString("description", maxLength: 4_000)
    paid = fields.optionalDecimal("paid")
    rejection = fields.optionalString("rejection", maxLength: 1_000)
    guard let currency, let event, let number, let occurred else { return nil }
    self.currency = currency
    self.event = event
    self.number = number
    self.occurred = occurred
  }
}

/// One step of a claim's timeline.
package struct ClaimStep: Sendable, Hashable {
  /// When it was taken.
  package let at: Instant
  /// How far it has come.
  package let status: ClaimStatus
  /// Who took it.
  package let actor: ClaimActor
  /// What was said at this step.
  package let note: String
}

/// A claim with its timeline, the oldest step first.
package struct ClaimFile: Sendable, Hashable {
  /// The claim.
  package let claim: Claim
  /// Its timeline.
  package let steps: [ClaimStep]
}
