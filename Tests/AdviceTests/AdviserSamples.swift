import DMN
import Foundation
import JSON
import Quantities
import Support

@testable import Advice

/// Our own products and rules, loaded once for all tests of the adviser.
enum Sample {
  static let date = CalendarDate(year: 2026, month: 11, day: 22) ?? CalendarDate(daysSinceEpoch: 0)

  static func folder(_ name: String) -> URL {
    ProjectFolder.root.appending(path: name).resolvingSymlinksInPath()
  }

  static func files(_ name: String, _ ending: String) throws -> [ModelFile] {
    let url = folder(name)
    return try FileManager.default.contentsOfDirectory(atPath: url.path).sorted()
      .filter { $0.hasSuffix(ending) && !$0.hasSuffix(".cases.json") }
      .map {
        ModelFile(
          name: $0, bytes: Array(try Data(contentsOf: url.appending(path: $0))))
      }
  }

  static func rules() throws -> RuleBook { try RuleBook(source()) }

  static func source() throws -> RuleBook.Source {
    let texts = try files("Rules/Texts", ".json").map {
      (String($0.name.dropLast(5)), $0.bytes)
    }
    return RuleBook.Source(
      effective: date, models: try files("Rules/2024-01-01", ".dmn"),
      texts: Dictionary(uniqueKeysWithValues: texts),
      questionnaires: try files("Questionnaires", ".json"), digest: "sample")
  }

  static func catalogue() throws -> Catalogue {
    try CatalogueFolder(path: folder("Products").path)
      .load(asOf: date, digest: ContentDigest { bytes in [UInt8(bytes.count & 0xFF)] })
  }

  static func adviser() throws -> Adviser {
    try Adviser(catalogue: catalogue(), rules: rules())
  }

  /// A client of 34 who earns 2,200 EUR a month and lives in Moldova.
  static func ana() -> Facts {
    guard let euro = Currency("EUR") else { preconditionFailure("EUR stands in ISO 4217") }
    var facts = Facts(homeCurrency: euro)
    facts.profile.birthDate = CalendarDate(year: 1992, month: 3, day: 14)
    facts.profile.residency = "MD"
    facts.profile.region = "MD-CU"
    facts.profile.employment = .employed
    facts.profile.dependants = 1
    facts.profile.clientSince = CalendarDate(year: 2020, month: 1, day: 10)
    facts.risk.riskClass = 4
    facts.risk.knowledge = .informed
    facts.risk.capacityForLoss = .limited
    facts.risk.horizonMonths = 60
    for month in 0..<8 {
      let start = CalendarDate(daysSinceEpoch: date.daysSinceEpoch).adding(months: -8 + month)
      facts.history.record(
        HistoryEvent(date: start, kind: .salary, amount: 2_200, balance: 9_000))
      facts.history.record(
        HistoryEvent(date: start.adding(days: 2), kind: .household, amount: 1_500, balance: 7_500))
    }
    facts.answers = ["owns-home": "true", "owns-vehicle": "true", "vehicle-value": "12000"]
    return facts
  }

  static func goal(_ json: String) throws -> Goal {
    try decodeJSON(Array(json.utf8)) { Goal(reading: $0) }
  }
}

extension Consultation {
  /// Why a product is offered, as an outcome says it: the need, the terms that are met, the cost.
  func reasons(for ranked: RankedProduct, _ price: Price) -> [Reason] {
    let need = screening.needOfKind[adviser.products[ranked.place].kind]
    return (need.map { [screening.needs[$0].reason] } ?? [])
      + screening.reasons(for: ranked.place) + price.reasons(limits, client)
  }
}
