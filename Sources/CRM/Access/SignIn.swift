package import Quantities
import Storage
package import Vault

/// A session that has just begun: the token is shown to the bearer once and kept nowhere.
package struct NewSession: Sendable {
  /// What the bearer shows from now on.
  package let token: Token
  /// Who has signed in.
  package let principal: Principal
  /// When it ends in any case.
  package let expires: Instant
}

extension Book {
  /// Begins a session.
  ///
  /// An unknown login, a wrong password and a disabled login take the same work and give the same
  /// `Refusal.denied`; after several failures `Refusal.tooMany` says how long to wait.
  package func signIn(
    login: Personal<String>, password: Personal<String>, network: Network, device: String
  ) async throws -> NewSession {
    let indexes = try loginIndexes(login)
    guard let newest = indexes.first else { throw VaultFault.keyMissing }
    let attempts = AttemptGuard(self, login: newest, network: network)
    let credential = try await write { tx in
      try tx.countAttempt(attempts)
      return try tx.credential(login: indexes)
    }
    let stored = credential.flatMap { PasswordHash($0.hash) }
    let verdict: PasswordVerdict
    do {
      verdict = try await passwordQueue.verify(password, against: stored, by: passwords)
    } catch .failed(.tooLong) {
      verdict = .wrong
    } catch {
      throw Refusal(error) ?? error
    }
    guard case .right(let isOutdated) = verdict, let credential, !credential.isDisabled else {
      try await write { tx in
        try tx.record(.signInRefused, by: .nobody, subject: "", detail: "")
      }
      throw Refusal.denied
    }
    let renewed = isOutdated ? try? await passwordQueue.hash(password, by: passwords) : nil
    let token = try Token.random()
    return try await write { tx in
      // The credential may have been disabled while its password was looked at.
      guard let now = try tx.credential(login: indexes), !now.isDisabled, now.id == credential.id
      else { throw Refusal.denied }
      try tx.forgive(attempts)
      if let renewed { try tx.setHash(renewed, of: credential.id) }
      return try tx.beginSession(token, credential, device: device)
    }
  }

  /// The indexes to look a login up by, the newest first.
  ///
  /// A text that has no normal form is no login; it is looked up all the same, by the index of a
  /// form that nobody can have.
  private func loginIndexes(_ login: Personal<String>) throws -> [BlindIndex] {
    let name = IndexName(tenant: tenant, table: "credential", column: "login")
    do {
      return try vault.blindIndexes(of: .userName(login), in: name)
    } catch VaultFault.notNormalisable {
      let nobody = IndexName(tenant: tenant, table: "credential", column: "no login")
      let digest = Digest.sha256(login.expose()).hex
      return try vault.blindIndexes(of: .userName(Personal(digest)), in: nobody)
    }
  }
}
