// error: requires that 'Personal<String>' conform to 'Encodable'
import Foundation
import Vault

func body(_ name: Personal<String>) throws -> Data {
  try JSONEncoder().encode(name)
}
