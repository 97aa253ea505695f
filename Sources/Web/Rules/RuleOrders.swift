import CRM
import JSON
import Quantities

/// What a new draft is begun with.
struct NewDraft {
  let title: String
  let edition: String?

  init?(reading fields: JSONFields) {
    let title = fields.string("title", maxLength: RuleDesk.longestText, pattern: .notBlank)
    edition = fields.optionalString("from", maxLength: 64)
    guard let title else { return nil }
    self.title = title
  }
}

/// A question to a model.
struct RuleQuestionBody {
  let model: String
  let decision: String
  let inputs: [JSONMember]

  init?(reading fields: JSONFields) {
    let model = fields.string("model", maxLength: RuleFiles.longestName, pattern: .notBlank)
    let decision = fields.string("decision", maxLength: 400, pattern: .notBlank)
    let inputs = fields.node("inputs")
    if inputs?.members == nil { fields.report("inputs", "type", "This must be an object.") }
    guard let model, let decision, let inputs = inputs?.members else { return nil }
    self.model = model
    self.decision = decision
    self.inputs = inputs
  }
}

/// From when on, and why in spite of the gate.
struct PublicationOrder {
  let effective: CalendarDate
  let override: String?

  init?(reading fields: JSONFields) {
    let effective = fields.date("effective")
    override = fields.optionalString("override", maxLength: RuleDesk.longestText)
    guard let effective else { return nil }
    self.effective = effective
  }
}

/// How a draft is tried.
struct TrialOrder {
  let name: String
  /// The challenger's share in ten-thousandths.
  let share: Int
  let override: String?

  init?(reading fields: JSONFields) {
    let name = fields.string("name", maxLength: RuleDesk.longestText, pattern: .notBlank)
    let share = fields.decimal("share", in: TrialOrder.least...TrialOrder.greatest)
    override = fields.optionalString("override", maxLength: RuleDesk.longestText)
    guard let name, let share else { return nil }
    let scaled = share * Decimal128(Experiment.parts)
    guard let parts = scaled.rounded(scale: 0, .halfEven).integerValue else { return nil }
    self.name = name
    self.share = parts
  }

  private static let least = Decimal128("0.0001") ?? 0
  private static let greatest = Decimal128("0.9999") ?? 1
}

/// Why rules are rolled back, and to which.
struct RollbackOrder {
  let reason: String
  let edition: String?

  init?(reading fields: JSONFields) {
    let reason = fields.string("reason", maxLength: RuleDesk.longestText, pattern: .notBlank)
    edition = fields.optionalString("edition", maxLength: 64)
    guard let reason else { return nil }
    self.reason = reason
  }
}
