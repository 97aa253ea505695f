import Foundation

/// The words by which protected attributes are known, prepared once for a list so that a name is
/// looked up in one go whatever the length of the list.
///
/// A phrase of the list is one word or several in their order. A word that ends with `*` stands for
/// all that begin with it, which takes in the endings of Romanian and Russian; one with `*` at both
/// ends for all that hold it, such as `applicantgender`.
struct AttributeNames: Sendable {
  private var phrases: [Phrase] = []
  /// Phrases by their first word.
  private var words: [String: [Int]] = [:]
  /// Phrases by the stem of their first word.
  private var stems: [String: [Int]] = [:]
  private var stemLengths: [Int] = []
  /// Phrases by what a word holds.
  private var parts: [(part: String, phrase: Int)] = []

  /// What some words in their order mean.
  private struct Phrase: Sendable {
    let words: [Word]
    /// The place of the attribute; nil for a phrase that means something else.
    let attribute: Int?
  }

  private struct Word: Sendable {
    let text: String
    let isStem: Bool

    func matches(_ other: String) -> Bool {
      isStem ? other.hasPrefix(text) : other == text
    }
  }

  /// Prepares the phrases of each attribute, and those that hold such a word but mean something
  /// else.
  init(_ names: [[String]], otherMeanings: [String]) {
    for (attribute, phrases) in names.enumerated() {
      for phrase in phrases { add(phrase, attribute) }
    }
    for phrase in otherMeanings { add(phrase, nil) }
    stemLengths = Set(stems.keys.map(\.count)).sorted()
  }

  private mutating func add(_ text: String, _ attribute: Int?) {
    let words = text.split(separator: " ").flatMap { part -> [Word] in
      let found = Self.words(String(part))
      return found.enumerated().map { place, word in
        Word(text: word, isStem: part.hasSuffix("*") && place == found.count - 1)
      }
    }
    guard let first = words.first, let last = words.last else { return }
    if text.hasPrefix("*") {
      parts.append((first.text, phrases.count))
      phrases.append(Phrase(words: [first], attribute: attribute))
      return
    }
    add(Phrase(words: words, attribute: attribute))
    guard words.count > 1 else { return }
    let joined = Word(text: words.map(\.text).joined(), isStem: last.isStem)
    add(Phrase(words: [joined], attribute: attribute))
  }

  private mutating func add(_ phrase: Phrase) {
    let first = phrase.words[0]
    if first.isStem {
      stems[first.text, default: []].append(phrases.count)
    } else {
      words[first.text, default: []].append(phrases.count)
    }
    phrases.append(phrase)
  }

  /// The places of the attributes that a name speaks of, in the order in which it does.
  ///
  /// Of phrases that begin at the same word the longest counts, so that `gender identity` is not
  /// `gender`, and a phrase that means something else hides what it holds.
  /// A name is read as it is typed and, where letters of one script look like those of another, as
  /// it is seen.
  func attributes(in name: String) -> [Int] {
    let typed = Self.words(name)
    var found = attributes(in: typed)
    let joined = Self.joiningLetters(typed)
    if joined != typed { found += attributes(in: joined).filter { !found.contains($0) } }
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return found }
    for look in [LookAlikes.latin, LookAlikes.cyrillic] {
      let seen = typed.map { look($0) ?? "" }
      guard seen.contains(where: { !$0.isEmpty }), seen != typed else { continue }
      found += attributes(in: seen).filter { !found.contains($0) }
    }
    return found
  }

  private func attributes(in words: [String]) -> [Int] {
    var found: [Int] = []
    var place = 0
    while place < words.count {
      guard let phrase = longest(in: words[place...]) else {
        place += 1
        continue
      }
      if let attribute = phrase.attribute, !found.contains(attribute) { found.append(attribute) }
      place += phrase.words.count
    }
    return found
  }

  private func longest(in text: ArraySlice<String>) -> Phrase? {
    guard let word = text.first else { return nil }
    var best: Phrase?
    for place in candidates(word) where phrases[place].words.count > best?.words.count ?? 0 {
      let phrase = phrases[place]
      let isThere =
        phrase.words.count <= text.count
        && zip(phrase.words.dropFirst(), text.dropFirst()).allSatisfy { $0.matches($1) }
      if isThere { best = phrase }
    }
    if let best { return best }
    for prefix in [""] + Self.prefixes where word.hasPrefix(prefix) {
      let rest = word.dropFirst(prefix.count)
      if let phrase = alone(rest) { return phrase }
      for suffix in Self.suffixes where rest.hasSuffix(suffix) {
        if let phrase = alone(rest.dropLast(suffix.count)) { return phrase }
      }
    }
    return parts.first { word.contains($0.part) }.map { phrases[$0.phrase] }
  }

  /// The phrase of a word alone.
  private func alone(_ word: Substring) -> Phrase? {
    (words[String(word)] ?? []).first { phrases[$0].words.count == 1 }.map { phrases[$0] }
  }

  /// The phrases that may begin with a word: those that write it out, then those with a stem of
  /// it, the longest first.
  private func candidates(_ word: String) -> [Int] {
    var found = words[word] ?? []
    for length in stemLengths.reversed() where length <= word.count {
      found += stems[String(word.prefix(length))] ?? []
    }
    return found
  }

  /// What names begin with that are written in one word: those of yes-or-no inputs, in English and
  /// Romanian, and whose it is.
  private static let prefixes = [
    "is", "has", "este", "are", "cust", "customer", "client", "applicant", "borrower", "insured",
    "holder", "person", "user", "owner",
  ]
  /// What such names end with.
  private static let suffixes = ["code", "flag", "status", "type", "group", "band", "value"]
}

// MARK: - Words

extension AttributeNames {
  /// A name's words in lower case without diacritics: `birthDate`, `birth_date`, `Birth date` and
  /// `birthDate2` hold the same two.
  static func words(_ name: String) -> [String] {
    var words: [String] = []
    var word = ""
    let characters = Array(folded(name))
    for (place, character) in characters.enumerated() {
      let isPart = character.isLetter || character.isNumber
      if !isPart || begins(characters, place) {
        if !word.isEmpty { words.append(word) }
        word = ""
      }
      if isPart {
        for letter in character.lowercased() { word.append(plain[letter] ?? letter) }
      }
    }
    if !word.isEmpty { words.append(word) }
    return words
  }

  /// The words with single letters in a row as one word: `s_e_x` is read as `sex`.
  private static func joiningLetters(_ words: [String]) -> [String] {
    guard words.count(where: { $0.count == 1 }) > 2 else { return words }
    var joined: [String] = []
    var isOpen = false
    for word in words {
      let isLetter = word.count == 1 && word.allSatisfy(\.isLetter)
      if isLetter, isOpen, let last = joined.popLast() {
        joined.append(last + word)
      } else {
        joined.append(word)
      }
      isOpen = isLetter
    }
    return joined
  }

  /// A name as people read it: full-width and other compatible signs by their usual ones (NFKC), and
  /// without signs that are not shown, such as a soft hyphen.
  private static func folded(_ name: String) -> String {
    guard !name.utf8.allSatisfy({ $0 < 0x80 }) else { return name }
    var scalars = String.UnicodeScalarView()
    for scalar in name.precomposedStringWithCompatibilityMapping.unicodeScalars
    where !scalar.properties.isDefaultIgnorableCodePoint {
      scalars.append(scalar)
    }
    return String(scalars)
  }

  /// Whether a letter or digit begins another word than the sign before it belongs to.
  private static func begins(_ characters: [Character], _ place: Int) -> Bool {
    guard place > 0 else { return false }
    let (before, here) = (characters[place - 1], characters[place])
    if before.isNumber != here.isNumber { return true }
    guard here.isUppercase else { return false }
    if !before.isUppercase { return true }
    // The last capital of `SEXCode` belongs to the word behind it.
    return place + 1 < characters.count && characters[place + 1].isLowercase
  }

  /// The letters that stand for letters with diacritics.
  private static let plain: [Character: Character] = {
    let families: [(Character, String)] = [
      ("a", "ăâáàäãå"), ("c", "čçć"), ("d", "ď"), ("e", "éèêëě"), ("i", "îíìïı"), ("n", "ñň"),
      ("o", "óòôöõ"), ("r", "ř"), ("s", "șşš"), ("t", "țţť"), ("u", "úùûüů"), ("y", "ýÿ"),
      ("z", "žżź"), ("е", "ё"),
    ]
    var plain: [Character: Character] = [:]
    for (letter, family) in families { for other in family { plain[other] = letter } }
    return plain
  }()
}
