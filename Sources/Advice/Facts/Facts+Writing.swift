import JSON
import Quantities

extension Facts {
  /// The one writing of these facts: the bytes that are sealed, and whose digest names them.
  package var canonicalBytes: [UInt8] {
    var writer = JSONWriter(capacity: 2_048)
    writer.object { writer in
      if !accepted.isEmpty {
        writer.array("accepted") { writer in
          for offer in accepted {
            writer.object { writer in
              writer.member("on", offer.on.description)
              writer.member("product", offer.product.description)
            }
          }
        }
      }
      writer.object(
        "answers",
        { writer in
          for key in answers.keys.sorted(by: byteOrder) { writer.member(key, answers[key]) }
        })
      if !forms.isEmpty {
        writer.object(
          "forms",
          { writer in
            for key in forms.keys.sorted(by: byteOrder) { writer.member(key, forms[key]) }
          })
      }
      writer.object("history", history.write)
      writer.array(
        "holdings",
        { writer in
          for holding in holdings { writer.object(holding.write) }
        })
      writer.member("homeCurrency", homeCurrency.code)
      writer.array(
        "positions",
        { writer in
          for position in positions { writer.object(position.write) }
        })
      writer.object("profile", profile.write)
      writer.object("risk", risk.write)
    }
    return writer.bytes
  }
}

/// Keys in canonical JSON stand in the order of their UTF-8 bytes.
func byteOrder(_ left: String, _ right: String) -> Bool {
  left.utf8.lexicographicallyPrecedes(right.utf8)
}

extension HistorySummary {
  func write(_ writer: inout JSONWriter) {
    writer.member("firstDate", firstDate?.description)
    writer.member("lastDate", lastDate?.description)
    writer.array(
      "months",
      { writer in
        for month in months { writer.object(month.write) }
      })
    writer.member("movements", movements)
  }
}

extension MonthTotals {
  func write(_ writer: inout JSONWriter) {
    writer.member("closingBalance", decimal: closingBalance)
    writer.member("closingDate", closingDate?.description)
    writer.member("income", decimal: income)
    writer.member("instalments", decimal: instalments)
    writer.member("month", month.description)
    writer.member("penalties", decimal: penalties)
    writer.member("spending", decimal: spending)
  }
}

extension HeldProduct {
  func write(_ writer: inout JSONWriter) {
    writer.member("balance", decimal: balance)
    writer.member("currency", currency.code)
    writer.member("instalment", decimal: instalment)
    writer.member("kind", kind.rawValue)
    writer.member("product", product?.description)
    writer.member("since", since.description)
    writer.member("until", until?.description)
  }
}

extension Position {
  func write(_ writer: inout JSONWriter) {
    writer.member("beta", decimal: beta)
    writer.member("currency", currency.code)
    writer.member("instrument", instrument)
    writer.member("price", decimal: price)
    writer.member("pricedOn", pricedOn.description)
    writer.member("quantity", decimal: quantity)
  }
}

extension Profile {
  func write(_ writer: inout JSONWriter) {
    writer.member("birthDate", birthDate?.description)
    writer.member("clientSince", clientSince?.description)
    writer.member("customerKind", customerKind.rawValue)
    writer.member("dependants", dependants)
    writer.member("employment", employment?.rawValue)
    writer.member("isStaff", isStaff)
    if !protected.isEmpty {
      writer.object("protected") { writer in
        for key in protected.keys.sorted(by: byteOrder) { writer.member(key, protected[key]) }
      }
    }
    writer.member("region", region)
    writer.member("residency", residency)
    writer.member("segments", segments.sorted(by: byteOrder))
    writer.member("yearlyTurnover", decimal: yearlyTurnover)
  }
}

extension RiskProfile {
  func write(_ writer: inout JSONWriter) {
    writer.member("capacityForLoss", capacityForLoss?.rawValue)
    writer.member("horizonMonths", horizonMonths)
    writer.member("knowledge", knowledge?.rawValue)
    writer.member("objectives", objectives.map(\.rawValue).sorted(by: byteOrder))
    writer.member("riskClass", riskClass)
  }
}
