import Calculation
import Quantities

extension Property {
  private static let residual = Decimal128(isNegative: false, coefficient: 1, exponent: -9)

  static let rates: [Property] = [
    Property(name: "the proof of a rate leaves less than a billionth") { source in
      let terms = try loanTerms(&source)
      let schedule = try LoanSchedule(terms)
      let start = terms.disbursed
      let fee = (terms.amount * source.decimal(0...10, scale: 2))
        .rounded(scale: terms.rounding.decimals)
      let advance = CashFlow(date: start, amount: terms.amount - fee)
      let payments = schedule.rows.map { CashFlow(date: $0.due, amount: $0.payment) }
      let rate: EffectiveRate =
        switch source.integer(0...2) {
        case 0: try .eu(advances: [advance], payments: payments, period: .month)
        case 1:
          try .us(
            advances: [advance], payments: payments,
            unitPeriod: UnitPeriod(.month, perYear: 12))
        default:
          try .russian(
            flows: [CashFlow(date: start, amount: -advance.amount)] + payments,
            basePeriod: .calendarMonth, perYear: 12)
        }
      let proof = rate.proof()
      return proof.residual.magnitude < residual && proof.lines.count == payments.count + 1
        ? nil : "\(proof.residual) of \(terms)"
    },
    Property(name: "dated amounts are worth nothing at their internal rate") { source in
      let start = source.date()
      var flows = [CashFlow(date: start, amount: -source.decimal(1_000...10_000_000, scale: 2))]
      for _ in 0..<source.integer(1...60) {
        flows.append(
          CashFlow(
            date: start.adding(days: source.integer(365...4_000)),
            amount: source.decimal(1_000...10_000_000, scale: 2)))
      }
      let rate = try InternalRate.annual(flows: flows).rate
      // A rate of thousands of per cent has too few of its twelve digits for this.
      guard rate <= 50 else { return nil }
      // The rate has twelve digits: what they leave grows with the amounts and the time.
      let value = try InternalRate.presentValue(rate: rate, flows: flows)
      let total = flows.reduce(Decimal128.zero) { $0 + $1.amount.magnitude }
      let scale = Decimal128(isNegative: false, coefficient: 1, exponent: -8)
      return value.magnitude <= total * scale ? nil : "\(value) at \(rate): \(flows)"
    },
  ]

  private static func option(_ source: inout SeededRandom) -> OptionTerms {
    OptionTerms(
      kind: source.one(of: [.call, .put]), spot: 100, strike: source.double(60...160),
      years: source.double(0.02...3), rate: source.double(-0.02...0.15),
      dividendYield: source.double(-0.01...0.12), volatility: source.double(0.05...0.9))
  }

  static let options: [Property] = [
    Property(name: "put-call parity") { source in
      var call = option(&source)
      call.kind = .call
      var put = call
      put.kind = .put
      let difference = try EuropeanOption(call).price - EuropeanOption(put).price
      let forward = try carried(call)
      return abs(difference - forward) < 1e-11 * call.spot ? nil : "\(difference) \(call)"
    },
    Property(name: "American ≥ European ≥ intrinsic bound") { source in
      let terms = option(&source)
      let sign = terms.kind == .call ? 1.0 : -1
      let european = try EuropeanOption(terms).price
      let american = try AmericanOption(terms).price
      let bound = max(sign * (try carried(terms)), 0)
      let now = max(sign * (terms.spot - terms.strike), 0)
      let sliver = 1e-12 * terms.spot
      if european < bound - sliver { return "European \(european) of \(terms)" }
      if american < european - sliver { return "American \(american) < \(european) of \(terms)" }
      return american >= now - sliver ? nil : "American \(american) < \(now) of \(terms)"
    },
    Property(name: "prices are monotone in volatility, rate and strike") { source in
      let terms = option(&source)
      let sign = terms.kind == .call ? 1.0 : -1
      let price = try EuropeanOption(terms).price
      let sliver = 1e-12 * terms.spot
      var moved = terms
      moved.volatility += 0.01
      if try EuropeanOption(moved).price < price - sliver { return "volatility of \(terms)" }
      moved = terms
      moved.rate += 0.005
      if sign * (try EuropeanOption(moved).price - price) < -sliver { return "rate of \(terms)" }
      moved = terms
      moved.strike += 1
      if sign * (try EuropeanOption(moved).price - price) > sliver { return "strike of \(terms)" }
      return nil
    },
    Property(name: "American prices are monotone in volatility and strike") { source in
      let terms = option(&source)
      let sign = terms.kind == .call ? 1.0 : -1
      let price = try AmericanOption(terms)
      var moved = terms
      moved.volatility += 0.01
      let wilder = try AmericanOption(moved)
      let slack = price.errorEstimate + wilder.errorEstimate + 2e-6 * terms.spot
      if wilder.price < price.price - slack { return "volatility of \(terms)" }
      moved = terms
      moved.strike += 1
      let higher = try AmericanOption(moved)
      let moveSlack = price.errorEstimate + higher.errorEstimate + 2e-6 * terms.spot
      return sign * (higher.price - price.price) <= moveSlack ? nil : "strike of \(terms)"
    },
    Property(name: "the volatility that was put in comes out again") { source in
      let terms = option(&source)
      let option = try EuropeanOption(terms)
      // Where a price hardly depends on the volatility, its digits cannot carry it.
      guard option.vega > 1e-6 * terms.spot else { return nil }
      let found = try ImpliedVolatility.solve(terms, price: option.price)
      return abs(found - terms.volatility) < 1e-9 + 1e-12 * option.price / option.vega
        ? nil : "\(found) of \(terms)"
    },
  ]

  /// The forward's value today: what put and call differ by, and the bound below each.
  private static func carried(_ terms: OptionTerms) throws -> Double {
    var call = terms
    call.kind = .call
    var certain = call
    certain.volatility = 0
    var put = certain
    put.kind = .put
    return try EuropeanOption(certain).price - EuropeanOption(put).price
  }
}
