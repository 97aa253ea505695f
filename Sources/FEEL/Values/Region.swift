import Foundation

/// A region of the IANA time zone database, such as `Europe/Paris`.
///
/// This file is the only one of the module that asks Foundation for anything: the rules of the
/// regions are data of the operating system.
public struct Region: Sendable, Hashable {
  /// The place of the name in the sorted list of known names.
  let index: UInt16

  init(index: UInt16) { self.index = index }

  /// The region called `name`, in the database's own spelling; nil when there is none.
  public init?(_ name: some StringProtocol) {
    let name = String(name)
    var low = 0
    var high = Region.names.count
    while low < high {
      let middle = (low + high) / 2
      if Region.names[middle] < name { low = middle + 1 } else { high = middle }
    }
    guard low < Region.names.count, Region.names[low] == name else { return nil }
    index = UInt16(low)
  }

  /// The database's name of the region.
  public var name: String { Region.names[Int(index)] }

  /// The offset east of UTC in seconds at an instant in seconds from the epoch.
  func offset(atInstant seconds: Int64) -> Int {
    guard let zone = Region.zones[Int(index)] else { return 0 }
    return zone.secondsFromGMT(for: Date(timeIntervalSince1970: Double(seconds)))
  }

  /// Names that the database has and the operating system's list may leave out.
  private static let extra =
    ["UTC", "GMT", "UCT", "Zulu", "Greenwich", "Universal"]
    + ["UTC", "GMT", "UCT", "Zulu", "Greenwich", "Universal", "GMT0", "GMT+0", "GMT-0"]
    .map { "Etc/" + $0 }
    + (1...12).map { "Etc/GMT+\($0)" } + (1...14).map { "Etc/GMT-\($0)" }

  private static let names: [String] = {
    var known = Set(TimeZone.knownTimeZoneIdentifiers)
    for name in extra where TimeZone(identifier: name) != nil { known.insert(name) }
    return known.sorted()
  }()

  private static let zones: [TimeZone?] = names.map { TimeZone(identifier: $0) }
}
