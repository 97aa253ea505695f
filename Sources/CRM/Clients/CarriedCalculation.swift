package import JSON
import Quantities
import Vault

/// A calculation that a client made while signed in and may carry on to offers.
///
/// The server keeps nothing of it: its id is the calculation itself, sealed under the client's own
/// key, so that any server of the same book reads it, nobody else can, and it ends with the key.
package struct CarriedCalculation: Sendable {
  /// The calculator's address: `loan/quote`.
  package let path: String
  /// What the client gave.
  package let inputs: JSONNode
  /// Names calculator, formulas and inputs.
  package let hash: String
  /// Names the formulas.
  package let engineVersion: String

  /// How long an id is good for.
  package static let seconds: Int64 = 3_600
  /// The longest inputs that are carried, in bytes of JSON; an id must fit in an address.
  package static let longestInputs = 4_096

  /// A calculation.
  package init(path: String, inputs: JSONNode, hash: String, engineVersion: String) {
    self.path = path
    self.inputs = inputs
    self.hash = hash
    self.engineVersion = engineVersion
  }
}

extension Book {
  /// The id by which a client carries a calculation on; nil where its inputs are too long.
  package func carry(
    _ calculation: CarriedCalculation, for principal: ClientPrincipal
  ) throws -> String? {
    let inputs = JSONValue(calculation.inputs)
    let length = calculation.inputs.canonicalBytes.count
    guard length <= CarriedCalculation.longestInputs else { return nil }
    let content = JSONValue.object([
      "path": .string(calculation.path), "inputs": inputs, "hash": .string(calculation.hash),
      "engine": .string(calculation.engineVersion),
      "until": JSONValue(Int(clocks.real().microseconds / 1_000_000 + CarriedCalculation.seconds)),
    ])
    let sealed = try vault.seal(Personal(content.canonicalBytes), at: carriedPlace(principal))
    return Base64.url.encode(sealed.bytes)
  }

  /// The calculation of an id; nil when it is another client's, too old, or none.
  package func carried(
    _ id: String, by principal: ClientPrincipal
  ) throws -> CarriedCalculation? {
    guard id.utf8.count <= 4 * CarriedCalculation.longestInputs,
      let bytes = Base64.url.decode(id),
      let content: [UInt8] = try? vault.open(Sealed(bytes: bytes), at: carriedPlace(principal))
        .expose(),
      let node = try? JSONNode.parse(content), let inputs = node["inputs"],
      let until = node["until"]?.numberText.flatMap({ Int64($0) }),
      until >= clocks.real().microseconds / 1_000_000
    else { return nil }
    return CarriedCalculation(
      path: node["path"]?.stringValue ?? "", inputs: inputs,
      hash: node["hash"]?.stringValue ?? "",
      engineVersion: node["engine"]?.stringValue ?? "")
  }

  private func carriedPlace(_ principal: ClientPrincipal) -> Place {
    Place(
      tenant: tenant, client: principal.client.text, table: "calculation", column: "carried",
      row: "id", revision: 1)
  }
}
