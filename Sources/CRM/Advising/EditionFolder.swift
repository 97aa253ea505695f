package import Advice
package import DMN
package import Foundation
package import Quantities
import Vault

/// The files that business people own: `Products`, `Rules` and `Questionnaires` in one folder.
package struct EditionFolder: Sendable {
  private let home: URL

  /// The folder that holds them.
  package init(_ home: URL) { self.home = home }

  /// Why the files cannot be used, a line or drawing for each problem.
  package struct Fault: Error, Sendable, CustomStringConvertible {
    package let description: String
  }

  /// The largest rule file, in bytes.
  static let fileSizeLimit = 16 << 20

  /// Names the content of products and editions.
  static let digest = ContentDigest { Digest.sha256($0).bytes }

  /// Our own products.
  package func catalogue(asOf date: CalendarDate) throws -> Catalogue {
    let path = home.appending(path: "Products").path
    return try CatalogueFolder(path: path).load(asOf: date, digest: Self.digest)
  }

  /// The rule book in force on a date: the newest folder of `Rules` that is not later.
  package func rules(on date: CalendarDate) throws -> RuleBook.Source {
    let folder = home.appending(path: "Rules")
    guard let effective = try ruleDates().last(where: { $0 <= date }) else {
      throw Fault(description: "\(folder.path) has no edition in force on \(date)")
    }
    return try rules(
      in: folder.appending(path: effective.description), effective: effective)
  }

  /// A rule book of one folder, with the texts and forms of this home.
  package func rules(in folder: URL, effective: CalendarDate) throws -> RuleBook.Source {
    let models = try files(in: folder, ending: ".dmn")
    let texts = try files(in: home.appending(path: "Rules/Texts"), ending: ".json")
    let forms = try files(in: home.appending(path: "Questionnaires"), ending: ".json")
    return RuleBook.Source(
      effective: effective, models: models,
      texts: Dictionary(
        texts.map { (String($0.name.dropLast(".json".count)), $0.bytes) },
        uniquingKeysWith: { first, _ in first }),
      questionnaires: forms)
  }

  /// The days from which the editions of this folder are in force, in rising order.
  ///
  /// - Throws: ``Fault`` for a folder that begins like a day and is none, which would never be in
  ///   force.
  package func ruleDates() throws -> [CalendarDate] {
    let folder = home.appending(path: "Rules")
    return try names(in: folder).filter { $0.first?.isNumber == true }.map { name in
      guard let date = CalendarDate(iso: name) else {
        throw Fault(
          description: "\(folder.path)/\(name) is called by no day; an edition's folder is named "
            + "after the first day on which it is in force, such as 2024-01-01")
      }
      return date
    }.sorted()
  }

  /// The cases beside the models of the edition of a day.
  func cases(of effective: CalendarDate) throws -> [ModelFile] {
    let folder = home.appending(path: "Rules").appending(path: effective.description)
    return try files(in: folder, ending: CaseSheet.ending, withCases: true)
  }

  /// The cases beside the models of a folder.
  package func cases(in folder: URL) throws -> [ModelFile] {
    try files(in: folder, ending: CaseSheet.ending, withCases: true)
  }

  /// What the law protects people by.
  package func protectedAttributes() throws -> ProtectedAttributes {
    let path = home.appending(path: "Rules/protected-attributes.json").path
    guard let data = FileManager.default.contents(atPath: path), data.count <= Self.fileSizeLimit
    else { throw Fault(description: "\(path) cannot be read; without it no rules are published") }
    do {
      return try ProtectedAttributes(json: Array(data))
    } catch {
      throw Fault(description: "\(path): \(error)")
    }
  }

  private func files(
    in folder: URL, ending: String, withCases: Bool = false
  ) throws -> [ModelFile] {
    let found = try names(in: folder).filter { $0.hasSuffix(ending) }
    guard found.count <= RuleBook.fileLimit else {
      throw Fault(
        description: "\(folder.path) has more than \(RuleBook.fileLimit) \(ending) files")
    }
    return try found.filter { withCases || !$0.hasSuffix(CaseSheet.ending) }.map { name in
      let path = folder.appending(path: name).path
      guard let data = FileManager.default.contents(atPath: path),
        data.count <= Self.fileSizeLimit
      else { throw Fault(description: "\(path) cannot be read or is too large") }
      return ModelFile(name: name, bytes: Array(data))
    }
  }

  private func names(in folder: URL) throws -> [String] {
    guard let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path) else {
      throw Fault(description: "\(folder.path) cannot be read")
    }
    return names.filter { !$0.hasPrefix(".") }.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }
}

extension RuleBook.Source {
  /// An edition's files, named by the digest of all of them and the day.
  package init(
    effective: CalendarDate, models: [ModelFile], texts: [String: [UInt8]],
    questionnaires: [ModelFile]
  ) {
    let wording = texts.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }.map {
      ModelFile(name: "\($0).json", bytes: texts[$0] ?? [])
    }
    var running: [String] = [effective.description]
    for file in models + wording + questionnaires {
      running.append("\(file.name)\n\(Digest.sha256(file.bytes).hex)")
    }
    self.init(
      effective: effective, models: models, texts: texts, questionnaires: questionnaires,
      digest: Digest.sha256(running.joined(separator: "\n")).hex)
  }
}
