import Synchronization

/// Makes ids of RFC 9562 version 7: 48 bits of milliseconds, then random bits.
///
/// The ids of one maker rise strictly, also within a millisecond and when the clock goes back or
/// stands still, so rows made together stay together and cursors can follow them.
package final class IdentifierMaker: Sendable {
  private struct State {
    var milliseconds: UInt64 = 0
    /// The 74 bits after time, version and variant.
    var tail: UInt128 = 0
  }

  private static let tailBits: UInt128 = 74
  /// In the first id of a millisecond the highest bit of the tail is clear, to leave room to count.
  private static let startMask: UInt128 = (1 << 73) - 1
  /// The largest step between two ids of one millisecond.
  private static let stepMask: UInt128 = (1 << 32) - 1

  private let state = Mutex(State())
  private let random: @Sendable (Int) throws(VaultFault) -> [UInt8]

  /// A maker of ids with a random source of the caller's; by default the system's.
  package init(
    random: @escaping @Sendable (Int) throws(VaultFault) -> [UInt8] = Randomness.publicBytes
  ) {
    self.random = random
  }

  /// The next id at an instant, in microseconds since 1970.
  package func next(at microseconds: Int64) throws(VaultFault) -> String {
    let bytes = try random(10)
    let drawn = bytes.prefix(10).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
    let now = UInt64(max(0, microseconds / 1000)) & 0xFFFF_FFFF_FFFF
    let (milliseconds, tail) = state.withLock { state in
      if now > state.milliseconds {
        state.milliseconds = now
        state.tail = drawn & Self.startMask
      } else {
        state.tail += (drawn & Self.stepMask) + 1
        if state.tail >> Self.tailBits != 0 {
          state.milliseconds += 1
          state.tail = drawn & Self.startMask
        }
      }
      return (state.milliseconds, state.tail)
    }
    return Self.text(milliseconds: milliseconds, tail: tail)
  }

  private static func text(milliseconds: UInt64, tail: UInt128) -> String {
    let high = UInt128(milliseconds) << 80 | 7 << 76 | (tail >> 62) << 64
    let value = high | 2 << 62 | tail & (1 << 62 - 1)
    var framing = Framing(capacity: 16)
    framing.append(value)
    var digits = Array(Hex.encode(framing.bytes).utf8)
    for position in [20, 16, 12, 8] { digits.insert(UInt8(ascii: "-"), at: position) }
    return String(decoding: digits, as: UTF8.self)
  }
}
