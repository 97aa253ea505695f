import Advice
import JSON
import Quantities
import Testing

@testable import CRM

@Suite("The reader of Consumer Data Right products")
struct CDRImportTests {
  @Test("A line that gives no product is quarantined with its number and its reason")
  func quarantinesLines() {
    let good = CDRSamples.line("")
    let reader = CDRSamples.read([
      good, "", #"{"brandId":"b","product":"#, "[]", #"{"brandId":"b"}"#,
      #"{"product":{"productId":"q","name":"N","productCategory":"LEASES"}}"#,
      #"{"brandId":"b","product":{"productId":"q","name":"N","productCategory":"PAWN"}}"#, good,
      #"{"brandId":"b","product":{"productId":"r","productCategory":"LEASES"}}"#,
      #"{"brandId":"b/c","product":{"productId":"r","name":"N","productCategory":"LEASES"}}"#,
      #"{"brandId":"b","product":{"productId":"s","name":"N","productCategory":"LEASES","#
        + #""effectiveTo":"soon"}}"#,
    ])
    #expect(reader.products.count == 1)
    #expect(reader.report.lines == 10)
    #expect(reader.report.quarantinedLines == 9)
    #expect(
      reader.report.quarantine.map { "\($0.line) \($0.fault)" } == [
        "3 badJSON", "4 missingIdentity", "5 missingIdentity", "6 missingIdentity",
        "7 unknownCategory", "8 repeatedProduct", "9 missingIdentity", "10 missingIdentity",
        "11 badDate",
      ])
  }

  @Test("The rows of a quarantined product are counted as quarantined")
  func countsLostRows() {
    let rows = #"""
      "depositRates":[{"tiers":[{},{},{}]},{}],"fees":[{}],"constraints":[{},{}],
      "eligibility":[{},{},{},{}]
      """#
    let reader = CDRSamples.read([CDRSamples.line(rows, category: "PAWN")])
    #expect(reader.products.isEmpty)
    for (kind, count) in [
      (CDRRowKind.rate, 4), (.fee, 1), (.constraint, 2), (.eligibility, 4),
    ] {
      #expect(reader.report.count(kind, .quarantined) == count, "\(kind)")
    }
  }

  @Test(
    "A number, a word or a unit that cannot be read quarantines its row",
    arguments: [
      (#""depositRateType":"FIXED","rate":"5 %","additionalValue":"P1Y""#, CDRFault.badNumber),
      (#""depositRateType":"FIXED","rate":"N/A","additionalValue":"P1Y""#, .badNumber),
      (#""depositRateType":"FIXED","rate":".05","additionalValue":"P1Y""#, .badNumber),
      (#""depositRateType":"FIXED","additionalValue":"P1Y""#, .missingValue),
      (#""depositRateType":"FIXED","rate":"","additionalValue":"P1Y""#, .missingValue),
      (#""depositRateType":"FIXED","rate":"5.24","additionalValue":"P1Y""#, .outOfRange),
      (#""depositRateType":"fixed","rate":"0.05","additionalValue":"P1Y""#, .unknownType),
      (#""rate":"0.05","additionalValue":"P1Y""#, .unknownType),
      (#""depositRateType":"FIXED","rate":"0.05""#, .missingDuration),
      (#""depositRateType":"FIXED","rate":"0.05","additionalValue":"12 months""#, .badDuration),
      (#""depositRateType":"FIXED","rate":"0.05","additionalValue":"P1.5Y""#, .badDuration),
      (#""depositRateType":"FIXED","rate":"0.05","additionalValue":"P1M2D""#, .badDuration),
      (
        #""depositRateType":"FIXED","rate":"0.05","additionalValue":"P1Y","repaymentType":"BOTH""#,
        .unknownWord
      ),
      (
        #""depositRateType":"VARIABLE","rate":"0.05","tiers":[{"unitOfMeasure":"Dollar"}]"#,
        .unknownUnit
      ),
      (
        #""depositRateType":"VARIABLE","rate":"0.05","tiers":[{"unitOfMeasure":"PERCENT"}]"#,
        .unsupportedUnit
      ),
      (
        #""depositRateType":"VARIABLE","rate":"0.05","tiers":[{"unitOfMeasure":"DOLLAR","#
          + #""minimumValue":5000,"maximumValue":0}]"#,
        .contradictoryBounds
      ),
      (
        #""depositRateType":"VARIABLE","rate":"0.05","tiers":[{"unitOfMeasure":"DOLLAR","#
          + #""minimumValue":"a lot"}]"#,
        .badNumber
      ),
    ])
  func quarantinesRates(rate: String, fault: CDRFault) {
    let (product, report) = CDRSamples.one(#""depositRates":[{\#(rate)}]"#)
    #expect(report.count(.rate, .quarantined) == 1)
    #expect(report.total(.rate) == 1)
    #expect(report.quarantine.map(\.fault) == [fault])
    #expect(product.charges.rates.isEmpty)
  }

  @Test("A rate is lost with a unit's only bracket, and keeps holding on what is left of several")
  func bracketsAndConditions() {
    let tiers = #"""
      {"unitOfMeasure":"DOLLAR","minimumValue":0,"maximumValue":999},
      {"unitOfMeasure":"DOLLAR","minimumValue":5000,"maximumValue":0}
      """#
    let rate = #""depositRateType":"VARIABLE","rate":"0.02""#
    let several = CDRSamples.one(#""depositRates":[{\#(rate),"tiers":[\#(tiers)]}]"#)
    #expect(several.product.charges.rates.count == 1)
    #expect(several.report.count(.rate, .quarantined) == 1)
    #expect(several.report.count(.rate, .evaluated) == 1)
    let other = #"{"unitOfMeasure":"MONTH","minimumValue":12,"maximumValue":6}"#
    let lost = CDRSamples.one(#""depositRates":[{\#(rate),"tiers":[\#(tiers),\#(other)]}]"#)
    #expect(lost.product.charges.rates.isEmpty)
    #expect(
      lost.report.quarantine.map(\.fault) == [
        .lostWithRate, .contradictoryBounds, .contradictoryBounds,
      ])
  }

  @Test("A year is twelve months, and tiers of money and months hold together")
  func termDeposits() {
    for duration in ["P12M", "P1Y"] {
      let (product, _) = CDRSamples.one(
        #"""
        "depositRates":[
        {"depositRateType":"FIXED","rate":"0.0500","additionalValue":"\#(duration)",
        "tiers":[{"unitOfMeasure":"DOLLAR","minimumValue":1000.0,"maximumValue":4999.99}]},
        {"depositRateType":"FIXED","rate":"0.04","additionalValue":"P3M","tiers":[
        {"unitOfMeasure":"DOLLAR","minimumValue":5000,"maximumValue":null},
        {"unitOfMeasure":"MONTH","minimumValue":3,"maximumValue":6}]}]
        """#)
      func best(_ amount: Decimal128, _ months: Int) -> Int? {
        RateCard(product).best(in: RateSituation(amount: amount, months: months))?.band
      }
      #expect(best(1000, 12) == 0 && best(CDRSamples.decimal("4999.99"), 12) == 0)
      #expect(best(999, 12) == nil && best(1000, 11) == nil && best(5000, 12) == nil)
      #expect(best(5000, 3) == 1 && best(5000, 6) == 1 && best(5000, 7) == nil)
      #expect(product.charges.rates.first?.rate == CDRSamples.decimal("0.05"))
    }
  }

  @Test("A home loan's fixed period is not its term, and a personal loan's months are")
  func loanMonths() {
    let rate = #"""
      "lendingRates":[{"lendingRateType":"FIXED","rate":"0.06","additionalValue":"P3Y",
      "loanPurpose":"OWNER_OCCUPIED","repaymentType":"PRINCIPAL_AND_INTEREST","tiers":[
      {"unitOfMeasure":"MONTH","minimumValue":36,"maximumValue":36},
      {"unitOfMeasure":"PERCENT","minimumValue":0.6001,"maximumValue":0.8}]}]
      """#
    let home = CDRSamples.one(rate, category: "RESIDENTIAL_MORTGAGES").product
    let band = home.charges.rates.first
    #expect(home.kind == .mortgage)
    #expect(band?.fixedMonths == 36)
    #expect(band?.occupancy == .ownerOccupied && band?.repayment == .principalAndInterest)
    #expect(
      band?.conditions == [
        BandCondition(.loanToValue, minimum: CDRSamples.decimal("60.01"), maximum: 80)
      ])
    let personal = CDRSamples.one(rate, category: "PERS_LOANS").product
    #expect(personal.charges.rates.first?.conditions.first?.unit == .months)
  }

  @Test("Ages, incomes and groups become rules; free words become conditions to confirm")
  func eligibility() {
    let (product, report) = CDRSamples.one(
      #"""
      "eligibility":[
      {"eligibilityType":"MIN_AGE","additionalValue":"18"},
      {"eligibilityType":"MAX_AGE","additionalValue":"65","additionalInfo":"at the end"},
      {"eligibilityType":"MAX_AGE","additionalValue":"12"},
      {"eligibilityType":"MIN_AGE","additionalValue":"eighteen"},
      {"eligibilityType":"MIN_AGE","additionalInfo":"Old enough"},
      {"eligibilityType":"MIN_AGE"},
      {"eligibilityType":"MIN_INCOME","additionalValue":"35000.00"},
      {"eligibilityType":"MIN_INCOME","additionalValue":"900","additionalInfo":"each month"},
      {"eligibilityType":"MIN_TURNOVER","additionalValue":"75000"},
      {"eligibilityType":"NATURAL_PERSON"},
      {"eligibilityType":"STUDENT","additionalValue":""},
      {"eligibilityType":"RESIDENCY_STATUS","additionalValue":"Y","additionalInfo":"Citizens"},
      {"eligibilityType":"OTHER","additionalInfo":"  Member\r\n of the  club "},
      {"eligibilityType":"OTHER"},
      {"eligibilityType":"HAIR_COLOUR","additionalInfo":"red"}]
      """#)
    #expect(product.terms.age == IntegerBounds(minimum: 18, maximum: 65))
    #expect(product.terms.monthlyIncomeMinimum == CDRSamples.decimal("2916.67"))
    #expect(product.terms.yearlyTurnoverMinimum == 75000)
    #expect(product.audience == .person)
    #expect(product.terms.isStudentOnly)
    #expect(report.count(.eligibility, .evaluated) == 6)
    #expect(report.count(.eligibility, .shown) == 3)
    #expect(
      report.quarantine.map(\.fault) == [
        .contradictoryBounds, .badNumber, .missingValue, .unclearPeriod, .missingText,
        .unknownType,
      ])
    let words = product.conditions.map(\.text)
    for text in ["Citizens", "Member of the club", "Old enough", "eighteen", "red"] {
      #expect(words.contains(text), "\(text)")
    }
  }

  @Test("Businesses beside pensioners are alternatives, so neither keeps the other out")
  func alternatives() {
    let (product, report) = CDRSamples.one(
      #""eligibility":[{"eligibilityType":"BUSINESS"},{"eligibilityType":"PENSION_RECIPIENT"}]"#)
    #expect(product.audience == .everyone)
    #expect(!product.terms.isPensionerOnly)
    #expect(report.count(.eligibility, .evaluated) == 1)
    #expect(report.count(.eligibility, .shown) == 1)
  }

  @Test("Constraints bound the amount, and those that admit nobody are quarantined")
  func constraints() {
    let (product, report) = CDRSamples.one(
      #"""
      "constraints":[{"constraintType":"MIN_BALANCE","additionalValue":"1000.00"},
      {"constraintType":"OPENING_BALANCE","additionalValue":"5000"},
      {"constraintType":"MAX_BALANCE","additionalValue":"0"},
      {"constraintType":"MAX_BALANCE","additionalValue":"2000"},
      {"constraintType":"MAX_BALANCE","additionalValue":"250000"},
      {"constraintType":"MAX_BALANCE","additionalValue":"$500,000"},
      {"constraintType":"MAX_LIMIT","additionalInfo":"By agreement"},
      {"constraintType":"MIN_WEIGHT","additionalValue":"1"}]
      """#)
    #expect(product.terms.amount == Bounds(minimum: 5000, maximum: 250_000))
    #expect(product.terms.balanceMinimum == 1000)
    #expect(product.terms.openingDepositMinimum == 5000)
    #expect(report.count(.constraint, .evaluated) == 3)
    #expect(report.count(.constraint, .shown) == 1)
    #expect(
      report.quarantine.map(\.fault) == [
        .emptyBound, .contradictoryBounds, .badNumber, .unknownType,
      ])
  }

  @Test("Fees are sums and shares; upfront and periodic ones are part of the price")
  func fees() {
    let (product, report) = CDRSamples.one(
      #"""
      "fees":[{"name":"Set up","feeType":"UPFRONT","amount":"250.00","currency":"AUD"},
      {"name":"Keeping","feeType":"PERIODIC","amount":"5.00","additionalValue":"P3M"},
      {"name":"Keeping","feeType":"PERIODIC","amount":"5.00"},
      {"name":"Keeping","feeType":"PERIODIC","amount":"5.00","additionalValue":"monthly"},
      {"name":"Abroad","feeType":"PURCHASE","transactionRate":"0.03","amount":"0.00","balanceRate":"0"},
      {"name":"Both","feeType":"EVENT","transactionRate":"0.03","balanceRate":"0.01"},
      {"name":"Wire","feeType":"EVENT","amount":"20","currency":"USD"},
      {"name":"Odd","feeType":"EVENT","amount":"20","currency":"XXX"},
      {"name":"Agreed","feeType":"VARIABLE","additionalInfo":"At cost"},
      {"name":"Typo","feeType":"VARIABLE "},{"feeType":"EVENT"},
      {"name":"Much","feeType":"EVENT","balanceRate":"3.0"},
      {"name":"Dollar","feeType":"EVENT","amount":"$5"}]
      """#)
    let fees = product.charges.fees
    #expect(fees.map(\.name) == ["Set up", "Keeping", "Abroad", "Wire", "Agreed"])
    #expect(fees.map(\.isPartOfPrice) == [true, true, false, false, false])
    #expect(fees.map(\.everyMonths) == [nil, 3, nil, nil, nil])
    #expect(fees[2].share == CDRSamples.decimal("0.03") && fees[2].shareOf == .transaction)
    #expect(fees[3].currency == Currency("USD") && fees[0].currency == nil)
    #expect(report.count(.fee, .evaluated) == 4)
    #expect(report.count(.fee, .shown) == 1)
    #expect(
      report.quarantine.map(\.fault) == [
        .missingDuration, .badDuration, .ambiguousAmount, .unknownCurrency, .unknownType,
        .missingText, .outOfRange, .badNumber,
      ])
  }

  @Test("Days of beginning and end are the bank's own; an end at midnight is the day before")
  func dates() {
    for (to, day) in [
      ("2024-08-13T00:00:00.000+10:00", "2024-08-12"), ("2024-08-12T23:59:59Z", "2024-08-12"),
      ("2024-08-12T14:00:00+10", "2024-08-12"),
    ] {
      let (product, _) = CDRSamples.one(
        #""effectiveFrom":"2020-01-02T00:00:00Z","effectiveTo":"\#(to)""#)
      #expect(product.effectiveFrom?.description == "2020-01-02")
      #expect(product.effectiveTo?.description == day)
    }
    #expect(CDRSamples.one(#""effectiveTo":"9999-12-31T00:00:00Z""#).product.effectiveTo == nil)
  }

  @Test("Whatever stands in a product, reading it ends without a crash and accounts for each row")
  func survivesOddValues() {
    let values = ["null", "1", "-1e999", "\"\"", "\"x\"", "[]", "{}", "[1]", "true"]
    for value in values {
      let members = [
        "depositRates", "lendingRates", "fees", "eligibility", "constraints",
      ].map { "\"\($0)\":[\(value),{\"rate\":\(value),\"tiers\":[\(value)]}]" }
      let keys = ["effectiveFrom", "isTailored", "brandName", "description"]
        .map { "\"\($0)\":\(value)" }
      let report = CDRSamples.one((members + keys).joined(separator: ",")).report
      let lines = report.products + report.quarantinedLines
      #expect(lines == 1, "\(value)")
      if report.products == 1 { #expect(report.total(.fee) == 2, "\(value)") }
    }
  }

  @Test(
    "Only the rates of a product's own side price it; those of the other are shown",
    arguments: [
      ("TRANS_AND_SAVINGS_ACCOUNTS", "0.011"), ("TERM_DEPOSITS", "0.011"),
      ("OVERDRAFTS", "0.2026"), ("CRED_AND_CHRG_CARDS", "0.2026"),
      ("RESIDENTIAL_MORTGAGES", "0.2026"),
    ])
  func sides(category: String, rate: String) {
    let (product, report) = CDRSamples.one(
      #"""
      "depositRates":[{"depositRateType":"VARIABLE","rate":"0.011"}],
      "lendingRates":[{"lendingRateType":"VARIABLE","rate":"0.2026"}]
      """#, category: category)
    #expect(product.charges.rates.map(\.rate) == [CDRSamples.decimal(rate)])
    #expect(report.count(.rate, .evaluated) == 1 && report.count(.rate, .shown) == 1)
    #expect(product.conditions.contains { $0.kind == .rate && $0.text.hasPrefix("Rate on money") })
  }

  @Test("A balance transfer's rate is not the rate of a card")
  func balanceTransfer() {
    let (product, _) = CDRSamples.one(
      #"""
      "lendingRates":[
      {"lendingRateType":"FIXED","rate":"0","additionalValue":"P12M",
      "additionalInfo":"Introductory balance transfer rate"},
      {"lendingRateType":"PURCHASE","rate":"0.13"}]
      """#, category: "CRED_AND_CHRG_CARDS")
    let best = RateCard(product).best(in: RateSituation(amount: 1000, months: 24))
    #expect(best.map { product.charges.rates[$0.band].rate } == CDRSamples.decimal("0.13"))
  }

  @Test(
    "Grouped thousands are a number, and a comma elsewhere is none",
    arguments: [("5,000", "5000"), ("1,250,000.50", "1250000.50"), ("5,00", nil), ("50,00,0", nil)])
  func groupedThousands(text: String, amount: String?) {
    let (product, report) = CDRSamples.one(
      #""constraints":[{"constraintType":"MAX_BALANCE","additionalValue":"\#(text)"}]"#)
    #expect(product.terms.amount.maximum == amount.map(CDRSamples.decimal))
    #expect(report.count(.constraint, .quarantined) == (amount == nil ? 1 : 0))
  }

  @Test(
    "A periodic fee without a period has the one that its name tells",
    arguments: [("ANNUAL_PACKAGE_FEE", 12), ("Monthly account fee", 1), ("Service fee", nil)])
  func periodByName(name: String, months: Int?) {
    let (product, _) = CDRSamples.one(
      #""fees":[{"name":"\#(name)","feeType":"PERIODIC","amount":"10"}]"#)
    #expect(product.charges.fees.first?.everyMonths == months)
  }

  @Test("The report as JSON says what the report says")
  func reportJSON() throws {
    let report = CDRSamples.one(#""fees":[{"name":"F","feeType":"EVENT","amount":"1"},{}]"#).report
    let node = try JSONNode.parse(report.json)
    #expect(node.typeName == "object")
    #expect(report.json.contains(#""fee":{"evaluated":1,"shown":0,"quarantined":1}"#))
    #expect(report.json.contains(#""place":"fees/1","fault":"missingText""#))
  }

  @Test("Names of brands come from an object of names or of records")
  func brandNames() throws {
    let text = #"{"a":"Bank A","b":{"brandName":" Bank\tB "},"c":{"name":"Bank C"},"d":7}"#
    let names = try CDRImport.brandNames(json: Array(text.utf8))
    #expect(names == ["a": "Bank A", "b": "Bank B", "c": "Bank C"])
    var reader = CDRImport(currency: CDRSamples.dollar, brandNames: ["b": "Bank B"])
    reader.take(Lines.Line(number: 1, bytes: Array(CDRSamples.line("").utf8)))
    #expect(reader.products.first?.brandName == "Bank B")
  }
}
