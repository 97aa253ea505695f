import Calculation
import Quantities

extension Calculators {
  /// Day counts, legal intervals and month arithmetic.
  static let dates: [Calculator] = [
    Calculator(
      "day count", "date/day-count", "Days between two dates and their part of a year",
      source: "ISDA 2006 Definitions 4.16; ICMA rule 251; ECMA-376 YEARFRAC",
      example: #"{"start":"2026-01-31","end":"2026-07-31","dayCount":"ACT/365F"}"#
    ) { inputs in
      let dayCount = inputs.choice("dayCount", "The convention.", DayCount.self)
      let start = inputs.date("start", "The first day.")
      let end = inputs.date("end", "The last day.")
      let termination = inputs.optionalDate(
        "termination", "The contract's last day, for 30E/360 ISDA.")
      let reference = inputs.object(
        "reference", "The coupon period, for ACT/ACT ICMA.", isRequired: false
      ) { inputs -> DayCount.ReferencePeriod? in
        let start = inputs.date("start", "Its first day.")
        let end = inputs.date("end", "Its end.")
        let perYear = inputs.integer(
          "perYear", "Coupons in a year.", in: CalculatorRanges.perYear)
        guard let start, let end, let perYear else { return nil }
        return DayCount.ReferencePeriod(start: start, end: end, perYear: perYear)
      }
      guard let dayCount, let start, let end else { return nil }
      let fraction = try dayCount.yearFraction(
        from: start, to: end, termination: termination, reference: reference)
      return [
        .integer(
          "days", dayCount.days(from: start, to: end, termination: termination),
          "The days counted."),
        .decimal("yearFraction", fraction.decimal, "The part of a year."),
      ]
    },
    Calculator(
      "legal interval", "date/interval", "The years between two dates as EU credit law counts them",
      source: "Directive (EU) 2023/2225, Annex III; Commission SWD(2012) 128",
      example: #"{"start":"2026-01-31","end":"2026-07-15","period":"month"}"#
    ) { inputs in
      let start = inputs.date("start", "The first day.")
      let end = inputs.date("end", "The day of the flow.")
      let period = inputs.choice(
        "period", "The whole periods counted back from the flow.", LendingPeriod.self)
      guard let start, let end, let period else { return nil }
      return [
        .decimal("years", try period.years(from: start, to: end), "The interval in years.")
      ]
    },
    Calculator(
      "month shift", "date/shift", "A date some months away, clamped to the month's last day",
      source: "OASIS OpenFormula 1.2, EDATE and EOMONTH",
      example: #"{"date":"2026-01-31","months":1,"function":"EDATE"}"#
    ) { inputs in
      let date = inputs.date("date", "The day to start from.")
      let months = inputs.integer(
        "months", "Months to move, back when negative.", in: -120_000...120_000)
      let shift = inputs.choice(
        "function", "The same day (EDATE) or the last day (EOMONTH).", or: MonthShift.sameDay)
      guard let date, let months else { return nil }
      return [.date("date", try shift.shifting(date, months: months), "The day arrived at.")]
    },
    Calculator(
      "business day", "date/business-day", "A day moved to where banks settle",
      source: "ISDA 2006 Definitions 4.12; the calendar's own source, in the answer",
      example: #"{"date":"2026-12-25","calendar":"TARGET","businessDays":"following"}"#
    ) { inputs in
      let date = inputs.date("date", "The day.")
      let convention = inputs.choice(
        "businessDays", "Where a day without business goes; following.",
        or: BusinessDayConvention.following)
      let calendar = inputs.holidayCalendar()
      guard let date else { return nil }
      let source = calendar.bank.source
      return [
        .boolean("isBusinessDay", calendar.isBusinessDay(date), "Whether banks settle on it."),
        .date("date", calendar.adjusted(date, convention), "The day arrived at."),
        .text("source", source.isEmpty ? nil : source, "Where the holidays are laid down."),
      ]
    },
  ]
}
