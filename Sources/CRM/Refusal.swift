package import JSON
import Quantities
import Storage
import Vault

/// Why the book does not do what was asked.
///
/// What lies behind it is never told to the outside: a record that is not yours and one that does
/// not exist are both `notFound`.
package enum Refusal: Error, Sendable, Hashable {
  /// The password is wrong, the user unknown, or the credential disabled; all look the same.
  case denied
  /// There is no session, or it has ended.
  case unauthenticated
  /// There is no such record, or not for you.
  case notFound
  /// The record has changed since it was read; read it again.
  case stale
  /// The person's data has been erased.
  case erased
  /// The purpose needs a consent that is not given.
  case consentMissing
  /// What was sent cannot be used; each field is named.
  case invalid([Violation])
  /// Not for this person, whatever the record: a stable name for programs and a sentence.
  case forbidden(code: String, detail: String)
  /// The state of the record does not allow it; a stable name for programs and a sentence.
  case conflict(code: String, detail: String)
  /// A request with this idempotency key is being worked on.
  case inFlight
  /// This idempotency key was used for another request.
  case keyReused
  /// Too many attempts; worth another try after so many seconds.
  case tooMany(retryAfterSeconds: Int)
  /// The machine has too much to do; worth another try after so many seconds.
  case busy(retryAfterSeconds: Int)
  /// The disk is full; nothing was written.
  case noRoom
}

extension Refusal {
  /// The refusal that a fault of the store or the vault amounts to; nil for one that is a fault
  /// of ours and not of the request.
  init?(_ error: any Error) {
    switch error {
    case let refusal as Refusal: self = refusal
    case StorageError.overloaded, StorageError.busy: self = .busy(retryAfterSeconds: 1)
    case StorageError.groupUndone: self = .busy(retryAfterSeconds: 1)
    case StorageError.diskFull: self = .noRoom
    case VaultFault.keyErased: self = .erased
    case PasswordQueueFault.busy: self = .busy(retryAfterSeconds: 2)
    default: return nil
    }
  }
}

extension Refusal {
  /// A day before everything that is kept.
  static func beforeAll(_ field: String, _ day: CalendarDate, first: CalendarDate?) -> Refusal {
    let since = first.map { " The first edition is of \($0)." } ?? ""
    return .invalid([
      Violation(
        pointer: "?\(field)", code: "before-all-editions",
        detail: "No edition was in force on \(day).\(since)")
    ])
  }
}
