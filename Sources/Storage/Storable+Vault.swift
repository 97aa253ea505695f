package import Vault

extension Sealed: Storable {
  package var stored: StoredValue { .bytes(bytes) }

  package init(stored: StoredValue) throws(StorageError) {
    self.init(bytes: try [UInt8](stored: stored))
  }
}

extension Digest: Storable {
  package var stored: StoredValue { .bytes(bytes) }

  package init(stored: StoredValue) throws(StorageError) {
    guard let digest = Digest(bytes: try [UInt8](stored: stored)) else {
      throw .column(expected: "a digest", stored)
    }
    self = digest
  }
}
