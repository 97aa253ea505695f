import Advice
import Quantities

/// What comes to and goes from a demo client's account each month, in hundredths of its currency.
struct DemoBudget: Sendable {
  /// A movement of each month.
  struct Regular: Sendable {
    var kind: MovementKind
    var amount: Int
    /// How far the amount may be off, in per cent.
    var spread = 0
    /// The day of the month, or its last day where it is shorter.
    var day: Int
    var counterparty: String
    var text: String
  }

  /// A movement that happened once.
  struct Single: Sendable {
    var monthsAgo: Int
    var day: Int
    var kind: MovementKind
    var amount: Int
    var counterparty: String
    var text: String
  }

  var regular: [Regular] = []
  var single: [Single] = []
  /// What is paid by card a month, in so many payments.
  var cardAmount = 0
  var cardPayments = 0
  var shops: [String] = []
  /// What is drawn in cash a month.
  var cashAmount = 0
  /// The balance in the end.
  var closing = 0
}

/// Movements of fourteen months before a day, with the balance after each.
struct DemoStatement: Sendable {
  /// Whole months that a statement goes back.
  static let months = 14

  /// One line.
  struct Line: Sendable {
    let date: CalendarDate
    let kind: MovementKind
    let amount: Int
    let counterparty: String
    let text: String
    var balance = 0

    /// What it adds to the balance.
    var effect: Int { kind.isCredit ? amount : -amount }
  }

  /// The lines in the order of their days.
  private(set) var lines: [Line] = []
  /// The balance after the last line.
  private(set) var closing: Int

  /// The movements of a budget from fourteen months before a day up to the day before it.
  init(_ budget: DemoBudget, before day: CalendarDate, random: inout DemoRandom) {
    closing = budget.closing
    let start = day.adding(months: -Self.months)
    let firstMonth = start.adding(days: 1 - start.day)
    for month in 0...Self.months {
      let first = firstMonth.adding(months: month)
      var found = Self.lines(of: budget, in: first, random: &random)
      let monthsAgo = Self.months - month
      for single in budget.single where single.monthsAgo == monthsAgo {
        found.append(
          Line(
            date: Self.date(single.day, in: first), kind: single.kind, amount: single.amount,
            counterparty: single.counterparty, text: single.text))
      }
      lines += found.filter { $0.date >= start && $0.date < day && $0.amount > 0 }
    }
    // Sorting must keep the order within a day, so that the same seed gives the same balances.
    lines = lines.enumerated().sorted {
      ($0.element.date, $0.offset) < ($1.element.date, $1.offset)
    }.map(\.element)
    fillBalances()
  }

  private static func lines(
    of budget: DemoBudget, in first: CalendarDate, random: inout DemoRandom
  ) -> [Line] {
    var lines = budget.regular.map { regular in
      Line(
        date: date(regular.day, in: first), kind: regular.kind,
        amount: random.around(regular.amount, percent: regular.spread),
        counterparty: regular.counterparty, text: regular.text)
    }
    if budget.cardPayments > 0 {
      let average = budget.cardAmount / budget.cardPayments
      for _ in 0..<budget.cardPayments {
        let shop = random.one(of: budget.shops, else: "Shop")
        lines.append(
          Line(
            date: date(random.int(1...28), in: first), kind: .cardPayment,
            amount: random.around(average, percent: 60), counterparty: shop, text: "Card payment"))
      }
    }
    if budget.cashAmount > 0 {
      lines.append(
        Line(
          date: date(random.int(5...25), in: first), kind: .cashOut, amount: budget.cashAmount,
          counterparty: "Cash machine", text: "Cash withdrawal"))
    }
    return lines
  }

  private static func date(_ day: Int, in first: CalendarDate) -> CalendarDate {
    first.adding(days: min(day, first.daysInMonth) - 1)
  }

  /// Counts balances back from the last one.
  private mutating func fillBalances() {
    var balance = closing
    for place in lines.indices.reversed() {
      lines[place].balance = balance
      balance -= lines[place].effect
    }
  }

  /// Raises all balances so that none is below a floor.
  mutating func raise(to floor: Int) {
    let lowest = lines.map(\.balance).min() ?? closing
    guard lowest < floor else { return }
    closing += floor - lowest
    fillBalances()
  }

  /// The lines as entries of a history; lines of a day are a minute apart.
  func entries(in currency: Currency) -> [SourceEntry] {
    var entries: [SourceEntry] = []
    for (place, line) in lines.enumerated() {
      var details = EntryDetails()
      details.movement = line.kind
      details.amount = Decimal128(hundredths: line.amount)
      details.currency = currency
      details.balance = Decimal128(hundredths: line.balance)
      details.counterparty = line.counterparty
      details.text = line.text
      let second = Int64(8 * 3600 + place % 600 * 60)
      entries.append(
        SourceEntry(
          key: "movement \(place)", at: Instant(startOf: line.date).adding(seconds: second),
          kind: .movement, channel: Self.channel(line.kind), details: details))
    }
    return entries
  }

  private static func channel(_ kind: MovementKind) -> Channel? {
    switch kind {
    case .cashOut, .cashIn: .machine
    case .transferOut: .app
    default: nil
    }
  }
}
