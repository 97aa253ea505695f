/// The general categories of `\p{…}` by the names of XML Schema.
enum UnicodeCategory {
  private static let names: [(String, Unicode.GeneralCategory)] = [
    ("Lu", .uppercaseLetter), ("Ll", .lowercaseLetter), ("Lt", .titlecaseLetter),
    ("Lm", .modifierLetter), ("Lo", .otherLetter), ("Mn", .nonspacingMark),
    ("Mc", .spacingMark), ("Me", .enclosingMark), ("Nd", .decimalNumber),
    ("Nl", .letterNumber), ("No", .otherNumber), ("Pc", .connectorPunctuation),
    ("Pd", .dashPunctuation), ("Ps", .openPunctuation), ("Pe", .closePunctuation),
    ("Pi", .initialPunctuation), ("Pf", .finalPunctuation), ("Po", .otherPunctuation),
    ("Zs", .spaceSeparator), ("Zl", .lineSeparator), ("Zp", .paragraphSeparator),
    ("Sm", .mathSymbol), ("Sc", .currencySymbol), ("Sk", .modifierSymbol),
    ("So", .otherSymbol), ("Cc", .control), ("Cf", .format), ("Co", .privateUse),
    ("Cn", .unassigned), ("Cs", .surrogate),
  ]

  /// The categories that a name stands for, such as `L` or `Lu`; nil for an unknown name.
  static func members(_ name: String) -> [Unicode.GeneralCategory]? {
    let found =
      name.unicodeScalars.count == 1
      ? group(name) : names.filter { $0.0 == name }.map(\.1)
    return found.isEmpty ? nil : found
  }

  /// All categories whose names begin with the letter.
  static func group(_ letter: String) -> [Unicode.GeneralCategory] {
    names.filter { $0.0.hasPrefix(letter) }.map(\.1)
  }
}
