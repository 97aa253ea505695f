import Foundation
import JSON
package import Quantities

/// The folder that holds a catalogue as people write it: `<line>/<product>.json`,
/// `rates/exchange-rates.json` and `market/market.json`.
package struct CatalogueFolder: Sendable {
  /// The most files that a folder may hold.
  static let filesLimit = 20_000

  /// Where it lies.
  package let path: String

  /// A folder by its path.
  package init(path: String) { self.path = path }

  /// Reads everything.
  ///
  /// - Throws: ``CatalogueError`` with all that is wrong in all files at once.
  package func load(
    asOf: CalendarDate, digest: ContentDigest
  ) throws(CatalogueError) -> Catalogue {
    var problems: [CatalogueProblem] = []
    var products: [Product] = []
    for line in ProductLine.allCases {
      for file in files(in: line.rawValue, &problems) {
        guard let product: Product = read(file, &problems) else { continue }
        problems += Self.review(product, line, file)
        products.append(product)
      }
    }
    var seen: Set<ProductID> = []
    for product in products where !seen.insert(product.id).inserted {
      problems.append(
        CatalogueProblem(file: "", "repeated", "The product \(product.id) stands twice."))
    }
    let rates: ExchangeRates = read("rates/exchange-rates.json", &problems) ?? ExchangeRates()
    let market: MarketData = read("market/market.json", &problems) ?? MarketData()
    guard problems.isEmpty else { throw CatalogueError(problems) }
    return try Catalogue(
      asOf: asOf, products: products, exchangeRates: rates, market: market, digest: digest)
  }

  /// The product files of a line in rising order of their names.
  private func files(in line: String, _ problems: inout [CatalogueProblem]) -> [String] {
    let names = try? FileManager.default.contentsOfDirectory(atPath: "\(path)/\(line)")
    guard let names else {
      problems.append(CatalogueProblem(file: line, "missing", "This folder cannot be read."))
      return []
    }
    let shown = names.filter { !$0.hasPrefix(".") }.sorted { $0.precedesInBytes($1) }
    guard shown.count <= Self.filesLimit else {
      problems.append(
        CatalogueProblem(
          file: line, "tooMany", "This folder holds more than \(Self.filesLimit) files."))
      return []
    }
    for name in shown where !name.hasSuffix(".json") {
      problems.append(
        CatalogueProblem(
          file: "\(line)/\(name)", "unexpected", "Only .json files belong into this folder."))
    }
    return shown.filter { $0.hasSuffix(".json") }.map { "\(line)/\($0)" }
  }

  private func read<T: Fielded>(_ file: String, _ problems: inout [CatalogueProblem]) -> T? {
    guard let data = FileManager.default.contents(atPath: "\(path)/\(file)") else {
      problems.append(CatalogueProblem(file: file, "missing", "This file cannot be read."))
      return nil
    }
    do {
      return try T(jsonBytes: Array(data))
    } catch let error as JSONSyntaxError {
      problems.append(
        CatalogueProblem(file: file, "syntax", error.detail, position: error.position))
    } catch let error as Violations {
      problems += error.list.map {
        CatalogueProblem(
          file: file, $0.code, $0.detail, pointer: $0.pointer, position: $0.position)
      }
    } catch {
      problems.append(CatalogueProblem(file: file, "syntax", "\(error)"))
    }
    return nil
  }

  /// What must hold of products of our own beyond what any product must keep.
  static func review(_ product: Product, _ line: ProductLine, _ file: String) -> [CatalogueProblem]
  {
    var problems: [CatalogueProblem] = []
    if product.line != line {
      problems.append(
        CatalogueProblem(
          file: file, "misplaced", "A product of the kind \(product.kind) belongs elsewhere.",
          pointer: "/kind"))
    }
    let hasRate = product.charges.rates.contains { $0.type.role == .standing }
    if line == .loan || line == .deposit, !hasRate {
      problems.append(
        CatalogueProblem(
          file: file, "priceless", "A loan or a deposit needs a rate.", pointer: "/charges/rates"))
    }
    if product.targetMarket == nil {
      problems.append(
        CatalogueProblem(
          file: file, "required", "A product of ours says for whom it was made.",
          pointer: "/targetMarket"))
    }
    return problems
  }
}
