import Advice
import JSON
import Quantities

/// The pages of loans and deposits.
extension CalculatorPages {
  static let loan = Kind(
    path: "/calculators/loan", tab: "Loan", title: "Loan calculator",
    about: "What a loan comes to, instalment by instalment, to the minor unit.",
    fields: [
      .init("amount", "amount", "Amount", .decimal, "250000", slider: ("1000", "500000", "1000")),
      .init("currency", "currency", "Currency", .currency, "EUR"),
      .init(
        "rate", "annualRate", "Rate a year, in per cent", .percent, "3.49",
        slider: ("0", "20", "0.01")),
      .init("termMonths", "payments", "Months", .whole, "240", slider: ("6", "420", "6")),
      .init(
        "repayment", "repayment", "Repayment",
        .choice([
          ("annuity", "Equal instalments"), ("equalPrincipal", "Equal parts of the principal"),
          ("bullet", "Interest only, all at the end"),
        ]), "annuity"),
      .init("fee", nil, "Fee on the first day", .decimal, "0"),
      .init(
        "jurisdiction", "jurisdiction", "Law",
        .choice([
          ("EU", "European Union"), ("UK", "United Kingdom"), ("US", "United States"),
          ("RU", "Russia"),
        ]), "EU"),
    ], calculator: Calculators.loanQuote, places: { _ in ["/charges/0/amount": "fee"] }
  ) { form, today in
    let figures = try form.figures(Calculators.loanQuote, today: today) { json in
      json.member("schedule", true)
      let fee = form["fee"]
      if fee.isEmpty || Decimal128(fee)?.isZero == true { return }
      json.array("charges") { json in
        json.object { json in
          json.member("name", "Fee")
          json.member("amount", fee)
        }
      }
    }
    return CalculatorPage.Result(loan: figures, form)
  }

  static let deposit = Kind(
    path: "/calculators/deposit", tab: "Deposit", title: "Deposit calculator",
    about: "What money earns, with interest on interest.",
    fields: [
      .init("amount", "amount", "Amount", .decimal, "10000", slider: ("500", "100000", "500")),
      .init("currency", "currency", "Currency", .currency, "EUR"),
      .init(
        "rate", "annualRate", "Rate a year, in per cent", .percent, "3.25",
        slider: ("0", "15", "0.05")),
      .init("termMonths", "months", "Months", .whole, "60", slider: ("1", "240", "1")),
      .init(
        "interestEveryMonths", "interestEveryMonths", "Interest is added",
        .numbers([
          (1, "Each month"), (3, "Each quarter"), (6, "Each half-year"), (12, "Each year"),
        ]), "12"),
      .init("contribution", "contribution", "Paid in each time", .decimal, "0"),
      .init("tax", "taxRate", "Tax on interest, in per cent", .percent, "0"),
    ], calculator: Calculators.depositQuote
  ) { form, today in
    CalculatorPage.Result(
      deposit: try form.figures(Calculators.depositQuote, today: today), form)
  }
}

extension CalculatorPage.Result {
  /// A loan by years, and payment by payment.
  fileprivate init(loan figures: [Figure], _ form: CalculatorForm) {
    let money = PageMoney(form)
    let rows = figures.rows("schedule")
    var years: [(year: String, principal: Decimal128, interest: Decimal128, balance: Decimal128)] =
      []
    for row in rows {
      let year = String(row.text("due").prefix(4))
      if years.last?.year != year { years.append((year, 0, 0, 0)) }
      let last = years.count - 1
      years[last].principal += row.amount("principal")
      years[last].interest += row.amount("interest")
      years[last].balance = row.amount("balance")
    }
    let rate = figures.inside("rate")
    self.init(
      figures: [
        .init(label: "Payment", value: money.full(figures.amount("instalment")), isMain: true),
        .init(
          label: "Total interest", value: money.full(figures.amount("totalInterest")),
          isMain: false),
        .init(
          label: "Total to pay", value: money.full(figures.amount("totalPayable")), isMain: false),
        .init(
          label: "\(rate.text("law")) a year",
          value: "\(rate.amount("printedPercent").plainText)\u{A0}%", isMain: false),
      ],
      chart: Chart(
        title: "Principal and interest paid in each year",
        columns: years.map {
          .init(
            label: $0.year, first: $0.principal.doubleValue, second: $0.interest.doubleValue)
        }
      ).svg,
      legend: [
        .init(style: "first", label: "Principal"), .init(style: "second", label: "Interest"),
      ], caption: "Year by year", columns: ["Year", "Principal", "Interest", "Balance"],
      rows: years.map {
        .init(
          label: $0.year,
          cells: [money.plain($0.principal), money.plain($0.interest), money.plain($0.balance)])
      }, detailColumns: ["Due", "Payment", "Interest", "Principal", "Balance"],
      details: rows.map { row in
        .init(
          label: row.text("due"),
          cells: ["payment", "interest", "principal", "balance"].map {
            money.plain(row.amount($0))
          })
      }, detailsLabel: "All \(rows.count) payments",
      hasDetails: true)
    disclosures = money.disclosures(figures)
    hasDisclosures = true
    sheet = Sheet(
      name: "Loan",
      columns: ["number", "due", "payment", "interest", "principal", "balance"],
      rows: rows.map { row in
        [.number(row.amount("number")), .text(row.text("due"))]
          + ["payment", "interest", "principal", "balance"].map { .number(row.amount($0)) }
      })
  }

  /// A deposit by years, and posting by posting.
  fileprivate init(deposit figures: [Figure], _ form: CalculatorForm) {
    let money = PageMoney(form)
    let rows = figures.rows("schedule")
    var years: [(year: String, paidIn: Decimal128, interest: Decimal128, balance: Decimal128)] = []
    var paidIn = Decimal128(form["amount"]) ?? 0
    var earned = Decimal128.zero
    for row in rows {
      let year = String(row.text("date").prefix(4))
      if years.last?.year != year { years.append((year, 0, 0, 0)) }
      paidIn += row.amount("contribution")
      earned += row.amount("interest") - row.amount("tax")
      years[years.count - 1] = (year, paidIn, earned, row.amount("balance"))
    }
    let yield = figures.amount("annualPercentageYield") * 100
    self.init(
      figures: [
        .init(
          label: "At maturity", value: money.full(figures.amount("finalBalance")), isMain: true),
        .init(
          label: "Interest", value: money.full(figures.amount("totalInterest")), isMain: false),
        .init(label: "Paid in", value: money.full(paidIn), isMain: false),
        .init(
          label: "Annual percentage yield",
          value: "\(yield.rounded(scale: 2, .halfUp).plainText)\u{A0}%", isMain: false),
      ],
      chart: Chart(
        title: "What was paid in and the interest on it, at the end of each year",
        columns: years.map {
          .init(label: $0.year, first: $0.paidIn.doubleValue, second: $0.interest.doubleValue)
        }
      ).svg,
      legend: [
        .init(style: "first", label: "Paid in"), .init(style: "second", label: "Interest"),
      ], caption: "Year by year", columns: ["Year", "Paid in", "Interest", "Balance"],
      rows: years.map {
        .init(
          label: $0.year,
          cells: [money.plain($0.paidIn), money.plain($0.interest), money.plain($0.balance)])
      }, detailColumns: ["Posted", "Paid in", "Interest", "Balance"],
      details: rows.map { row in
        .init(
          label: row.text("date"),
          cells: ["contribution", "interest", "balance"].map { money.plain(row.amount($0)) })
      }, detailsLabel: "All \(rows.count) postings",
      hasDetails: true)
    disclosures = money.disclosures(figures)
    hasDisclosures = true
    let names = ["interest", "tax", "contribution", "paidOut", "balance"]
    sheet = Sheet(
      name: "Deposit", columns: ["number", "date"] + names,
      rows: rows.map { row in
        [.number(row.amount("number")), .text(row.text("date"))]
          + names.map { .number(row.amount($0)) }
      })
  }
}
