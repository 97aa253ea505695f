import Advice
import ArgumentParser
import CRM
import Foundation
import JSON
import Quantities

/// Says what other rules would change.
struct RulesReplay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "replay",
    abstract: "Say what other rules would change for recorded decisions and clients.",
    discussion: """
      Works every recorded decision out again on the facts that it was made on,
      and asks for every client what clients usually ask, once by the rules in
      force and once by the others, on the same products. Says what is flipped
      by product, segment and protected group. Reads only; it may run beside a
      server. Exits with 1 where more is flipped than --greatest allows; without
      it, than the setting of the store.

      Examples:
        steward rules replay Rules/2027-01-01 --data data
        steward rules replay --draft 019ab3c4-0000-7000-8000-000000000000 --data data
        steward rules replay Rules/2027-01-01 --data data --greatest 0.02 --json report.json
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var clock: ClockOptions
  @OptionGroup var home: HomeOptions

  @Argument(help: "The folder of an edition.")
  var path: String?

  @Option(help: ArgumentHelp("A draft in the store instead.", valueName: "id"))
  var draft: String?

  @Option(help: ArgumentHelp("The fraction that may be flipped.", valueName: "fraction"))
  var greatest: String?

  @Option(help: ArgumentHelp("Recorded decisions at most.", valueName: "number"))
  var decisions: Int?

  @Option(help: ArgumentHelp("Clients at most.", valueName: "number"))
  var clients: Int?

  @Option(help: ArgumentHelp("Write the whole report.", valueName: "file"))
  var json: String?

  func validate() throws {
    guard (path == nil) != (draft == nil) else {
      throw ValidationError("name an edition's folder or --draft")
    }
    if let draft, RuleDraftID(draft) == nil {
      throw ValidationError("'\(draft)' is no id of a draft")
    }
    if let greatest {
      guard let value = Decimal128(greatest), (0...1).contains(value) else {
        throw ValidationError("--greatest is from 0 to 1")
      }
    }
    guard (decisions ?? 0) >= 0, (clients ?? 0) >= 0 else {
      throw ValidationError("a number of decisions or clients is not below 0")
    }
  }

  func run() async throws {
    let folder = try home.folder()
    let (report, tally, usual) = try await data.installation.withBook(
      for: .reading, clocks: clock.clocks
    ) { opened in
      let desk = try await AdviceDesk(book: opened, home: folder, keeps: false)
      let rules = RuleDesk(desk: desk)
      let source = try await source(rules, folder, opened.today)
      let book: RuleBook
      do throws(RuleBook.Fault) {
        book = try RuleBook(source)
      } catch {
        throw Failure("the rules cannot be used\n\(error)")
      }
      var limits = ReplayLimits()
      limits.decisions = decisions ?? limits.decisions
      limits.clients = clients ?? limits.clients
      let progress = Progress("replaying")
      let live = desk.adviser
      let tally = try await rules.compare(book, with: live, limits: limits) { progress.update($0) }
      progress.finish(tally.subjects)
      return (rules.report(source.digest, live, tally), tally, try await rules.greatestFlips())
    }
    let allowed = greatest.flatMap { Decimal128($0) } ?? usual
    if let json {
      var file = try OutputFile(json)
      try file.write(report)
      try file.finish()
    }
    try show(JSONNode.parse(report, limits: .file))
    guard tally.flipRatio <= allowed else {
      print("More is flipped than the fraction of \(allowed.plainText) that is allowed.")
      throw ExitCode(Failure.failureCode)
    }
  }

  private func source(
    _ rules: RuleDesk, _ home: URL, _ today: CalendarDate
  ) async throws -> RuleBook.Source {
    if let path {
      let url = URL(filePath: path, directoryHint: .isDirectory)
      let effective = CalendarDate(iso: url.lastPathComponent) ?? today
      return try EditionFolder(home).rules(in: url, effective: effective)
    }
    guard let id = draft.flatMap({ RuleDraftID($0) }) else {
      throw Failure("name an edition's folder or --draft")
    }
    do {
      return try await rules.draft(id).files.source
    } catch Refusal.notFound {
      throw Failure("there is no draft \(id)")
    }
  }

  /// Products and groups that are printed at most.
  private static let shownLimit = 30

  private func show(_ report: JSONNode) throws {
    func text(_ node: JSONNode?, _ key: String) -> String {
      guard let value = node?[key] else { return "–" }
      return value.stringValue ?? value.numberText ?? "–"
    }
    print("against the rules \(text(report, "live").prefix(12)) in force")
    var subjects = TextTable(["replayed", "all", "flipped"])
    for kind in ["decisions", "clients"] {
      subjects.add([kind, text(report[kind], "subjects"), text(report[kind], "flipped")])
    }
    print(subjects.text)
    print(
      "flipped: a fraction of \(text(report, "flipRatio")), "
        + "reordered: \(text(report, "reordered"))")
    let tables: [(String, String, [String])] = [
      ("value", "goal", ["before", "after", "delta"]),
      ("products", "id", ["gained", "lost"]), ("segments", "segment", ["subjects", "flipped"]),
    ]
    for (name, key, columns) in tables {
      let rows = report[name]?.elements ?? []
      guard !rows.isEmpty else { continue }
      var table = TextTable([name] + columns)
      for row in rows.prefix(Self.shownLimit) {
        table.add([text(row, key)] + columns.map { text(row, $0) })
      }
      print(table.text)
      if rows.count > Self.shownLimit { print("and \(rows.count - Self.shownLimit) more") }
    }
    showGroups(report, text)
  }

  private func showGroups(_ report: JSONNode, _ text: (JSONNode?, String) -> String) {
    for attribute in report["groups"]?.elements ?? [] {
      var table = TextTable([
        text(attribute, "attribute"), "subjects", "flipped", "line", "rate before", "rate after",
        "ratio to best",
      ])
      for group in attribute["groups"]?.elements ?? [] {
        for line in group["acceptance"]?.elements ?? [] {
          let isDisparity = line["after"]?["isDisparity"]?.booleanValue ?? false
          table.add([
            text(group, "group"), text(group, "subjects"), text(group, "flipped"),
            text(line, "line"), text(line["before"], "rate"), text(line["after"], "rate"),
            text(line["after"], "ratioToBest") + (isDisparity ? " below 0.8" : ""),
          ])
        }
      }
      print(table.text)
    }
  }
}
