/// A ZIP archive of stored entries (APPNOTE.TXT 6.3.10): what a workbook's parts are packed in.
struct ZipArchive {
  private var bytes: [UInt8] = []
  private var directory: [UInt8] = []
  private var count: UInt16 = 0

  /// Adds a file.
  mutating func add(_ name: String, _ content: [UInt8]) {
    let place = UInt32(bytes.count)
    var fields: [UInt8] = []
    // Version 2.0, names in UTF-8, stored; the time is 1980-01-01, so that equal content is
    // equal bytes.
    Self.append(20 as UInt16, to: &fields)
    Self.append(0x0800 as UInt16, to: &fields)
    Self.append(0 as UInt16, to: &fields)
    Self.append(0 as UInt16, to: &fields)
    Self.append(0x0021 as UInt16, to: &fields)
    Self.append(Self.checksum(content), to: &fields)
    Self.append(UInt32(content.count), to: &fields)
    Self.append(UInt32(content.count), to: &fields)
    Self.append(UInt16(name.utf8.count), to: &fields)
    Self.append(0 as UInt16, to: &fields)
    Self.append(0x0403_4B50 as UInt32, to: &bytes)
    bytes += fields + Array(name.utf8) + content
    Self.append(0x0201_4B50 as UInt32, to: &directory)
    Self.append(20 as UInt16, to: &directory)
    directory += fields
    directory += [UInt8](repeating: 0, count: 10)
    Self.append(place, to: &directory)
    directory += Array(name.utf8)
    count += 1
  }

  /// The whole archive.
  func finished() -> [UInt8] {
    var end: [UInt8] = []
    Self.append(0x0605_4B50 as UInt32, to: &end)
    Self.append(0 as UInt32, to: &end)
    Self.append(count, to: &end)
    Self.append(count, to: &end)
    Self.append(UInt32(directory.count), to: &end)
    Self.append(UInt32(bytes.count), to: &end)
    Self.append(0 as UInt16, to: &end)
    return bytes + directory + end
  }

  private static func append<T: FixedWidthInteger>(_ value: T, to bytes: inout [UInt8]) {
    for shift in stride(from: 0, to: T.bitWidth, by: 8) {
      bytes.append(UInt8(truncatingIfNeeded: value >> T(shift)))
    }
  }

  private static let table: [UInt32] = (0..<256).map { index in
    (0..<8).reduce(UInt32(index)) { value, _ in
      value & 1 == 1 ? 0xEDB8_8320 ^ (value >> 1) : value >> 1
    }
  }

  /// CRC-32 (ISO 3309).
  static func checksum(_ bytes: [UInt8]) -> UInt32 {
    ~bytes.reduce(~0 as UInt32) { value, byte in
      table[Int(UInt8(truncatingIfNeeded: value) ^ byte)] ^ (value >> 8)
    }
  }
}
