package import JSON
package import Quantities

/// What would have to change for a product to fit: the fewest things, each within the client's
/// reach, and of these the nearest values; held against all the rules again before it is said.
package struct Counterfactual: Sendable {
  /// What was found.
  package enum State: String, Sendable, CaseIterable {
    /// Nothing speaks against the product as it is asked for.
    case fits
    /// With the changes nothing speaks against it.
    case changes
    /// Something must be known first that only the client can tell, be it as things are or after
    /// the changes.
    case open
    /// Nothing within the client's reach makes it fit.
    case none
  }

  /// One change.
  package struct Change: Sendable {
    package let lever: Lever
    /// The question to answer; nil for the other levers.
    package let question: String?
    /// What is said now; nil where nothing is.
    package let from: LeverValue?
    package let to: LeverValue
    /// The currency of the amounts that are said now.
    let askedIn: Currency?
  }

  /// What the client gets by asking again with the changes.
  package struct Promise: Sendable {
    /// The place among the products that fit.
    package let rank: Int
    /// Whether that place is within the offers asked for.
    package let isOffered: Bool
    package let price: Price
  }

  package let product: Product
  package let state: State
  package let changes: [Change]
  /// The goal to ask again with.
  package let goal: Goal
  package let promise: Promise?
  /// The conditions that no change within reach can meet, or that wait for an answer, after the
  /// changes where there are any.
  package let blockers: [Reason]
  /// What was tried for each lever.
  package let grid: [LeverRange]
  /// How many combinations were held against the rules.
  package let tried: Int
  /// Whether every combination up to the number of changes found was tried.
  package let isExhaustive: Bool
}

extension Counterfactual.Change {
  /// The change in words.
  ///
  /// - Parameter forms: the forms that ask the question of an answer.
  package func sentence(
    _ texts: Texts, in currency: Currency, home: Currency, forms: FormSet
  ) -> String {
    if case .answer(let id, let answer) = to, let question = forms.question(id) {
      return texts.sentence(
        "change.answer.met", actual: question.text(texts.locale),
        required: question.worded(answer, texts))
    }
    let (unit, unitNow): (String, String) =
      switch lever {
      case .amount, .securityValue: (" \(currency.code)", " \((askedIn ?? home).code)")
      case .instalmentsRepaid: (" \(home.code)", " \(home.code)")
      // These words are also those of a purpose and of a kind of client.
      case .goal where ["travel", "business"].contains(to.text): (" insurance", "")
      default: ("", "")
      }
    return texts.sentence(
      for: Reason(
        tier: .eligibility, code: "change.\(lever.rawValue)",
        state: from == nil ? .unknown : .met, actual: from.map { "\($0.text)\(unitNow)" },
        required: "\(to.text)\(unit)"))
  }
}

extension Question {
  /// An answer as the client reads it: the wording of the option, a number or a date.
  fileprivate func worded(_ answer: String, _ texts: Texts) -> String {
    if case .choice(let options) = kind, let option = options.first(where: { $0.value == answer }) {
      return option.text(texts.locale)
    }
    return texts.value(answer)
  }
}

extension Counterfactual {
  /// What was found, as a sentence that what was found follows.
  package func sentence(_ texts: Texts) -> String {
    let key =
      switch state {
      case .changes where changes.count > 1: "changes.several"
      case .open where !changes.isEmpty: "open.after"
      default: state.rawValue
      }
    return texts.sentence("counterfactual.\(key)")
  }

  /// Writes what was found; ``grid`` lets anyone try the same values again.
  package func write(_ writer: inout JSONWriter, _ texts: Texts, home: Currency, forms: FormSet) {
    writer.array("blockers") { writer in
      for reason in blockers { reason.write(&writer, texts) }
    }
    writer.array("changes") { writer in
      for change in changes {
        writer.object { writer in
          writer.member("from", change.from?.text)
          writer.member("lever", change.lever.rawValue)
          writer.member("question", change.question)
          writer.member(
            "text", change.sentence(texts, in: product.currency, home: home, forms: forms))
          writer.member("to", change.to.text)
        }
      }
    }
    writer.object("goal", goal.write)
    writer.array("grid") { writer in
      for range in grid {
        writer.object { writer in
          writer.member("lever", range.lever.rawValue)
          writer.member("now", range.now?.text)
          writer.member("question", range.question)
          writer.member("values", range.values.map(\.text))
        }
      }
    }
    writer.member("isExhaustive", isExhaustive)
    writer.object("product", product.writeHead)
    if let promise {
      writer.object("promise") { writer in
        writer.object("price") { promise.price.write(&$0, texts) }
        writer.member("rank", promise.rank)
        writer.member("verdict", (promise.isOffered ? Verdict.offered : .excluded).rawValue)
      }
    }
    writer.member("state", state.rawValue)
    writer.member("text", sentence(texts))
    writer.member("tried", tried)
  }
}
