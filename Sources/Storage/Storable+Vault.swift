package import Vault

extension Sealed: Storable {
  package var stored: StoredValue { .bytes(bytes) }

  package init(stored: StoredValue) throws(StorageError) {
    self.init(bytes: try [UInt8](stored: stored))
  }
}
