/// Plaintext about a person.
///
/// It cannot be encoded, stored, put into a text or looked through by reflection; only
/// ``Sealed`` can be stored. The value is read where a person may see it, by ``expose()`` or
/// ``reveal(_:)``, two words that a reviewer can search for.
package struct Personal<Value: Sendable>: Sendable {
  private let value: Value

  /// Marks a value as personal.
  package init(_ value: Value) {
    self.value = value
  }

  /// The plaintext, for the one place where it is shown to somebody who may see it.
  package func expose() -> Value { value }

  /// What a function makes of the plaintext.
  package func reveal<Result, Fault: Error>(
    _ body: (Value) throws(Fault) -> Result
  ) throws(Fault) -> Result {
    try body(value)
  }

  /// Another personal value made of this one.
  package func map<Other: Sendable, Fault: Error>(
    _ body: (Value) throws(Fault) -> Other
  ) throws(Fault) -> Personal<Other> {
    Personal<Other>(try body(value))
  }
}

extension Personal: Equatable where Value: Equatable {}

extension Personal: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
  package var description: String { "‹personal›" }
  package var debugDescription: String { "‹personal›" }
  package var customMirror: Mirror { Mirror(self, children: []) }
}

extension DefaultStringInterpolation {
  /// Refuses to put plaintext about a person into a text.
  ///
  /// An unavailable overload would lose to the standard library's for any type. A deprecated one
  /// wins as the closer match, and all warnings are errors here; at run time it shows nothing.
  @available(
    *, deprecated,
    message: "Personal data must be sealed by the vault before it can be stored or shown"
  )
  package mutating func appendInterpolation<Value>(_ value: Personal<Value>) {
    appendLiteral(value.description)
  }
}
