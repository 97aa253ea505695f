import Advice
import Quantities

/// Takes a checked file into the book: records of one client together, so many at a time, each
/// batch in one transaction.
///
/// Killed in between and started again it adds what is left.
package struct ClientImport: Sendable {
  /// Records of one batch: what is held in memory at once.
  package static let batchRecords = 20_000

  private let file: ClientFile
  private let bringingBack: Set<String>

  /// An import of a file that was checked.
  ///
  /// - Parameter bringingBack: the outside ids of clients who were erased for good and are added
  ///   all the same, as new ones; others who were erased are left out.
  package init(_ file: ClientFile, bringingBack: Set<String> = []) {
    self.file = file
    self.bringingBack = bringingBack
  }

  /// Writes what the book does not have yet.
  ///
  /// - Parameter progress: told how many records have been taken.
  package func run(
    into book: Book, by operator: Operator, _ progress: (Int) -> Void = { _ in }
  ) async throws -> BatchCounts {
    var counts = BatchCounts()
    var done = 0
    var records = file.records()
    while let batch = try nextBatch(&records) {
      counts += try await book.take(
        batch.changes, bringingBack: bringingBack, by: `operator`)
      done += batch.records
      progress(done)
    }
    return counts
  }

  private func nextBatch(_ records: inout ClientFile.Records) throws -> ChangeBatch? {
    var batch = ChangeBatch()
    while !batch.isFull, let result = try records.next() {
      batch.add(try result.get(), at: records.place)
    }
    return batch.records == 0 ? nil : batch
  }
}

/// Records gathered by client.
struct ChangeBatch: Sendable {
  private(set) var changes: [ClientChange] = []
  private(set) var records = 0
  private var places: [String: Int] = [:]

  var isFull: Bool {
    records >= ClientImport.batchRecords || changes.count >= Book.largestBatch
  }

  /// - Parameter line: where the record stands, as `file:line`.
  mutating func add(_ record: ClientRecord, at line: String) {
    let place: Int
    if let known = places[record.client] {
      place = known
    } else {
      place = changes.count
      places[record.client] = place
      changes.append(ClientChange(sourceKey: record.client))
      changes[place].place = line
    }
    changes[place].add(record)
    records += 1
  }
}

extension ClientChange {
  /// Adds what a record says of the client.
  mutating func add(_ record: ClientRecord) {
    switch record {
    case .client(let imported):
      client = imported.newClient
      client?.sourceKey = sourceKey
    case .movement(let movement): entries.append(movement.entry)
    case .holding(let holding): holdings.append(holding.sourceHolding)
    case .position(_, let position):
      var details = HoldingDetails(title: position.instrument)
      details.position = position
      let holding = NewHolding(
        kind: .position, currency: position.currency, opened: position.pricedOn,
        details: details)
      holdings.append(SourceHolding(key: "position \(position.instrument)", holding: holding))
    }
  }
}

extension ImportedMovement {
  fileprivate var entry: SourceEntry {
    var details = EntryDetails()
    details.movement = event.kind
    details.amount = event.amount
    details.balance = event.balance
    details.currency = currency
    details.text = note
    return SourceEntry(
      key: id, at: Instant(startOf: event.date), kind: .movement, details: details)
  }
}

extension ImportedHolding {
  fileprivate var sourceHolding: SourceHolding {
    var details = HoldingDetails(title: holding.kind.rawValue)
    details.productKind = holding.kind
    details.product = holding.product
    details.balance = holding.balance
    details.instalment = holding.instalment
    let kind: HoldingKind =
      switch holding.kind.line {
      case .loan: holding.kind == .creditCard ? .card : .loan
      case .deposit: holding.kind == .currentAccount ? .account : .deposit
      case .insurance, .hedge: .policy
      }
    return SourceHolding(
      key: id,
      holding: NewHolding(
        kind: kind, currency: holding.currency, opened: holding.since, closed: holding.until,
        details: details))
  }
}
