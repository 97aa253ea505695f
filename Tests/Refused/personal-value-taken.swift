// error: 'value' is inaccessible due to 'private' protection level
import Vault

func take(_ name: Personal<String>) -> String {
  name.value
}
