import Vault

/// What somebody may be to the institution.
package enum Role: String, Sendable, CaseIterable {
  case client, broker, policyholder, staff
}

/// Which session a principal came with.
package struct SessionReference: Sendable, Hashable {
  /// The session's id.
  package let id: SessionID
  let digest: Digest
}

/// A client who is signed in.
package struct ClientPrincipal: Sendable, Hashable {
  /// The client's own record.
  package let client: ClientID
  /// The session.
  package let session: SessionReference
}

/// A policyholder who is signed in: sees policies and claims, nothing else.
package struct PolicyholderPrincipal: Sendable, Hashable {
  /// The record that the policies and claims are filed under.
  package let client: ClientID
  /// The session.
  package let session: SessionReference
}

/// A broker who is signed in.
package struct BrokerPrincipal: Sendable, Hashable {
  /// The broker.
  package let broker: ColleagueID
  /// The session.
  package let session: SessionReference
}

/// One of the staff who is signed in.
package struct StaffPrincipal: Sendable, Hashable {
  /// The member of staff.
  package let colleague: ColleagueID
  /// The session.
  package let session: SessionReference
}

/// Whoever a session belongs to.
///
/// Only ``Book/principal(of:)`` makes one.
package enum Principal: Sendable, Hashable {
  case client(ClientPrincipal)
  case policyholder(PolicyholderPrincipal)
  case broker(BrokerPrincipal)
  case staff(StaffPrincipal)

  /// The role.
  package var role: Role {
    switch self {
    case .client: .client
    case .policyholder: .policyholder
    case .broker: .broker
    case .staff: .staff
    }
  }

  /// The session.
  package var session: SessionReference {
    switch self {
    case .client(let principal): principal.session
    case .policyholder(let principal): principal.session
    case .broker(let principal): principal.session
    case .staff(let principal): principal.session
    }
  }

  /// The id of the person's own record, and the owner of the key for what is sealed about them.
  package var subject: String {
    switch self {
    case .client(let principal): principal.client.text
    case .policyholder(let principal): principal.client.text
    case .broker(let principal): principal.broker.text
    case .staff(let principal): principal.colleague.text
    }
  }

  init(role: Role, subject: String, session: SessionReference) {
    switch role {
    case .client: self = .client(.init(client: .init(trusted: subject), session: session))
    case .policyholder:
      self = .policyholder(.init(client: .init(trusted: subject), session: session))
    case .broker: self = .broker(.init(broker: .init(trusted: subject), session: session))
    case .staff: self = .staff(.init(colleague: .init(trusted: subject), session: session))
    }
  }
}

/// Whoever works at the machine itself with the keys at hand: the command line.
package struct Operator: Sendable, Hashable {
  /// The name under which acts are written to the audit log.
  package let name: String

  /// The operator at the command line.
  package init(commandLine name: String = "command-line") {
    self.name = name
  }
}

/// Who did something, as the audit log names them.
package struct Actor: Sendable, Hashable {
  /// `client`, `broker`, `policyholder`, `staff`, `operator` or `nobody`.
  package let role: String
  /// The id of the person's record; empty for nobody.
  package let id: String

  /// Somebody who is not signed in.
  package static let nobody = Actor(role: "nobody", id: "")

  init(role: String, id: String) {
    self.role = role
    self.id = id
  }

  /// Whoever is signed in.
  package init(_ principal: Principal) {
    self.init(role: principal.role.rawValue, id: principal.subject)
  }

  init(_ operator: Operator) {
    self.init(role: "operator", id: `operator`.name)
  }
}
