import Hummingbird
import Logging
import NIOCore

/// What every request carries: its identity for the log, where it came from, and who asks once the
/// session has been read.
struct WebContext: RequestContext {
  var coreContext: CoreRequestContextStorage

  /// The connection's other end; nil for a request that came over no network.
  let channel: any Channel

  /// Who asks; nil until a session was read, and when there is none.
  var session: Session?

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }

  /// Whether the request was made on this machine.
  var isLoopback: Bool {
    guard let address = channel.remoteAddress?.ipAddress else { return false }
    return address == "::1" || address.hasPrefix("127.")
  }
}

/// The role that a route is for; each has a context type of its own with a principal that is there.
package enum RouteRole: String, Sendable, CaseIterable {
  /// Nobody in particular: no session is read.
  case anyone
  /// Whoever is signed in.
  case signedIn
  case client, policyholder, broker, staff
  /// Clients and policyholders: whoever may hold policies.
  case insured
}

/// A request whose asker has the role that the route is for.
///
/// Making one is the check: without a session it is 401, with another role 403, both before the
/// handler has looked at anything. A handler names its context, so that mounting a handler for
/// staff among the routes of clients does not compile.
protocol RoleContext: ChildRequestContext where ParentContext == WebContext {
  /// The role as the documentation shows it.
  static var role: RouteRole { get }
}

/// A request of anyone.
struct PublicContext: RoleContext {
  static let role = RouteRole.anyone
  var coreContext: CoreRequestContextStorage
  let isLoopback: Bool

  init(context: WebContext) {
    coreContext = context.coreContext
    isLoopback = context.isLoopback
  }
}

/// A request of whoever is signed in.
struct SessionContext: RoleContext {
  static let role = RouteRole.signedIn
  var coreContext: CoreRequestContextStorage
  let session: Session

  init(context: WebContext) throws {
    guard let session = context.session else { throw Problem.signInRequired }
    coreContext = context.coreContext
    self.session = session
  }
}
