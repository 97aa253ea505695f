import Calculation
import Quantities
import Testing

extension DueDates {
  /// Two payments so far apart.
  fileprivate static func every(_ period: CalendarPeriod, anchorDay: Int? = nil) -> DueDates {
    .regular(first: date("2026-02-01"), every: period, count: 2, anchorDay: anchorDay)
  }
}

@Suite("Loans that cannot be calculated")
struct LoanRefusalTests {
  @Test(
    "each bad term is refused by its name",
    arguments: [
      BadTerm("amount outOfRange") { $0.amount = 0 },
      BadTerm("amount outOfRange") { $0.amount = -5 },
      BadTerm("amount precision") { $0.amount = decimal("10.001") },
      BadTerm("amount outOfRange") { $0.amount = decimal("1e20") },
      BadTerm("amount outOfRange") { $0.amount = .nan },
      BadTerm("amount outOfRange") { $0.amount = .infinity },
      BadTerm("annualRate outOfRange") { $0.annualRate = decimal("10.1") },
      BadTerm("annualRate outOfRange") { $0.annualRate = -1 },
      BadTerm("annualRate outOfRange") { $0.annualRate = .nan },
      BadTerm("annualRate precision") { $0.annualRate = decimal("0.1234567890123") },
      BadTerm("dueDates missing") { $0.dueDates = .monthly(after: $0.disbursed, count: 0) },
      BadTerm("dueDates missing") { $0.dueDates = .monthly(after: $0.disbursed, count: -1) },
      BadTerm("dueDates tooMany") { $0.dueDates = .monthly(after: $0.disbursed, count: 10_000) },
      BadTerm("dueDates tooMany") { $0.dueDates = .monthly(after: $0.disbursed, count: .max) },
      BadTerm("dueDates missing") { $0.dueDates = .listed([]) },
      BadTerm("dueDates order") { $0.dueDates = .listed([$0.disbursed]) },
      BadTerm("dueDates order") {
        $0.dueDates = .listed([date("2026-03-01"), date("2026-02-01")])
      },
      BadTerm("dueDates outOfRange") { $0.dueDates = .listed([date("9999-12-31")]) },
      BadTerm("frequency outOfRange") { $0.dueDates = .every(.months(-1)) },
      BadTerm("frequency outOfRange") { $0.dueDates = .every(.months(.max)) },
      BadTerm("frequency outOfRange") { $0.dueDates = .every(.days(0)) },
      BadTerm("dueDay outOfRange") { $0.dueDates = .every(.months(1), anchorDay: 32) },
      BadTerm("start outOfRange") { $0.disbursed = .earliest },
      BadTerm("balloon outOfRange") { $0.repayment = .balloon(10_001) },
      BadTerm("balloon outOfRange") { $0.repayment = .balloon(-1) },
      BadTerm("interestOnlyPayments outOfRange") { $0.interestOnlyPayments = 12 },
      BadTerm("interestOnlyPayments outOfRange") { $0.interestOnlyPayments = -1 },
      BadTerm("instalmentMultiple outOfRange") { $0.instalment.multiple = 0 },
      BadTerm("instalmentMultiple outOfRange") { $0.instalment.multiple = 100_000 },
      BadTerm("dayCount unsupported") { $0.basis = .dayCount(.actualActualICMA) },
      BadTerm("periodsPerYear outOfRange") { $0.basis = .equalPeriods(perYear: 0) },
    ] as [BadTerm<LoanTerms>])
  func refused(bad: BadTerm<LoanTerms>) {
    var terms = loan()
    bad.change(&terms)
    #expect(refusal { _ = try LoanSchedule(terms) } == bad.description)
  }

  @Test("no combination of hostile numbers and dates makes a schedule trap")
  func hostile() {
    let numbers = ["0", "-1", "1e-6176", "1e6111", "NaN", "Infinity", "0.01", "9999999999999.99"]
    let rates = ["-0.999", "0", "0.000000000001", "10", "0.333333333333", "1e-40"]
    let starts = ["0001-01-01", "2024-02-29", "9999-12-31", "-4000-01-01"]
    for amount in numbers {
      for rate in rates {
        for start in starts {
          for count in [1, 2, 1_200] {
            let begin = date(start)
            let terms = LoanTerms(
              amount: decimal(amount), annualRate: decimal(rate), disbursed: begin,
              dueDates: .monthly(after: begin, count: count),
              basis: .dayCount(.actualActualISDA))
            _ = try? LoanSchedule(terms)
            _ = try? LoanCourse(terms, events: [])
            _ = try? LoanCost.annuity(
              amount: decimal(amount), annualRate: decimal(rate), months: count)
          }
        }
      }
    }
  }
}
