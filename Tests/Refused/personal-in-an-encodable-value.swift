// error: does not conform to protocol 'Encodable'
import Vault

struct Answer: Encodable {
  let name: Personal<String>
}
