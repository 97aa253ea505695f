package import Quantities

/// Demo data as a pure function of a seed, a number of clients and a day.
package struct DemoData: Sendable {
  /// The seed of the random clients.
  package let seed: UInt64
  /// How many random clients there are.
  package let count: Int
  /// The day before which everything happened.
  package let date: CalendarDate

  /// The most random clients.
  package static let greatestCount = 100_000

  /// Demo data of a seed on a day.
  package init(seed: UInt64, clients count: Int, on date: CalendarDate) {
    self.seed = seed
    self.count = max(0, min(count, Self.greatestCount))
    self.date = date
  }

  /// The clients with a name and a login.
  var people: [DemoClient] { DemoPeople.all(on: date, seed: seed) }

  /// The random client of a number from 0.
  func client(_ number: Int) -> DemoClient {
    DemoCrowd.client(number, seed: seed, on: date)
  }

  /// The logins.
  package static let signIns = [
    DemoPeople.ana, DemoPeople.igor, DemoPeople.maria, DemoPeople.nord, DemoPeople.victor,
    DemoPeople.elena, DemoPeople.radu,
  ]

  /// The logins with their passwords, one a line.
  package static var signInTable: String {
    func padded(_ text: String, _ width: Int) -> String {
      text + String(repeating: " ", count: max(1, width - text.count))
    }
    let lines = signIns.map {
      "  " + padded($0.login, 22) + padded($0.password, 23) + $0.about
    }
    return (["Demo sign-ins:"] + lines).joined(separator: "\n")
  }

  /// How many steps taking the data into a book has, for a progress bar.
  package var stepCount: Int { count + DemoPeople.all(on: date, seed: seed).count }
}
