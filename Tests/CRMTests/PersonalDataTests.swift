import CRM
import Foundation
import Storage
import Support
import Testing
import Vault

@Suite struct PersonalDataTests {
  @Test func `no personal text is in any file in any spelling`() async throws {
    let test = try await TestBook()
    let life = Life(book: test.book, clock: test.clock)
    try await life.run()
    let needles = life.markers.all.flatMap { Needle.all(of: $0) }
    // Twice: with the changes still in the log, and with the log written back.
    #expect(try size(of: "store.db-wal", in: test.folder.url) > 100_000)
    #expect(try search(needles, in: test.folder.url) == [])
    try await test.engine.checkpoint()
    #expect(try search(needles, in: test.folder.url) == [])
    #expect(temporaryFiles() == [])
  }

  @Test func `the search finds each spelling that it looks for`() throws {
    let folder = try TemporaryFolder()
    let markers = Markers()
    for marker in markers.all {
      for needle in Needle.all(of: marker) {
        var data = Data(repeating: 0x5A, count: 1000)
        data.append(contentsOf: needle.bytes)
        data.append(Data(repeating: 0x5A, count: 1000))
        try data.write(to: folder.url.appending(path: "file"))
        #expect(try search([needle], in: folder.url).count == 1)
      }
    }
    // A base64 text of something around the marker is found at each of the three alignments.
    for padding in 0..<3 {
      let text = Data((String(repeating: "x", count: padding) + markers.phone + "yy").utf8)
      try text.base64EncodedData().write(to: folder.url.appending(path: "file"))
      let found = try search(Needle.all(of: markers.phone), in: folder.url)
      #expect(found.contains { $0.contains("base64") }, "\(padding)")
    }
  }

  private func search(_ needles: [Needle], in folder: URL) throws -> [String] {
    var hits: [String] = []
    for file in try FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    {
      let data = try Data(contentsOf: file)
      for needle in needles where data.range(of: Data(needle.bytes)) != nil {
        hits.append("\(file.lastPathComponent): \(needle.marker) as \(needle.spelling)")
      }
    }
    return hits
  }

  private func size(of name: String, in folder: URL) throws -> Int {
    let path = folder.appending(path: name).path
    return try FileManager.default.attributesOfItem(atPath: path)[.size] as? Int ?? 0
  }

  /// Files of SQLite's own that this process has open in a folder for temporary files.
  private func temporaryFiles() -> [String] {
    let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")) ?? []
    return descriptors.compactMap { name in
      try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
    }.filter { $0.contains("etilqs_") }
  }
}

/// One spelling of a marker, as bytes to look for.
struct Needle {
  let marker: String
  let spelling: String
  let bytes: [UInt8]

  static func all(of marker: String) -> [Needle] {
    let utf8 = Array(marker.utf8)
    var spellings: [(String, [UInt8])] = [
      ("UTF-8", utf8),
      ("UTF-16LE", marker.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }),
      ("UTF-16BE", marker.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] }),
      ("JSON escapes", Array(escaped(marker, uppercase: false).utf8)),
      ("JSON escapes in capitals", Array(escaped(marker, uppercase: true).utf8)),
      ("hexadecimal", Array(Hex.encode(utf8).utf8)),
      ("hexadecimal in capitals", Array(Hex.encode(utf8).uppercased().utf8)),
      ("decomposed", Array(marker.decomposedStringWithCanonicalMapping.utf8)),
      ("lower case", Array(marker.lowercased().utf8)),
      ("upper case", Array(marker.uppercased().utf8)),
    ]
    for (name, base64) in [("base64", Base64.plain), ("base64url", Base64.url)] {
      for padding in 0..<3 {
        // What stands before and after shares letters with the marker: leave those out.
        let text = base64.encode([UInt8](repeating: 0, count: padding) + utf8)
        let whole = text.dropFirst([0, 2, 3][padding])
        let isPartial = (padding + utf8.count) % 3 != 0
        let letters = isPartial ? whole.dropLast() : whole
        spellings.append(("\(name) at \(padding)", Array(letters.utf8)))
      }
    }
    return spellings.map { Needle(marker: marker, spelling: $0.0, bytes: $0.1) }
  }

  /// Every character beyond ASCII as `\uXXXX`.
  private static func escaped(_ text: String, uppercase: Bool) -> String {
    text.utf16.map { unit in
      guard unit > 0x7E, let scalar = Unicode.Scalar(0x30) else {
        return String(decoding: [unit], as: UTF16.self)
      }
      let digits = String(unit, radix: 16, uppercase: uppercase)
      let zeros = String(repeating: String(Character(scalar)), count: 4 - digits.count)
      return "\\u\(zeros)\(digits)"
    }.joined()
  }
}
