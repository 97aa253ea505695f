/// Records that were written together and became lasting by one fsync.
///
/// `"KGRP" ‖ sequence u64 ‖ length u32 ‖ records ‖ check 64 bit`. The check leaves out the wrapped
/// keys, which have their own, so that a destroyed key can be overwritten where it stands.
/// A later group is written only after the earlier one is on the disk: so a broken group with a
/// whole one behind it is damage, and a broken group at the end is a write that a crash cut short.
struct KeyGroup {
  static let mark = Array("KGRP".utf8)
  static let headerLength = 16
  static let checkLength = 8
  /// The most bytes of records in one group.
  static let longestBody = 16 << 20

  let sequence: UInt64
  /// Each record with where its wrapped key begins, counted from the start of the group.
  let records: [(record: KeyRecord, at: Int, wrappedAt: Int?)]
  /// All bytes of the group, in its first form.
  let length: Int

  /// The bytes of a new group.
  static func encode(
    _ records: [KeyRecord], sequence: UInt64, store: [UInt8]
  ) -> (bytes: [UInt8], group: KeyGroup) {
    var bytes = mark
    bytes.reserveCapacity(headerLength + records.count * KeyRecord.longest / 2 + checkLength)
    var header = Framing(capacity: 12)
    header.append(sequence)
    header.append(UInt32(0))
    bytes += header.bytes
    var places: [(record: KeyRecord, at: Int, wrappedAt: Int?)] = []
    places.reserveCapacity(records.count)
    for record in records {
      let start = bytes.count
      places.append((record, start, record.append(to: &bytes)))
    }
    var length = Framing(capacity: 4)
    length.append(UInt32(truncatingIfNeeded: bytes.count - headerLength))
    bytes.replaceSubrange(12..<headerLength, with: length.bytes)
    bytes += check(of: bytes, wrappedAt: places.compactMap(\.wrappedAt), store: store)
    return (bytes, KeyGroup(sequence: sequence, records: places, length: bytes.count))
  }

  /// The group that begins with these bytes, or nil when it is cut short or changed.
  static func decode(
    header: [UInt8], store: [UInt8], body: (_ count: Int) throws(VaultFault) -> [UInt8]
  ) throws(VaultFault) -> KeyGroup? {
    guard header.count == headerLength, Array(header.prefix(4)) == mark else { return nil }
    let sequence = header[4..<12].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
    let length = header[12..<16].reduce(0) { $0 << 8 | Int($1) }
    guard length <= longestBody else { return nil }
    let rest = try body(length + checkLength)
    guard rest.count == length + checkLength else { return nil }
    let bytes = header + rest.dropLast(checkLength)
    var reader = KeyRecordReader(bytes, from: headerLength)
    var records: [(record: KeyRecord, at: Int, wrappedAt: Int?)] = []
    while !reader.isAtEnd {
      let start = reader.position
      guard let (record, wrappedAt) = reader.next() else { return nil }
      records.append((record, start, wrappedAt))
    }
    let expected = check(of: bytes, wrappedAt: records.compactMap(\.wrappedAt), store: store)
    guard Array(rest.suffix(checkLength)) == expected else { return nil }
    return KeyGroup(sequence: sequence, records: records, length: bytes.count + checkLength)
  }

  private static func check(of bytes: [UInt8], wrappedAt: [Int], store: [UInt8]) -> [UInt8] {
    var blank = store
    var copied = 0
    for place in wrappedAt {
      blank += bytes[copied..<place]
      copied = place + WrappedKey.length
    }
    blank += bytes[copied...]
    return [UInt8](Digest.sha256(blank).bytes.prefix(checkLength))
  }
}
