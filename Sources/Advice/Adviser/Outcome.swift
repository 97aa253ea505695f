import DMN
package import JSON
import Quantities

/// What a client is told, in the one writing that is stored: the same facts, catalogue, rules, date
/// and goal give the same bytes.
package struct Outcome: Sendable {
  /// Canonical JSON.
  package let bytes: [UInt8]

  /// The version of the reasoning and of the writing: it is another whenever the same facts,
  /// catalogue, rules, date and goal may give other bytes.
  package static let engineVersion = "2026.11.5"

  /// Conditions of one product that an outcome shows at most.
  static let conditionCount = 30

  /// The outcome of a consultation, worded in the goal's language or in another one.
  ///
  /// - Parameter isOfClient: whether it is for one who reads of the client, and not for the client.
  package init(_ consultation: Consultation, locale: String? = nil, isOfClient: Bool = false) {
    var writer = JSONWriter(capacity: 16_384)
    var texts = consultation.adviser.rules.texts(locale ?? consultation.goal.locale)
    if isOfClient { texts = texts.ofClient }
    writer.object { consultation.write(&$0, texts) }
    bytes = writer.bytes
  }
}

extension Consultation {
  fileprivate func write(_ writer: inout JSONWriter, _ texts: Texts) {
    let catalogue = adviser.catalogue
    if arbitration != Arbitration() {
      writer.object(
        "arbitration",
        { writer in
          writer.member("learned", arbitration.learned)
          writer.member("off", arbitration.offNames)
        })
    }
    writer.object(
      "catalogue",
      { writer in
        writer.member("asOf", catalogue.asOf.description)
        writer.member("edition", catalogue.edition)
      })
    writer.object("counts", counts.write)
    writer.member("date", client.date.description)
    writer.object("goal", goal.write)
    writer.array(
      "needs",
      { writer in
        for need in screening.needs { writer.object { need.write(&$0, texts) } }
      })
    writer.array(
      "offers",
      { writer in
        var terms = WrittenTerms(screening: screening, texts: texts)
        for (index, ranked) in offers.enumerated() {
          writer.object { write(ranked, rank: index + 1, &$0, texts, &terms) }
        }
      })
    writer.array(
      "questions",
      { writer in
        for question in questions { writer.object(question.write) }
      })
    writer.object(
      "rules",
      { writer in
        writer.member("digest", adviser.rules.digest)
        writer.member("effective", adviser.rules.effective.description)
      })
  }

  private func write(
    _ ranked: RankedProduct, rank: Int, _ writer: inout JSONWriter, _ texts: Texts,
    _ terms: inout WrittenTerms
  ) {
    let product = adviser.products[ranked.place]
    let price = ranked.quote.price(of: product)
    writer.array(
      "conditions",
      { writer in
        for condition in conditions(of: product, price) {
          writer.object { writer in
            writer.member("kind", condition.kind.rawValue)
            writer.member("text", condition.text)
          }
        }
      })
    writer.array("disclosures") { writer in
      for disclosure in price.disclosures(texts) { writer.object(disclosure.write) }
    }
    writer.object(
      "factors",
      { writer in
        writer.member("context", decimal: ranked.factors.context)
        writer.member("lever", decimal: ranked.factors.lever)
        writer.member("propensity", decimal: ranked.factors.propensity)
        writer.member("value", decimal: ranked.factors.value)
      })
    writer.object("price") { price.write(&$0, texts) }
    writer.member("priority", decimal: ranked.priority)
    writer.key("product")
    writer.raw(adviser.table.listings[ranked.place].head)
    writer.member("rank", rank)
    writer.array(
      "reasons",
      { writer in
        // The need it answers, the terms that are met, what it costs.
        if let index = screening.needOfKind[product.kind] {
          screening.needs[index].reason.write(&writer, texts)
        }
        terms.write(of: ranked.place, &writer)
        for reason in price.reasons(limits, client) { reason.write(&writer, texts) }
      })
  }

  /// What the client must confirm: the product's own conditions and that of the rate.
  private func conditions(of product: Product, _ price: Price) -> [ShownCondition] {
    var shown = product.conditions
    switch price.figures {
    case .loan(let loan):
      if let text = loan.rate.condition { shown.append(.init(kind: .rate, text: text)) }
    case .deposit(let deposit):
      if let text = deposit.rate.condition { shown.append(.init(kind: .rate, text: text)) }
    default: break
    }
    return Array(shown.prefix(Outcome.conditionCount))
  }

  /// The questions whose answers are missing, with the number of products each holds up.
  package var questions: [OpenQuestion] {
    var sets = screening.openQuestions
    for product in unpriced {
      for question in product.why.questions {
        sets[question, default: BitSet(count: adviser.products.count)][product.place] = true
      }
    }
    return askable(sets).map { question($0.key, products: $0.value.popCount) }
      .filter { $0.products > 0 }
      .sorted { left, right in
        left.products != right.products
          ? left.products > right.products : byteOrder(left.id, right.id)
      }
  }
}

extension Consultation {
  private func question(_ id: String, products: Int) -> OpenQuestion {
    let isOfForm = adviser.rules.forms.question(id) != nil
    return OpenQuestion(
      id: id, products: products,
      field: isOfForm ? nil : LeverReach.lever(naming: id).map { "/\($0.rawValue)" })
  }

  /// Products by the questions that a client can answer now, from those by what is missing.
  private func askable(_ missing: [String: BitSet]) -> [String: BitSet] {
    guard !missing.isEmpty else { return [:] }
    let answers = client.answers(to: adviser.rules.forms)
    var sets: [String: BitSet] = [:]
    for (id, products) in missing {
      for question in adviser.rules.questions(behind: id, answers) {
        sets[question, default: BitSet(count: adviser.products.count)].formOr(products)
      }
    }
    return sets
  }
}

/// The terms that the offers of one answer meet, as reasons: most offers have them in common, and
/// each is written once.
private struct WrittenTerms {
  let screening: Screening
  let texts: Texts
  /// By the need and the statement.
  private var written: [Int: [UInt8]] = [:]

  init(screening: Screening, texts: Texts) {
    self.screening = screening
    self.texts = texts
  }

  /// Writes the terms of one product.
  mutating func write(of place: Int, _ writer: inout JSONWriter) {
    let need = screening.needOrFirst(of: place)
    for term in screening.metTerms(of: place) {
      let key = need * screening.table.required.count + term.statement
      if let known = written[key] {
        writer.raw(known)
      } else {
        let bytes = screening.reason(forMet: term, of: place).written(texts, stated: false)
        written[key] = bytes
        writer.raw(bytes)
      }
    }
  }
}

/// A question whose answer would decide products that are still open.
package struct OpenQuestion: Sendable, Hashable {
  /// The question's id in its form.
  package let id: String
  /// How many products wait for it.
  package let products: Int
  /// The field of the goal that answers it, where no form asks it, as an RFC 6901 pointer.
  package let field: String?
  package func write(_ writer: inout JSONWriter) {
    writer.member("field", field)
    writer.member("id", id)
    writer.member("products", products)
  }
}

extension VerdictCounts {
  func write(_ writer: inout JSONWriter) {
    for tier in [Tier.applicability, .arbitration, .eligibility] {
      writer.member(tier.rawValue, excluded[tier] ?? 0)
    }
    writer.member("offered", offered)
    writer.member("suitability", excluded[.suitability] ?? 0)
    writer.member("total", total)
    writer.member("undecided", undecided)
  }
}

extension Need {
  /// The need as a reason for a product.
  var reason: Reason {
    Reason(
      tier: .applicability, code: "need.\(code)", state: .met, rule: rule, actual: actual,
      source: code == Need.asked ? .request : source)
  }

  func write(_ writer: inout JSONWriter, _ texts: Texts) {
    writer.member("amount", decimal: amount?.amount)
    writer.member("code", code)
    writer.member("currency", amount?.currency.code)
    writer.member("kinds", kinds.map(\.rawValue).sorted(by: byteOrder))
    writer.member("rule", rule)
    writer.member("termMonths", months)
    writer.member("text", texts.sentence(for: reason))
  }
}

extension Product {
  /// What names a product in an answer.
  package func writeHead(_ writer: inout JSONWriter) {
    writer.member("brand", brandName)
    writer.member("currency", currency.code)
    writer.member("id", id.description)
    writer.member("kind", kind.rawValue)
    writer.member("line", line.rawValue)
    writer.member("name", name)
  }
}
