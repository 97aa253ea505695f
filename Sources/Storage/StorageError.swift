/// What went wrong in the store; never contains a stored value.
package enum StorageError: Error, Sendable, Hashable {
  /// The kind of rule of the schema that a write would have broken.
  package enum Constraint: String, Sendable, Hashable {
    case unique, foreignKey, notNull, check, type, other
  }

  /// The disk has no room; nothing was written.
  case diskFull
  /// The disk refused to read or write.
  case diskFailure(code: Int)
  /// The file is not a store or is damaged.
  case corrupt(String)
  /// Another process writes to this store; the text names it.
  case inUse(path: String, holder: String)
  /// A lock of the store was not to be had in time.
  case busy
  /// More work waits than the named limit allows.
  case overloaded(waiting: Int)
  /// The engine has been closed.
  case closed
  /// A write was asked of an engine opened only to read.
  case readOnly
  /// A rule of the schema would be broken; `rule` names the columns.
  case constraint(Constraint, rule: String)
  /// A migration that the store has had is not the one in the program.
  case migrationChanged(name: String)
  /// The store was written by a newer program, which had this migration.
  case migrationUnknown(name: String)
  /// The store lacks migrations and was opened only to read.
  case migrationMissing(name: String)
  /// The engine could not be made to wait for the disk at each commit.
  case notDurable(String)
  /// A column holds something other than the type asked for.
  case columnMismatch(expected: String, found: String)
  /// The row has fewer columns than were asked for.
  case columnAbsent(index: Int)
  /// The transaction was undone by the engine because of another write in the same group.
  case groupUndone
  /// The store file could not be opened.
  case cannotOpen(path: String, reason: String)
  /// Any other refusal of the engine.
  case failed(code: Int, message: String)

  /// A column of the wrong kind; only the kind of what was found is kept.
  static func column(expected: String, _ found: StoredValue) -> StorageError {
    .columnMismatch(expected: expected, found: found.kind)
  }
}

extension StorageError: CustomStringConvertible {
  /// One line for operators.
  package var description: String {
    switch self {
    case .diskFull: "The disk that holds the store is full; nothing was written."
    case .diskFailure(let code): "The disk that holds the store failed (code \(code))."
    case .corrupt(let detail): "The store is damaged or not a store: \(detail)."
    case .inUse(let path, let holder): "The store \(path) is in use by \(holder)."
    case .busy: "The store was locked for too long."
    case .overloaded(let waiting): "Too much work waits for the store (limit \(waiting))."
    case .closed: "The store has been closed."
    case .readOnly: "The store was opened only to read."
    case .constraint(let kind, let rule): "The schema refused a write (\(kind.rawValue)): \(rule)."
    case .migrationChanged(let name):
      "The migration “\(name)” in this program differs from the one that the store has had."
    case .migrationUnknown(let name):
      "The store was written by a newer program: this one does not know “\(name)”."
    case .migrationMissing(let name):
      "The store lacks the migration “\(name)”; start the server once to bring it up to date."
    case .notDurable(let detail): "Commits would not reach the disk: \(detail)."
    case .columnMismatch(let expected, let found):
      "A column holds \(found) where \(expected) was expected."
    case .columnAbsent(let index): "The row has no column \(index)."
    case .groupUndone: "The write was undone together with a failing one; it can be tried again."
    case .cannotOpen(let path, let reason): "The store \(path) cannot be opened: \(reason)."
    case .failed(let code, let message): "The store refused (code \(code)): \(message)."
    }
  }
}
