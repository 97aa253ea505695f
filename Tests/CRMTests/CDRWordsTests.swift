import Advice
import Quantities
import Testing

@testable import CRM

@Suite("What Consumer Data Right products say in words")
struct CDRWordsTests {
  @Test(
    "A product is in the currency that its name says, and words that look like codes say nothing",
    arguments: [
      ("USD Term Deposit", "", "USD"), ("Bonus Savings Account- CAD", "", "CAD"),
      ("EURO Term Deposit (Monthly)", "Competitive Euro (EUR) investments", "EUR"),
      ("Swiss Francs/CHF Term Deposit", "", "CHF"), ("Foreign Currency Account (GBP)", "", "GBP"),
      ("Foreign Currency Account", "This account is in Swiss Francs.", "CHF"),
      ("Bonus Savings Account - AUD", "", "AUD"), ("ALL IN ONE TOP CUP", "", "AUD"),
      ("Notice Account", "Available in AUD and USD", "AUD"),
      ("Card", "No foreign currency fees", "AUD"), ("Euroa Term Deposit", "", "AUD"),
    ])
  func currencies(name: String, description: String, code: String) {
    let line =
      #"{"brandId":"b","product":{"productId":"p","name":"\#(name)","#
      + #""description":"\#(description)","productCategory":"TERM_DEPOSITS","depositRates":["#
      + #"{"depositRateType":"FIXED","rate":"0.05","additionalValue":"P1Y"}],"#
      + #""fees":[{"name":"F","feeType":"UPFRONT","amount":"5"}]}}"#
    let reader = CDRSamples.read([line])
    let product = reader.products.first
    #expect(product?.currency.code == code)
    #expect(product?.charges.rates.count == 1)
    // A fee that names no currency is in the standard's own.
    let feeCurrency = product?.charges.fees.first?.currency?.code ?? code
    #expect(feeCurrency == "AUD")
  }

  @Test("A loan for nothing is shown and not priced by; a deposit may earn nothing")
  func nought() {
    let loan = CDRSamples.one(
      #""lendingRates":[{"lendingRateType":"VARIABLE","rate":"0.0","additionalInfo":"On request"},"#
        + #"{"lendingRateType":"FIXED","rate":"0.05","additionalValue":"P3Y"}]"#,
      category: "BUSINESS_LOANS")
    #expect(loan.product.charges.rates.map(\.rate) == [CDRSamples.decimal("0.05")])
    let words = loan.product.conditions.map(\.text)
    #expect(
      words == ["Stated rate, by which it cannot be priced: 0.00 % a year: On request"])
    #expect(loan.report.quarantine.isEmpty && loan.report.count(.rate, .shown) >= 1)
    let account = CDRSamples.one(
      #""depositRates":[{"depositRateType":"VARIABLE","rate":"0.0"}]"#,
      category: "TRANS_AND_SAVINGS_ACCOUNTS")
    #expect(account.product.charges.rates.map(\.rate) == [.zero])
  }

  @Test("A foreign currency that is not named gives no rate and no amount, and is counted")
  func unnamedCurrency() {
    let line =
      #"{"brandId":"b","product":{"productId":"p","name":"Foreign Currency Term Deposit","#
      + #""productCategory":"TERM_DEPOSITS","depositRates":["#
      + #"{"depositRateType":"FIXED","rate":"0.05","additionalValue":"P1Y"},"#
      + #"{"depositRateType":"FIXED","rate":"0.04","additionalValue":"P1Y","additionalInfo":"USD"}"#
      + #"],"constraints":[{"constraintType":"MIN_BALANCE","additionalValue":"1000"}]}}"#
    let reader = CDRSamples.read([line])
    #expect(reader.products.first?.charges.rates.isEmpty == true)
    #expect(reader.products.first?.terms.amount.isOpen == true)
    let words = reader.products.first?.conditions.map(\.text) ?? []
    #expect(words.contains("Rate in USD: 4.00 % a year: USD"))
    #expect(reader.report.count(.rate, .shown) == 1)
    #expect(reader.report.quarantine.map(\.fault) == [.unknownCurrency, .unknownCurrency])
  }

  @Test("Rates beside those of a foreign currency alone are not taken for the home currency's")
  func mixedRates() {
    func rates(_ words: [String]) -> CDRReport {
      let list = words.map {
        #"{"depositRateType":"VARIABLE","rate":"0.01","additionalInfo":"\#($0)"}"#
      }.joined(separator: ",")
      return CDRSamples.one(
        #""depositRates":[\#(list)]"#, category: "TRANS_AND_SAVINGS_ACCOUNTS"
      ).report
    }
    let foreign = rates(["Rates for USD deposits", "500000 and above"])
    #expect(foreign.count(.rate, .shown) == 1)
    #expect(foreign.quarantine.map(\.fault) == [.unknownCurrency])
    let both = rates(["For USD", "For AUD", "Any"])
    #expect(both.count(.rate, .evaluated) == 2 && both.count(.rate, .shown) == 1)
  }

  @Test(
    "How long a home loan's rate stays is read from words that say it plainly",
    arguments: [
      ("3 Years", "", "Loan", 36), ("Fixed for  2 Years", "", "Loan", 24),
      ("", "4 Year Fixed Rate", "Loan", 48),
      ("LVR<=97%Loan amount >= $20,000", "Investment P&I 1 year Fixed ≤97% LVR", "Loan", 12),
      ("", "2 years fixed - Residential Security", "Loan", 24),
      ("", "Rates may change", "2-Year Fixed Home Loan", 24),
      ("", "", "Fixed Rate Home Loan 18 Months (Investment)", 18),
      ("", "Comparison rate over a term of 5 years", "Loan", nil),
      ("1-5 years", "", "Loan", nil), ("", "", "Fixed Home Loan 1-5 Year", nil),
      ("", "1 year fixed or 2 years fixed", "Loan", nil), ("", "", "3 Year Anniversary Loan", nil),
    ] as [(String, String, String, Int?)])
  func fixedPeriods(value: String, info: String, name: String, months: Int?) {
    let line =
      #"{"brandId":"b","product":{"productId":"p","name":"\#(name)","#
      + #""productCategory":"RESIDENTIAL_MORTGAGES","lendingRates":["#
      + #"{"lendingRateType":"FIXED","rate":"0.06","additionalValue":"\#(value)","#
      + #""additionalInfo":"\#(info)"}]}}"#
    let reader = CDRSamples.read([line])
    #expect(reader.products.first?.charges.rates.first?.fixedMonths == months)
    #expect(reader.report.count(.rate, .quarantined) == (months == nil ? 1 : 0))
  }

  @Test("A personal loan's fixed rate is used for its term, and what the bank leaves out is told")
  func personalLoans() {
    func one(_ value: String, _ info: String = "") -> (product: Product, report: CDRReport) {
      CDRSamples.one(
        #""lendingRates":[{"lendingRateType":"FIXED","rate":"0.1","additionalValue":"\#(value)","#
          + #""additionalInfo":"\#(info)"}]"#, category: "PERS_LOANS")
    }
    let unstated = one("")
    #expect(unstated.report.count(.rate, .shown) == 1)
    let words = unstated.product.charges.rates.first?.condition ?? ""
    #expect(words.contains("does not say for how long"))
    let whole = one("Fixed for the term of the loan.")
    #expect(whole.product.charges.rates.first?.fixedMonths == nil)
    #expect(whole.report.count(.rate, .shown) == 1)
    let upTo = one("Up to 7 years").product.charges.rates.first
    #expect(upTo?.conditions == [BandCondition(.months, maximum: 84)])
    #expect(one("P1.5Y", "a flat rate").report.count(.rate, .quarantined) == 1)
  }

  @Test(
    "An age that a pension stands in for is confirmed by the client, and others stay rules",
    arguments: [
      ("OR in receipt of an eligible permanent pension", "", "", nil),
      ("Over 55 years unless in receipt of pension.", "If under 55 years only.", "", nil),
      ("Retired and at least 55 years old, or receiving a pension", "", "", nil),
      ("", "At least 55 years old, or receiving an eligible pension", "", nil),
      ("", "", "For members who are 55+ or recipients of an eligible pension.", nil),
      ("55 years or older", "", "", 55), ("", "Must hold a pension or concession card.", "", 55),
      ("", "", "For those aged 55 and over who are receiving a pension.", 55),
      ("55 years or older who draw a pension", "", "", 55),
    ] as [(String, String, String, Int?)])
  func alternatives(age: String, pension: String, description: String, minimum: Int?) {
    let (product, report) = CDRSamples.one(
      #"""
      "description":"\#(description)","eligibility":[
      {"eligibilityType":"MIN_AGE","additionalValue":"55","additionalInfo":"\#(age)"},
      {"eligibilityType":"PENSION_RECIPIENT","additionalInfo":"\#(pension)"}]
      """#)
    #expect(product.terms.age.minimum == minimum)
    #expect(report.total(.eligibility) == 2)
    if minimum == nil {
      #expect(!product.terms.isPensionerOnly)
      #expect(report.count(.eligibility, .shown) == 2)
      #expect(product.conditions.contains { $0.text.lowercased().contains("pension") })
    }
  }

  @Test("An income that some are exempt from is confirmed by the client")
  func exemptIncome() {
    let (product, report) = CDRSamples.one(
      #"""
      "eligibility":[{"eligibilityType":"MIN_INCOME","additionalValue":"60000",
      "additionalInfo":"Students exempt from minimum income requirement"}]
      """#)
    #expect(product.terms.monthlyIncomeMinimum == nil)
    #expect(report.count(.eligibility, .shown) == 1)
  }

  @Test("A least amount of nothing bounds nothing, and a greatest age is for persons")
  func emptyMinimum() {
    let (product, report) = CDRSamples.one(
      #"""
      "eligibility":[{"eligibilityType":"MAX_AGE","additionalValue":"17"}],
      "constraints":[{"constraintType":"MIN_BALANCE","additionalValue":"0.00"},
      {"constraintType":"MAX_BALANCE","additionalValue":"5000"}]
      """#)
    #expect(product.terms.amount == Bounds(maximum: 5000))
    #expect(product.terms.balanceMinimum == nil)
    #expect(report.count(.constraint, .evaluated) == 2)
    #expect(product.audience == .person)
  }
}
