/// What a server that speaks TLS shows of itself: the certificates and their private key.
package struct TLSIdentity: Sendable, Equatable {
  /// The server's certificate and those between it and a root, in PEM.
  let certificates: [UInt8]

  /// The private key of the first certificate, in PEM without a passphrase.
  let key: [UInt8]

  /// An identity of two files as they were read.
  package init(certificates: [UInt8], key: [UInt8]) {
    self.certificates = certificates
    self.key = key
  }

  /// Bytes that either file may have.
  package static let fileBytes = 1 << 20

  /// Whether this program was built with the package trait `TLS`.
  package static var isSpoken: Bool {
    #if TLS
      true
    #else
      false
    #endif
  }

  /// Why a server cannot show itself so, in one line for the person at the terminal.
  package enum Fault: Error, CustomStringConvertible, CaseIterable {
    case notBuilt, noCertificate, noKey, otherKey

    /// One line that says what to do.
    package var description: String {
      switch self {
      case .notBuilt:
        "this program was built without TLS; build it by 'swift build -c release --traits TLS "
          + "--product steward', or put a front that speaks TLS before it and say --secure"
      case .noCertificate: "the certificate file holds no certificate in PEM that can be read"
      case .noKey: "the key file holds no private key in PEM without a passphrase"
      case .otherKey: "the private key is not the key of the first certificate"
      }
    }
  }
}
