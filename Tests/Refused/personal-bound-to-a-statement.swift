// error: Personal data must be sealed by the vault before it can be stored
import Storage
import Vault

func insert(_ name: Personal<String>) -> SQL {
  "INSERT INTO client (name) VALUES (\(name))"
}
