import Foundation
import Support
import Testing

@testable import Vault

/// Published test vectors that lie beside the checkout.
enum Vectors {
  static let hasWycheproof = SharedFolder.find("wycheproof") != nil
  static let hasOwn = SharedFolder.find("crypto-vectors.json") != nil

  /// The groups of a file of Project Wycheproof.
  static func groups(_ name: String) throws -> [[String: Any]] {
    let url = try #require(SharedFolder.find("wycheproof/\(name).json"))
    let file = try JSONSerialization.jsonObject(with: try Data(contentsOf: url))
    return try #require((file as? [String: Any])?["testGroups"] as? [[String: Any]])
  }

  /// One list of the vectors from RFCs.
  static func own(_ name: String) throws -> [[String: Any]] {
    let url = try #require(SharedFolder.find("crypto-vectors.json"))
    let file = try JSONSerialization.jsonObject(with: try Data(contentsOf: url))
    return try #require((file as? [String: Any])?[name] as? [[String: Any]])
  }
}

extension [String: Any] {
  func bytes(_ key: String) throws -> [UInt8] {
    if let text = self["\(key)_ascii"] as? String { return Array(text.utf8) }
    let text = try #require(self[key] as? String, "\(key)")
    return try #require(Hex.decode(text))
  }

  func number(_ key: String) throws -> Int {
    try #require(self[key] as? Int, "\(key)")
  }

  func tests() throws -> [[String: Any]] {
    try #require(self["tests"] as? [[String: Any]])
  }

  var isValid: Bool { self["result"] as? String == "valid" }
}

@Suite(
  "Published vectors of Project Wycheproof", .enabled(if: Vectors.hasWycheproof, "needs ../shared"))
struct WycheproofTests {
  @Test("AES-256-GCM with a 96-bit nonce and a 128-bit tag agrees; other sizes are refused")
  func aesGCM() throws {
    let cipher = try AES256GCM()
    var checked = 0
    var refused = 0
    for group in try Vectors.groups("aes_gcm_test") {
      let ours = try group.number("keySize") == 256 && group.number("ivSize") == 96
      for test in try group.tests() {
        let (key, nonce) = (try test.bytes("key"), try test.bytes("iv"))
        let whole = try nonce + test.bytes("ct") + test.bytes("tag")
        let aad = try test.bytes("aad")
        guard ours else {
          guard let key = SecretKey(copying: key) else {
            refused += 1
            continue
          }
          #expect(throws: VaultFault.self) {
            try cipher.seal(
              try test.bytes("msg"), after: [], authenticating: aad, under: key, nonce: nonce)
          }
          refused += 1
          continue
        }
        let secret = try #require(SecretKey(copying: key))
        if test.isValid {
          let message = try test.bytes("msg")
          #expect(try cipher.open(whole, authenticating: aad, under: secret) == message)
          #expect(
            try cipher.seal(
              message, after: [], authenticating: aad, under: secret, nonce: nonce) == whole)
        } else {
          #expect(throws: VaultFault.doesNotOpen) {
            try cipher.open(whole, authenticating: aad, under: secret)
          }
        }
        checked += 1
      }
    }
    #expect(checked > 60)
    #expect(checked + refused == 316)
  }

  @Test("HKDF with SHA-256 agrees, and refuses what is too long")
  func hkdf() throws {
    var checked = 0
    for test in try Vectors.groups("hkdf_sha256_test").flatMap({ try $0.tests() }) {
      let derive = {
        try KeyDerivation.bytes(
          from: try test.bytes("ikm"), salt: try test.bytes("salt"),
          info: try test.bytes("info"), count: try test.number("size"))
      }
      if test.isValid {
        #expect(try derive() == test.bytes("okm"))
      } else {
        #expect(throws: VaultFault.self) { try derive() }
      }
      checked += 1
    }
    #expect(checked == 86)
  }

  @Test("HMAC with SHA-256 agrees, also cut to fewer bits")
  func hmac() throws {
    var checked = 0
    for group in try Vectors.groups("hmac_sha256_test") {
      let length = try group.number("tagSize") / 8
      for test in try group.tests() {
        let code = try AuthenticationCode(key: try test.bytes("key"))
        let computed = Array(try code.code(for: try test.bytes("msg")).prefix(length))
        #expect((try test.bytes("tag") == computed) == test.isValid)
        checked += 1
      }
    }
    #expect(checked == 174)
  }
}

@Suite("Published vectors of RFCs", .enabled(if: Vectors.hasOwn, "needs ../shared"))
struct RFCTests {
  @Test("scrypt agrees with RFC 7914 where its cost is one that we allow")
  func scrypt() throws {
    var refused = 0
    for test in try Vectors.own("scrypt_rfc7914") {
      let logN = try test.number("N").trailingZeroBitCount
      guard let cost = ScryptCost(logN: logN, r: try test.number("r"), p: try test.number("p"))
      else {
        refused += 1
        continue
      }
      let computed = try Scrypt.bytes(
        password: try test.bytes("password"), salt: try test.bytes("salt"), cost: cost,
        count: try test.number("dkLen"))
      #expect(try computed == test.bytes("dk"))
    }
    #expect(refused == 1, "the vector of 1 GiB is past the limit of memory")
  }

  @Test("HKDF agrees with RFC 5869")
  func hkdf() throws {
    for test in try Vectors.own("hkdf_sha256_rfc5869") {
      let computed = try KeyDerivation.bytes(
        from: try test.bytes("ikm"), salt: try test.bytes("salt"), info: try test.bytes("info"),
        count: try test.number("length"))
      #expect(try computed == test.bytes("okm"))
    }
  }

  @Test("HMAC agrees with RFC 4231")
  func hmac() throws {
    for test in try Vectors.own("hmac_sha256_rfc4231") {
      let code = try AuthenticationCode(key: try test.bytes("key"))
      let (data, mac) = (try test.bytes("data"), try test.bytes("mac"))
      #expect(try code.code(for: data) == mac)
      #expect(try code.isValid(mac, for: data))
      #expect(try !code.isValid(Array(mac.dropLast()), for: data))
    }
  }
}
