import Advice
import CRM
import Foundation
import JSON
import Quantities
import Support
import Testing

/// Files of the import form.
private enum Sample {
  static let clients = [
    #"{"record":"client","id":"c1","name":"Novák","givenName":"Jiří","homeCurrency":"CZK","#
      + #""customerKind":"person","birthDate":"1980-02-29","residency":"CZ","employment":"employed","#
      + #""segments":["affluent"],"riskClass":4,"objectives":["growth"]}"#,
    #"{"record":"client","id":"c2","name":"Weiß & Söhne","homeCurrency":"EUR","#
      + #""customerKind":"business","yearlyTurnover":"1250000.50"}"#,
  ]
  static let belongings = [
    #"{"record":"movement","client":"c1","id":"m1","date":"2026-01-05","kind":"salary","#
      + #""currency":"CZK","amount":"41250.10","balance":"50000"}"#,
    #"{"record":"movement","client":"c2","id":"m1","date":"2026-01-06","kind":"transferIn","#
      + #""currency":"EUR","amount":900}"#,
    #"{"record":"movement","client":"c1","id":"m2","date":"2026-01-07","kind":"household","#
      + #""currency":"CZK","amount":0.1,"note":"Nájem"}"#,
    #"{"record":"holding","client":"c1","id":"h1","kind":"personalLoan","currency":"CZK","#
      + #""since":"2025-03-01","balance":"90000","instalment":"3100"}"#,
    #"{"record":"position","client":"c1","instrument":"ESTX50","quantity":"3","price":"51.20","#
      + #""currency":"EUR","pricedOn":"2026-01-02"}"#,
  ]

  static let csv = [
    "clients.csv": """
    id,name,givenName,homeCurrency,customerKind,birthDate,residency,employment,segments,\
    riskClass,objectives,yearlyTurnover
    c1,Novák,Jiří,CZK,person,1980-02-29,CZ,employed,affluent,4,growth,
    c2,"Weiß & Söhne",,EUR,business,,,,,,,1250000.50

    """,
    "movements.csv": """
    client,id,date,kind,currency,amount,balance,note
    c1,m1,2026-01-05,salary,CZK,41250.10,50000,
    c2,m1,2026-01-06,transferIn,EUR,900,,
    c1,m2,2026-01-07,household,CZK,0.1,,Nájem

    """,
    "holdings.csv": """
    client,id,kind,currency,since,balance,instalment
    c1,h1,personalLoan,CZK,2025-03-01,90000,3100

    """,
    "positions.csv": """
    client,instrument,quantity,price,currency,pricedOn
    c1,ESTX50,3,51.20,EUR,2026-01-02

    """,
  ]
}

extension TemporaryFolder {
  /// A file with these lines.
  fileprivate func file(_ lines: [String], _ name: String = "clients.jsonl") throws -> String {
    let path = url.appending(path: name).path
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: URL(filePath: path))
    return path
  }
}

extension Book {
  /// Checks and imports a file.
  fileprivate func take(_ path: String) async throws -> BatchCounts {
    let file = try ClientFile(path: path)
    _ = try file.check()
    return try await ClientImport(file).run(into: self, by: atMachine)
  }

  /// What decisions read of all clients, whatever their ids are.
  fileprivate func allFacts() async throws -> Set<[UInt8]> {
    var all: Set<[UInt8]> = []
    try await forEachClient(for: atMachine) { batch in
      for facts in batch { all.insert(facts.facts.canonicalBytes) }
    }
    return all
  }
}

@Suite("Importing clients")
struct ClientImportTests {
  @Test("A file gives the clients, movements, contracts and positions that it names, exactly")
  func everyRecordIsTaken() async throws {
    let test = try await TestBook()
    let counts = try await test.book.take(test.folder.file(Sample.clients + Sample.belongings))
    #expect(counts.clientsAdded == 2)
    #expect(counts.entriesAdded == 3)
    #expect(counts.holdingsAdded == 2)
    #expect(counts.strangers.isEmpty)
    var found: [Facts] = []
    try await test.book.forEachClient(for: atMachine) { found += $0.map(\.facts) }
    let person = try #require(found.first { $0.profile.customerKind == .person })
    #expect(person.profile.birthDate == .on("1980-02-29"))
    #expect(person.risk.riskClass == 4)
    #expect(person.history.movements == 2)
    #expect(person.history.months.first?.income == Decimal128("41250.10"))
    #expect(person.history.months.first?.spending == Decimal128("0.1"))
    #expect(person.holdings.first?.instalment == 3100)
    #expect(person.positions.first?.value == Decimal128("153.60"))
    let business = try #require(found.first { $0.profile.customerKind == .business })
    #expect(business.profile.yearlyTurnover == Decimal128("1250000.50"))
  }

  @Test("A folder of CSV files gives the same facts as JSON Lines")
  func csvEqualsLines() async throws {
    let lines = try await TestBook()
    let csv = try await TestBook()
    _ = try await lines.book.take(lines.folder.file(Sample.clients + Sample.belongings))
    let folder = csv.folder.url.appending(path: "csv")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, text) in Sample.csv {
      // One file as a spreadsheet writes it: with a byte order mark and Windows line ends.
      let isForeign = name == "movements.csv"
      let text = isForeign ? "\u{FEFF}" + text.replacing("\n", with: "\r\n") : text
      try Data(text.utf8).write(to: folder.appending(path: name))
    }
    let counts = try await csv.book.take(folder.path)
    #expect(counts.clientsAdded == 2)
    #expect(try await csv.book.allFacts() == lines.book.allFacts())
  }

  @Test("Importing again adds nothing and changes nothing")
  func importingAgain() async throws {
    let test = try await TestBook()
    let path = try test.folder.file(Sample.clients + Sample.belongings)
    _ = try await test.book.take(path)
    let before = try await test.book.allFacts()
    let counts = try await test.book.take(path)
    #expect(counts.clientsAdded == 0 && counts.entriesAdded == 0 && counts.holdingsAdded == 0)
    #expect(counts.clientsKnown == 2 && counts.entriesKnown == 3 && counts.holdingsKnown == 2)
    #expect(try await test.book.allFacts() == before)
  }

  @Test("An import that was cut short is completed by starting it again", arguments: 0...7)
  func cutShort(after count: Int) async throws {
    let all = Sample.clients + Sample.belongings
    let whole = try await TestBook()
    let cut = try await TestBook()
    _ = try await whole.book.take(whole.folder.file(all))
    _ = try await cut.book.take(cut.folder.file(Array(all.prefix(count)), "part.jsonl"))
    _ = try await cut.book.take(cut.folder.file(all))
    #expect(try await cut.book.allFacts() == whole.book.allFacts())
  }

  @Test("Records of somebody who is not known are named and passed over")
  func strangers() async throws {
    let test = try await TestBook()
    let counts = try await test.book.take(test.folder.file(Sample.belongings))
    #expect(Set(counts.strangers) == ["c1", "c2"])
    #expect(try await test.book.clientCount(for: atMachine) == 0)
  }
}

/// A line with a fault, and what must be said of it.
private let faultyLines: [(line: String, said: [String])] = [
  (#"{"record":"client""#, ["column 19"]),
  (#"{"record":"customer"}"#, ["record"]),
  (
    #"{"record":"movement","client":"c1","id":"m","kind":"salary","currency":"EUR","amount":1}"#,
    ["date"]
  ),
  (
    #"{"record":"movement","client":"c1","id":"m","date":"2026-02-30","kind":"wage","#
      + #""currency":"EUX","amount":-1,"colour":"red"}"#,
    ["date", "kind", "currency", "amount", "colour"]
  ),
  (
    #"{"record":"position","client":"c1","instrument":"X","quantity":"many","price":1,"#
      + #""currency":"EUR","pricedOn":"2026-01-01"}"#, ["quantity"]
  ),
  (#"["record"]"#, []),
]

@Suite("Faulty import files")
struct FaultyImportTests {
  @Test(
    "A fault is named by line and field, and the file is refused", arguments: faultyLines.indices)
  func faultIsNamed(_ place: Int) throws {
    let folder = try TemporaryFolder()
    let faulty = faultyLines[place]
    let path = try folder.file([Sample.clients[0], "", faulty.line, Sample.clients[1]])
    let file = try ClientFile(path: path)
    let refused = #expect(throws: ClientFile.Refused.self) { _ = try file.check() }
    #expect(refused?.count == 1)
    let fault = try #require(refused?.faults.first)
    #expect(fault.line == 3)
    for word in faulty.said { #expect(fault.reason.contains(word), "\(fault.reason)") }
  }

  @Test("Every faulty line is counted, and the first ones are shown")
  func manyFaults() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file(Array(repeating: "{}", count: 200))
    let file = try ClientFile(path: path)
    let refused = #expect(throws: ClientFile.Refused.self) { _ = try file.check() }
    #expect(refused?.count == 200)
    #expect(refused?.faults.count == ClientFile.shownFaults)
    #expect(refused?.description.hasSuffix("… and 150 more") == true)
  }

  @Test(
    "A CSV line that is cut off or badly quoted is named",
    arguments: [
      ("c1,m1,2026-01-05,salary", "4 fields where the header names 6"),
      (#"c1,"m1,2026-01-05,salary,EUR,1"#, "does not end"),
      (#"c1,"m1"x,2026-01-05,salary,EUR,1"#, "after a closing quote"),
      ("c1,m1,2026-01-05,salary,EUR,", "amount"),
      ("c1,m1,5.1.2026,salary,EUR,1", "date"),
    ])
  func faultyRow(_ row: String, _ said: String) throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(["client,id,date,kind,currency,amount", row], "movements.csv")
    let file = try ClientFile(path: folder.url.path)
    let refused = #expect(throws: ClientFile.Refused.self) { _ = try file.check() }
    #expect(refused?.faults.first?.line == 2)
    #expect(refused?.faults.first?.reason.contains(said) == true, "\(refused?.description ?? "")")
  }

  @Test("A header that names a column twice is one fault, not one a line")
  func faultyHeader() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(["client,id,id", "a,b,c", "d,e,f"], "movements.csv")
    let file = try ClientFile(path: folder.url.path)
    let refused = #expect(throws: ClientFile.Refused.self) { _ = try file.check() }
    #expect(refused?.count == 1)
  }

  @Test("Fields of CSV that are no numbers or truth values are not guessed at")
  func nothingIsGuessed() throws {
    let folder = try TemporaryFolder()
    _ = try folder.file(
      ["id,name,homeCurrency,customerKind,isStaff,dependants", "c1,A,EUR,person,yes,two"],
      "clients.csv")
    let file = try ClientFile(path: folder.url.path)
    let refused = #expect(throws: ClientFile.Refused.self) { _ = try file.check() }
    let reason = refused?.faults.first?.reason ?? ""
    #expect(reason.contains("isStaff") && reason.contains("dependants"), "\(reason)")
  }

  @Test("What cannot be read at all is said in one line", arguments: ["missing.jsonl", "empty"])
  func unreadable(_ name: String) throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createDirectory(
      at: folder.url.appending(path: "empty"), withIntermediateDirectories: true)
    let path = folder.url.appending(path: name).path
    #expect(throws: Lines.Fault.self) { _ = try ClientFile(path: path).check() }
  }

  @Test("A line longer than the limit ends the reading")
  func longLine() throws {
    let folder = try TemporaryFolder()
    let path = try folder.file([String(repeating: " ", count: Lines.longest + 200_000)])
    #expect(throws: Lines.Fault.self) { _ = try ClientFile(path: path).check() }
  }
}
