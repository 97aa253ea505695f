/// Who asks: a person signed in, in the one role of the session.
package enum Caller: Sendable {
  case client(String)
  case policyholder(String)
  case broker(String)
  case staff(String)
}

/// A session that was found to be in force for this request.
package struct Session: Sendable {
  let caller: Caller
}
