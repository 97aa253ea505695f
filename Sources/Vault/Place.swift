/// Whose key seals a value: one person of one tenant, be it a client, a broker or one of the staff.
package struct KeyOwner: Sendable, Hashable {
  /// The longest tenant or client, in bytes of UTF-8.
  package static let longestName = 64

  /// The institution.
  package let tenant: String
  /// The person's id.
  package let client: String

  /// Names the person.
  package init(tenant: String, client: String) {
    self.tenant = tenant
    self.client = client
  }

  var isSound: Bool {
    (1...Self.longestName).contains(tenant.utf8.count)
      && (1...Self.longestName).contains(client.utf8.count)
  }
}

/// Where a sealed value belongs.
///
/// All of it is authenticated with the value, so a value that was moved to another tenant, client,
/// table, column, row or revision does not open.
package struct Place: Sendable, Hashable {
  /// Whose value it is, and whose key seals it.
  package var owner: KeyOwner
  /// The table it is stored in.
  package var table: String
  /// The column, or the name of the group of fields that are sealed together.
  package var column: String
  /// The id of the row.
  package var row: String
  /// The revision of that group in that row, so that an older value cannot be put back.
  package var revision: Int64

  /// Names a place.
  package init(
    tenant: String, client: String, table: String, column: String, row: String, revision: Int64
  ) {
    self.init(
      owner: KeyOwner(tenant: tenant, client: client), table: table, column: column, row: row,
      revision: revision)
  }

  /// Names a place of a person whose key owner is known.
  package init(owner: KeyOwner, table: String, column: String, row: String, revision: Int64) {
    self.owner = owner
    self.table = table
    self.column = column
    self.row = row
    self.revision = revision
  }

  /// What is authenticated with a value of this suite: each part after its length.
  func authenticated(suite: UInt8) -> [UInt8] {
    var framing = Framing(capacity: 192)
    framing.append([suite])
    framing.append(owner.tenant)
    framing.append(owner.client)
    framing.append(table)
    framing.append(column)
    framing.append(row)
    framing.append(revision)
    return framing.bytes
  }
}
