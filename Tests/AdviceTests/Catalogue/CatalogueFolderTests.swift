import Foundation
import JSON
import Quantities
import Support
import Testing

@testable import Advice

@Suite("The catalogue's folder")
struct CatalogueFolderTests {
  @Test("Our own products load, at least 60 over the four lines, and the edition has a name")
  func loads() throws {
    let catalogue = try CatalogueSamples.load()
    #expect(catalogue.products.count >= 64)
    for line in ProductLine.allCases {
      #expect(catalogue.products.count { $0.line == line } >= 14, "\(line)")
    }
    #expect(catalogue.edition.count == 32)
    let again = try CatalogueFolder(path: CatalogueSamples.folder).load(
      asOf: CatalogueSamples.day, digest: CatalogueSamples.digest)
    #expect(again.edition == catalogue.edition)
    #expect(zip(catalogue.products, catalogue.products.dropFirst()).allSatisfy { $0.id < $1.id })
    #expect(Set(catalogue.products.map(\.currency)).count >= 8)
    #expect(catalogue.products.contains { $0.currency.minorUnits == 0 })
    #expect(catalogue.products.contains { $0.currency.minorUnits == 3 })
    #expect(catalogue.products.contains { !$0.isOffered(on: CatalogueSamples.day) })
  }

  @Test("A product is found by its id, and no other")
  func findsByID() throws {
    let catalogue = try CatalogueSamples.load()
    for (index, product) in catalogue.products.enumerated() {
      #expect(catalogue.index(of: product.id) == index)
      #expect(ProductID(product.id.description) == product.id)
    }
    for id in ["", "a", "/", "meridian/", "/x", "meridian/none"] {
      #expect(ProductID(id).flatMap { catalogue[$0] } == nil)
    }
  }

  @Test("Any change to a product, a rate or a price changes the edition's name")
  func editionFollowsContents() throws {
    let catalogue = try CatalogueSamples.load()
    var products = catalogue.products
    products[3].charges.fees.append(Fee("Something", .event, amount: 1))
    let other = try Catalogue(
      asOf: catalogue.asOf, products: products, exchangeRates: catalogue.exchangeRates,
      market: catalogue.market, digest: CatalogueSamples.digest)
    #expect(other.edition != catalogue.edition)
    let poorer = try Catalogue(
      asOf: catalogue.asOf, products: catalogue.products, market: catalogue.market,
      digest: CatalogueSamples.digest)
    #expect(poorer.edition != catalogue.edition)
    let shuffled = try Catalogue(
      asOf: catalogue.asOf, products: catalogue.products.reversed(),
      exchangeRates: catalogue.exchangeRates, market: catalogue.market,
      digest: CatalogueSamples.digest)
    #expect(shuffled.edition == catalogue.edition)
  }

  @Test("A product that stands twice is refused")
  func refusesTwins() throws {
    let catalogue = try CatalogueSamples.load()
    #expect(throws: CatalogueError.self) {
      try Catalogue(
        asOf: catalogue.asOf, products: catalogue.products + [catalogue.products[0]],
        digest: CatalogueSamples.digest)
    }
  }

  @Test("All that is wrong in all files is told at once, by file, line and value")
  func tellsAllProblems() throws {
    let temporary = try TemporaryFolder()
    let root = temporary.url
    for name in ["loan", "deposit", "insurance", "hedge", "rates", "market"] {
      try FileManager.default.createDirectory(
        at: root.appending(path: name), withIntermediateDirectories: true)
    }
    for file in ["rates/exchange-rates.json", "market/market.json"] {
      try Data(CatalogueSamples.bytes(file)).write(to: root.appending(path: file))
    }
    let broken = #"""
      {
        "brand": "a/b",
        "code": "x",
        "kind": "pawn",
        "name": "X", "brandName": "B", "summary": "S",
        "currency": "EURO",
        "audience": "person",
        "colour": "red",
        "terms": { "amount": { "minimum": "1000" } },
        "charges": {}
      }
      """#
    try Data(broken.utf8).write(to: root.appending(path: "loan/broken.json"))
    try Data("{ \"brand\": ".utf8).write(to: root.appending(path: "loan/cut.json"))
    try Data().write(to: root.appending(path: "loan/notes.txt"))
    try Data(CatalogueSamples.bytes("loan/personal-loan.json")).write(
      to: root.appending(path: "deposit/personal-loan.json"))
    let error = #expect(throws: CatalogueError.self) {
      try CatalogueFolder(path: root.path).load(
        asOf: CatalogueSamples.day, digest: CatalogueSamples.digest)
    }
    let lines = (error?.problems ?? []).map(\.description)
    for start in [
      "loan/notes.txt: ", "loan/broken.json:2:12: /brand: ", "loan/broken.json:4:11: /kind: ",
      "loan/broken.json:6:15: /currency: ", "loan/broken.json:8:3: /colour: ",
      "loan/broken.json:9:37: /terms/amount/minimum: ", "loan/cut.json:1:12: ",
      "deposit/personal-loan.json: /kind: ",
    ] {
      #expect(lines.contains { $0.hasPrefix(start) }, "\(start) in \(lines)")
    }
    #expect(lines.count == 8, "\(lines)")
  }

  @Test("A folder that is not there is told in one line for each part")
  func missingFolder() {
    let error = #expect(throws: CatalogueError.self) {
      try CatalogueFolder(path: "/nowhere").load(
        asOf: CatalogueSamples.day, digest: CatalogueSamples.digest)
    }
    #expect(error?.problems.count == 6)
  }

  @Test("Filters pass what meets every part of them")
  func filters() throws {
    let catalogue = try CatalogueSamples.load()
    var filter = ProductFilter()
    #expect(catalogue.indices(passing: filter).count == catalogue.products.count)
    filter.line = .loan
    filter.currency = Currency("EUR")
    filter.text = "HOME LOAN"
    filter.date = CatalogueSamples.day
    let homes = catalogue.indices(passing: filter).map { catalogue.products[$0] }
    #expect(homes.count == 4)
    #expect(homes.allSatisfy { $0.kind == .mortgage })
    filter = ProductFilter()
    filter.region = "MD"
    let moldovan = catalogue.indices(passing: filter).map { catalogue.products[$0] }
    #expect(moldovan.contains { $0.currency.code == "MDL" })
    #expect(!moldovan.contains { $0.terms.countries == ["RO"] })
    filter = ProductFilter()
    filter.audience = .business
    filter.segment = "private"
    #expect(
      catalogue.indices(passing: filter).allSatisfy {
        catalogue.products[$0].audience.includesBusinesses
      })
  }
}
