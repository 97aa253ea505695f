import DMN

/// The names of some models that stand for a protected attribute without saying so: `g`, where its
/// type is `tGender` or it is labelled `Gender`.
struct AttributeAliases: Sendable {
  private var byFile: [String: [Alias]] = [:]

  private struct Alias: Sendable, Hashable {
    let words: [String]
    let attributes: [Int]
    let isOnlyAlone: Bool
  }

  init(_ names: AttributeNames, _ files: [ModelOutline.File]) {
    var types: [String: [String]] = [:]
    for type in files.flatMap(\.declarations) where type.isType {
      types[type.name, default: []] += type.others
    }
    var own: [String: [Alias]] = [:]
    for file in files {
      for declaration in file.declarations where !declaration.isType {
        let attributes = Self.attributes(declaration.others, names, types)
        guard !attributes.isEmpty else { continue }
        own[file.namespace, default: []].append(
          Alias(
            words: AttributeNames.words(declaration.name), attributes: attributes,
            isOnlyAlone: declaration.isOnlyAlone))
      }
    }
    guard !own.isEmpty else { return }
    for file in files {
      let aliases = ([file.namespace] + file.imports).flatMap { own[$0] ?? [] }
      if !aliases.isEmpty { byFile[file.name] = aliases }
    }
  }

  /// The attributes that some names speak of, or else the types on which those of the names rest.
  private static func attributes(
    _ others: [String], _ names: AttributeNames, _ types: [String: [String]]
  ) -> [Int] {
    var found: [Int] = []
    var waiting = others
    var seen = Set(others)
    while let name = waiting.popLast() {
      let attributes = names.attributes(in: name)
      found += attributes
      guard attributes.isEmpty else { continue }
      let last = name.split(separator: ".").last.map(String.init) ?? name
      for base in types[name] ?? types[last] ?? [] where seen.insert(base).inserted {
        waiting.append(base)
      }
    }
    return found
  }

  /// Whether a file knows any.
  func holds(_ file: String) -> Bool { byFile[file] != nil }

  /// The attributes that a name in a file stands for.
  func attributes(of name: String, in file: String) -> [Int] {
    guard let aliases = byFile[file] else { return [] }
    let words = AttributeNames.words(name)
    return aliases.filter { alias in
      if alias.isOnlyAlone { return alias.words == words }
      return !alias.words.isEmpty && alias.words.count <= words.count
        && (0...(words.count - alias.words.count)).contains { start in
          words[start..<start + alias.words.count].elementsEqual(alias.words)
        }
    }.flatMap(\.attributes)
  }
}
