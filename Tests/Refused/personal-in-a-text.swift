// error: Personal data must be sealed by the vault before it can be stored or shown
import Vault

func line(about name: Personal<String>) -> String {
  "signed in: \(name)"
}
