import Quantities
import Testing

@Suite struct CalendarPeriodTests {
  @Test(
    "Periods are read as ISO 8601 has them, and written in one form",
    arguments: [
      ("P1Y", 12, 0, "P1Y"), ("P12M", 12, 0, "P1Y"), ("P18M", 18, 0, "P1Y6M"),
      ("P2W", 0, 14, "P14D"),
      ("P1Y2M10D", 14, 10, "P1Y2M10D"), ("P1Y2M3W4D", 14, 25, "P1Y2M25D"), ("P0D", 0, 0, "P0D"),
      ("P0Y", 0, 0, "P0D"), ("-P1Y6M", -18, 0, "-P1Y6M"), ("-P1M10D", -1, -10, "-P1M10D"),
      ("P-1Y", -12, 0, "-P1Y"), ("P1M-3D", 1, -3, "P1M-3D"), ("P-1Y3D", -12, 3, "P-1Y3D"),
      ("P-14M3D", -14, 3, "P-1Y-2M3D"), ("-P-1D", 0, 1, "P1D"), ("P0001M", 1, 0, "P1M"),
    ])
  func text(text: String, months: Int, days: Int, written: String) {
    let period = CalendarPeriod(iso: text)
    #expect(period == CalendarPeriod(months: months, days: days))
    #expect(period?.description == written)
    #expect(CalendarPeriod(iso: written) == period)
  }

  @Test(
    "What is no period is refused",
    arguments: [
      "", "P", "-P", "1Y", "PY", "P1", "P1S", "PT1H", "P1DT1H", "P1M1Y", "P1Y1Y", "P1.5Y", "P 1Y",
      "p1y", "P1Y ", "P--1Y", "P999999999999Y", "+P1Y",
    ])
  func refusal(text: String) {
    #expect(CalendarPeriod(iso: text) == nil)
  }

  @Test("A period moves a date by its months first, then by its days")
  func adding() {
    let start = date("2024-01-31")
    #expect(start.adding(CalendarPeriod(months: 1, days: 1)).description == "2024-03-01")
    #expect(start.adding(-CalendarPeriod.years(1)).description == "2023-01-31")
    #expect(start.adding(.weeks(1)).description == "2024-02-07")
    #expect(date("2024-02-29").adding(.months(1), anchorDay: 31).description == "2024-03-31")
    #expect(date("2024-02-29").adding(CalendarPeriod(days: 1), anchorDay: 31) == date("2024-03-01"))
    #expect(CalendarPeriod().isZero && !CalendarPeriod.days(1).isZero)
  }
}
