/// What relates a local time to UTC: a fixed offset or a region of the IANA time zone database.
public enum Zone: Sendable, Hashable {
  /// Seconds east of UTC, within ±18 hours.
  case offset(Int)
  /// A region such as `Europe/Paris`, whose offset depends on the date.
  case region(Region)

  /// UTC itself.
  public static let utc = Zone.offset(0)

  /// The greatest offset that a literal or `time(…, offset)` may have, in seconds.
  public static let greatestOffset = 18 * 3600

  /// The text after the time, such as `Z`, `+02:00`, `-02:45:55` or `@Europe/Paris`.
  public var suffix: String {
    switch self {
    case .region(let region): return "@" + region.name
    case .offset(0): return "Z"
    case .offset(let seconds):
      let size = abs(seconds)
      var text = seconds < 0 ? "-" : "+"
      text += twoDigits(size / 3600) + ":" + twoDigits(size / 60 % 60)
      if size % 60 != 0 { text += ":" + twoDigits(size % 60) }
      return text
    }
  }

  /// The offset in seconds at a local time, counted in seconds from 1970-01-01T00:00 local.
  ///
  /// In the hour that occurs twice the earlier instant is meant; in the hour that is skipped the
  /// offset before the change holds.
  func offset(atLocal seconds: Int64) -> Int {
    switch self {
    case .offset(let offset): return offset
    case .region(let region):
      let before = region.offset(atInstant: seconds - 86_400)
      let after = region.offset(atInstant: seconds + 86_400)
      if before == after { return before }
      if region.offset(atInstant: seconds - Int64(before)) == before { return before }
      if region.offset(atInstant: seconds - Int64(after)) == after { return after }
      return before
    }
  }

  /// The offset in seconds at an instant, counted in seconds from the epoch.
  func offset(atInstant seconds: Int64) -> Int {
    switch self {
    case .offset(let offset): offset
    case .region(let region): region.offset(atInstant: seconds)
    }
  }
}

/// A zone packed into four bytes, so that temporal values stay within two words.
struct ZoneCode: Sendable, Hashable {
  private let code: Int32

  private static let noneCode = Int32.min
  private static let firstRegion: Int32 = 1_000_000

  static let none = ZoneCode(nil)

  init(_ zone: Zone?) {
    switch zone {
    case nil: code = ZoneCode.noneCode
    case .offset(let seconds): code = Int32(truncatingIfNeeded: seconds)
    case .region(let region): code = ZoneCode.firstRegion + Int32(region.index)
    }
  }

  var isPresent: Bool { code != ZoneCode.noneCode }

  var zone: Zone? {
    if code == ZoneCode.noneCode { return nil }
    if code >= ZoneCode.firstRegion {
      return .region(Region(index: UInt16(code - ZoneCode.firstRegion)))
    }
    return .offset(Int(code))
  }
}

/// A number from 0 to 99 in two digits.
func twoDigits(_ value: Int) -> String {
  value < 10 ? "0\(value)" : "\(value)"
}
