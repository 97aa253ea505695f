import Calculation
import JSON
import Quantities

extension ReferenceTests {
  static let rateKinds: [String: Run] = [
    "apr_eu": { inputs in
      guard let period = LendingPeriod(rawValue: try inputs.text("period")) else {
        throw ReferenceInputs.Missing(description: "unknown period")
      }
      let rate = try EffectiveRate.eu(
        advances: try inputs.flows("advances"), payments: try inputs.flows("payments"),
        period: period)
      return .fields([
        "apr": .number(rate.rate), "apr_percent": .number(rate.rate * 100),
        "apr_percent_rounded1": .number(rate.printedPercent),
        "apr_percent_rounded2": .number(rate.percent(decimals: 2)),
      ])
    },
    "apr_us_regz": { inputs in
      guard let unit = UnitPeriod.Unit(rawValue: try inputs.text("unit")) else {
        throw ReferenceInputs.Missing(description: "unknown unit")
      }
      let rate = try EffectiveRate.us(
        advances: try inputs.flows("advances"), payments: try inputs.flows("payments"),
        unitPeriod: UnitPeriod(
          unit, multiple: try inputs.integer("unit_multiple"),
          perYear: try inputs.integer("unit_periods_per_year")))
      return .fields([
        "apr_percent": .number(rate.rate * 100),
        "apr_percent_rounded3": .number(rate.percent(decimals: 3)),
        "apr_percent_rounded2": .number(rate.percent(decimals: 2)),
      ])
    },
    "apr_ru_psk": { inputs in
      guard let period = BasePeriod(rawValue: try inputs.text("base_period")) else {
        throw ReferenceInputs.Missing(description: "unknown base period")
      }
      let rate = try EffectiveRate.russian(
        flows: try inputs.flows("flows"), basePeriod: period,
        perYear: try inputs.integer("base_periods_per_year"))
      return .fields([
        "psk_percent": .number(rate.rate * 100),
        "psk_percent_rounded3": .number(rate.printedPercent),
      ])
    },
    "apr_equation": { inputs in
      let rate = try RateEquationEU.rate(
        drawdowns: try timedAmounts(inputs, "drawdowns"),
        payments: try timedAmounts(inputs, "payments"))
      return .fields(["apr_percent": .number(rate * 100)])
    },
    "day_count": { inputs in
      let dayCount = try inputs.dayCount("convention")
      let start = try inputs.date("start")
      let end = try inputs.date("end")
      let termination = inputs.has("termination_date") ? try inputs.date("termination_date") : nil
      var reference: DayCount.ReferencePeriod?
      if inputs.has("ref_start") {
        reference = DayCount.ReferencePeriod(
          start: try inputs.date("ref_start"), end: try inputs.date("ref_end"),
          perYear: try inputs.integer("coupons_per_year"))
      }
      let fraction = try dayCount.yearFraction(
        from: start, to: end, termination: termination, reference: reference)
      return .fields([
        "days": .number(dayCount.days(from: start, to: end, termination: termination)),
        "year_fraction": .number(fraction.decimal),
      ])
    },
    "eu_time_interval": { inputs in
      guard let period = LendingPeriod(rawValue: try inputs.text("period")) else {
        throw ReferenceInputs.Missing(description: "unknown period")
      }
      return .fields([
        "years": .number(
          try period.years(from: try inputs.date("start"), to: try inputs.date("end")))
      ])
    },
    "date_shift": { inputs in
      guard let shift = MonthShift(rawValue: try inputs.text("function")) else {
        throw ReferenceInputs.Missing(description: "unknown function")
      }
      let date = try shift.shifting(
        try inputs.date("date"), months: try inputs.integer("months"))
      return .fields(["date": .text(date.description)])
    },
    "tvm": { .fields(["value": .number(try timeValue($0))]) },
    "xirr": { inputs in
      let dates = try inputs.dates("dates")
      let amounts = try inputs.decimals("amounts")
      let flows = try CashFlow.list(dates: dates, amounts: amounts)
      let solution = try InternalRate.annual(flows: flows, dayCount: try inputs.dayCount())
      return .fields(["rate": .number(solution.rate)])
    },
    "irr": { inputs in
      .fields([
        "rate": .number(try InternalRate.periodic(amounts: try inputs.decimals("amounts")).rate)
      ])
    },
    "npv": { inputs in
      .fields([
        "value": .number(
          try InternalRate.presentValue(
            rate: try inputs.decimal("rate"), amounts: try inputs.decimals("amounts"),
            firstPeriod: try inputs.integer("first_period")))
      ])
    },
    "xnpv": { inputs in
      let flows = try CashFlow.list(
        dates: try inputs.dates("dates"), amounts: try inputs.decimals("amounts"))
      return .fields([
        "value": .number(
          try InternalRate.presentValue(rate: try inputs.decimal("rate"), flows: flows))
      ])
    },
    "mirr": { inputs in
      .fields([
        "rate": .number(
          try InternalRate.modified(
            amounts: try inputs.decimals("amounts"),
            financeRate: try inputs.decimal("finance_rate"),
            reinvestmentRate: try inputs.decimal("reinvest_rate")))
      ])
    },
    "fv_schedule": { inputs in
      .fields([
        "value": .number(
          try TimeValue.futureValue(
            of: try inputs.decimal("principal"), rates: try inputs.decimals("rates")))
      ])
    },
  ]

  private static func timedAmounts(
    _ inputs: ReferenceInputs, _ key: String
  ) throws -> [TimedAmount] {
    try inputs.list(key).map {
      TimedAmount(years: try $0.decimal("t_years"), amount: try $0.decimal("amount"))
    }
  }

  private static func timeValue(_ inputs: ReferenceInputs) throws -> Decimal128 {
    func value(_ key: String) throws -> Decimal128 { try inputs.decimal(key, or: 0) }
    let timing: PaymentTiming = try inputs.integer("type", or: 0) == 0 ? .end : .beginning
    switch try inputs.text("function") {
    case "FV":
      return try TimeValue.futureValue(
        rate: value("rate"), periods: value("nper"), payment: value("pmt"),
        presentValue: value("pv"), timing: timing)
    case "PV":
      return try TimeValue.presentValue(
        rate: value("rate"), periods: value("nper"), payment: value("pmt"),
        futureValue: value("fv"), timing: timing)
    case "PMT":
      return try TimeValue.payment(
        rate: value("rate"), periods: value("nper"), presentValue: value("pv"),
        futureValue: value("fv"), timing: timing)
    case "NPER":
      return try TimeValue.periods(
        rate: value("rate"), payment: value("pmt"), presentValue: value("pv"),
        futureValue: value("fv"), timing: timing)
    case "RATE":
      return try TimeValue.rate(
        periods: value("nper"), payment: value("pmt"), presentValue: value("pv"),
        futureValue: value("fv"), timing: timing)
    default: return try timeValuePart(inputs, timing)
    }
  }

  private static func timeValuePart(
    _ inputs: ReferenceInputs, _ timing: PaymentTiming
  ) throws -> Decimal128 {
    func value(_ key: String) throws -> Decimal128 { try inputs.decimal(key, or: 0) }
    switch try inputs.text("function") {
    case "IPMT":
      return try TimeValue.interestPart(
        rate: value("rate"), period: value("per"), periods: value("nper"),
        presentValue: value("pv"), futureValue: value("fv"), timing: timing)
    case "PPMT":
      return try TimeValue.principalPart(
        rate: value("rate"), period: value("per"), periods: value("nper"),
        presentValue: value("pv"), futureValue: value("fv"), timing: timing)
    case "CUMIPMT":
      return try TimeValue.cumulativeInterest(
        rate: value("rate"), periods: value("nper"), presentValue: value("pv"),
        from: inputs.integer("start"), through: inputs.integer("end"), timing: timing)
    case "CUMPRINC":
      return try TimeValue.cumulativePrincipal(
        rate: value("rate"), periods: value("nper"), presentValue: value("pv"),
        from: inputs.integer("start"), through: inputs.integer("end"), timing: timing)
    case "ISPMT":
      return try TimeValue.straightLineInterest(
        rate: value("rate"), period: value("per"), periods: value("nper"),
        presentValue: value("pv"))
    case "EFFECT":
      return try TimeValue.effective(
        nominal: value("nominal"), perYear: inputs.integer("npery"))
    case "NOMINAL":
      return try TimeValue.nominal(
        effective: value("effective"), perYear: inputs.integer("npery"))
    case "PDURATION":
      return try TimeValue.growthPeriods(
        rate: value("rate"), presentValue: value("pv"), futureValue: value("fv"))
    case "RRI":
      return try TimeValue.growthRate(
        periods: value("nper"), presentValue: value("pv"), futureValue: value("fv"))
    case let other: throw ReferenceInputs.Missing(description: "unknown function \(other)")
    }
  }
}
