import Advice
import ArgumentParser
import JSON
import Quantities

/// What a client wants, as the options of a command say it.
struct GoalOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What the client wants: borrow, save, insure, hedge, or any for what the rules find.",
      valueName: "goal"))
  var goal: String

  @Option(help: ArgumentHelp("The amount, as in 1250.50.", valueName: "decimal"))
  var amount: String?

  @Option(help: ArgumentHelp("The currency of the amount (ISO 4217).", valueName: "code"))
  var currency: String?

  @Option(help: ArgumentHelp("The term in months.", valueName: "months"))
  var term: Int?

  @Option(help: ArgumentHelp("What a loan is for: car, homePurchase, …", valueName: "purpose"))
  var purpose: String?

  @Option(
    name: .customLong("security-value"),
    help: ArgumentHelp("The value of what secures a loan.", valueName: "decimal"))
  var securityValue: String?

  @Option(
    name: .customLong("kind"),
    help: ArgumentHelp("A kind of product, as in motor; may be repeated.", valueName: "kind"))
  var kinds: [String] = []

  @Option(help: "Offers for each client at most.")
  var limit: Int?

  /// The options by the names of the fields they stand for.
  private static let names = [
    "kind": "--goal", "amount": "--amount", "currency": "--currency", "termMonths": "--term",
    "purpose": "--purpose", "securityValue": "--security-value", "kinds": "--kind",
    "limit": "--limit",
  ]

  /// The goal, read by the same rules as the API's.
  ///
  /// - Throws: `ValidationError` that names the options at fault.
  func read() throws -> Goal {
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("kind", goal)
      writer.member("amount", amount)
      writer.member("currency", currency)
      writer.member("termMonths", term)
      writer.member("purpose", purpose)
      writer.member("securityValue", securityValue)
      if !kinds.isEmpty { writer.member("kinds", kinds) }
      writer.member("limit", limit)
    }
    do {
      return try decodeJSON(writer.bytes) { Goal(reading: $0) }
    } catch let violations as Violations {
      let faults = violations.list.map { violation in
        let field = violation.pointer.split(separator: "/").first.map(String.init) ?? ""
        return "\(Self.names[field] ?? field): \(violation.detail)"
      }
      throw ValidationError(faults.joined(separator: " "))
    }
  }
}
