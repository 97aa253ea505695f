import CRM
import Calculation
import HTTPTypes
import JSON

extension Problem {
  /// The problem that a refusal of the book is outside.
  init(refusal: Refusal) {
    switch refusal {
    case .denied: self.init(.wrongCredentials)
    case .unauthenticated: self = .signInRequired
    case .notFound: self.init(.notFound)
    case .stale: self.init(.stale, "Read it again and repeat what you did.")
    case .erased: self.init(.gone)
    case .consentMissing: self.init(.consentMissing)
    case .invalid(let violations): self = .invalid(violations)
    case .conflict(let code, let detail):
      self.init(
        .conflict, detail, violations: [Violation(pointer: "", code: code, detail: detail)])
    case .forbidden(let code, let detail):
      self.init(
        .forbidden, detail, violations: [Violation(pointer: "", code: code, detail: detail)])
    case .inFlight: self.init(.requestInProgress, headers: [.retryAfter: "1"])
    case .keyReused: self.init(.idempotencyKeyReused)
    case .tooMany(let seconds):
      self.init(
        .tooManyAttempts, "Try again in \(seconds) seconds.",
        headers: [.retryAfter: String(seconds)])
    case .busy(let seconds):
      self.init(.overloaded, headers: [.retryAfter: String(seconds)])
    case .noRoom: self.init(.overloaded, "There is no room to keep the change.")
    }
  }

  /// The problem that a refused calculation is outside; the field is named as the request has it.
  init(calculation error: CalculationError, fields: [String: String] = [:]) {
    let field = fields[error.field] ?? error.field
    self = .invalid([
      Violation(pointer: "/\(field)", code: error.code.rawValue, detail: error.sentence)
    ])
  }
}
