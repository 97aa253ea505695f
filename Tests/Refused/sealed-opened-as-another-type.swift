// error: cannot assign value of type 'Personal<String>' to type 'Personal<[UInt8]>'
import Vault

func read(_ name: Sealed<String>, from vault: Vault, at place: Place) throws -> Personal<[UInt8]> {
  var bytes = Personal<[UInt8]>([])
  bytes = try vault.open(name, at: place)
  return bytes
}
