import Foundation

/// A plain socket to a server under test, for messages that no client library would send.
struct RawConnection: ~Copyable {
  private let descriptor: Int32

  /// Connects to a port of this machine.
  init(port: Int) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = in_port_t(port).bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let outcome = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    guard outcome == 0 else { throw POSIXError(.ECONNREFUSED) }
    wait(SO_SNDTIMEO, seconds: Self.patience)
  }

  private func wait(_ option: Int32, seconds: Int) {
    var time = timeval(tv_sec: seconds, tv_usec: 0)
    setsockopt(descriptor, SOL_SOCKET, option, &time, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { _ = Glibc.close(descriptor) }

  /// Sends bytes; false when the other end takes no more.
  @discardableResult
  func send(_ bytes: [UInt8]) -> Bool {
    var rest = bytes[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return false }
      rest = rest.dropFirst(count)
    }
    return true
  }

  /// Sends text as Latin-1.
  @discardableResult
  func send(_ text: String) -> Bool {
    send(text.unicodeScalars.map { UInt8(truncatingIfNeeded: $0.value) })
  }

  /// What comes until the other end closes, and whether it closed.
  ///
  /// The machine may have other things to do, so each part is waited for until a broken server is
  /// told from a busy one. Only once what is expected has come, a second of silence ends it.
  func receive(until isWhole: (String) -> Bool = { _ in false }) -> (text: String, isClosed: Bool) {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    wait(SO_RCVTIMEO, seconds: Self.patience)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      if count <= 0 {
        return (String(decoding: bytes, as: UTF8.self), count == 0 || errno == ECONNRESET)
      }
      bytes.append(contentsOf: buffer[..<count])
      if isWhole(String(decoding: bytes, as: UTF8.self)) { wait(SO_RCVTIMEO, seconds: 1) }
    }
  }

  /// The seconds that a server may need for the next part of an answer while other tests run.
  private static let patience = 300
}

/// The status codes of the responses in a text, in order.
func statuses(_ text: String) -> [Int] {
  text.split(separator: "HTTP/1.", omittingEmptySubsequences: false).dropFirst().compactMap {
    Int($0.dropFirst(2).prefix(3))
  }
}

/// Opens a connection, sends messages and returns what comes back.
func exchange(
  port: Int, until isWhole: @escaping @Sendable (String) -> Bool = { _ in false },
  _ talk: @escaping @Sendable (borrowing RawConnection) -> Void
) async throws -> (text: String, isClosed: Bool) {
  try await converse(port: port) { connection in
    talk(connection)
    return connection.receive(until: isWhole)
  }
}

/// Opens a connection and talks over it: on a thread of its own, since a plain socket blocks and
/// the server under test lives on the threads that tests run on.
func converse<Outcome: Sendable>(
  port: Int, _ talk: @escaping @Sendable (borrowing RawConnection) throws -> Outcome
) async throws -> Outcome {
  try await withCheckedThrowingContinuation { continuation in
    let thread = Thread {
      continuation.resume(with: Result { try talk(try RawConnection(port: port)) })
    }
    thread.start()
  }
}
