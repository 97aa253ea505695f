/// An input or a figure of a calculator, as its documentation shows it.
package struct CalculatorField: Sendable, Hashable {
  /// What form a value has.
  package indirect enum Kind: Sendable, Hashable {
    /// An exact decimal.
    case decimal
    /// A whole number, within bounds where there are any.
    case integer(ClosedRange<Int>?)
    /// A calendar date.
    case date
    /// `true` or `false`.
    case boolean
    /// Text.
    case text
    /// An ISO 4217 currency code.
    case currency
    /// One of some names.
    case choice([String])
    /// At most so many values of one form.
    case list(Kind, max: Int)
    /// Fields of its own.
    case fields([CalculatorField])
    /// Values by names that the caller chooses.
    case dictionary(Kind)
    /// A value of any of some forms.
    case either([Kind])
  }

  /// The field's name.
  package let name: String

  /// What it stands for, in the trade's words.
  package let about: String

  /// Its form.
  package let kind: Kind

  /// Whether it must be given.
  package let isRequired: Bool

  /// A field.
  package init(_ name: String, _ about: String, _ kind: Kind, isRequired: Bool = true) {
    self.name = name
    self.about = about
    self.kind = kind
    self.isRequired = isRequired
  }
}
