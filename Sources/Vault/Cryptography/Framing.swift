/// Bytes put together so that no two lists of parts give the same bytes: each part of variable
/// length stands after its length, each number has a fixed width, highest byte first.
struct Framing {
  private(set) var bytes: [UInt8] = []

  init(capacity: Int = 128) {
    bytes.reserveCapacity(capacity)
  }

  mutating func append(_ part: [UInt8]) {
    append(UInt32(truncatingIfNeeded: part.count))
    bytes += part
  }

  mutating func append(_ text: String) {
    append(UInt32(truncatingIfNeeded: text.utf8.count))
    bytes += text.utf8
  }

  mutating func append(_ number: some FixedWidthInteger) {
    var shift = number.bitWidth
    while shift > 0 {
      shift -= 8
      bytes.append(UInt8(truncatingIfNeeded: number >> shift))
    }
  }

  /// Bytes of fixed length, without a length before them.
  mutating func append(raw part: [UInt8]) {
    bytes += part
  }
}
