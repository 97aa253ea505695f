/// The texts that cells of a column name, each with a number, found by their code units.
///
/// FEEL compares strings by code points, so the look-up is by the exact UTF-8 and not by Swift's
/// canonical equivalence.
struct StringSlots: Sendable {
  private let keys: [[UInt8]]
  /// An open-addressing table of key numbers plus one; 0 is free.
  private let table: [UInt32]

  /// How many texts there are.
  var count: Int { keys.count }

  /// The text with a number.
  func text(_ number: Int) -> String { String(decoding: keys[number], as: UTF8.self) }

  /// Numbers texts in the order of first occurrence.
  init(_ texts: some Sequence<String>) {
    var keys: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    for text in texts {
      let bytes = Array(text.utf8)
      if seen.insert(bytes).inserted { keys.append(bytes) }
    }
    var size = 4
    while size < keys.count * 2 { size *= 2 }
    var table = [UInt32](repeating: 0, count: keys.isEmpty ? 0 : size)
    for (number, key) in keys.enumerated() {
      var place = StringSlots.hash(key) & (size - 1)
      while table[place] != 0 { place = (place + 1) & (size - 1) }
      table[place] = UInt32(number + 1)
    }
    self.keys = keys
    self.table = table
  }

  /// The number of a text, or nil when no cell names it.
  func slot(of text: String) -> Int? {
    guard !table.isEmpty else { return nil }
    if let found = text.utf8.withContiguousStorageIfAvailable({ slot(of: $0) }) { return found }
    return slot(of: Array(text.utf8))
  }

  private func slot(of bytes: some RandomAccessCollection<UInt8>) -> Int? {
    let mask = table.count - 1
    var place = StringSlots.hash(bytes) & mask
    while true {
      let entry = table[place]
      if entry == 0 { return nil }
      if keys[Int(entry) - 1].elementsEqual(bytes) { return Int(entry) - 1 }
      place = (place + 1) & mask
    }
  }

  /// FNV-1a with a final mix; the table has no keys from outside, so it needs no secret.
  private static func hash(_ bytes: some Sequence<UInt8>) -> Int {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return Int(truncatingIfNeeded: hash ^ (hash >> 29))
  }
}
