package import JSON
package import Quantities

/// A figure of a calculator's answer: its name, what it stands for, and its value.
package struct Figure: Sendable {
  /// The values that a figure can have.
  package enum Value: Sendable {
    /// An exact decimal; a string in JSON.
    case decimal(Decimal128)
    /// A whole number.
    case integer(Int)
    /// A name or a sentence.
    case text(String)
    /// A calendar date.
    case date(CalendarDate)
    /// `true` or `false`.
    case boolean(Bool)
    /// No value: the figure does not exist for these inputs.
    case absent
    /// Values of one form in order.
    case list([Value])
    /// Figures of their own.
    case fields([Figure])
  }

  /// The figure's name.
  package let name: String

  /// What it stands for.
  package let about: String

  /// Its value.
  package let value: Value

  init(_ name: String, _ value: Value, _ about: String) {
    self.name = name
    self.about = about
    self.value = value
  }
}

extension Figure {
  static func decimal(_ name: String, _ value: Decimal128?, _ about: String) -> Figure {
    Figure(name, value.map { .decimal($0) } ?? .absent, about)
  }

  /// A figure that was computed in binary floating point.
  static func binary(_ name: String, _ value: Double?, _ about: String) -> Figure {
    Figure(name, value.map { .decimal(Decimal128($0)) } ?? .absent, about)
  }

  static func integer(_ name: String, _ value: Int?, _ about: String) -> Figure {
    Figure(name, value.map { .integer($0) } ?? .absent, about)
  }

  static func text(_ name: String, _ value: String?, _ about: String) -> Figure {
    Figure(name, value.map { .text($0) } ?? .absent, about)
  }

  static func date(_ name: String, _ value: CalendarDate?, _ about: String) -> Figure {
    Figure(name, value.map { .date($0) } ?? .absent, about)
  }

  static func boolean(_ name: String, _ value: Bool, _ about: String) -> Figure {
    Figure(name, .boolean(value), about)
  }

  static func texts(_ name: String, _ values: [String], _ about: String) -> Figure {
    Figure(name, .list(values.map { .text($0) }), about)
  }

  static func decimals(_ name: String, _ values: [Decimal128], _ about: String) -> Figure {
    Figure(name, .list(values.map { .decimal($0) }), about)
  }

  static func rows<T>(
    _ name: String, _ rows: [T], _ about: String, _ row: (T) -> [Figure]
  ) -> Figure {
    Figure(name, .list(rows.map { .fields(row($0)) }), about)
  }

  static func fields(_ name: String, _ figures: [Figure]?, _ about: String) -> Figure {
    Figure(name, figures.map { .fields($0) } ?? .absent, about)
  }

  /// The field that documents this figure.
  package var field: CalculatorField {
    CalculatorField(name, about, value.kind, isRequired: false)
  }
}

extension Figure.Value {
  /// The form of the value, as far as it shows.
  var kind: CalculatorField.Kind {
    switch self {
    case .decimal, .absent: .decimal
    case .integer: .integer(nil)
    case .text: .text
    case .date: .date
    case .boolean: .boolean
    case .list(let values): .list(values.first?.kind ?? .decimal, max: Int.max)
    case .fields(let figures): .fields(figures.map(\.field))
    }
  }

  fileprivate func write(_ json: inout JSONWriter) {
    switch self {
    case .decimal(let value): json.decimal(value)
    case .integer(let value): json.integer(value)
    case .text(let value): json.string(value)
    case .date(let value): json.string(value.description)
    case .boolean(let value): json.boolean(value)
    case .absent: json.null()
    case .list(let values): json.array { json in for value in values { value.write(&json) } }
    case .fields(let figures): json.object { json in figures.write(&json) }
    }
  }
}

extension [Figure] {
  /// Writes the figures as members of the object that has been begun; absent ones are left out.
  package func write(_ json: inout JSONWriter) {
    for figure in self {
      if case .absent = figure.value { continue }
      json.key(figure.name)
      figure.value.write(&json)
    }
  }

  /// The value of a figure by its name.
  package subscript(name: String) -> Figure.Value? { first { $0.name == name }?.value }
}
