import Calculation
import Quantities

extension CalculatorPage.Result {
  /// A loan by years, and payment by payment.
  init(_ answer: LoanAnswer) {
    let currency = answer.query.currency
    let money = { (amount: Decimal128) in Wording.money(amount, currency) }
    let plain = { (amount: Decimal128) in
      Wording.grouped(amount.rounded(scale: currency.minorUnits, .halfUp))
    }
    let rows = answer.schedule.rows
    var years: [(year: Int, principal: Decimal128, interest: Decimal128, balance: Decimal128)] = []
    for row in rows {
      if years.last?.year != row.due.year { years.append((row.due.year, 0, 0, 0)) }
      let last = years.count - 1
      years[last].principal += row.principal
      years[last].interest += row.interest
      years[last].balance = row.balance
    }
    let first = answer.schedule.instalment ?? rows.first?.payment ?? 0
    figures = [
      .init(
        label: answer.schedule.instalment == nil ? "First payment" : "A month",
        value: money(first), isMain: true),
      .init(label: "Total interest", value: money(answer.schedule.totalInterest), isMain: false),
      .init(label: "Total to pay", value: money(answer.totalPaid), isMain: false),
      .init(
        label: "Effective rate", value: answer.effectiveRate.map { Wording.percent($0) } ?? "–",
        isMain: false),
    ]
    chart =
      Chart(
        title: "Principal and interest paid in each year",
        columns: years.map {
          .init(
            label: String($0.year), first: $0.principal.doubleValue,
            second: $0.interest.doubleValue)
        }
      ).svg
    legend = [
      .init(style: "first", label: "Principal"), .init(style: "second", label: "Interest"),
    ]
    caption = "Year by year"
    columns = ["Year", "Principal", "Interest", "Balance"]
    self.rows = years.map {
      .init(
        label: String($0.year), cells: [plain($0.principal), plain($0.interest), plain($0.balance)])
    }
    detailColumns = ["Due", "Principal", "Interest", "Balance"]
    details = rows.map {
      .init(
        label: $0.due.description,
        cells: [plain($0.principal), plain($0.interest), plain($0.balance)])
    }
    detailsLabel = "All \(rows.count) payments"
  }

  /// A deposit by years, and posting by posting.
  init(_ answer: DepositAnswer) {
    let currency = answer.query.currency
    let money = { (amount: Decimal128) in Wording.money(amount, currency) }
    let plain = { (amount: Decimal128) in
      Wording.grouped(amount.rounded(scale: currency.minorUnits, .halfUp))
    }
    let schedule = answer.schedule
    var years: [(year: Int, paidIn: Decimal128, interest: Decimal128, balance: Decimal128)] = []
    var paidIn = answer.query.amount
    var earned = Decimal128.zero
    for row in schedule.rows {
      if years.last?.year != row.date.year { years.append((row.date.year, 0, 0, 0)) }
      paidIn += row.contribution
      earned += row.interest - row.tax
      years[years.count - 1] = (row.date.year, paidIn, earned, row.balance)
    }
    figures = [
      .init(label: "At maturity", value: money(schedule.finalBalance), isMain: true),
      .init(label: "Interest", value: money(schedule.totalInterest), isMain: false),
      .init(label: "Paid in", value: money(paidIn), isMain: false),
      .init(
        label: "Effective rate", value: answer.effectiveRate.map { Wording.percent($0) } ?? "–",
        isMain: false),
    ]
    chart =
      Chart(
        title: "What was paid in and the interest on it, at the end of each year",
        columns: years.map {
          .init(
            label: String($0.year), first: $0.paidIn.doubleValue, second: $0.interest.doubleValue)
        }
      ).svg
    legend = [
      .init(style: "first", label: "Paid in"), .init(style: "second", label: "Interest"),
    ]
    caption = "Year by year"
    columns = ["Year", "Paid in", "Interest", "Balance"]
    rows = years.map {
      .init(
        label: String($0.year), cells: [plain($0.paidIn), plain($0.interest), plain($0.balance)])
    }
    detailColumns = ["Posted", "Paid in", "Interest", "Balance"]
    details = schedule.rows.map {
      .init(
        label: $0.date.description,
        cells: [plain($0.contribution), plain($0.interest), plain($0.balance)])
    }
    detailsLabel = "All \(schedule.rows.count) postings"
  }
}
