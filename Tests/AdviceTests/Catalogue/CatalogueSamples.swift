import Foundation
import JSON
import Quantities
import Support

@testable import Advice

/// What the tests of the catalogue share.
enum CatalogueSamples {
  /// The catalogue of the project.
  static let folder = ProjectFolder.root.appending(path: "Products").path

  /// A digest that is good enough to tell editions apart in tests: two sums over the bytes.
  static let digest = ContentDigest { bytes in
    var low: UInt64 = 0xCBF2_9CE4_8422_2325
    var high: UInt64 = 0x8422_2325_CBF2_9CE4
    for byte in bytes {
      low = (low ^ UInt64(byte)) &* 0x100_0000_01B3
      high = (high &+ UInt64(byte)) &* 0x9E37_79B9_7F4A_7C15
    }
    return withUnsafeBytes(of: (low, high)) { Array($0) }
  }

  /// A day on which most of the products are offered.
  static let day = date("2026-10-15")

  static func date(_ text: String) -> CalendarDate {
    CalendarDate(iso: text) ?? CalendarDate(daysSinceEpoch: 0)
  }

  static func decimal(_ text: String) -> Decimal128 { Decimal128(text) ?? .nan }

  /// The catalogue of the project, read once.
  static func load() throws -> Catalogue { try loaded.get() }

  private static let loaded = Result {
    try CatalogueFolder(path: folder).load(asOf: day, digest: digest)
  }

  /// The files of our own products, from the folder on.
  static func files() throws -> [String] {
    try ProductLine.allCases.flatMap { line in
      try FileManager.default.contentsOfDirectory(atPath: "\(folder)/\(line.rawValue)")
        .sorted().map { "\(line.rawValue)/\($0)" }
    }
  }

  static func bytes(_ file: String) throws -> [UInt8] {
    try Array(Data(contentsOf: URL(filePath: "\(folder)/\(file)")))
  }
}

/// A small generator whose seed is printed with each use (xorshift64*).
struct SeededRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed == 0 ? 1 : seed }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 2_685_821_657_736_338_717
  }
}
