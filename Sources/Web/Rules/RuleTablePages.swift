import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import Quantities

/// The page on which a decision table is edited as a grid, checked while it is typed.
struct RuleTablePages: Sendable {
  let rules: RuleDesk
  let writer: PageWriter

  /// Rules of one page at most; a longer table is edited part by part.
  static let rowLimit = 100
  /// Fields of a grid at most.
  private static let fieldLimit = 6_000
  /// Cases that are shown one by one.
  private static let caseLimit = 200
  /// Tables of a file at most.
  private static let tableLimit = 1_000

  func mount(on table: RouteTable) {
    let pages = self
    table.mount(Self.grid, as: StaffContext.self) { call in
      let place = try Place(call)
      let number = try call.query.integer("table", in: 0...Self.tableLimit) ?? 0
      let from = try call.query.integer("from", in: ListPart.offsets) ?? 0
      let (draft, files) = try await pages.rules.draft(place.draft)
      guard let bytes = files[place.name] else { throw Refusal.notFound }
      return .page(
        try await pages.html(
          draft, files, place, try Grid(pages.rules, bytes, place.name, number, from),
          call.context.principal, fault: nil))
    }
    table.mount(Self.edit, as: StaffContext.self) { call in try await pages.edit(call) }
  }

  private static let grid = Route(
    .get, "/rules/drafts/{id}/files/{name}", "The decision tables of a draft's model",
    query: [
      .init("table", .integer("The number of the table.", 0...tableLimit)),
      .init("from", .integer("Rules to pass over.", ListPart.offsets)),
    ])
  private static let edit: Route = {
    var route = Route(
      .post, "/rules/drafts/{id}/files/{name}", "Edits a decision table", body: .form,
      effect: .repeatable)
    route.bodyLimit = WebLimits().fileBytes
    return route
  }()

  /// Which file of which draft.
  struct Place {
    let draft: RuleDraftID
    let name: String

    init(_ call: Call<StaffContext>) throws {
      guard let id = RuleDraftID(call.parameter("id")) else { throw Refusal.notFound }
      draft = id
      name = call.parameter("name")
    }
  }

  /// A part of a table as it is shown.
  struct Grid {
    let tables: [RuleTableView]
    let number: Int
    let from: Int
    var rows: [RuleTableView.Row]

    init(
      _ rules: RuleDesk, _ bytes: [UInt8], _ name: String, _ number: Int, _ from: Int
    ) throws {
      tables = try rules.tables(of: bytes, named: name)
      guard tables.indices.contains(number) else { throw Refusal.notFound }
      self.number = number
      self.from = min(from, tables[number].rules.count)
      rows = Array(tables[number].rules.dropFirst(self.from).prefix(RuleTablePages.rowLimit))
    }

    var table: RuleTableView { tables[number] }

    /// All rules of the table, with those that are shown as they are edited.
    var whole: [RuleTableView.Row] {
      let all = table.rules
      return all.prefix(from) + rows + all.dropFirst(from + RuleTablePages.rowLimit)
    }
  }

  private func edit(_ call: Call<StaffContext>) async throws -> Response {
    let place = try Place(call)
    let form = try call.form(count: Self.fieldLimit)
    let (draft, files) = try await rules.draft(place.draft)
    guard let bytes = files[place.name] else { throw Refusal.notFound }
    let number = try form.integer("table", in: 0...Self.tableLimit) ?? 0
    let from = try form.integer("from", in: ListPart.offsets) ?? 0
    var grid = try Grid(rules, bytes, place.name, number, from)
    let action = form["action"] ?? "check"
    try grid.read(form, action)
    let principal = call.context.principal
    var edited = files
    do {
      let fresh = try rules.replacing(
        grid.whole, ofTable: number, in: bytes, named: place.name)
      try edited.put(fresh, as: place.name)
      if action != "check" {
        let revision = try form.integer("revision", in: 0...Int.max)
        _ = try await rules.put(
          principal, place.draft, revision: revision, file: place.name, fresh)
        return .seeOther(Self.path(place, number, from))
      }
    } catch let refusal as Refusal {
      let problem = Problem(refusal: refusal)
      return .page(
        try await html(draft, edited, place, grid, principal, fault: problem.sentence),
        status: problem.status)
    }
    return .page(try await html(draft, edited, place, grid, principal, fault: nil))
  }

  private static func path(_ place: Place, _ number: Int, _ from: Int) -> String {
    "/rules/drafts/\(place.draft.text)/files/\(place.name)?table=\(number)&from=\(from)"
  }

  // MARK: - The page

  private func html(
    _ draft: RuleDraft, _ files: RuleFiles, _ place: Place, _ grid: Grid,
    _ principal: StaffPrincipal, fault: String?
  ) async throws -> String {
    let isOwner = try await rules.desk.book.has(.ruleOwner, principal)
    let checkup = try rules.checkup(files)
    let findings = checkup.findings.filter { $0.file == place.name }
    let report = checkup.models.first { $0.file == place.name }
    let words = try await rules.changes(in: files).first { $0.file == place.name }?.sentences
    let count = grid.table.rules.count
    let cases = (report?.cases ?? []).sorted { !$0.differences.isEmpty && $1.differences.isEmpty }
    let next = grid.from + Self.rowLimit
    return writer.html(
      RuleTablePage(
        shell: .staff(naming: place.name, at: "/rules"), title: draft.title,
        draftPath: "/rules/drafts/\(draft.id.text)", file: place.name,
        tabs: grid.tables.enumerated().map {
          .init(
            label: $1.element, path: Self.path(place, $0, 0), isHere: $0 == grid.number)
        }, element: grid.table.element, hitPolicy: grid.table.hitPolicy,
        path: "/rules/drafts/\(draft.id.text)/files/\(place.name)",
        revision: "\(draft.revision)", table: "\(grid.number)", from: "\(grid.from)",
        rowCount: "\(grid.rows.count)", columns: grid.columns,
        rows: grid.shown(findings.filter { $0.element == grid.table.element }),
        canEdit: isOwner && draft.status == .draft, fault: fault,
        findings: findings.map { .init($0) }, hasFindings: !findings.isEmpty,
        cases: cases.prefix(Self.caseLimit).map {
          .init(name: $0.name, holds: $0.differences.isEmpty, differences: $0.differences)
        }, hasCases: !cases.isEmpty, coverage: Self.coverage(report, findings),
        missed: report.flatMap {
          $0.missed.isEmpty ? nil : $0.missed.joined(separator: ", ")
        }, words: words ?? [], hasWords: words != nil,
        previous: grid.from > 0
          ? Self.path(place, grid.number, max(0, grid.from - Self.rowLimit)) : nil,
        next: next < count ? Self.path(place, grid.number, next) : nil))
  }

  /// How many cases hold and what they reach; a file with errors has run none of them.
  private static func coverage(
    _ report: RuleCheckup.ModelReport?, _ findings: [RuleFinding]
  ) -> String {
    guard let report, !report.cases.isEmpty else {
      return findings.contains(where: \.isError)
        ? "They are run once the errors are mended."
        : "There are none. Put in a .cases.json beside the model."
    }
    return "\(report.passed) of \(report.cases.count) hold; "
      + "they hit \(report.hitCount) of \(report.ruleCount) rules."
  }
}

extension RuleTablePages.Grid {
  /// The longest cell, in characters.
  private static let longestCell = 10_000

  /// Takes the rules as a form has them, and does what the button says.
  mutating func read(_ form: FormFields, _ action: String) throws {
    guard let count = try form.integer("rows", in: 0...RuleTablePages.rowLimit) else { return }
    let table = table
    rows = try (0..<count).map { row in
      func cells(_ kind: String, _ columns: Int) throws -> [String] {
        try (0..<columns).map { column in
          let text = form["r\(row).\(kind)\(column)"] ?? ""
          guard text.count <= Self.longestCell else {
            throw Problem.malformed("A cell has at most \(Self.longestCell) characters.")
          }
          return text.replacing("\r\n", with: "\n")
        }
      }
      let origin = form["r\(row).origin"].flatMap { Int($0) }
      return RuleTableView.Row(
        origin: origin.flatMap { table.rules.indices.contains($0) ? $0 : nil },
        id: form["r\(row).id"].flatMap { $0.isEmpty ? nil : $0 },
        inputs: try cells("i", table.inputs.count), outputs: try cells("o", table.outputs.count),
        annotations: try cells("a", table.annotations.count))
    }
    if action == "add" {
      var row = table.blankRow
      row.id = newID
      rows.append(row)
    } else if action.hasPrefix("remove-"), let index = Int(action.dropFirst(7)),
      rows.indices.contains(index)
    {
      rows.remove(at: index)
    }
  }

  /// An id that no rule of the file has.
  private var newID: String {
    let known = Set(tables.flatMap { $0.rules.compactMap(\.id) } + rows.compactMap(\.id))
    var number = known.count + 1
    while known.contains("rule-\(number)") { number += 1 }
    return "rule-\(number)"
  }

  /// The columns with what they take.
  var columns: [RuleTablePage.Column] {
    func column(_ column: RuleTableView.Column, _ isOutput: Bool) -> RuleTablePage.Column {
      .init(
        name: column.name,
        about: [column.type, column.values].compactMap { $0 }.joined(separator: ": "),
        isOutput: isOutput)
    }
    return table.inputs.map { column($0, false) } + table.outputs.map { column($0, true) }
      + table.annotations.map { .init(name: $0, about: PageWords.say("note"), isOutput: false) }
  }

  /// The rules that are shown, with what is wrong in them.
  func shown(_ findings: [RuleFinding]) -> [RuleTablePage.Row] {
    rows.enumerated().map { index, row in
      let number = from + index + 1
      let own = findings.filter { $0.isError && $0.rules.contains(number) }
      func cells(
        _ kind: String, _ values: [String], _ columns: [String], isOutput: Bool
      ) -> [RuleTablePage.Cell] {
        zip(columns, values + Array(repeating: "", count: max(0, columns.count - values.count)))
          .enumerated().map { column, pair in
            .init(
              id: "r\(index).\(kind)\(column)", label: pair.0, value: pair.1, isOutput: isOutput,
              isBad: own.contains { $0.column == pair.0 })
          }
      }
      return RuleTablePage.Row(
        number: "\(number)", id: row.id ?? "", originName: "r\(index).origin",
        origin: row.origin.map { "\($0)" } ?? "", idName: "r\(index).id",
        cells: cells("i", row.inputs, table.inputs.map(\.name), isOutput: false)
          + cells("o", row.outputs, table.outputs.map(\.name), isOutput: true)
          + cells("a", row.annotations, table.annotations, isOutput: false),
        remove: "remove-\(index)", isBad: !own.isEmpty)
    }
  }
}
