import Advice
import Foundation
import Quantities
import Support
import Testing

@testable import CRM

@Suite(
  "The real Consumer Data Right products",
  .enabled(if: SharedFolder.find(CDRSamples.snapshot) != nil, "needs ../shared/data/cdr-products"))
struct CDRSnapshotTests {
  @Test("Every product comes in, and each row is evaluated, shown or quarantined")
  func totals() async throws {
    let report = try await CDRSnapshot.shared.load().reader.report
    #expect(report.lines == 5251)
    #expect(report.products == 5251)
    #expect(report.quarantinedLines == 0)
    for (kind, file) in [
      (CDRRowKind.rate, "rates"), (.eligibility, "eligibility"), (.fee, "fees"),
      (.constraint, "constraints"),
    ] {
      let rows = try CDRSamples.rows("data/cdr-products/flat-2024-08-12/\(file).csv.gz")
      #expect(report.total(kind) == rows, "\(kind)")
      #expect(report.count(kind, .evaluated) > 0 && report.count(kind, .shown) > 0)
      #expect(report.count(kind, .quarantined) == report.quarantine.count { $0.kind == kind })
      #expect(report.count(kind, .quarantined) * 10 < rows, "\(kind)")
    }
  }

  @Test("Reading the same lines again gives the same bytes")
  func repeatable() async throws {
    let (lines, reader) = try await CDRSnapshot.shared.load()
    var again = CDRImport(currency: CDRSamples.dollar)
    again.read(lines.prefix(700))
    for (left, right) in zip(again.products, reader.products) {
      #expect(left.canonicalJSON == right.canonicalJSON, "\(left.id)")
    }
    #expect(again.products.count == 700)
  }

  @Test("Stored and read back, each real product is the same")
  func stored() async throws {
    for product in try await CDRSnapshot.shared.load().reader.products {
      let back = try Product(packed: product.packed)
      #expect(back == product, "\(product.id)")
    }
  }

  @Test("The product as people write it holds what the reader made, and passes its checks")
  func readable() async throws {
    let products = try await CDRSnapshot.shared.load().reader.products
    for index in stride(from: 0, to: products.count, by: 29) {
      let product = products[index]
      let back = try Product(json: product.canonicalJSON)
      #expect(back == product, "\(product.id)")
    }
  }

  @Test("The best term deposit is the one that a search of the raw file finds")
  func bestTermDeposit() async throws {
    let (lines, reader) = try await CDRSnapshot.shared.load()
    let raw = RawTermDeposits(lines)
    let deposits = reader.products.filter { $0.kind == .termDeposit }
    let seed: UInt64 = 20_240_812
    var random = CDRRandom(seed: seed)
    let round: [Decimal128] = [100, 1000, 5000, 10_000, 50_000, 100_000, 250_000, 1_000_000]
    for _ in 0..<100 {
      let amount =
        Bool.random(using: &random)
        ? round.randomElement(using: &random) ?? 1
        : Decimal128(Int.random(in: 1...2_000_000, using: &random))
      let months = Int.random(in: 1...61, using: &random)
      let age = Int.random(in: 10...90, using: &random)
      let found = Self.best(of: deposits, amount, months, age)
      let expected = raw.best(amount.plainText, months, age)
      #expect(found == expected, "seed \(seed): \(amount) for \(months) months at \(age)")
    }
  }

  /// "rate brand/code" of the highest rate, ties by brand and code.
  static func best(
    of products: [Product], _ amount: Decimal128, _ months: Int, _ age: Int
  ) -> String? {
    let situation = RateSituation(amount: amount, months: months)
    var best: (rate: Decimal128, id: ProductID)?
    for product in products where product.terms.age.contains(age) {
      guard let band = RateCard(product).best(in: situation)?.band else { continue }
      let rate = product.charges.rates[band].rate
      // Products come in the order of their ids only from a catalogue.
      if let found = best {
        let isBetter = rate > found.rate || (rate == found.rate && product.id < found.id)
        guard isBetter else { continue }
      }
      best = (rate, product.id)
    }
    return best.map { "\($0.rate.plainText) \($0.id)" }
  }
}

/// The term deposits of the raw file, read by Foundation and searched without any of our own code.
struct RawTermDeposits {
  private struct Rate {
    let rate: String
    let value: Double
    let brand: String
    let code: String
    let minimumAges: [Double]
    let maximumAges: [Double]
    let brackets: [String: [(Double, Double)]]
    let term: Int?
    let isInDays: Bool
    let needsTerm: Bool
  }

  private var rates: [Rate] = []

  init(_ lines: [Lines.Line]) {
    for line in lines {
      guard
        let row = try? JSONSerialization.jsonObject(with: Data(line.bytes)) as? [String: Any],
        let brand = row["brandId"] as? String, let product = row["product"] as? [String: Any],
        product["productCategory"] as? String == "TERM_DEPOSITS",
        let code = product["productId"] as? String
      else { continue }
      let eligibility = product["eligibility"] as? [[String: Any]] ?? []
      func ages(_ type: String) -> [Double] {
        eligibility.filter { $0["eligibilityType"] as? String == type }
          .compactMap { ($0["additionalValue"] as? String).flatMap(Double.init) }
          .filter { $0 >= 0 && $0 <= 150 }
      }
      for rate in product["depositRates"] as? [[String: Any]] ?? [] {
        guard let text = rate["rate"] as? String, let value = Double(text) else { continue }
        let type = rate["depositRateType"] as? String ?? ""
        guard type != "BONUS", type != "BUNDLE_BONUS" else { continue }
        var brackets: [String: [(Double, Double)]] = [:]
        for tier in rate["tiers"] as? [[String: Any]] ?? [] {
          let low = (tier["minimumValue"] as? NSNumber)?.doubleValue ?? 0
          let high = (tier["maximumValue"] as? NSNumber)?.doubleValue ?? .infinity
          brackets[tier["unitOfMeasure"] as? String ?? "", default: []].append((low, high))
        }
        let (term, isInDays) = Self.term(rate["additionalValue"] as? String ?? "")
        rates.append(
          Rate(
            rate: text, value: value, brand: brand, code: code, minimumAges: ages("MIN_AGE"),
            maximumAges: ages("MAX_AGE"), brackets: brackets, term: term, isInDays: isInDays,
            needsTerm: type == "FIXED"))
      }
    }
  }

  /// The months of P12M and P1Y; whether it is a number of days instead.
  private static func term(_ text: String) -> (Int?, Bool) {
    let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
    if text.wholeMatch(of: /P\d+[DW]/) != nil { return (nil, true) }
    guard let match = text.wholeMatch(of: /P(?:(\d+)Y)?(?:(\d+)M)?/), text != "P" else {
      return (nil, false)
    }
    let years = match.1.flatMap { Int($0) } ?? 0
    return (years * 12 + (match.2.flatMap { Int($0) } ?? 0), false)
  }

  func best(_ amount: String, _ months: Int, _ age: Int) -> String? {
    let amount = Double(amount) ?? 0
    let holding = rates.filter { rate in
      guard rate.minimumAges.allSatisfy({ $0 <= Double(age) }),
        rate.maximumAges.allSatisfy({ $0 >= Double(age) })
      else { return false }
      for (unit, brackets) in rate.brackets {
        let value: Double
        switch unit {
        case "DOLLAR": value = amount
        case "MONTH": value = Double(months)
        default: return false
        }
        guard brackets.contains(where: { $0.0 <= value && value <= $0.1 }) else { return false }
      }
      if rate.brackets["MONTH"] != nil { return true }
      if rate.isInDays { return false }
      guard let term = rate.term else { return !rate.needsTerm }
      return term == months
    }
    let first = holding.min { left, right in
      if left.value != right.value { return left.value > right.value }
      let (a, b) = ("\(left.brand)\u{0}\(left.code)", "\(right.brand)\u{0}\(right.code)")
      return a.utf8.lexicographicallyPrecedes(b.utf8)
    }
    return first.map {
      "\((Decimal128($0.rate) ?? .nan).normalized.plainText) \($0.brand)/\($0.code)"
    }
  }
}

/// A small generator whose seed is printed with each use (xorshift64*).
struct CDRRandom: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed == 0 ? 1 : seed }

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 2_685_821_657_736_338_717
  }
}
