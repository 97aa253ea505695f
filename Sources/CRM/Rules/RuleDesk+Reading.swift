import Advice
import DMN
package import JSON
import Vault

/// A decision table of a file as it is shown and edited.
package struct RuleTableView: Sendable, Hashable {
  /// The decision or business knowledge model.
  package let element: String
  /// How the hits make the result, such as `COLLECT SUM`.
  package let hitPolicy: String
  package let inputs: [Column]
  package let outputs: [Column]
  package let annotations: [String]
  package let rules: [Row]

  /// A column.
  package struct Column: Sendable, Hashable {
    package let name: String
    package let type: String?
    package let values: String?
  }

  /// A rule.
  package struct Row: Sendable, Hashable {
    /// The number of the rule in the file, from 0; nil for a new one.
    package var origin: Int?
    package var id: String?
    package var inputs: [String]
    package var outputs: [String]
    package var annotations: [String]

    /// A rule.
    package init(
      origin: Int?, id: String?, inputs: [String], outputs: [String], annotations: [String]
    ) {
      self.origin = origin
      self.id = id
      self.inputs = inputs
      self.outputs = outputs
      self.annotations = annotations
    }
  }

  /// A rule that takes every input and gives null, to be filled in.
  package var blankRow: Row {
    Row(
      origin: nil, id: nil, inputs: inputs.map { _ in "-" }, outputs: outputs.map { _ in "null" },
      annotations: annotations.map { _ in "" })
  }
}

extension RuleDesk {
  /// The decision tables of a model, whether or not it can be used.
  ///
  /// - Throws: `Refusal.invalid` when it is no model at all.
  package func tables(of bytes: [UInt8], named name: String) throws -> [RuleTableView] {
    try text(bytes, name).tables.map(RuleTableView.init)
  }

  /// A model with other rules in one of its tables; all else in the file stays as it was.
  package func replacing(
    _ rows: [RuleTableView.Row], ofTable table: Int, in bytes: [UInt8], named name: String
  ) throws -> [UInt8] {
    let rules = rows.map { row in
      TableGrid.Rule(
        origin: row.origin, id: row.id, inputs: row.inputs, outputs: row.outputs,
        annotations: row.annotations)
    }
    let text = try text(bytes, name)
    do throws(ModelText.Fault) {
      return try text.replacingRules(ofTable: table, with: rules).bytes
    } catch {
      let detail =
        error == .unwritable
        ? "A cell has characters that the file cannot hold."
        : "There is no such table, rule or column; read the draft again."
      throw Refusal.invalid([Violation(pointer: "/rules", code: "cells", detail: detail)])
    }
  }

  private func text(_ bytes: [UInt8], _ name: String) throws -> ModelText {
    do throws(ModelProblems) {
      return try ModelText(ModelFile(name: name, bytes: bytes))
    } catch {
      throw Refusal.invalid(error.list.map { RuleFinding(problem: $0).violation })
    }
  }

  /// What differs from the rules in force, a sentence each, file by file.
  package func changes(in files: RuleFiles) async throws -> [(file: String, sentences: [String])] {
    let live = try await self.files(ofEdition: desk.adviser.rules.digest)
    var found: [(file: String, sentences: [String])] = []
    for name in Set(live.names + files.names).sorted() where live[name] != files[name] {
      guard live[name] != nil else {
        found.append((name, ["It is new."]))
        continue
      }
      guard files[name] != nil else {
        found.append((name, ["It is gone."]))
        continue
      }
      var sentences = ["It differs."]
      if let before = live.source.models.first(where: { $0.name == name }),
        let after = files.source.models.first(where: { $0.name == name })
      {
        sentences = Self.changes(from: before, in: live.source, to: after, in: files.source)
      }
      found.append((name, sentences))
    }
    return found
  }

  private static func changes(
    from before: ModelFile, in live: RuleBook.Source, to after: ModelFile,
    in draft: RuleBook.Source
  ) -> [String] {
    guard let old = try? live.load(before), let new = try? draft.load(after) else {
      return ["It differs; what exactly is told once nothing is wrong in it."]
    }
    let changes = new.changes(since: old).map(\.description)
    return changes.isEmpty ? ["Only its layout or its descriptions differ."] : changes
  }

  /// Makes a decision of a model of some files, by any modeller, and says why: one JSON object with
  /// the result, the causes of nulls and the trace.
  ///
  /// - Throws: `Refusal.notFound` for an unknown model, `Refusal.invalid` for an unknown decision or
  ///   input, or with what is wrong in the model.
  package func evaluate(
    _ decision: String, of model: String, in files: RuleFiles, inputs: [JSONMember]
  ) throws -> [UInt8] {
    do {
      let answer = try files.source.answer(
        decision, of: model, inputs: inputs, on: book.today)
      guard let answer else { throw Refusal.notFound }
      return answer
    } catch let violations as Violations {
      throw Refusal.invalid(violations.list)
    } catch let fault as TraceWriter.Fault {
      throw Refusal.conflict(code: "too-large", detail: fault.description)
    }
  }
}

extension RuleTableView {
  fileprivate init(_ grid: TableGrid) {
    func column(_ column: TableGrid.Column) -> Column {
      Column(name: column.name, type: column.type, values: column.values)
    }
    element = grid.element
    hitPolicy = [grid.hitPolicy.rawValue, grid.aggregation?.rawValue].compactMap { $0 }
      .joined(separator: " ")
    inputs = grid.inputs.map(column)
    outputs = grid.outputs.map(column)
    annotations = grid.annotations
    rules = grid.rules.map { rule in
      Row(
        origin: rule.origin, id: rule.id, inputs: rule.inputs, outputs: rule.outputs,
        annotations: rule.annotations)
    }
  }
}
