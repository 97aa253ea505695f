// error: cannot convert value of type 'String' to expected argument type 'Personal
import Vault

func seal(_ name: String, with vault: Vault, at place: Place) throws -> Sealed<String> {
  try vault.seal(name, at: place)
}
