import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Darwin)
  import Darwin
#endif

/// A file beside the store that one writing process holds; it says who that is.
final class LockFile: Sendable {
  private let descriptor: Mutex<Int32?>

  /// Takes the lock, or throws `inUse` with the holder's own words.
  init(storePath: String) throws(StorageError) {
    let path = storePath + ".lock"
    let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      throw .cannotOpen(path: path, reason: String(cString: strerror(errno)))
    }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let holder = Self.text(of: descriptor)
      close(descriptor)
      throw .inUse(path: storePath, holder: holder.isEmpty ? "another process" : holder)
    }
    self.descriptor = Mutex(descriptor)
    write("process \(getpid())")
  }

  deinit { release() }

  /// Says in the file where the holder can be reached.
  func announce(address: String) {
    write("process \(getpid()), which serves \(address)")
  }

  /// Lets another process take the lock.
  func release() {
    descriptor.withLock { descriptor in
      if let open = descriptor { close(open) }
      descriptor = nil
    }
  }

  private func write(_ text: String) {
    descriptor.withLock { descriptor in
      guard let descriptor else { return }
      let bytes = Array(text.utf8)
      // The text only informs; the lock itself does not depend on it.
      if ftruncate(descriptor, 0) == 0 { _ = pwrite(descriptor, bytes, bytes.count, 0) }
    }
  }

  /// At most 255 bytes of what the holder wrote, on one line.
  private static func text(of descriptor: Int32) -> String {
    var bytes = [UInt8](repeating: 0, count: 255)
    let count = pread(descriptor, &bytes, bytes.count, 0)
    guard count > 0 else { return "" }
    let line = bytes[..<count].map { $0 < 0x20 ? 0x20 : $0 }
    return String(decoding: line, as: UTF8.self)
  }
}
