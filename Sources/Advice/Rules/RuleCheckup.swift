package import DMN
import FEEL
import JSON

/// All that is looked at before a rule book may be published: every file read and compiled with
/// those that it imports, every table searched, every case run, the list of protected attributes
/// held against what the rules read, and the whole put together as a book.
package struct RuleCheckup: Sendable {
  /// What was found, the graver first, file by file.
  package private(set) var findings: [RuleFinding] = []
  /// The models with their cases, by the names of the files.
  package private(set) var models: [ModelReport] = []

  /// One model with the cases beside it.
  package struct ModelReport: Sendable {
    /// The name of the file.
    package let file: String
    /// The cases in the order of their sheet.
    package internal(set) var cases: [CaseResult] = []
    /// How many rules of its tables there are.
    package internal(set) var ruleCount = 0
    /// How many the cases hit.
    package internal(set) var hitCount = 0
    /// The rules that no case hits, as `element: rule`.
    package internal(set) var missed: [String] = []

    /// How many cases hold.
    package var passed: Int { cases.count { $0.differences.isEmpty } }
  }

  /// One case as it came out.
  package struct CaseResult: Sendable, Hashable {
    /// What its author calls it.
    package let name: String
    /// What differs from the expectation, a line each; empty where it holds.
    package let differences: [String]
  }

  /// Findings of one file that are told at most.
  private static let findingsLimit = 200

  /// Whether something keeps the book from being published.
  package var hasErrors: Bool { findings.contains { $0.isError } }
  /// How many cases fail; a book may be published in spite of them, with a reason.
  package var failedCases: Int { models.reduce(0) { $0 + $1.cases.count - $1.passed } }

  /// Looks at a rule book.
  ///
  /// - Parameters:
  ///   - source: the files of the book.
  ///   - cases: the `.cases.json` beside its models.
  ///   - protected: the list of protected attributes.
  ///   - formName: what the file of a form is called where it is worked on.
  package init(
    _ source: RuleBook.Source, cases: [ModelFile], protected: ProtectedAttributes,
    formName: (String) -> String = { $0 }
  ) {
    let sheets = read(cases)
    for file in source.models { check(file, in: source, sheets[file.name]) }
    for (name, _) in sheets where !source.models.contains(where: { $0.name == name }) {
      note(.init(code: "case", file: name, sentence: "There are cases for it, but no such model."))
    }
    if let outline = try? ModelOutline(source.models) {
      findings += protected.findings(in: outline)
    }
    check(source.questionnaires, formName)
    if !hasErrors { checkBook(source) }
    findings = findings.enumerated().sorted { one, two in
      one.element.isError != two.element.isError
        ? one.element.isError : one.offset < two.offset
    }.map(\.element)
  }

  private mutating func note(_ finding: RuleFinding) {
    guard findings.count(where: { $0.file == finding.file }) < Self.findingsLimit else { return }
    findings.append(finding)
  }

  private mutating func check(_ forms: [ModelFile], _ formName: (String) -> String) {
    do throws(FormFaults) {
      _ = try FormSet(forms)
    } catch {
      for fault in error.list {
        let place = fault.field.isEmpty ? "" : "\(fault.field): "
        note(
          .init(code: fault.code, file: formName(fault.file), sentence: place + fault.detail))
      }
    }
  }

  private mutating func checkBook(_ source: RuleBook.Source) {
    do throws(RuleBook.Fault) {
      _ = try RuleBook(source)
    } catch {
      for problem in error.others { note(.init(code: "book", file: "", sentence: problem)) }
      for file in error.missing {
        note(.init(code: "missing", file: file, sentence: "The file \(file) is missing."))
      }
    }
  }

  private mutating func read(_ cases: [ModelFile]) -> [String: CaseSheet] {
    var sheets: [String: CaseSheet] = [:]
    for file in cases {
      do {
        let sheet = try CaseSheet(json: file.bytes)
        sheets[sheet.model] = sheet
      } catch let violations as Violations {
        for violation in violations.list {
          note(.init(code: "case", file: file.name, sentence: "\(violation)"))
        }
      } catch {
        note(.init(code: "case", file: file.name, sentence: "\(error)"))
      }
    }
    return sheets
  }

  private mutating func check(
    _ file: ModelFile, in source: RuleBook.Source, _ sheet: CaseSheet?
  ) {
    var report = ModelReport(file: file.name)
    defer { models.append(report) }
    let model: Model
    do throws(ModelProblems) {
      model = try source.load(file)
    } catch {
      for problem in error.list { note(RuleFinding(problem: problem)) }
      return
    }
    // What is wrong in an imported model is told where that one is checked.
    for problem in model.problems where problem.file == file.name {
      // Advice gives an input that nobody declared no value.
      let isOfAdvice = RuleModel.Part.allCases.contains { $0.file == file.name }
      let isFatal = isOfAdvice && problem.code == "undeclaredInput"
      note(RuleFinding(problem: problem, isFatal: isFatal))
    }
    let policies = Dictionary(
      ((try? ModelText(file).tables) ?? []).map { ($0.element, $0.hitPolicy) },
      uniquingKeysWith: { first, _ in first })
    for table in model.analyse() where table.file == file.name {
      for finding in table.findings {
        note(RuleFinding(finding, of: table, policies[table.element]))
      }
      if !table.isComplete {
        note(
          .init(
            isError: false, code: "large", file: file.name, element: table.element,
            sentence: "The table is too large to be searched in full; there may be more."))
      }
    }
    run(sheet, on: model, &report)
  }

  private mutating func run(_ sheet: CaseSheet?, on model: Model, _ report: inout ModelReport) {
    var coverage = RuleCoverage(model)
    for item in sheet?.cases ?? [] {
      let (differences, trace) = item.differences(in: model)
      coverage.add(trace)
      report.cases.append(CaseResult(name: item.name, differences: differences))
      guard !differences.isEmpty else { continue }
      note(
        .init(
          isError: false, code: "case", file: report.file,
          sentence: "The case “\(item.name)” fails: "
            + differences.map(\.withoutStop).joined(separator: "; ") + "."))
    }
    report.ruleCount = coverage.ruleCount
    report.hitCount = coverage.hitCount
    report.missed = coverage.tables.flatMap { table in
      table.missed.map { "\(table.element): \($0.id ?? "rule \($0.number)")" }
    }
  }
}

extension RuleBook.Source {
  /// Loads one model of the book with the models of the book that it imports.
  ///
  /// - Throws: `ModelProblems` when it cannot be used.
  package func load(_ file: ModelFile) throws(ModelProblems) -> Model {
    try Model.load(closure(of: file), functions: Calculators.functions)
  }

  private func closure(of file: ModelFile) -> [ModelFile] { file.withImports(from: models) }
}

extension ModelFile {
  /// A model with all that it imports from other models, itself first; an import that none of them
  /// answers is left for the loader to report.
  package func withImports(from models: [ModelFile]) -> [ModelFile] {
    guard mayImport else { return [self] }
    var homes: [String: ModelFile] = [:]
    var imports: [String: [String]] = [:]
    for model in models {
      guard let outline = try? ModelOutline([model]).files.first else { continue }
      homes[outline.namespace] = model
      imports[model.name] = outline.imports
    }
    var found = [self]
    var place = 0
    while place < found.count {
      for namespace in imports[found[place].name] ?? [] {
        guard let home = homes[namespace], !found.contains(where: { $0.name == home.name }) else {
          continue
        }
        found.append(home)
      }
      place += 1
    }
    return found
  }

  /// Whether the text holds the word that an import begins with, and a blank or a line's end.
  package var mayImport: Bool {
    let word = Array("import".utf8)
    guard bytes.count > word.count else { return false }
    return bytes.indices.contains { index in
      bytes[index] == word[0] && bytes[index...].starts(with: word)
        && index + word.count < bytes.count && bytes[index + word.count] <= 0x20
    }
  }
}
