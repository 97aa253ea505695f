import Quantities
import Testing

@testable import Calculation

@Suite("Bank calendars")
struct CalendarTests {
  private static func weekdays(_ bank: BankCalendar, _ years: ClosedRange<Int>) -> [String] {
    years.flatMap(bank.holidays).sorted { $0 < $1 }.filter { $0.weekday < 6 }.map(\.description)
  }

  @Test(
    "the holidays of 2026 and 2027 are those that are published",
    arguments: [
      (
        BankCalendar.target,
        "01-01 04-03 04-06 05-01 12-25|01-01 03-26 03-29"
      ),
      (
        .unitedStates,
        "01-01 01-19 02-16 05-25 06-19 09-07 10-12 11-11 11-26 12-25|"
          + "01-01 01-18 02-15 05-31 07-05 09-06 10-11 11-11 11-25"
      ),
      (
        .unitedKingdom,
        "01-01 04-03 04-06 05-04 05-25 08-31 12-25 12-28|"
          + "01-01 03-26 03-29 05-03 05-31 08-30 12-27 12-28"
      ),
      (
        .romania,
        "01-01 01-02 01-06 01-07 04-10 04-13 05-01 06-01 06-01 11-30 12-01 12-25|"
          + "01-01 01-06 01-07 04-30 05-03 06-01 06-21 11-30 12-01"
      ),
      (
        .russia,
        "01-01 01-02 01-05 01-06 01-07 01-08 02-23 03-09 05-01 05-11 06-12 11-04|"
          + "01-01 01-04 01-05 01-06 01-07 01-08 02-23 03-08 05-03 05-10 06-14 11-04"
      ),
    ])
  func published(bank: BankCalendar, lists: String) {
    let expected = zip([2026, 2027], lists.split(separator: "|")).flatMap { year, days in
      days.split(separator: " ").map { "\(year)-\($0)" }
    }
    #expect(Self.weekdays(bank, 2026...2027) == expected)
  }

  @Test(
    "Easter falls where the churches keep it",
    arguments: [
      (1954, "1954-04-18", "1954-04-25"), (2000, "2000-04-23", "2000-04-30"),
      (2019, "2019-04-21", "2019-04-28"), (2024, "2024-03-31", "2024-05-05"),
      (2025, "2025-04-20", "2025-04-20"), (2038, "2038-04-25", "2038-04-25"),
      (2049, "2049-04-18", "2049-04-25"),
    ])
  func easter(year: Int, western: String, eastern: String) {
    #expect(Easter.western(year)?.description == western)
    #expect(Easter.eastern(year)?.description == eastern)
  }

  @Test(
    "days of mourning, jubilees and moved days are in the British calendar",
    arguments: ["2022-06-02", "2022-06-03", "2022-09-19", "2023-05-08", "2020-05-08", "2021-12-28"])
  func proclaimed(day: String) throws {
    let date = try #require(CalendarDate(iso: day))
    #expect(!HolidayCalendar(bank: .unitedKingdom).isBusinessDay(date))
    #expect(HolidayCalendar().isBusinessDay(date))
  }

  @Test("every line of the files is a rule, and every calendar names its source")
  func files() {
    let files = [
      PackageResources.target_csv, PackageResources.us_csv, PackageResources.uk_csv,
      PackageResources.ro_csv, PackageResources.ru_csv,
    ]
    for file in files {
      let table = DataTable(file)
      #expect(!table.source.isEmpty && !table.rows.isEmpty)
      for row in table.rows { #expect(HolidayRule(row) != nil, "\(table.name): \(row)") }
    }
    for row in [
      ["13-01", "1", "9999", "stays"], ["05-mon-5", "1", "9999", "stays"],
      ["01-01", "9", "1", "stays"], ["01-01", "1", "9999", "somewhere"],
      ["easter", "1", "2", "stays"],
    ] { #expect(HolidayRule(row) == nil, "\(row)") }
  }

  @Test("a schedule's due dates avoid the holidays of its calendar, and its interest follows")
  func schedule() throws {
    let start = try #require(CalendarDate(iso: "2025-11-25"))
    var terms = LoanTerms(
      amount: 12_000, annualRate: Decimal128(6) / 100, disbursed: start,
      dueDates: .monthly(after: start, count: 12), basis: .dayCount(.actual360))
    let plain = try LoanSchedule(terms)
    terms.businessDays = .following
    terms.holidays = HolidayCalendar(bank: .target)
    let adjusted = try LoanSchedule(terms)
    #expect(plain.rows[0].due.description == "2025-12-25")
    #expect(adjusted.rows[0].due.description == "2025-12-29")
    #expect(adjusted.rows[0].interest == 68)
    let calendar = HolidayCalendar(bank: .target)
    #expect(adjusted.rows.allSatisfy { calendar.isBusinessDay($0.due) })
    terms.holidays = HolidayCalendar(bank: .unitedStates)
    #expect(try LoanSchedule(terms).rows[0].due.description == "2025-12-26")
  }
}
