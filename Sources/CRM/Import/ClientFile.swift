import Advice
import Foundation
import JSON

/// Files of the import form: JSON Lines, or a folder of CSV files.
///
/// They are checked from end to end before anything is taken from them, so that a faulty file
/// writes nothing.
package struct ClientFile: Sendable {
  /// One line that cannot be read, with every reason.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    package let file: String
    package let line: Int
    package let reason: String

    /// The fault in one line.
    package var description: String { "\(file):\(line): \(reason)" }
  }

  /// Why a file cannot be imported: the first faults, and how many there are.
  package struct Refused: Error, Sendable, CustomStringConvertible {
    package let faults: [Fault]
    package let count: Int

    /// The faults, one a line.
    package var description: String {
      let shown = faults.map(\.description).joined(separator: "\n")
      let rest = count - faults.count
      return "\(count) faulty \(count == 1 ? "line" : "lines"); nothing was imported\n" + shown
        + (rest > 0 ? "\n… and \(rest) more" : "")
    }
  }

  /// Faults that are shown at most.
  package static let shownFaults = 50
  /// Bytes that are taken from the standard input at most.
  package static let standardInputLimit = 256 << 20

  private let parts: [Part]

  fileprivate struct Part: Sendable {
    let name: String
    let source: Lines.Source
    /// The kind of record of a CSV file; nil for JSON Lines.
    let record: String?
  }

  /// A JSON Lines file, `-` for the standard input, or a folder of CSV files.
  package init(path: String) throws {
    var isFolder: ObjCBool = false
    if path != "-", FileManager.default.fileExists(atPath: path, isDirectory: &isFolder),
      isFolder.boolValue
    {
      parts = try Self.folder(path)
      return
    }
    let source = path == "-" ? try Lines.Source.standardInput() : .file(path)
    parts = [Part(name: path == "-" ? "standard input" : path, source: source, record: nil)]
  }

  private static func folder(_ path: String) throws -> [Part] {
    let names = [
      ("clients", "client"), ("holdings", "holding"), ("positions", "position"),
      ("movements", "movement"),
    ]
    let parts = names.compactMap { name, record -> Part? in
      let file = "\(path)/\(name).csv"
      guard FileManager.default.fileExists(atPath: file) else { return nil }
      return Part(name: file, source: .file(file), record: record)
    }
    guard !parts.isEmpty else {
      throw Lines.Fault.unreadable(
        path: path,
        reason: "the folder holds none of clients.csv, movements.csv, holdings.csv, "
          + "positions.csv")
    }
    return parts
  }

  /// Reads every line and says how many records there are.
  ///
  /// - Throws: ``Refused`` with what is wrong.
  package func check(_ progress: (Int) -> Void = { _ in }) throws -> Int {
    var faults: [Fault] = []
    var faulty = 0
    var count = 0
    var records = records()
    while let result = try records.next() {
      switch result {
      case .success:
        count += 1
        progress(count)
      case .failure(let fault):
        faulty += 1
        if faults.count < Self.shownFaults { faults.append(fault) }
      }
    }
    guard faulty == 0 else { throw Refused(faults: faults, count: faulty) }
    return count
  }

  /// The records in their order.
  package func records() -> Records { Records(parts: parts[...]) }

  /// Goes through the records of the files, one at a time.
  package struct Records {
    fileprivate var parts: ArraySlice<Part>
    private var lines: Lines?
    private var header: DelimitedRows?
    /// Where the record that was given last stands, as `file:line`.
    package private(set) var place = ""

    fileprivate init(parts: ArraySlice<Part>) { self.parts = parts }

    /// The next record or the fault of the next line; nil at the end.
    ///
    /// - Throws: `Lines.Fault` when a file cannot be read on.
    package mutating func next() throws -> Result<ClientRecord, Fault>? {
      while let part = parts.first {
        if lines == nil { lines = try Lines(part.source) }
        guard let line = lines?.next() else {
          if let broken = lines?.fault { throw broken }
          endPart()
          continue
        }
        if line.bytes.allSatisfy({ $0 == 0x20 || $0 == 0x0D }) { continue }
        do {
          guard let record = try read(line.bytes, part) else { continue }
          place = "\(part.name):\(line.number)"
          return .success(record)
        } catch {
          // Without its header a file cannot be read; its other lines are no faults of their own.
          if part.record != nil, header == nil { endPart() }
          return .failure(
            Fault(file: part.name, line: line.number, reason: Self.reason(error)))
        }
      }
      return nil
    }

    private mutating func endPart() {
      parts.removeFirst()
      lines = nil
      header = nil
    }

    /// A line as a record; nil for a header.
    private mutating func read(_ line: [UInt8], _ part: Part) throws -> ClientRecord? {
      guard let kind = part.record else { return try Self.record(line) }
      guard let rows = header else {
        header = try DelimitedRows(header: line)
        return nil
      }
      return try Self.record(try rows.object(line, record: kind).canonicalBytes)
    }

    private static func record(_ bytes: [UInt8]) throws -> ClientRecord {
      try decodeJSON(bytes) { ClientRecord(reading: $0) }
    }

    private static func reason(_ error: any Error) -> String {
      switch error {
      case let error as JSONSyntaxError: "column \(error.position.column): \(error.detail)"
      case let error as Violations:
        error.list.map { "\($0.pointer.dropFirst()): \($0.detail)" }.joined(separator: " ")
      default: "\(error)"
      }
    }
  }
}
