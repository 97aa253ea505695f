import JSON

/// Which part of a list is asked for, by offset.
struct ListPart: Sendable {
  let from: Int
  let limit: Int

  /// Offsets that can be asked for.
  static let offsets = 0...10_000_000
  /// Elements of a page when the request does not say.
  static let usualLimit = 20

  /// Reads `from` and `limit` of a query.
  init(_ query: FormFields, limit greatest: Int) throws(Problem) {
    from = try query.integer("from", in: Self.offsets) ?? 0
    limit = try query.integer("limit", in: 1...greatest) ?? min(Self.usualLimit, greatest)
  }

  /// The parameters for the documentation.
  static func parameters(limit greatest: Int) -> [Route.Parameter] {
    [
      .init("from", .integer("How many to pass over; 0.", offsets)),
      .init("limit", .integer("How many to give; \(usualLimit).", 1...greatest)),
    ]
  }
}

extension FormFields {
  /// A whole number of a query; nil when it is absent.
  func integer(_ name: String, in range: ClosedRange<Int>) throws(Problem) -> Int? {
    guard let text = self[name] else { return nil }
    guard text.utf8.count < 20, let value = Int(text), range.contains(value) else {
      throw .parameter(
        name, "This must be a whole number from \(range.lowerBound) to \(range.upperBound).")
    }
    return value
  }

  /// A name of one of an enumeration's cases in a query; nil when it is absent.
  func choice<E: RawRepresentable & CaseIterable>(
    _ name: String, _ type: E.Type
  ) throws(Problem) -> E? where E.RawValue == String {
    guard let text = self[name] else { return nil }
    guard let value = E(rawValue: text) else {
      let known = E.allCases.map(\.rawValue).joined(separator: ", ")
      throw .parameter(name, "This must be one of \(known).")
    }
    return value
  }
}

extension Problem {
  /// A query parameter that cannot be accepted.
  static func parameter(_ name: String, _ detail: String) -> Problem {
    .invalid([Violation(pointer: "?\(name)", code: "parameter", detail: detail)])
  }
}
