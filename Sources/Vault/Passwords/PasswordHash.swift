/// How hard it is to try a password against its hash (RFC 7914).
package struct ScryptCost: Sendable, Hashable {
  /// Binary logarithm of N, the cost in time and memory.
  package let logN: Int
  /// Block size.
  package let r: Int
  /// Passes one after the other.
  package let p: Int

  /// The most memory that a cost may ask for, in bytes.
  static let mostMemory = 192 << 20
  /// The most time that a cost may ask for, as N·r·p.
  static let mostWork = 1 << 23

  /// The cost in service: 32 MiB and about 0.4 s of one core.
  package static let service = ScryptCost(checkedLogN: 15, r: 8, p: 3)
  /// The least cost there is, well under a millisecond: for made-up sign-ins only.
  package static let least = ScryptCost(checkedLogN: 1, r: 1, p: 1)

  /// A cost; nil when it would take too much memory or time, so that a hash changed in the store
  /// cannot stop the program.
  package init?(logN: Int, r: Int, p: Int) {
    guard (1...20).contains(logN), (1...32).contains(r), (1...16).contains(p),
      128 << logN * r <= Self.mostMemory, r * p << logN <= Self.mostWork
    else { return nil }
    self.init(checkedLogN: logN, r: r, p: p)
  }

  private init(checkedLogN logN: Int, r: Int, p: Int) {
    self.logN = logN
    self.r = r
    self.p = p
  }

  /// What libcrypto may take for it: 128·r·(N + p + 2) and some.
  var memoryLimit: UInt64 { UInt64(128 * r * (1 << logN + p + 2) + (1 << 20)) }
}

/// The hash of a password as it is stored: a PHC string
/// `$scrypt$ln=15,r=8,p=3,k=1$salt$hash`, where `k` is the number of the pepper.
package struct PasswordHash: Sendable, Hashable {
  /// Salt and hash, in bytes.
  static let saltLength = 16
  static let hashLength = 32
  /// The longest text that is read as a hash.
  static let longestText = 256

  let cost: ScryptCost
  let pepper: UInt32
  let salt: [UInt8]
  let hash: [UInt8]

  init(cost: ScryptCost, pepper: UInt32, salt: [UInt8], hash: [UInt8]) {
    self.cost = cost
    self.pepper = pepper
    self.salt = salt
    self.hash = hash
  }

  /// Reads a stored hash; nil when it is none, or asks for too much.
  package init?(_ text: String) {
    guard text.utf8.count <= Self.longestText else { return nil }
    let parts = text.split(separator: "$", omittingEmptySubsequences: false)
    guard parts.count == 5, parts[0].isEmpty, parts[1] == "scrypt" else { return nil }
    var numbers: [Int] = []
    let names = ["ln", "r", "p", "k"]
    let settings = parts[2].split(separator: ",", omittingEmptySubsequences: false)
    guard settings.count == names.count else { return nil }
    for (name, setting) in zip(names, settings) {
      guard setting.hasPrefix("\(name)="),
        let number = Self.number(setting.dropFirst(name.count + 1))
      else { return nil }
      numbers.append(number)
    }
    guard let cost = ScryptCost(logN: numbers[0], r: numbers[1], p: numbers[2]), numbers[3] > 0,
      let salt = Base64.plain.decode(parts[3]), salt.count == Self.saltLength,
      let hash = Base64.plain.decode(parts[4]), hash.count == Self.hashLength
    else { return nil }
    self.init(cost: cost, pepper: UInt32(numbers[3]), salt: salt, hash: hash)
  }

  /// The PHC string.
  package var text: String {
    "$scrypt$ln=\(cost.logN),r=\(cost.r),p=\(cost.p),k=\(pepper)"
      + "$\(Base64.plain.encode(salt))$\(Base64.plain.encode(hash))"
  }

  /// A decimal number without sign or leading zero, as the PHC form asks for.
  private static func number(_ text: Substring) -> Int? {
    guard (1...9).contains(text.utf8.count), text == "0" || !text.hasPrefix("0"),
      text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) })
    else { return nil }
    return Int(text)
  }
}

extension PasswordHash: CustomStringConvertible, CustomReflectable {
  package var description: String { "‹password hash›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}
