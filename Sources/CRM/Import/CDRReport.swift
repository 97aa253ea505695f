package import Advice
import JSON

/// The kinds of row of a Consumer Data Right product that decide or price it.
package enum CDRRowKind: String, Sendable, CaseIterable {
  /// One rate under one of its tiers; a rate without tiers is one row.
  case rate
  case eligibility, fee, constraint
}

/// What became of a row.
package enum CDROutcome: String, Sendable, CaseIterable {
  /// Rules decide or price by it.
  case evaluated
  /// It depends on words that no rule can read, so the client is shown it to confirm.
  case shown
  /// It could not be read and decides nothing; the report says why.
  case quarantined
}

/// Why a row, or a whole product, could not be read.
package enum CDRFault: String, Sendable, CaseIterable {
  case badNumber, missingValue, missingText, outOfRange
  case badDuration, missingDuration, unclearPeriod
  case unknownType, unknownUnit, unsupportedUnit, unknownWord, unknownCurrency
  case contradictoryBounds, emptyBound, ambiguousAmount
  /// Another condition of the same rate could not be read, so the rate cannot be used.
  case lostWithRate
  /// The whole product could not be read.
  case lostWithProduct
  case tooMany
  // Of whole lines:
  case badJSON, missingIdentity, unknownCategory, badDate, repeatedProduct
}

/// One row, or one line, that could not be read.
package struct CDRQuarantined: Sendable, Hashable, CustomStringConvertible {
  /// The line of the file, counted from 1.
  package let line: Int
  /// Which product, where it is known.
  package let product: ProductID?
  /// Which kind of row; nil for a whole line.
  package let kind: CDRRowKind?
  /// Where in the product: `depositRates/3/tiers/0`; empty for a whole line.
  package let place: String
  /// Why.
  package let fault: CDRFault
  /// What stood there.
  package let detail: String

  /// One line for an operator.
  package var description: String {
    let product = product.map { " \($0)" } ?? ""
    let place = place.isEmpty ? "" : " \(place)"
    return "line \(line):\(product)\(place): \(fault.rawValue): \(detail)"
  }
}

/// What an import made of each row; nothing is passed over.
package struct CDRReport: Sendable, Hashable {
  /// Lines read, empty ones aside.
  package internal(set) var lines = 0
  /// Products taken in.
  package internal(set) var products = 0
  /// Rows by kind and outcome.
  package private(set) var rows: [CDRRowKind: [CDROutcome: Int]] = [:]
  /// What could not be read, in the order of the file.
  package internal(set) var quarantine: [CDRQuarantined] = []

  /// A report of nothing.
  package init() {}

  /// The rows of a kind with an outcome.
  package func count(_ kind: CDRRowKind, _ outcome: CDROutcome) -> Int {
    rows[kind]?[outcome] ?? 0
  }

  /// All rows of a kind.
  package func total(_ kind: CDRRowKind) -> Int {
    CDROutcome.allCases.reduce(0) { $0 + count(kind, $1) }
  }

  /// The lines that gave no product.
  package var quarantinedLines: Int { quarantine.count { $0.kind == nil } }

  /// Quarantined rows and lines by their fault.
  package var faults: [CDRFault: Int] {
    quarantine.reduce(into: [:]) { $0[$1.fault, default: 0] += 1 }
  }

  mutating func add(_ kind: CDRRowKind, _ outcome: CDROutcome, _ count: Int = 1) {
    rows[kind, default: [:]][outcome, default: 0] += count
  }

  mutating func merge(_ other: CDRReport) {
    for (kind, outcomes) in other.rows {
      for (outcome, count) in outcomes { add(kind, outcome, count) }
    }
    quarantine += other.quarantine
  }

  /// The counts and the quarantine as JSON, to be kept with the edition.
  package var json: String {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("lines", lines)
      writer.member("products", products)
      writer.key("rows")
      writer.object { writer in
        for kind in CDRRowKind.allCases {
          writer.key(kind.rawValue)
          writer.object { writer in
            for outcome in CDROutcome.allCases {
              writer.member(outcome.rawValue, count(kind, outcome))
            }
          }
        }
      }
      writer.key("quarantine")
      writer.array { writer in
        for row in quarantine {
          writer.object { writer in
            writer.member("line", row.line)
            writer.member("product", row.product?.description)
            writer.member("kind", row.kind?.rawValue)
            writer.member("place", row.place)
            writer.member("fault", row.fault.rawValue)
            writer.member("detail", row.detail)
          }
        }
      }
    }
    return writer.text
  }
}
