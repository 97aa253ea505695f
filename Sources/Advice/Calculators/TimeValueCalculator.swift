import Calculation
import Quantities

/// The spreadsheet functions of time value by their usual names.
private enum TimeValueFunction: String, CaseIterable {
  case fv = "FV"
  case pv = "PV"
  case pmt = "PMT"
  case nper = "NPER"
  case rate = "RATE"
  case ipmt = "IPMT"
  case ppmt = "PPMT"
  case cumipmt = "CUMIPMT"
  case cumprinc = "CUMPRINC"
  case ispmt = "ISPMT"
  case effect = "EFFECT"
  case nominal = "NOMINAL"
  case pduration = "PDURATION"
  case rri = "RRI"

  /// The variables without which the function says nothing; others left out are zero, as in a
  /// spreadsheet.
  var needed: [String] {
    switch self {
    case .fv, .pmt, .rate: ["nper"]
    case .pv, .nper: []
    case .ipmt, .ppmt: ["per", "nper"]
    case .ispmt: ["nper"]
    case .cumipmt, .cumprinc: ["rate", "nper", "pv", "start", "end"]
    case .effect: ["nominal", "npery"]
    case .nominal: ["effective", "npery"]
    case .pduration: ["rate", "pv", "fv"]
    case .rri: ["nper", "pv"]
    }
  }
}

extension Calculators {
  static let timeValue = Calculator(
    "time value", "cash-flow/time-value",
    "FV, PV, PMT, NPER, RATE and their kin with the spreadsheets' sign convention",
    source: "OASIS OpenFormula 1.2, 6.12",
    example: #"{"function":"PMT","rate":"0.005","nper":360,"pv":"200000"}"#
  ) { inputs in
    let function = inputs.choice("function", "Which function.", TimeValueFunction.self)
    let variables = TimeValueVariables(inputs)
    guard let function else { return nil }
    for name in function.needed where !variables.isGiven(name) {
      inputs.report(name, "required", "\(function.rawValue) needs this value.")
    }
    if inputs.isFaulty { return nil }
    return [
      .decimal("value", try variables.value(function), "What the function yields.")
    ]
  }
}

/// The variables that the functions share; money paid is negative.
private struct TimeValueVariables {
  private let decimals: [String: Decimal128]
  private let integers: [String: Int]
  private let timing: PaymentTiming
  private let guess: Decimal128

  init(_ inputs: CalculatorInputs) {
    var decimals: [String: Decimal128] = [:]
    for (name, about) in [
      ("rate", "The rate of a period."), ("nper", "The number of periods."),
      ("pmt", "The payment of each period; 0."), ("pv", "The value today; 0."),
      ("fv", "The value at the end; 0."), ("per", "Which period."),
      ("nominal", "The nominal rate a year."), ("effective", "The effective rate a year."),
    ] {
      decimals[name] = inputs.optionalDecimal(name, about)
    }
    var integers: [String: Int] = [:]
    for (name, about) in [
      ("start", "The first period of a sum."), ("end", "The last period of a sum."),
      ("npery", "Periods in a year."),
    ] {
      integers[name] = inputs.optionalInteger(name, about, in: 1...100_000)
    }
    let type = inputs.optionalInteger(
      "type", "1 when payments are made at the beginning of a period; 0.", in: 0...1)
    timing = type == 1 ? .beginning : .end
    guess =
      inputs.optionalDecimal("guess", "A rate near the one looked for; 0.1.")
      ?? Decimal128(isNegative: false, coefficient: 1, exponent: -1)
    self.decimals = decimals
    self.integers = integers
  }

  func isGiven(_ name: String) -> Bool { decimals[name] != nil || integers[name] != nil }

  private subscript(_ name: String) -> Decimal128 { decimals[name] ?? 0 }

  func value(_ function: TimeValueFunction) throws -> Decimal128 {
    switch function {
    case .fv:
      try TimeValue.futureValue(
        rate: self["rate"], periods: self["nper"], payment: self["pmt"],
        presentValue: self["pv"], timing: timing)
    case .pv:
      try TimeValue.presentValue(
        rate: self["rate"], periods: self["nper"], payment: self["pmt"],
        futureValue: self["fv"], timing: timing)
    case .pmt:
      try TimeValue.payment(
        rate: self["rate"], periods: self["nper"], presentValue: self["pv"],
        futureValue: self["fv"], timing: timing)
    case .nper:
      try TimeValue.periods(
        rate: self["rate"], payment: self["pmt"], presentValue: self["pv"],
        futureValue: self["fv"], timing: timing)
    case .rate:
      try TimeValue.rate(
        periods: self["nper"], payment: self["pmt"], presentValue: self["pv"],
        futureValue: self["fv"], timing: timing, guess: guess)
    default: try part(function)
    }
  }

  private func part(_ function: TimeValueFunction) throws -> Decimal128 {
    let (start, end) = (integers["start"] ?? 1, integers["end"] ?? 1)
    let perYear = integers["npery"] ?? 1
    switch function {
    case .ipmt:
      return try TimeValue.interestPart(
        rate: self["rate"], period: self["per"], periods: self["nper"],
        presentValue: self["pv"], futureValue: self["fv"], timing: timing)
    case .ppmt:
      return try TimeValue.principalPart(
        rate: self["rate"], period: self["per"], periods: self["nper"],
        presentValue: self["pv"], futureValue: self["fv"], timing: timing)
    case .cumipmt:
      return try TimeValue.cumulativeInterest(
        rate: self["rate"], periods: self["nper"], presentValue: self["pv"], from: start,
        through: end, timing: timing)
    case .cumprinc:
      return try TimeValue.cumulativePrincipal(
        rate: self["rate"], periods: self["nper"], presentValue: self["pv"], from: start,
        through: end, timing: timing)
    case .ispmt:
      return try TimeValue.straightLineInterest(
        rate: self["rate"], period: self["per"], periods: self["nper"],
        presentValue: self["pv"])
    case .effect: return try TimeValue.effective(nominal: self["nominal"], perYear: perYear)
    case .nominal: return try TimeValue.nominal(effective: self["effective"], perYear: perYear)
    case .pduration:
      return try TimeValue.growthPeriods(
        rate: self["rate"], presentValue: self["pv"], futureValue: self["fv"])
    default:
      return try TimeValue.growthRate(
        periods: self["nper"], presentValue: self["pv"], futureValue: self["fv"])
    }
  }
}
