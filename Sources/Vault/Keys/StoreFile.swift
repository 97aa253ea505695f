import Glibc

/// The text of an error number of the operating system.
func reason(ofErrorNumber code: Int32) -> String {
  guard let text = unsafe strerror(code) else { return "error \(code)" }
  return unsafe String(cString: text)
}

/// A file that is open, with the operations a store needs; each fails with the path and the reason.
final class StoreFile: Sendable {
  let path: String
  private let descriptor: Int32

  private init(path: String, descriptor: Int32) {
    self.path = path
    self.descriptor = descriptor
  }

  deinit { close(descriptor) }

  /// Opens a file; nil when there is none.
  static func open(_ path: String, forWriting: Bool) throws(VaultFault) -> StoreFile? {
    let flags = (forWriting ? O_RDWR : O_RDONLY) | O_CLOEXEC
    let descriptor = unsafe Glibc.open(path, flags)
    guard descriptor >= 0 else {
      if errno == ENOENT { return nil }
      throw .file(path, operation: "opening", code: errno)
    }
    return StoreFile(path: path, descriptor: descriptor)
  }

  /// Makes a file that only its owner may read; an older one of this name is emptied only when
  /// `replacing`, else it is an error.
  static func create(_ path: String, replacing: Bool = false) throws(VaultFault) -> StoreFile {
    if replacing { unsafe unlink(path) }
    let descriptor = unsafe Glibc.open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else {
      if errno == EEXIST { throw .alreadyThere(path) }
      throw .file(path, operation: "creating", code: errno)
    }
    guard fchmod(descriptor, 0o600) == 0 else {
      let code = errno
      close(descriptor)
      throw .file(path, operation: "protecting", code: code)
    }
    return StoreFile(path: path, descriptor: descriptor)
  }

  /// Takes the lock beside a file for this process, as long as the value lives.
  static func lock(besides path: String) throws(VaultFault) -> StoreFile {
    let lockPath = path + ".lock"
    let descriptor = unsafe Glibc.open(lockPath, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
    guard descriptor >= 0 else { throw .file(lockPath, operation: "creating", code: errno) }
    guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
      let code = errno
      close(descriptor)
      if code == EWOULDBLOCK { throw .keyStoreInUse(path) }
      throw .file(path, operation: "locking", code: code)
    }
    return StoreFile(path: lockPath, descriptor: descriptor)
  }

  /// Length, permission bits, and the number that tells this file from one renamed over it.
  func status() throws(VaultFault) -> (length: Int, permissions: UInt32, identity: UInt64) {
    var status = stat()
    guard unsafe fstat(descriptor, &status) == 0 else {
      throw .file(path, operation: "looking at", code: errno)
    }
    return (Int(status.st_size), status.st_mode & 0o777, UInt64(status.st_ino))
  }

  /// Up to `count` bytes from an offset; fewer at the end of the file.
  func read(at offset: Int, count: Int) throws(VaultFault) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: count)
    var done = 0
    while done < count {
      let got = unsafe bytes.withUnsafeMutableBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return unsafe pread(descriptor, start + done, count - done, off_t(offset + done))
      }
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw .file(path, operation: "reading", code: errno) }
      if got == 0 { break }
      done += got
    }
    bytes.removeLast(count - done)
    return bytes
  }

  /// Writes all bytes at an offset.
  func write(_ bytes: [UInt8], at offset: Int) throws(VaultFault) {
    var done = 0
    while done < bytes.count {
      let put = unsafe bytes.withUnsafeBytes { buffer in
        guard let start = buffer.baseAddress else { return 0 }
        return unsafe pwrite(descriptor, start + done, bytes.count - done, off_t(offset + done))
      }
      if put < 0 && errno == EINTR { continue }
      guard put > 0 else { throw .file(path, operation: "writing", code: errno) }
      done += put
    }
  }

  /// Cuts the file to a length.
  func truncate(to length: Int) throws(VaultFault) {
    guard ftruncate(descriptor, off_t(length)) == 0 else {
      throw .file(path, operation: "cutting", code: errno)
    }
  }

  /// Waits until everything written is on the disk.
  func synchronize() throws(VaultFault) {
    guard fsync(descriptor) == 0 else {
      throw .file(path, operation: "synchronizing", code: errno)
    }
  }

  /// Puts a finished file in the place of another in one step, and makes that last.
  static func replace(_ path: String, by newPath: String) throws(VaultFault) {
    guard unsafe rename(newPath, path) == 0 else {
      throw .file(path, operation: "replacing", code: errno)
    }
    try synchronizeFolder(of: path)
  }

  /// Gives a finished file its name, unless the name is taken already, and makes that last.
  static func publish(_ newPath: String, as path: String) throws(VaultFault) {
    guard unsafe link(newPath, path) == 0 else {
      let code = errno
      unsafe unlink(newPath)
      if code == EEXIST { throw .alreadyThere(path) }
      throw .file(path, operation: "naming", code: code)
    }
    unsafe unlink(newPath)
    try synchronizeFolder(of: path)
  }

  private static func synchronizeFolder(of path: String) throws(VaultFault) {
    let folder: String
    if let slash = path.lastIndex(of: "/") {
      folder = slash == path.startIndex ? "/" : String(path[..<slash])
    } else {
      folder = "."
    }
    let descriptor = unsafe Glibc.open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .file(folder, operation: "opening", code: errno) }
    defer { close(descriptor) }
    guard fsync(descriptor) == 0 else {
      throw .file(folder, operation: "synchronizing", code: errno)
    }
  }
}
