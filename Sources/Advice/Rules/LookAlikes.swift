/// Letters of other scripts that a reader takes for Latin ones (Unicode Technical Standard 39,
/// confusables), so that a name is known by what it looks like and not by how it is typed.
enum LookAlikes {
  /// A word in lower case by the Latin letters that it shows; nil where a letter of it looks like
  /// none.
  static func latin(_ word: String) -> String? {
    guard !word.utf8.allSatisfy({ $0 < 0x80 }) else { return word }
    var shown = ""
    for letter in word {
      guard let seen = letter.isASCII ? letter : letters[letter] else { return nil }
      shown.append(seen)
    }
    return shown
  }

  /// A word that mixes scripts by the Cyrillic letters that it shows; nil for one of one script, or
  /// where a letter of it looks like none.
  static func cyrillic(_ word: String) -> String? {
    guard word.utf8.contains(where: { $0 >= 0x80 }), word.utf8.contains(where: { $0 < 0x80 }) else {
      return nil
    }
    var shown = ""
    for letter in word {
      guard let seen = letter.isASCII ? cyrillics[letter] : letter else { return nil }
      shown.append(seen)
    }
    return shown
  }

  /// Latin letters by the Cyrillic ones that they, or their capitals, look like.
  private static let cyrillics: [Character: Character] = Dictionary(
    uniqueKeysWithValues: zip("abcehkmoptxy", "авсенкмортху"))

  /// Cyrillic and Greek letters by the Latin ones that they, or their capitals, look like.
  private static let letters: [Character: Character] = {
    let pairs = zip("авсԁеһіјкмнорԛѕтхуѵԝ", "abcdehijkmhopqstxyvw")
    let greek = zip("αβεζηικμνορτυχ", "abezhikmvoptyx")
    return Dictionary(uniqueKeysWithValues: Array(pairs) + Array(greek))
  }()
}
