import Advice
import Quantities

/// Conditions of which one is enough, which the standard lists as if all had to hold.
enum CDRAlternatives {
  /// Whether the rows give an age and a pension as alternatives: "55 or over, or drawing a
  /// pension".
  ///
  /// The words beside the age or the pension say so, or the product's description where it has
  /// both rows.
  static func areAgeAndPension(_ rows: [CDRObject?], description: String?) -> Bool {
    let words = { (type: String) in
      rows.filter { $0?.exact("eligibilityType") == type }.map { row in
        [row?.words("additionalValue"), row?.words("additionalInfo")].compactMap(\.self)
          .joined(separator: " ")
      }
    }
    let ages = words("MIN_AGE")
    let pensions = words("PENSION_RECIPIENT")
    if ages.contains(where: offersPension) || pensions.contains(where: offersPensionBesideAge) {
      return true
    }
    guard let description, !ages.isEmpty, !pensions.isEmpty else { return false }
    return offersPensionBesideAge(description)
  }

  /// Whether words free somebody from a condition: "students exempt".
  static func exempt(_ words: String) -> Bool {
    words.lowercased().contains(/\b(exempt|unless|except)/)
  }

  /// "… or receiving a pension", and not "18 or over".
  private static func offersPension(_ words: String) -> Bool {
    words.lowercased().contains(
      /\b(or|unless)\b(?!\s+(over|older|above|more|greater|up)\b)[^.;]{0,60}\b(pension|retire|centrelink|concession)/
    )
  }

  /// The same after an age in years.
  private static func offersPensionBesideAge(_ words: String) -> Bool {
    words.lowercased().contains(
      /\b[0-9]{2}(\+|s|\b)[^.;]{0,80}\b(or|unless)\b(?!\s+(over|older|above|more|greater|up)\b)[^.;]{0,60}\b(pension|retire|centrelink|concession)/
    )
  }
}

extension CDRDraft {
  /// An age that a pension stands in for: no rule can decide it, so the client confirms it.
  mutating func showAgeOrPension(_ row: CDRObject) {
    let words = row.words("additionalInfo")
    if let words, words.contains(where: \.isNumber) {
      show(.eligibility, words)
    } else if let years = row.words("additionalValue") {
      show(.eligibility, "Aged \(years) or over, or drawing a pension.")
    } else if let words {
      show(.eligibility, words)
    }
    shown(.eligibility)
  }

  /// The pension beside such an age.
  mutating func showPensionOrAge(_ row: CDRObject) {
    if let words = row.words("additionalInfo") { show(.eligibility, words) }
    shown(.eligibility)
  }
}
