import Foundation

/// The lines of a file or of the standard input, read in blocks, so that memory does not grow with
/// the file.
package struct Lines: Sequence, IteratorProtocol {
  /// One line without its end.
  package struct Line: Sendable {
    /// Counted from 1.
    package let number: Int
    package let bytes: [UInt8]
    /// Whether a line end followed; the last line of a file that was cut off has none.
    package var hasEnd = true
  }

  /// The longest line, in bytes.
  package static let longest = 4 << 20
  private static let blockSize = 1 << 16

  /// Why reading ended before the end.
  package enum Fault: Error, Sendable, CustomStringConvertible {
    case unreadable(path: String, reason: String)
    case tooLong(line: Int)

    /// The fault in a sentence.
    package var description: String {
      switch self {
      case .unreadable(let path, let reason): "cannot read '\(path)': \(reason)"
      case .tooLong(let line): "line \(line) is longer than \(Lines.longest) bytes"
      }
    }
  }

  /// Where lines come from.
  package enum Source: Sendable {
    case file(String)
    /// Bytes that were read before, with the name of where they came from.
    case memory([UInt8], name: String)

    /// All of the standard input, so that it can be gone through twice.
    package static func standardInput() throws -> Source {
      var bytes: [UInt8] = []
      while let block = try FileHandle.standardInput.read(upToCount: blockSize), !block.isEmpty {
        bytes.append(contentsOf: block)
        guard bytes.count <= ClientFile.standardInputLimit else {
          throw Fault.unreadable(
            path: "-",
            reason: "more than \(ClientFile.standardInputLimit) bytes; import a file instead")
        }
      }
      return .memory(bytes, name: "standard input")
    }
  }

  private let path: String
  private let handle: FileHandle?
  private var buffer: [UInt8] = []
  private var start = 0
  /// Up to where the buffer is known to hold no line end.
  private var searched = 0
  private var number = 0
  private var isAtEnd = false
  /// What ended the reading early, after the last line came.
  package private(set) var fault: Fault?

  /// Opens a source.
  package init(_ source: Source) throws(Fault) {
    switch source {
    case .file(let path):
      self.path = path
      handle = try Self.open(path)
    case .memory(let bytes, let name):
      path = name
      handle = nil
      buffer = bytes
      isAtEnd = true
    }
  }

  /// Opens a file; `-` is the standard input, which can be gone through once.
  package init(path: String) throws(Fault) { try self.init(.file(path)) }

  private static func open(_ path: String) throws(Fault) -> FileHandle {
    if path == "-" { return .standardInput }
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw .unreadable(path: path, reason: "there is no such file")
    }
    guard !isFolder.boolValue else { throw .unreadable(path: path, reason: "it is a folder") }
    guard let handle = FileHandle(forReadingAtPath: path) else {
      throw .unreadable(path: path, reason: "permission denied")
    }
    return handle
  }

  /// The next line; nil at the end, or where ``fault`` says why not.
  package mutating func next() -> Line? {
    while fault == nil {
      if let end = buffer[Swift.max(start, searched)...].firstIndex(of: UInt8(ascii: "\n")) {
        return take(to: end, skipping: 1)
      }
      searched = buffer.count
      if isAtEnd { return start < buffer.count ? take(to: buffer.count, skipping: 0) : nil }
      fill()
    }
    return nil
  }

  private mutating func take(to end: Int, skipping: Int) -> Line {
    let bytes = Array(buffer[start..<end])
    start = end + skipping
    searched = start
    number += 1
    return Line(number: number, bytes: bytes, hasEnd: skipping > 0)
  }

  private mutating func fill() {
    if start > 0 {
      buffer.removeFirst(start)
      searched -= start
      start = 0
    }
    guard buffer.count <= Self.longest else {
      fault = .tooLong(line: number + 1)
      return
    }
    do {
      let block = try handle?.read(upToCount: Self.blockSize) ?? Data()
      if block.isEmpty { isAtEnd = true } else { buffer.append(contentsOf: block) }
    } catch {
      fault = .unreadable(path: path, reason: "\(error)")
    }
  }
}
