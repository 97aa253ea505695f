import Foundation
import Testing

@testable import Vault

@Suite("Digests, encodings and codes")
struct DigestTests {
  @Test(
    "SHA-256 agrees with FIPS 180-4",
    arguments: [
      ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (
        "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
      ),
    ])
  func sha256(message: String, expected: String) {
    #expect(Digest.sha256(message).hex == expected)
    #expect(Digest(hex: expected) == Digest.sha256(message))
  }

  @Test("A message in parts has the digest of the whole")
  func running() {
    let message = (0..<5000).map { UInt8(truncatingIfNeeded: $0 &* 31) }
    for step in [1, 63, 64, 65, 4999, 5000] {
      var digest = RunningDigest()
      var rest = message[...]
      while !rest.isEmpty {
        digest.update(Array(rest.prefix(step)))
        rest = rest.dropFirst(step)
      }
      #expect(digest.finish() == Digest.sha256(message))
    }
    #expect(RunningDigest().finish() == Digest.sha256(""))
  }

  @Test("Hexadecimal text is read back, and nothing else is read")
  func hex() {
    for length in 0..<40 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37) }
      #expect(Hex.decode(Hex.encode(bytes)) == bytes)
      #expect(Hex.decode(Hex.encode(bytes).uppercased()) == bytes)
    }
    for text in ["0", "0g", "zz", " 00", "00 ", "é0", "０0"] { #expect(Hex.decode(text) == nil) }
    #expect(Digest(hex: "00") == nil)
    #expect(Digest(bytes: [0]) == nil)
  }

  @Test("Base64 agrees with Foundation at every length, without padding")
  func base64() {
    for length in 0..<80 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 151 &+ length) }
      let plain = Data(bytes).base64EncodedString().filter { $0 != "=" }
      #expect(Base64.plain.encode(bytes) == plain)
      #expect(Base64.plain.decode(plain) == bytes)
      let url = plain.replacing("+", with: "-").replacing("/", with: "_")
      #expect(Base64.url.encode(bytes) == url)
      #expect(Base64.url.decode(url) == bytes)
    }
  }

  @Test(
    "Base64 refuses every second spelling of the same bytes",
    arguments: ["A", "AAAAA", "AB", "AAB", "AA==", "AA\n", "A A", "+/+/", "AAAé"])
  func base64Refuses(text: String) {
    #expect(Base64.url.decode(text) == nil)
  }

  @Test("Equality in constant time is equality")
  func equality() {
    #expect(equalInConstantTime([], []))
    #expect(equalInConstantTime([1, 2], [1, 2]))
    #expect(!equalInConstantTime([1, 2], [1, 3]))
    #expect(!equalInConstantTime([1, 2], [1, 2, 3]))
  }

  @Test("Codes of one purpose are none for another")
  func purposes() throws {
    let test = try TestVault()
    let cursor = try test.vault.authenticationCode(for: "cursor")
    let form = try test.vault.authenticationCode(for: "form")
    let code = try cursor.code(for: [1, 2, 3])
    #expect(try cursor.isValid(code, for: [1, 2, 3]))
    #expect(try !form.isValid(code, for: [1, 2, 3]))
    #expect(try !cursor.isValid(code, for: [1, 2]))
    #expect(try test.vault.authenticationCode(for: "cursor").code(for: [1, 2, 3]) == code)
  }

  @Test("The seed for signing the audit log is 32 bytes, always the same ones")
  func auditSeed() throws {
    let test = try TestVault()
    let first = try test.vault.auditSigningSeed()
    #expect(first.seed.exposed().count == 32)
    #expect(try test.vault.auditSigningSeed().seed.exposed() == first.seed.exposed())
    #expect(first.number == 1)
    #expect("\(first.seed)" == "‹key›")
  }
}

@Suite("Tokens and ids")
struct TokenTests {
  @Test("A token is 256 random bits behind a prefix, and shows itself in no text")
  func token() throws {
    let token = try Token.random()
    #expect(token.text.hasPrefix("stw_"))
    #expect(token.text.utf8.count == 4 + 43)
    #expect("\(token)" == "‹token›")
    #expect(try Token.random().text != token.text)
    let shown = try #require(Token(shown: token.text))
    #expect(shown.matches(token.digest))
    #expect(try !Token.random().matches(token.digest))
  }

  @Test(
    "What cannot be a token is none",
    arguments: [
      "", "stw_", "stw_AAAA", String(repeating: "A", count: 47),
      "STW_" + String(repeating: "A", count: 43), "stw_" + String(repeating: "A", count: 44),
      "stw_" + String(repeating: "A", count: 42) + "B",
      "stw_" + String(repeating: "A", count: 42) + "=",
    ])
  func noToken(text: String) {
    #expect(Token(shown: text) == nil)
  }

  @Test("Ids have version 7, the time in front, and rise strictly")
  func ids() throws {
    let maker = IdentifierMaker()
    // 2022-02-22T19:22:22Z, the example of RFC 9562 appendix A.6
    let id = try maker.next(at: 1_645_557_742_000_000)
    #expect(id.hasPrefix("017f22e2-79b0-7"))
    #expect(id.utf8.count == 36)
    let variant = id[id.index(id.startIndex, offsetBy: 19)]
    #expect("89ab".contains(variant))
    var last = id
    for step in 0..<10_000 {
      let next = try maker.next(at: 1_645_557_742_000_000 + Int64(step % 7) * 300)
      #expect(next > last)
      last = next
    }
  }

  @Test("Ids keep rising when the clock goes back, and when a millisecond is full")
  func idsRise() throws {
    let maker = IdentifierMaker(random: { [UInt8](repeating: 0xFF, count: $0) })
    var last = try maker.next(at: 5_000_000)
    for instant: Int64 in [4_000_000, 0, -1, .min, 5_000_000, 5_001_000, .max, 3] {
      let next = try maker.next(at: instant)
      #expect(next > last)
      last = next
    }
  }

  @Test("Ids of a given random source are always the same")
  func idsAreReproducible() throws {
    let one = IdentifierMaker(random: { [UInt8](repeating: 1, count: $0) })
    let two = IdentifierMaker(random: { [UInt8](repeating: 1, count: $0) })
    #expect(try one.next(at: 1) == two.next(at: 1))
    #expect(try one.next(at: 1) == two.next(at: 1))
  }

  @Test("Ids of many threads differ")
  func idsOfManyThreads() async throws {
    let maker = IdentifierMaker()
    let all = try await withThrowingTaskGroup(of: [String].self) { group in
      for _ in 0..<4 {
        group.addTask { @concurrent in try (0..<1000).map { _ in try maker.next(at: 1) } }
      }
      return try await group.reduce(into: []) { $0 += $1 }
    }
    #expect(Set(all).count == 4000)
  }
}
