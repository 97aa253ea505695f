import Quantities
import Testing

@Suite struct InstantTests {
  @Test(
    "Times of RFC 3339 are read and written in UTC",
    arguments: [
      ("1970-01-01T00:00:00Z", 0, "1970-01-01T00:00:00Z"),
      // The examples of RFC 3339, 5.8.
      ("1985-04-12T23:20:50.52Z", 482_196_050_520_000, "1985-04-12T23:20:50.520000Z"),
      ("1996-12-19T16:39:57-08:00", 851_042_397_000_000, "1996-12-20T00:39:57Z"),
      ("1937-01-01T12:00:27.87+00:20", -1_041_337_172_130_000, "1937-01-01T11:40:27.870000Z"),
      ("1990-12-31T23:59:60Z", 662_688_000_000_000, "1991-01-01T00:00:00Z"),
      ("1990-12-31T15:59:60-08:00", 662_688_000_000_000, "1991-01-01T00:00:00Z"),
      ("1969-12-31t23:59:59.9999999z", -1, "1969-12-31T23:59:59.999999Z"),
      ("2026-02-28T00:30:00+01:00", 1_772_235_000_000_000, "2026-02-27T23:30:00Z"),
      ("0000-01-01T00:00:00Z", -62_167_219_200_000_000, "0000-01-01T00:00:00Z"),
      ("2024-02-29T12:00:00.000001Z", 1_709_208_000_000_001, "2024-02-29T12:00:00.000001Z"),
    ] as [(String, Int64, String)])
  func text(text: String, microseconds: Int64, written: String) {
    let instant = Instant(rfc3339: text)
    #expect(instant?.microseconds == microseconds)
    #expect(instant?.rfc3339 == written)
    #expect(Instant(rfc3339: written) == instant)
  }

  @Test(
    "What is no time of RFC 3339 is refused",
    arguments: [
      "", "2024-01-01", "2024-01-01T00:00:00", "2024-01-01 00:00:00Z", "2024-01-01T24:00:00Z",
      "2024-01-01T00:60:00Z", "2024-01-01T00:00:61Z", "2024-01-01T12:00:60Z",
      "2024-02-30T00:00:00Z",
      "2024-01-01T00:00:00.Z", "2024-01-01T00:00:00+0100", "2024-01-01T00:00:00+24:00",
      "2024-01-01T00:00:00+01:60", "2024-01-01T00:00Z", "2024-01-01T0:00:00Z",
      "12024-01-01T00:00:00Z",
      "2024-01-01T00:00:00Z ", "2024-01-01T00:00:00.1234567890123456789Z",
    ])
  func refusal(text: String) {
    #expect(Instant(rfc3339: text) == nil)
  }

  @Test("The day in UTC changes at midnight, before 1970 too")
  func days() {
    #expect(Instant(microseconds: -1).calendarDate == date("1969-12-31"))
    #expect(Instant(microseconds: 0).calendarDate == date("1970-01-01"))
    #expect(Instant(startOf: date("2024-02-29")).calendarDate == date("2024-02-29"))
    #expect(Instant(startOf: date("2024-02-29")).microsecondOfDay == 0)
    #expect(Instant(microseconds: -1).microsecondOfDay == 86_399_999_999)
    #expect(Instant(startOf: .latest).microseconds == .max)
    #expect(Instant(startOf: .earliest).microseconds == .min)
  }

  @Test("Arithmetic holds at the ends of time")
  func arithmetic() {
    let start = Instant(microseconds: 5)
    #expect(start.adding(seconds: 2).microseconds == 2_000_005)
    #expect(start.adding(microseconds: -6).microseconds == -1)
    #expect(start.adding(seconds: .max).microseconds == .max)
    #expect(start.adding(microseconds: .max).microseconds == .max)
    #expect(Instant(microseconds: .min).adding(seconds: -1).microseconds == .min)
    #expect(start.microseconds(until: Instant(microseconds: 12)) == 7)
    #expect(Instant(microseconds: .min).microseconds(until: start) == .max)
    #expect(start < start.adding(microseconds: 1))
    #expect(Instant(microseconds: .max).rfc3339 == "294247-01-10T04:00:54.775807Z")
    #expect(Instant(microseconds: .min).rfc3339 == "-290308-12-21T19:59:05.224192Z")
  }

  @Test("Random instants read back from their text")
  func roundTrip() {
    var generator = SeededRandom(seed: 5)
    var broken: [Int64] = []
    for _ in 0..<3000 {
      let count = Int64.random(
        in: -62_167_219_200_000_000...253_402_300_799_999_999, using: &generator)
      if Instant(rfc3339: Instant(microseconds: count).rfc3339)?.microseconds != count {
        broken.append(count)
      }
    }
    #expect(broken.prefix(5) == [], "seed 5")
  }
}
