import Foundation

/// A file that a command writes: it takes its name only when it is whole, so that a command that
/// fails leaves nothing half-written.
///
/// Without a path, or with `-`, it is the standard output.
struct OutputFile: ~Copyable {
  private let path: String?
  private let handle: FileHandle
  private var buffer: [UInt8] = []
  private var isDone = false

  private static let bufferSize = 1 << 18

  /// Opens a file.
  init(_ path: String?) throws {
    guard let path, path != "-" else {
      self.path = nil
      handle = .standardOutput
      return
    }
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: path, isDirectory: &isFolder), isFolder.boolValue {
      throw Failure("cannot write '\(path)': it is a folder")
    }
    let unfinished = Self.unfinished(path)
    guard FileManager.default.createFile(atPath: unfinished, contents: nil),
      let handle = FileHandle(forWritingAtPath: unfinished)
    else {
      throw Failure("cannot write '\(path)': \(String(cString: strerror(errno)))")
    }
    self.path = path
    self.handle = handle
  }

  deinit {
    guard let path, !isDone else { return }
    try? handle.close()
    try? FileManager.default.removeItem(atPath: Self.unfinished(path))
  }

  private static func unfinished(_ path: String) -> String { path + ".unfinished" }

  /// Appends bytes.
  mutating func write(_ bytes: some Sequence<UInt8>) throws {
    buffer.append(contentsOf: bytes)
    if buffer.count >= Self.bufferSize { try flush() }
  }

  /// Gives the file its name.
  mutating func finish() throws {
    try flush()
    guard let path else { return }
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw Failure("cannot write '\(path)': \(Failure.reason(error))")
    }
    guard rename(Self.unfinished(path), path) == 0 else {
      throw Failure("cannot write '\(path)': \(String(cString: strerror(errno)))")
    }
    isDone = true
  }

  private mutating func flush() throws {
    guard !buffer.isEmpty else { return }
    do {
      try handle.write(contentsOf: Data(buffer))
    } catch {
      throw Failure("cannot write '\(path ?? "standard output")': \(Failure.reason(error))")
    }
    buffer.removeAll(keepingCapacity: true)
  }
}
