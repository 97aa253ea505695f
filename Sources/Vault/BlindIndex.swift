import Synchronization

/// A value by which a person can be looked up, in its normal form.
package enum LookUpValue: Sendable {
  /// An e-mail address.
  case email(Personal<String>)
  /// A telephone number with its country code, as `+` and digits or as `00` and digits.
  case phone(Personal<String>)
  /// A document: the country that issued it, what it is, and its number.
  case document(country: String, kind: String, number: Personal<String>)
  /// A name for signing in.
  case userName(Personal<String>)
}

/// Which blind index a value is looked up in.
///
/// Each name has a key of its own, so that equal values of two columns or two tenants cannot be
/// matched with each other.
package struct IndexName: Sendable, Hashable {
  /// The institution.
  package var tenant: String
  /// The table.
  package var table: String
  /// The column whose value is looked up.
  package var column: String

  /// Names an index.
  package init(tenant: String, table: String, column: String) {
    self.tenant = tenant
    self.table = table
    self.column = column
  }
}

/// A keyed digest of a value in its normal form: equal values of one index are equal here, and
/// nothing else can be learnt without the key.
package struct BlindIndex: Sendable, Hashable {
  /// Bits of an index that must be unique.
  package static let uniqueBits = 128

  /// The epoch of the key; after a change of epoch values are looked up by both until all rows are
  /// indexed anew.
  package let epoch: UInt32
  /// What is stored: 16 bytes, or fewer where rows are meant to share an index.
  package let bytes: [UInt8]
}

struct IndexKeyName: Hashable {
  var name: IndexName
  var kind: String
  var bits: Int
  var epoch: UInt32
}

extension Vault {
  /// The index of a value under the newest key, for storing.
  ///
  /// Fewer bits than 128 are for values of which there are few (a birth date): at most log2(rows) −
  /// 1, so that rows share an index and the candidates are opened and compared.
  package func blindIndex(
    of value: LookUpValue, in name: IndexName, bits: Int = BlindIndex.uniqueBits
  ) throws(VaultFault) -> BlindIndex {
    try index(try NormalForm(value), in: name, bits: bits, epoch: keys.secret(.index).number)
  }

  /// The indexes of a value under all live keys, the newest first, for looking it up.
  package func blindIndexes(
    of value: LookUpValue, in name: IndexName, bits: Int = BlindIndex.uniqueBits
  ) throws(VaultFault) -> [BlindIndex] {
    let normal = try NormalForm(value)
    var all: [BlindIndex] = []
    for epoch in keys.numbers(of: .index) {
      all.append(try index(normal, in: name, bits: bits, epoch: epoch))
    }
    return all
  }

  private func index(
    _ normal: NormalForm, in name: IndexName, bits: Int, epoch: UInt32
  ) throws(VaultFault) -> BlindIndex {
    guard (1...BlindIndex.uniqueBits).contains(bits) else { throw .cryptography("index bits") }
    let keyName = IndexKeyName(name: name, kind: normal.kind, bits: bits, epoch: epoch)
    let code = try indexKey(keyName).code(for: normal.bytes)
    var bytes = Array(code.prefix((bits + 7) / 8))
    if bits % 8 != 0 { bytes[bytes.count - 1] &= 0xFF << UInt8(8 - bits % 8) }
    return BlindIndex(epoch: epoch, bytes: bytes)
  }

  private func indexKey(_ name: IndexKeyName) throws(VaultFault) -> AuthenticationCode {
    if let known = indexes.withLock({ $0[name] }) { return known }
    var info = Framing()
    info.append(name.name.tenant)
    info.append(name.name.table)
    info.append(name.name.column)
    info.append(name.kind)
    info.append(UInt32(truncatingIfNeeded: name.bits))
    info.append(name.epoch)
    let secret = try keys.secret(.index, number: name.epoch).key
    let code = try AuthenticationCode(key: try KeyDerivation.key(from: secret, info: info.bytes))
    indexes.withLock { indexes in
      if indexes.count >= limits.cachedIndexes { indexes = [:] }
      indexes[name] = code
    }
    return code
  }

  /// Destroys an older index key, once every row is indexed under a newer one.
  package func retireIndex(epoch: UInt32) throws(VaultFault) {
    try keys.retire(.index, number: epoch)
    indexes.withLock { indexes in indexes = indexes.filter { $0.key.epoch != epoch } }
  }
}
