package import Storage

/// The id of a record: a UUID in lower-case text.
///
/// The subject stays in the type, so that the id of a claim cannot be used to look for a client.
package struct RecordID<Subject>: Sendable, Hashable, Comparable {
  /// 36 lower-case characters.
  package let text: String

  /// An id that somebody shows; nil for a text that cannot be one.
  package init?(_ text: some StringProtocol) {
    let bytes = text.utf8
    guard bytes.count == 36 else { return nil }
    for (index, byte) in bytes.enumerated() {
      switch byte {
      case UInt8(ascii: "-"):
        guard [8, 13, 18, 23].contains(index) else { return nil }
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"):
        guard ![8, 13, 18, 23].contains(index) else { return nil }
      default: return nil
      }
    }
    self.text = String(text)
  }

  /// An id that the book made or stored itself.
  init(trusted text: String) {
    self.text = text
  }

  package static func < (left: RecordID, right: RecordID) -> Bool { left.text < right.text }
}

extension RecordID: CustomStringConvertible {
  package var description: String { text }
}

extension RecordID: Storable {
  package var stored: StoredValue { .text(text) }

  package init(stored: StoredValue) throws(StorageError) {
    self.init(trusted: try String(stored: stored))
  }
}

/// The id of a client, who may also be a policyholder.
package typealias ClientID = RecordID<Client>
/// The id of a broker or of one of the staff.
package typealias ColleagueID = RecordID<Colleague>
/// The id of an account, loan, card, deposit, policy or position.
package typealias HoldingID = RecordID<Holding>
/// The id of an entry of the history.
package typealias EntryID = RecordID<HistoryEntry>
/// The id of a claim.
package typealias ClaimID = RecordID<Claim>
/// The id of a stored decision.
package typealias DecisionID = RecordID<StoredDecision>
/// The id of a session, for listing and ending; the token is another thing.
package typealias SessionID = RecordID<Session>
