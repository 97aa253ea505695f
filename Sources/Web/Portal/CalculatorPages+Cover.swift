import Advice
import JSON
import Quantities

/// The pages of insurance, of hedges, and of loans side by side.
extension CalculatorPages {
  static let insurance = Kind(
    path: "/calculators/insurance", tab: "Insurance", title: "Insurance calculator",
    about: "A premium, factor by factor, with its tax and its parts.",
    fields: [
      .init(
        "line", "line", "What is insured",
        .choice([
          ("motor", "A vehicle"), ("property", "A home"), ("health", "Health"),
          ("travel", "A journey"),
        ]), "motor"),
      .init("base", "base", "Base premium a year", .decimal, "400", slider: ("50", "3000", "10")),
      .init("currency", "currency", "Currency", .currency, "EUR"),
      .init("region", nil, "Factor of the region", .decimal, "1.10", slider: ("0.5", "3", "0.05")),
      .init("age", nil, "Factor of the age", .decimal, "1.00", slider: ("0.5", "3", "0.05")),
      .init("cover", nil, "Factor of the cover", .decimal, "1.00", slider: ("0.5", "3", "0.05")),
      .init("tax", "taxRate", "Tax, in per cent", .percent, "8"),
      .init("instalments", "instalments", "Paid in parts", .whole, "1"),
      .init("surcharge", "surcharge", "Added for parts, in per cent", .percent, "0"),
    ], calculator: Calculators.premium,
    places: { form in
      Dictionary(
        uniqueKeysWithValues: givenFactors(form).enumerated().map {
          ("/factors/\($0.offset)/factor", $0.element)
        })
    }
  ) { form, today in
    let figures = try form.figures(Calculators.premium, today: today) { json in
      json.array("factors") { json in
        for name in givenFactors(form) {
          json.object { json in
            json.member("name", name)
            json.member("factor", form[name])
          }
        }
      }
    }
    return CalculatorPage.Result(premium: figures, form)
  }

  private static func givenFactors(_ form: CalculatorForm) -> [String] {
    ["region", "age", "cover"].filter { !form[$0].isEmpty }
  }

  static let hedge = Kind(
    path: "/calculators/hedge", tab: "Hedge", title: "Hedge calculator",
    about: "A holding insured against a fall: by a put, or by a put that a sold call pays for.",
    fields: [
      .init(
        "kind", nil, "Hedge",
        .choice([("put", "Protective put"), ("collar", "Collar without cost")]), "put"),
      .init("units", "units", "Units held", .decimal, "1000"),
      .init("spot", "spot", "Price today", .decimal, "100"),
      .init("floor", "putStrike", "Price that is kept", .decimal, "90", slider: ("50", "120", "1")),
      .init("years", "years", "Years", .decimal, "0.5", slider: ("0.05", "3", "0.05")),
      .init("rate", "rate", "Rate without risk, in per cent", .percent, "3"),
      .init("yield", "dividendYield", "Dividend yield, in per cent", .percent, "1"),
      .init(
        "volatility", "volatility", "Volatility, in per cent", .percent, "22",
        slider: ("5", "80", "1")),
    ], calculator: Calculators.protectivePut
  ) { form, today in
    let isCollar = form["kind"] == "collar"
    let calculator = isCollar ? Calculators.collar : Calculators.protectivePut
    let figures = try form.figures(calculator, today: today) { json in
      json.array("changes") { json in
        for step in -10...10 { json.decimal(Decimal128(step * 5) / 100) }
      }
    }
    return CalculatorPage.Result(hedge: figures, form)
  }

  private static let offers = 1...4

  private static func givenOffers(_ form: CalculatorForm) -> [Int] {
    offers.filter { number in
      ["rate", "months", "fee"].contains { !form["\($0)\(number)"].isEmpty }
    }
  }

  static let comparison = Kind(
    path: "/calculators/compare", tab: "Compare", title: "Loans side by side",
    about: "Up to four loans for the same amount, the cheapest by yearly cost first.",
    fields: [
      .init("amount", "amount", "Amount", .decimal, "20000", slider: ("1000", "200000", "1000")),
      .init("currency", "currency", "Currency", .currency, "EUR"),
    ]
      + offers.flatMap { number -> [CalculatorForm.Field] in
        let usual = [("5.9", "48", "0"), ("5.4", "48", "250"), ("", "", ""), ("", "", "")]
        let (rate, months, fee) = usual[number - 1]
        return [
          .init("rate\(number)", nil, "Loan \(number): rate, in per cent", .percent, rate),
          .init("months\(number)", nil, "Loan \(number): months", .whole, months),
          .init("fee\(number)", nil, "Loan \(number): fee", .decimal, fee),
        ]
      }, calculator: Calculators.comparison,
    places: { form in
      var places: [String: String] = [:]
      for (index, number) in givenOffers(form).enumerated() {
        places["/offers/\(index)/annualRate"] = "rate\(number)"
        places["/offers/\(index)/months"] = "months\(number)"
        places["/offers/\(index)/upFrontFee"] = "fee\(number)"
      }
      return places
    }
  ) { form, today in
    let figures = try form.figures(Calculators.comparison, today: today) { json in
      json.array("offers") { json in
        for number in givenOffers(form) {
          json.object { json in
            json.member("name", "Loan \(number)")
            if !form["rate\(number)"].isEmpty {
              json.member("annualRate", form.part("rate\(number)"))
            }
            let months = form["months\(number)"]
            if let number = Int(months) {
              json.member("months", number)
            } else if !months.isEmpty {
              json.member("months", months)
            }
            if !form["fee\(number)"].isEmpty {
              json.member("upFrontFee", form["fee\(number)"])
            }
          }
        }
      }
    }
    return CalculatorPage.Result(comparison: figures, form)
  }
}

extension CalculatorPage.Result {
  fileprivate init(premium figures: [Figure], _ form: CalculatorForm) {
    let money = PageMoney(form)
    let steps = figures.rows("breakdown")
    let parts = figures.values("instalments")
    self.init(
      figures: [
        .init(label: "A year", value: money.full(figures.amount("total")), isMain: true),
        .init(label: "Premium", value: money.full(figures.amount("premium")), isMain: false),
        .init(label: "Tax", value: money.full(figures.amount("tax")), isMain: false),
        .init(
          label: "First part", value: money.full(parts.first ?? figures.amount("total")),
          isMain: false),
      ],
      chart: Chart(
        title: "The premium after each factor",
        columns: [
          .init(label: "base", first: figures.amount("base").doubleValue, second: 0)
        ]
          + steps.map {
            .init(
              label: Wording.words($0.text("name")), first: $0.amount("after").doubleValue,
              second: 0)
          }
      ).svg, legend: [.init(style: "first", label: "Premium")], caption: "Factor by factor",
      columns: ["Factor", "Times", "Premium"],
      rows: steps.map {
        .init(
          label: Wording.words($0.text("name")),
          cells: [$0.amount("factor").plainText, money.plain($0.amount("after"))])
      }, detailColumns: ["Part", "Amount"],
      details: parts.enumerated().map {
        .init(label: "\($0.offset + 1)", cells: [money.plain($0.element)])
      }, detailsLabel: "How it is paid",
      hasDetails: true)
    disclosures = money.disclosures(figures)
    hasDisclosures = true
    sheet = Sheet(
      name: "Premium", columns: ["factor", "times", "premium"],
      rows: steps.map {
        [.text($0.text("name")), .number($0.amount("factor")), .number($0.amount("after"))]
      })
  }

  fileprivate init(hedge figures: [Figure], _ form: CalculatorForm) {
    let money = PageMoney(form)
    let payoffs = figures.rows("payoffs")
    let cost = figures.inside("cost")
    let columns = ["spot", "unhedged", "hedged", "profit"]
    self.init(
      figures: [
        .init(label: "It costs", value: money.plain(cost.amount("money")), isMain: true),
        .init(
          label: "In per cent a year",
          value: "\(cost.amount("percentPerYear").rounded(scale: 2, .halfUp).plainText)\u{A0}%",
          isMain: false),
        .init(
          label: "Most that can be lost", value: money.plain(figures.amount("maximumLoss")),
          isMain: false),
        .init(
          label: "A gain from", value: money.plain(figures.amount("breakEven")), isMain: false),
      ],
      chart: PayoffChart(
        title: "What is left at expiry, with the hedge and without",
        points: payoffs.map {
          .init(
            at: $0.amount("spot").doubleValue, first: $0.amount("hedged").doubleValue,
            second: $0.amount("unhedged").doubleValue)
        }
      ).svg,
      legend: [
        .init(style: "first", label: "With the hedge"),
        .init(style: "second", label: "Without"),
      ], caption: "At expiry", columns: ["Price", "Without", "With the hedge", "Gain or loss"],
      rows: payoffs.map { row in
        .init(
          label: money.plain(row.amount("spot")),
          cells: columns.dropFirst().map { money.plain(row.amount($0)) })
      }, detailColumns: [], details: [], detailsLabel: "",
      hasDetails: false)
    disclosures = money.disclosures(figures)
    hasDisclosures = true
    sheet = Sheet(
      name: "Hedge", columns: columns,
      rows: payoffs.map { row in columns.map { .number(row.amount($0)) } })
  }

  fileprivate init(comparison figures: [Figure], _ form: CalculatorForm) {
    let money = PageMoney(form)
    let ranking = figures.rows("ranking")
    let names = ["instalment", "totalInterest", "totalFees", "totalPayable"]
    self.init(
      figures: ranking.enumerated().map { index, row in
        .init(
          label: "\(row.text("name")): \(row.text("law"))",
          value: Wording.percent(row.amount("effectiveRate")), isMain: index == 0)
      },
      chart: Chart(
        title: "Interest and fees of each loan",
        columns: ranking.map {
          .init(
            label: $0.text("name"), first: $0.amount("totalInterest").doubleValue,
            second: $0.amount("totalFees").doubleValue)
        }
      ).svg,
      legend: [
        .init(style: "first", label: "Interest"), .init(style: "second", label: "Fees"),
      ], caption: "Side by side",
      columns: ["Loan", "Instalment", "Interest", "Fees", "To pay"],
      rows: ranking.map { row in
        .init(label: row.text("name"), cells: names.map { money.plain(row.amount($0)) })
      }, detailColumns: [], details: [], detailsLabel: "",
      hasDetails: false)
    sheet = Sheet(
      name: "Comparison", columns: ["name"] + names + ["effectiveRate"],
      rows: ranking.map { row in
        [.text(row.text("name"))] + (names + ["effectiveRate"]).map { .number(row.amount($0)) }
      })
  }
}
