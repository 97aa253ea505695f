import Advice
import Quantities

/// Who may have a product.
extension CDRDraft {
  mutating func readEligibility(_ object: CDRObject) {
    let rows = object.objects("eligibility")
    let types = Set(rows.compactMap { $0?.exact("eligibilityType") })
    readAudience(types)
    let isEither = CDRAlternatives.areAgeAndPension(
      rows, description: object.words("description"))
    for (index, row) in rows.enumerated() {
      let place = "eligibility/\(index)"
      guard let row else {
        quarantine(.eligibility, place, .unknownType, "This is not an object.")
        continue
      }
      switch row.exact("eligibilityType") {
      case "MIN_AGE" where isEither: showAgeOrPension(row)
      case "PENSION_RECIPIENT" where isEither: showPensionOrAge(row)
      case "MIN_AGE": readAge(row, place, isMinimum: true)
      case "MAX_AGE": readAge(row, place, isMinimum: false)
      case "MIN_INCOME": readIncome(row, place)
      case "MIN_TURNOVER": readTurnover(row, place)
      case "NATURAL_PERSON": readCustomer(row, "For natural persons.")
      case "BUSINESS": readCustomer(row, "For businesses.")
      case "PENSION_RECIPIENT": readFlag(row, types, "For those who draw a pension.")
      case "STUDENT": readFlag(row, types, "For students.")
      case "STAFF": readFlag(row, types, "For the bank’s own staff.")
      case "RESIDENCY_STATUS": readWords(row, place, .residency)
      case "EMPLOYMENT_STATUS": readWords(row, place, .employment)
      case "OTHER": readWords(row, place, .eligibility)
      case let type:
        quarantine(
          .eligibility, place, .unknownType, "eligibilityType '\(type ?? "")'",
          tell: row.words("additionalInfo"))
      }
    }
  }

  /// Persons and businesses beside each other are alternatives; where neither is named, the
  /// category tells.
  ///
  /// A greatest age is for persons: a business has no age.
  private mutating func readAudience(_ types: Set<String>) {
    let ofPersons: Set = ["NATURAL_PERSON", "PENSION_RECIPIENT", "STUDENT", "STAFF", "MAX_AGE"]
    switch (!types.isDisjoint(with: ofPersons), types.contains("BUSINESS")) {
    case (true, true): product.audience = .everyone
    case (true, false): product.audience = .person
    case (false, true): product.audience = .business
    case (false, false): product.audience = category.isForBusiness ? .business : .everyone
    }
  }

  private mutating func readAge(_ row: CDRObject, _ place: String, isMinimum: Bool) {
    guard let value = readNumber(row, place), let years = value.integerValue,
      (0...150).contains(years)
    else { return }
    let given =
      isMinimum ? IntegerBounds(minimum: years) : IntegerBounds(maximum: years)
    let age = product.terms.age
    let both = IntegerBounds(
      minimum: [age.minimum, given.minimum].compactMap(\.self).max(),
      maximum: [age.maximum, given.maximum].compactMap(\.self).min())
    guard !both.isContradictory else {
      return quarantine(
        .eligibility, place, .contradictoryBounds, "\(years) years against the other ages",
        tell: row.words("additionalInfo"))
    }
    product.terms.age = both
    evaluated(.eligibility)
  }

  /// A whole number from the additional value; nil after the row was counted.
  private mutating func readNumber(_ row: CDRObject, _ place: String) -> Decimal128? {
    let words = [row.words("additionalValue"), row.words("additionalInfo")].compactMap(\.self)
    let told = words.isEmpty ? nil : words.joined(separator: ": ")
    switch row.number("additionalValue") {
    case .absent:
      // The figure stands in the words alone: the client reads them.
      if let told {
        show(.eligibility, told)
        shown(.eligibility)
      } else {
        quarantine(.eligibility, place, .missingValue, "additionalValue")
      }
      return nil
    case .bad(let text):
      quarantine(.eligibility, place, .badNumber, "additionalValue '\(text)'", tell: told)
      return nil
    case .value(let value):
      guard value >= 0, value <= Self.amountLimit else {
        quarantine(.eligibility, place, .outOfRange, value.plainText, tell: told)
        return nil
      }
      if row.exact("eligibilityType")?.hasSuffix("AGE") ?? false,
        !value.isInteger || value > 150
      {
        quarantine(.eligibility, place, .outOfRange, "\(value.plainText) years", tell: told)
        return nil
      }
      return value
    }
  }

  /// The standard's income is a year's; it is kept by the month, rounded up to a cent.
  private mutating func readIncome(_ row: CDRObject, _ place: String) {
    guard let value = readNumber(row, place) else { return }
    if let words = row.words("additionalInfo"), words.lowercased().contains("month") {
      return quarantine(
        .eligibility, place, .unclearPeriod, "\(value.plainText), but \(words)", tell: words)
    }
    if let words = row.words("additionalInfo"), CDRAlternatives.exempt(words) {
      show(.eligibility, "Income of \(value.plainText) a year: \(words)")
      return shown(.eligibility)
    }
    guard product.currency == home, !isCurrencyUnnamed else {
      show(.eligibility, "Income of \(value.plainText) \(home.code) a year.")
      return shown(.eligibility)
    }
    let monthly = (value / 12).rounded(scale: product.currency.minorUnits, .ceiling).normalized
    product.terms.monthlyIncomeMinimum = max(product.terms.monthlyIncomeMinimum ?? 0, monthly)
    evaluated(.eligibility)
  }

  private mutating func readTurnover(_ row: CDRObject, _ place: String) {
    guard let value = readNumber(row, place) else { return }
    guard product.currency == home, !isCurrencyUnnamed else {
      show(.eligibility, "Turnover of \(value.plainText) \(home.code) a year.")
      return shown(.eligibility)
    }
    product.terms.yearlyTurnoverMinimum = max(product.terms.yearlyTurnoverMinimum ?? 0, value)
    evaluated(.eligibility)
  }

  /// A kind of customer: the audience has it; what stands beside it in words is shown.
  private mutating func readCustomer(_ row: CDRObject, _ heading: String) {
    guard let words = remarks(row) else { return evaluated(.eligibility) }
    show(.customer, "\(heading) \(words)")
    shown(.eligibility)
  }

  /// A group of persons: a rule where nothing but the group is stated, else words to confirm.
  private mutating func readFlag(_ row: CDRObject, _ types: Set<String>, _ heading: String) {
    let groups = types.intersection(["PENSION_RECIPIENT", "STUDENT", "STAFF"])
    let words = remarks(row)
    guard words == nil, groups.count == 1, !types.contains("BUSINESS") else {
      show(.customer, [heading, words].compactMap(\.self).joined(separator: " "))
      return shown(.eligibility)
    }
    switch groups.first {
    case "PENSION_RECIPIENT": product.terms.isPensionerOnly = true
    case "STUDENT": product.terms.isStudentOnly = true
    default: product.terms.isStaffOnly = true
    }
    evaluated(.eligibility)
  }

  private mutating func readWords(
    _ row: CDRObject, _ place: String, _ kind: ShownCondition.Kind
  ) {
    guard let words = remarks(row) else {
      return quarantine(.eligibility, place, .missingText, row.exact("eligibilityType") ?? "")
    }
    show(kind, words)
    shown(.eligibility)
  }

  /// What stands beside a criterion in words: the additional value, unless it only says yes, and
  /// the additional information, unless it repeats the value.
  private func remarks(_ row: CDRObject) -> String? {
    let yes: Set = ["y", "yes", "true", "1"]
    let value = row.words("additionalValue").flatMap { yes.contains($0.lowercased()) ? nil : $0 }
    let info = row.words("additionalInfo")
    let parts = [value, info == value ? nil : info].compactMap(\.self)
    return parts.isEmpty ? nil : parts.joined(separator: ": ")
  }
}
