package import Advice
package import JSON
package import Quantities
import Vault

/// Reads products of the Australian Consumer Data Right (Consumer Data Standards, schema
/// BankingProductDetail) from JSON lines, each `{"brandId": …, "product": …}`.
///
/// Every rate, eligibility, fee and constraint row is counted as evaluated, shown or quarantined,
/// and a line that gives no product is quarantined with its number. The same lines give the same
/// products, byte for byte.
package struct CDRImport: Sendable {
  /// The products read so far, in the order of the lines.
  package private(set) var products: [Product] = []
  /// What has become of each row so far.
  package private(set) var report = CDRReport()

  private let currency: Currency
  private let brandNames: [String: String]
  private var seen: Set<ProductID> = []

  /// An import of nothing yet.
  ///
  /// - Parameters:
  ///   - currency: the currency of the products, which the standard leaves out; the right's own
  ///     is the Australian dollar.
  ///   - brandNames: the brands' names for people by their ids.
  package init(currency: Currency, brandNames: [String: String] = [:]) {
    self.currency = currency
    self.brandNames = brandNames
  }

  /// The sizes that a line may have.
  private static let limits = JSONLimits(depth: 16, bytes: Lines.longest, elements: 100_000)

  /// Reads all lines.
  ///
  /// - Parameter progress: told how many lines were read, from time to time.
  package mutating func read(
    _ lines: some Sequence<Lines.Line>, _ progress: (Int) -> Void = { _ in }
  ) {
    for line in lines {
      take(line)
      if report.lines.isMultiple(of: 500) { progress(report.lines) }
    }
  }

  /// Reads one line; an empty one is passed over.
  package mutating func take(_ line: Lines.Line) {
    guard line.bytes.contains(where: { $0 > 0x20 }) else { return }
    report.lines += 1
    let node: JSONNode
    do {
      node = try JSONNode.parse(line.bytes, limits: Self.limits, firstLine: line.number)
    } catch {
      return lose(line, nil, .badJSON, error.description)
    }
    guard let object = CDRObject(node), let product = object.object("product") else {
      return lose(line, nil, .missingIdentity, "There is no product.")
    }
    guard let brand = object.text("brandId"), let code = product.text("productId"),
      Self.isCode(brand), Self.isCode(code), !brand.contains("/")
    else { return lose(line, nil, .missingIdentity, "brandId or productId", rowsOf: product) }
    let id = ProductID(brand: brand, code: code)
    guard let category = CDRCategory(rawValue: product.exact("productCategory") ?? "") else {
      let word = product.exact("productCategory") ?? ""
      return lose(line, id, .unknownCategory, "productCategory '\(word)'", rowsOf: product)
    }
    guard !seen.contains(id) else {
      return lose(line, id, .repeatedProduct, "This product came before.", rowsOf: product)
    }
    var draft = CDRDraft(id, category, currency, line: line.number)
    guard readHead(product, into: &draft) else {
      return lose(line, id, .missingIdentity, "name", rowsOf: product)
    }
    guard readDates(product, into: &draft) else {
      return lose(line, id, .badDate, "effectiveFrom or effectiveTo", rowsOf: product)
    }
    draft.product.sourceDigest = Self.digest(of: node)
    draft.readEligibility(product)
    draft.readConstraints(product)
    draft.readRates(product)
    draft.readFees(product)
    let paysInterest = draft.product.charges.rates.contains { $0.rate > 0 }
    draft.product.kind = category.kind(paysInterest: paysInterest)
    seen.insert(id)
    products.append(draft.product)
    report.products += 1
    report.merge(draft.report)
  }

  /// The digest of the product's own text in canonical form: any change of the bank's, also of
  /// what we do not read, gives another version.
  private static func digest(of line: JSONNode) -> String? {
    guard case .object(let members) = line.kind,
      let product = members.first(where: { $0.key == "product" })
    else { return nil }
    return Digest.sha256(JSONValue(product.value).canonicalBytes).hex
  }

  /// Printable ASCII, as ids are; a slash is told apart by the caller.
  private static func isCode(_ text: String) -> Bool {
    text.utf8.count <= 120 && text.utf8.allSatisfy { (0x20...0x7E).contains($0) }
  }

  private func readHead(_ object: CDRObject, into draft: inout CDRDraft) -> Bool {
    guard let name = object.words("name") else { return false }
    draft.product.name = CDRText.cut(name, to: 120)
    let brand = draft.product.id.brand
    let brandName =
      brandNames[brand] ?? object.words("brandName") ?? object.words("brand") ?? brand
    draft.product.brandName = CDRText.cut(brandName, to: 120)
    draft.product.summary = CDRText.cut(
      object.words("description") ?? name, to: CDRText.longestSummary)
    draft.readCurrency(object)
    draft.product.isTailored = object.boolean("isTailored")
    return true
  }

  /// The years in which products begin and end; an end later than these is no end.
  private static let years = 1900...2199

  /// The days from and to which the product is offered, as the bank's own clock has them; an end
  /// at midnight is the end of the day before.
  private func readDates(_ object: CDRObject, into draft: inout CDRDraft) -> Bool {
    if let text = object.text("effectiveFrom") {
      guard let day = Self.day(text) else { return false }
      draft.product.effectiveFrom = day.year < Self.years.lowerBound ? nil : day
    }
    if let text = object.text("effectiveTo") {
      guard let day = Self.day(text) else { return false }
      let isMidnight = text.dropFirst(11).hasPrefix("00:00:00")
      let last = isMidnight ? day.adding(days: -1) : day
      draft.product.effectiveTo = last.year > Self.years.upperBound ? nil : last
    }
    guard let from = draft.product.effectiveFrom, let to = draft.product.effectiveTo else {
      return true
    }
    return from <= to
  }

  /// The day of a date and time; the zone, which banks write in many ways, does not matter.
  private static func day(_ text: String) -> CalendarDate? {
    guard text.utf8.count >= 16, text.dropFirst(10).first == "T" else { return nil }
    return CalendarDate(iso: text.prefix(10))
  }

  /// Counts a line that gives no product, and each of its rows.
  private mutating func lose(
    _ line: Lines.Line, _ id: ProductID?, _ fault: CDRFault, _ detail: String,
    rowsOf product: CDRObject? = nil
  ) {
    report.quarantine.append(
      CDRQuarantined(
        line: line.number, product: id, kind: nil, place: "", fault: fault,
        detail: CDRText.cut(detail, to: 300)))
    guard let product else { return }
    for list in ["depositRates", "lendingRates"] {
      for rate in product.objects(list) {
        report.add(.rate, .quarantined, max(rate?.objects("tiers").count ?? 0, 1))
      }
    }
    report.add(.eligibility, .quarantined, product.objects("eligibility").count)
    report.add(.fee, .quarantined, product.objects("fees").count)
    report.add(.constraint, .quarantined, product.objects("constraints").count)
  }

  /// Reads the names of brands from a JSON object whose values are names, or objects with a
  /// `brandName` or a `name`.
  package static func brandNames(json bytes: [UInt8]) throws(JSONSyntaxError) -> [String: String] {
    let node = try JSONNode.parse(bytes, limits: .file)
    guard case .object(let members) = node.kind else { return [:] }
    var names: [String: String] = [:]
    for member in members {
      if case .string(let name) = member.value.kind { names[member.key] = CDRText.words(name) }
      if let brand = CDRObject(member.value),
        let name = brand.words("brandName") ?? brand.words("name")
      {
        names[member.key] = name
      }
    }
    return names
  }
}
