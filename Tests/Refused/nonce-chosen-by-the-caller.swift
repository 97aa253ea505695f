// error: extra argument 'nonce' in call
import Vault

func seal(_ name: Personal<String>, with vault: Vault, at place: Place) throws -> Sealed<String> {
  try vault.seal(name, at: place, nonce: [UInt8](repeating: 0, count: 12))
}
