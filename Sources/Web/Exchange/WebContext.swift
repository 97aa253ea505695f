import CRM
import Hummingbird
import Logging
import NIOCore
import Vault

/// What every request carries: its identity for the log, where it came from, and who asks once the
/// session has been read.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage

  /// The connection.
  let channel: any NIOCore.Channel

  /// Whose session it is; nil until a session was read, and when there is none.
  var session: LiveSession?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// Where the request came from.
  var peer: Peer { Peer(socket: channel.remoteAddress) }
}

/// The other end of a connection, spelt out only where it is asked for.
struct Peer: Sendable {
  /// nil for a request that came over no network.
  let socket: SocketAddress?

  /// Its address as text.
  var address: String? { socket?.ipAddress }

  /// Whether it is this machine.
  var isLoopback: Bool {
    switch socket {
    case .v4(let socket):
      // 127.0.0.0/8; the address follows two bytes of family and two of port (POSIX, netinet/in.h).
      withUnsafeBytes(of: socket.address) { $0[4] == 127 }
    case .v6: address == "::1"
    case .unixDomainSocket, nil: false
    }
  }
}

/// A session that was found to be in force for this request.
struct LiveSession: Sendable {
  /// Whose it is.
  let principal: Principal
  /// What the request showed.
  let token: Token
}

/// Whom a route is for, as its context type says.
package enum RouteRole: String, Sendable, CaseIterable {
  /// Anyone, signed in or not.
  case anyone
  /// Whoever is signed in.
  case signedIn
  /// Clients and policyholders: whoever may hold policies.
  case insured
  case client, policyholder, broker, staff
}

/// A request whose asker has the role that the route is for.
///
/// Making one is the check: without a session it is 401, with another role 403, both before the
/// handler has looked at anything. A handler names its context, so that mounting a handler for
/// staff among the routes of clients does not compile.
protocol RoleContext: ChildRequestContext where ParentContext == WebContext {
  /// The role as the documentation shows it.
  static var role: RouteRole { get }
  /// Whether the session is looked up before the context is made.
  static var readsSession: Bool { get }
}

extension RoleContext {
  static var readsSession: Bool { role != .anyone }
}

extension WebContext {
  /// The session; without one the request ends with 401.
  func requiredSession() throws(Problem) -> LiveSession {
    guard let session else { throw .signInRequired }
    return session
  }
}

/// A request of anyone; no session is looked up.
struct PublicContext: RoleContext {
  static let role = RouteRole.anyone
  var coreContext: CoreRequestContextStorage
  let peer: Peer

  init(context: WebContext) {
    coreContext = context.coreContext
    peer = context.peer
  }
}

/// A request of anyone, with the session where there is one.
struct VisitorContext: RoleContext {
  static let role = RouteRole.anyone
  static let readsSession = true
  var coreContext: CoreRequestContextStorage
  let session: LiveSession?

  init(context: WebContext) {
    coreContext = context.coreContext
    session = context.session
  }
}

/// A request of whoever is signed in.
struct SessionContext: RoleContext {
  static let role = RouteRole.signedIn
  var coreContext: CoreRequestContextStorage
  let session: LiveSession

  init(context: WebContext) throws {
    coreContext = context.coreContext
    session = try context.requiredSession()
  }
}

/// A request of a client.
struct ClientContext: RoleContext {
  static let role = RouteRole.client
  var coreContext: CoreRequestContextStorage
  let principal: ClientPrincipal

  init(context: WebContext) throws {
    guard case .client(let principal) = try context.requiredSession().principal else {
      throw Problem(.wrongRole)
    }
    coreContext = context.coreContext
    self.principal = principal
  }
}

/// A request of a policyholder.
struct PolicyholderContext: RoleContext {
  static let role = RouteRole.policyholder
  var coreContext: CoreRequestContextStorage
  let principal: PolicyholderPrincipal

  init(context: WebContext) throws {
    guard case .policyholder(let principal) = try context.requiredSession().principal else {
      throw Problem(.wrongRole)
    }
    coreContext = context.coreContext
    self.principal = principal
  }
}

/// A request of a client or a policyholder, for what both have.
struct InsuredContext: RoleContext {
  /// Which of the two it is.
  enum Insured: Sendable {
    case client(ClientPrincipal)
    case policyholder(PolicyholderPrincipal)
  }

  static let role = RouteRole.insured
  var coreContext: CoreRequestContextStorage
  let principal: Insured

  init(context: WebContext) throws {
    switch try context.requiredSession().principal {
    case .client(let principal): self.principal = .client(principal)
    case .policyholder(let principal): self.principal = .policyholder(principal)
    case .broker, .staff: throw Problem(.wrongRole)
    }
    coreContext = context.coreContext
  }
}

/// A request of a broker.
struct BrokerContext: RoleContext {
  static let role = RouteRole.broker
  var coreContext: CoreRequestContextStorage
  let principal: BrokerPrincipal

  init(context: WebContext) throws {
    guard case .broker(let principal) = try context.requiredSession().principal else {
      throw Problem(.wrongRole)
    }
    coreContext = context.coreContext
    self.principal = principal
  }
}

/// A request of one of the staff.
struct StaffContext: RoleContext {
  static let role = RouteRole.staff
  var coreContext: CoreRequestContextStorage
  let principal: StaffPrincipal

  init(context: WebContext) throws {
    guard case .staff(let principal) = try context.requiredSession().principal else {
      throw Problem(.wrongRole)
    }
    coreContext = context.coreContext
    self.principal = principal
  }
}
