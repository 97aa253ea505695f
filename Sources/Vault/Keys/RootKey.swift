import Glibc

/// Where the root key comes from.
package enum RootKeySource: Sendable, Hashable {
  /// A file that only its owner may read (mode 0600).
  case file(String)
  /// A variable of the environment.
  case environment(String)
  /// A descriptor that the starter of the process left open, such as a pipe.
  case descriptor(Int32)
}

/// The key that wraps all other keys.
///
/// Whoever has it and the key store can read everything.
///
/// As text it is `stwroot1_`, 43 letters of base64url, `_`, and eight hexadecimal digits of a check,
/// so that half a key, or one with a wrong letter, is told from a wrong key.
package struct RootKey: Sendable {
  private static let prefix = "stwroot1_"
  /// The most bytes read from a source.
  private static let longestText = 256

  let key: SecretKey

  /// A fresh root key that is kept nowhere, for tests and for a store made anew.
  package static func random() throws(VaultFault) -> RootKey {
    RootKey(key: try SecretKey.random())
  }

  /// Makes a root key and its file, mode 0600, on the disk before this returns.
  ///
  /// An older file is never written over.
  package static func create(file path: String) throws(VaultFault) -> RootKey {
    let root = try random()
    let draft = path + ".new"
    let file = try StoreFile.create(draft, replacing: true)
    try file.write(Array((root.text + "\n").utf8), at: 0)
    try file.synchronize()
    try StoreFile.publish(draft, as: path)
    return root
  }

  /// Reads the root key.
  package static func load(from source: RootKeySource) throws(VaultFault) -> RootKey {
    switch source {
    case .file(let path): try load(file: path)
    case .environment(let name): try load(environment: name)
    case .descriptor(let number): try load(descriptor: number)
    }
  }

  private static func load(file path: String) throws(VaultFault) -> RootKey {
    guard let file = try StoreFile.open(path, forWriting: false) else {
      throw .rootKeyMissing(path)
    }
    guard try file.status().permissions & 0o077 == 0 else { throw .rootKeyTooOpen(path) }
    return try parse(try file.read(at: 0, count: longestText), from: path)
  }

  private static func load(environment name: String) throws(VaultFault) -> RootKey {
    guard let value = unsafe getenv(name) else { throw .rootKeyMissing("$\(name)") }
    return try parse(Array(unsafe String(cString: value).utf8), from: "$\(name)")
  }

  private static func load(descriptor: Int32) throws(VaultFault) -> RootKey {
    var text: [UInt8] = []
    while text.count < longestText {
      var part = [UInt8](repeating: 0, count: longestText - text.count)
      let got = unsafe read(descriptor, &part, part.count)
      if got < 0 && errno == EINTR { continue }
      guard got >= 0 else { throw .rootKeyMissing("descriptor \(descriptor)") }
      if got == 0 { break }
      text += part[..<got]
    }
    return try parse(text, from: "descriptor \(descriptor)")
  }

  private static func parse(_ bytes: [UInt8], from place: String) throws(VaultFault) -> RootKey {
    guard var text = String(validating: bytes, as: UTF8.self) else {
      throw .rootKeyMalformed(place)
    }
    if text.hasSuffix("\n") { text.removeLast() }
    guard text.hasPrefix(prefix) else { throw .rootKeyMalformed(place) }
    let rest = text.dropFirst(prefix.count)
    guard rest.utf8.count == 43 + 1 + 8, rest.dropLast(8).hasSuffix("_"),
      let secret = Base64.url.decode(rest.prefix(43)), let key = SecretKey(copying: secret),
      check(of: secret) == rest.suffix(8)
    else { throw .rootKeyMalformed(place) }
    return RootKey(key: key)
  }

  private static func check(of secret: [UInt8]) -> String {
    String(Digest.sha256(Array(prefix.utf8) + secret).hex.prefix(8))
  }

  /// The key as text, for the owner's own safe copy.
  package var text: String {
    let secret = key.exposed()
    return Self.prefix + Base64.url.encode(secret) + "_" + Self.check(of: secret)
  }
}

extension RootKey: CustomStringConvertible, CustomReflectable {
  package var description: String { "‹root key›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
