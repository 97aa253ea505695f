import Quantities
import Testing

/// A date written in a test, where it is known to be one.
func date(_ text: String) -> CalendarDate { CalendarDate(iso: text) ?? .earliest }

@Suite struct CalendarDateTests {
  /// Walks day by day through the calendar with the rules of Gregory and nothing else.
  private static func walk(
    from year: Int, to lastYear: Int, _ body: (_ year: Int, _ month: Int, _ day: Int) -> Void
  ) {
    for year in year...lastYear {
      let isLeap = year % 400 == 0 || (year % 4 == 0 && year % 100 != 0)
      for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
        .enumerated()
      {
        for day in 1...length { body(year, index + 1, day) }
      }
    }
  }

  @Test(
    "Every day of a range has its number, its weekday and its place in the year",
    arguments: [
      (-401, -399, -865_990), (-2, 5, -720_258), (1599, 1602, -135_505), (1898, 2101, -26_297),
    ])
  func everyDay(from: Int, to: Int, firstNumber: Int) {
    var expected = firstNumber
    var place = 0
    var broken: [String] = []
    Self.walk(from: from, to: to) { year, month, day in
      place = month == 1 && day == 1 ? 1 : place + 1
      let weekday = ((expected + 3) % 7 + 7) % 7 + 1
      let made = CalendarDate(year: year, month: month, day: day)
      let counted = CalendarDate(daysSinceEpoch: expected)
      if made != counted || made?.daysSinceEpoch != expected || made?.weekday != weekday
        || made?.dayOfYear != place || CalendarDate(iso: counted.description) != made
      {
        broken.append("\(year)-\(month)-\(day)")
      }
      expected += 1
    }
    #expect(broken.prefix(5) == [])
  }

  @Test(
    "Known days have their known numbers",
    arguments: [
      ("1970-01-01", 0, 4), ("2000-02-29", 11_016, 2), ("1969-12-31", -1, 3),
      ("1900-03-01", -25_508, 4), ("2038-01-19", 24_855, 2), ("0001-01-01", -719_162, 1),
      ("0000-02-29", -719_469, 2), ("-0001-12-31", -719_529, 5), ("9999-12-31", 2_932_896, 5),
      ("999999999-12-31", 365_241_780_471, 5), ("-999999999-01-01", -365_243_219_162, 1),
    ])
  func knownDays(text: String, number: Int, weekday: Int) {
    let day = date(text)
    #expect(day.daysSinceEpoch == number)
    #expect(day.weekday == weekday)
    #expect(CalendarDate(daysSinceEpoch: number) == day)
    #expect(day.description == text)
  }

  @Test(
    "There is no such day",
    arguments: [
      "2023-02-29", "1900-02-29", "2100-02-29", "2024-02-30", "2024-13-01", "2024-00-10",
      "2024-04-31", "2024-01-00", "24-01-01", "2024-1-1", "2024-01-1", "02024-01-01", "20240101",
      "2024-01-01T00:00", "2024-01-01 ", " 2024-01-01", "+2024-01-01", "1000000000-01-01",
      "-1000000000-01-01", "", "-", "2024", "2024-01", "٢٠٢٤-٠١-٠١", "012345-01-01", "--2024-01-01",
    ])
  func noSuchDay(text: String) {
    #expect(CalendarDate(iso: text) == nil)
  }

  @Test("Parts outside of the calendar make no date and no trap")
  func wildParts() {
    #expect(CalendarDate(year: .max, month: 1, day: 1) == nil)
    #expect(CalendarDate(year: .min, month: 1, day: 1) == nil)
    #expect(CalendarDate(year: 2024, month: .max, day: 1) == nil)
    #expect(CalendarDate(year: 2024, month: 2, day: .min) == nil)
    #expect(CalendarDate(daysSinceEpoch: .max) == .latest)
    #expect(CalendarDate(daysSinceEpoch: .min) == .earliest)
    #expect(date("2024-01-01").adding(days: .max) == .latest)
    #expect(date("2024-01-01").adding(days: .min) == .earliest)
    #expect(date("2024-01-01").adding(months: .max) == .latest)
    #expect(date("2024-01-01").adding(months: .min) == .earliest)
    #expect(date("2024-01-01").adding(years: .max) == .latest)
    #expect(CalendarDate.latest.adding(days: 1) == .latest)
    #expect(CalendarDate.earliest.adding(months: -1) == .earliest)
    #expect(CalendarDate.epochDays == -365_243_219_162...365_241_780_471)
  }

  @Test(
    "Months are added to the same day, or to the last one of a shorter month",
    arguments: [
      ("2024-01-31", 1, "2024-02-29"), ("2023-01-31", 1, "2023-02-28"),
      ("2024-03-31", -1, "2024-02-29"),
      ("2024-02-29", 12, "2025-02-28"), ("2024-02-29", 48, "2028-02-29"),
      ("2024-02-29", -12, "2023-02-28"),
      ("2024-12-15", 1, "2025-01-15"), ("2024-01-15", -1, "2023-12-15"),
      ("2024-05-31", 0, "2024-05-31"),
      ("0000-01-31", 1, "0000-02-29"), ("0000-01-15", -1, "-0001-12-15"),
      ("-0004-02-29", 48, "0000-02-29"),
      ("-0001-12-31", -10, "-0001-02-28"), ("2024-08-31", 6, "2025-02-28"),
    ])
  func months(text: String, months: Int, result: String) {
    #expect(date(text).adding(months: months).description == result)
  }

  @Test("A due day stays anchored: 31 January, 29 February, 31 March")
  func anchoredMonths() {
    var due = date("2024-01-31")
    var days: [String] = []
    for _ in 1...4 {
      due = due.adding(months: 1, anchorDay: 31)
      days.append(due.description)
    }
    #expect(days == ["2024-02-29", "2024-03-31", "2024-04-30", "2024-05-31"])
    #expect(date("2025-02-28").adding(months: 36, anchorDay: 29).description == "2028-02-29")
    #expect(date("2025-02-28").adding(months: 1, anchorDay: -5).description == "2025-03-01")
  }

  @Test("Whole months between two days are what can be added without passing the second")
  func monthsBetween() {
    #expect(date("2024-01-31").months(until: date("2024-02-29")) == 1)
    #expect(date("2024-01-31").months(until: date("2024-02-28")) == 0)
    #expect(date("2024-02-29").months(until: date("2024-01-31")) == 0)
    #expect(date("2000-02-29").years(until: date("2018-02-28")) == 18)
    #expect(date("2000-03-01").years(until: date("2018-02-28")) == 17)
    #expect(date("2000-05-05").years(until: date("2000-05-05")) == 0)
    var broken: [String] = []
    for start in 19_000...19_100 {
      for distance in stride(from: -800, through: 800, by: 7) {
        let first = CalendarDate(daysSinceEpoch: start)
        let second = first.adding(days: distance)
        let count = first.months(until: second)
        let isReached = first.adding(months: count)
        let next = first.adding(months: count + (distance < 0 ? -1 : 1))
        let isRight =
          distance < 0 ? isReached >= second && next < second : isReached <= second && next > second
        if !isRight { broken.append("\(first) \(second) \(count)") }
      }
    }
    #expect(broken.prefix(5) == [])
  }

  @Test(
    "Weeks are counted as ISO 8601 counts them",
    arguments: [
      ("2020-12-31", 53), ("2021-01-01", 53), ("2021-01-03", 53), ("2021-01-04", 1),
      ("2019-12-30", 1), ("2016-01-01", 53), ("2015-12-28", 53), ("2024-12-30", 1),
      ("2024-12-29", 52), ("2026-06-15", 25), ("2005-01-01", 53), ("2008-12-29", 1),
    ])
  func weeks(text: String, week: Int) {
    #expect(date(text).weekOfYear == week)
  }

  @Test("Ends of months and lengths of years are known")
  func ends() {
    #expect(date("2024-02-10").endOfMonth.description == "2024-02-29")
    #expect(date("2023-02-28").isEndOfMonth)
    #expect(!date("2024-02-28").isEndOfMonth)
    #expect(date("2000-06-01").isLeapYear)
    #expect(!date("1900-06-01").isLeapYear)
    #expect(date("0000-06-01").daysInYear == 366)
    #expect(date("2024-12-31").dayOfYear == 366)
    #expect(date("2023-12-31").dayOfYear == 365)
    #expect(date("2024-04-10").daysInMonth == 30)
    #expect(date("2024-01-01").days(until: date("2025-01-01")) == 366)
  }

  @Test("Dates stand in the order of time, before and after year 0")
  func order() {
    let sorted = [
      "-0002-12-31", "-0001-01-01", "-0001-12-31", "0000-01-01", "2024-02-29", "2024-03-01",
    ]
    .map(date)
    #expect(sorted.shuffled().sorted() == sorted)
    #expect(MemoryLayout<CalendarDate>.stride == 8)
  }
}
