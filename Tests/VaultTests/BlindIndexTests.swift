import Foundation
import Testing

@testable import Vault

@Suite("Blind indexes")
struct BlindIndexTests {
  static let name = IndexName(tenant: "bank", table: "client", column: "email")

  static func normal(_ value: LookUpValue) throws -> String {
    String(decoding: try NormalForm(value).bytes, as: UTF8.self)
  }

  @Test(
    "E-mail addresses have one spelling",
    arguments: [
      ("Ada@Example.COM", "ada@example.com"), (" ada@example.com\n", "ada@example.com"),
      ("ada+bank@example.com", "ada+bank@example.com"),
      ("Zoe\u{308}@example.com", "zo\u{EB}@example.com"),
      ("ada@B\u{FC}cher.example", "ada@xn--bcher-kva.example"),
      ("ada@BU\u{308}CHER.example", "ada@xn--bcher-kva.example"),
      ("ada@xn--bcher-kva.example", "ada@xn--bcher-kva.example"),
      ("ИВАН@почта.рф", "иван@xn--80a1acny.xn--p1ai"),
      ("ada@例え\u{3002}テスト", "ada@xn--r8jz45g.xn--zckzah"),
    ])
  func emails(text: String, expected: String) throws {
    #expect(try Self.normal(.email(Personal(text))) == expected)
  }

  @Test(
    "What is no e-mail address has no normal form",
    arguments: [
      "", "ada", "@example.com", "ada@", "ada@@example.com", "a@b@c.d", "ada@exa mple.com",
      "ada@example..com", "ada@.com", "a da@example.com", "ada@ex/ample.com",
      "ada\u{0}@example.com",
      "ada@" + String(repeating: "x", count: 64) + ".com",
      String(repeating: "x", count: 1100) + "@example.com",
    ])
  func noEmails(text: String) {
    #expect(throws: VaultFault.notNormalisable("e-mail address")) {
      try NormalForm(.email(Personal(text)))
    }
  }

  @Test(
    "Punycode agrees with RFC 3492 section 7.1",
    arguments: [
      (
        [
          0x0644, 0x064A, 0x0647, 0x0645, 0x0627, 0x0628, 0x062A, 0x0643, 0x0644, 0x0645, 0x0648,
          0x0634, 0x0639, 0x0631, 0x0628, 0x064A, 0x061F,
        ] as [UInt32], "egbpdaj6bu4bxfgehfvwxn"
      ),
      (
        [0x4ED6, 0x4EEC, 0x4E3A, 0x4EC0, 0x4E48, 0x4E0D, 0x8BF4, 0x4E2D, 0x6587],
        "ihqwcrb4cv8a8dqg056pqjye"
      ),
      ([0x33, 0x5E74, 0x42, 0x7D44, 0x91D1, 0x516B, 0x5148, 0x751F], "3B-ww4c5e180e575a65lsy2b"),
    ])
  func punycode(scalars: [UInt32], expected: String) {
    #expect(Punycode.encode(scalars) == expected)
  }

  @Test(
    "Telephone numbers are E.164",
    arguments: [
      ("+44 20 7946 0958", "+442079460958"), ("0044 (20) 7946-0958", "+442079460958"),
      ("+1.415.555.2671", "+14155552671"), ("＋４９ 30 1234567", "+49301234567"),
      ("+٤٤٢٠٧٩٤٦٠٩٥٨", "+442079460958"),
    ])
  func phones(text: String, expected: String) throws {
    #expect(try Self.normal(.phone(Personal(text))) == expected)
  }

  @Test(
    "What is no telephone number with its country has no normal form",
    arguments: [
      "", "+", "020 7946 0958", "+0442079460958", "+4420", "+1234567890123456", "+44x2079460958",
      "++442079460958", "+44+2079460958", "00",
    ])
  func noPhones(text: String) {
    #expect(throws: VaultFault.notNormalisable("telephone number")) {
      try NormalForm(.phone(Personal(text)))
    }
  }

  @Test("Documents are country, kind, letters and digits")
  func documents() throws {
    let passport = { (country: String, kind: String, number: String) in
      try NormalForm(.document(country: country, kind: kind, number: Personal(number)))
    }
    #expect(
      try passport("gb", "Passport", "ab 123-456") == passport("GB", "passport", "AB123456"))
    #expect(try passport("GB", "passport", "1") != passport("GB", "passport1", "" + "11"))
    #expect(try passport("GB", "passport", "1") != passport("IE", "passport", "1"))
    for (country, kind, number) in [
      ("GBR", "passport", "1"), ("GB", "", "1"), ("GB", "passport", "--"),
      ("GB", "passport", "1;2"), ("G1", "passport", "1"),
    ] {
      #expect(throws: VaultFault.notNormalisable("document")) {
        try passport(country, kind, number)
      }
    }
  }

  @Test("Equal values of one index are equal, of any other index they are not")
  func separation() throws {
    let test = try TestVault()
    let email = LookUpValue.email(Personal("ada@example.com"))
    let stored = try test.vault.blindIndex(of: email, in: Self.name)
    #expect(stored.bytes.count == 16)
    #expect(stored.epoch == 1)
    let same = LookUpValue.email(Personal("ADA@example.com"))
    #expect(try test.vault.blindIndex(of: same, in: Self.name) == stored)
    let others = [
      IndexName(tenant: "broker", table: "client", column: "email"),
      IndexName(tenant: "bank", table: "staff", column: "email"),
      IndexName(tenant: "bank", table: "client", column: "second_email"),
      IndexName(tenant: "bankclient", table: "", column: "email"),
    ]
    for other in others {
      #expect(try test.vault.blindIndex(of: email, in: other).bytes != stored.bytes)
    }
    let name = LookUpValue.userName(Personal("ada@example.com"))
    #expect(try test.vault.blindIndex(of: name, in: Self.name).bytes != stored.bytes)
    let another = try TestVault()
    #expect(try another.vault.blindIndex(of: email, in: Self.name).bytes != stored.bytes)
  }

  @Test("Fewer bits leave the rest clear", arguments: [1, 7, 8, 9, 12, 127, 128])
  func bits(bits: Int) throws {
    let test = try TestVault()
    for number in 0..<20 {
      let value = LookUpValue.userName(Personal("user \(number)"))
      let index = try test.vault.blindIndex(of: value, in: Self.name, bits: bits)
      #expect(index.bytes.count == (bits + 7) / 8)
      let spare = index.bytes.count * 8 - bits
      #expect(index.bytes.last.map { $0.trailingZeroBitCount >= spare } == true)
    }
    #expect(throws: VaultFault.self) {
      try test.vault.blindIndex(of: .userName(Personal("a")), in: Self.name, bits: 129)
    }
  }

  @Test("After a change of epoch values are found by both keys until the old one is destroyed")
  func epochs() throws {
    let test = try TestVault()
    let email = LookUpValue.email(Personal("ada@example.com"))
    let old = try test.vault.blindIndex(of: email, in: Self.name)
    #expect(try test.vault.keys.advance(.index) == 2)
    let new = try test.vault.blindIndex(of: email, in: Self.name)
    #expect(new.bytes != old.bytes)
    #expect(try test.vault.blindIndexes(of: email, in: Self.name) == [new, old])
    #expect(throws: VaultFault.keyMissing) { try test.vault.retireIndex(epoch: 2) }
    try test.vault.retireIndex(epoch: 1)
    #expect(try test.vault.blindIndexes(of: email, in: Self.name) == [new])
  }
}
