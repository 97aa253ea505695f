import Foundation
import JSON
import Support
import Testing

@Suite("Learning a scorecard from the command line")
struct LearnTests {
  /// Loans whose default follows debt, income and work; the same for the same seed.
  static func loans(_ count: Int, seed: UInt64, richer: Int = 0) -> String {
    var state = seed
    let next = { (bound: Int) -> Int in
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int((state >> 33) % UInt64(bound))
    }
    var lines = ["row_id,income,debt,work,sex,default"]
    for row in 0..<count {
      let (income, debt, work) = (next(80) + 10 + richer, next(50), next(3))
      let chance = (income < 40 ? 30 : 8) + (debt > 30 ? 25 : 0) + (work == 2 ? 15 : 0)
      let came = next(100) < chance
      let sex = next(100) < (came ? 55 : 45) ? "f" : "m"
      let words = ["employed", "own", "\"none, yet\""]
      lines.append(
        "c\(row),\(row % 29 == 0 ? "" : "\(income)"),\(debt),\(words[work]),\(sex),"
          + (came ? "yes" : "no"))
    }
    return lines.joined(separator: "\n") + "\n"
  }

  /// A folder with data and a model that was learned from it.
  private final class Learned {
    let folder: URL
    let run: Program.Run

    var data: String { folder.appending(path: "loans.csv").path }
    var model: String { folder.appending(path: "risk.dmn").path }

    init(_ arguments: [String] = []) throws {
      folder = FileManager.default.temporaryDirectory.appending(path: "learn-\(UUID().uuidString)")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let (data, model) = (folder.appending(path: "loans.csv"), folder.appending(path: "risk.dmn"))
      try Data(LearnTests.loans(400, seed: 1).utf8).write(to: data)
      run = try Program.run(
        [
          "learn", "scorecard", data.path, "--outcome", "default", "--exclude", "row_id",
          "--exclude", "sex",
          "--out", model.path, "--folds", "2",
        ] + arguments)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }
  }

  @Test("A scorecard is fitted, says how good it is, and scores the rows of a file")
  func wholePath() throws {
    let learned = try Learned(["--costs", "5,1"])
    #expect(learned.run.code == 0, "\(learned.run.errors)")
    for part in ["400 rows", "excluded: row_id, sex", "mean of folds", "cost", "income", "debt"] {
      #expect(learned.run.output.contains(part), "\(learned.run.output)")
    }
    let out = learned.folder.appending(path: "chances.csv").path
    let apply = try Program.run(["learn", "apply", learned.model, learned.data, "--out", out])
    #expect(apply.code == 0, "\(apply.errors)")
    let lines = try String(contentsOfFile: out, encoding: .utf8).split(separator: "\n")
    #expect(lines.count == 401 && lines[0] == "row_id,probability")
    #expect(lines[1].hasPrefix("c0,0."))
    // The same row by the general command, straight from the model.
    let row = "income: missing, debt and work of the second row"
    let cells = Self.loans(2, seed: 1).split(separator: "\n")[2]
    let debt = cells.split(separator: ",")[2]
    let income = cells.split(separator: ",")[1]
    let work = cells.contains("none") ? "none, yet" : String(cells.split(separator: ",")[3])
    let record = try Self.record(learned.model)
    let asked = Set(
      (record["inputs"]?.elements ?? []).compactMap { $0["input"]?.stringValue })
    let known = [("income", "\(income)"), ("debt", "\(debt)"), ("work", "\"\(work)\"")]
    let input = known.filter { asked.contains($0.0) }.map { "\"\($0.0)\": \($0.1)" }
    let direct = try Program.run([
      "evaluate", learned.model, "--decision", "probability", "--trace", "none", "--input",
      "{\(input.joined(separator: ", "))}",
    ])
    let chance = try JSONNode.parse(direct.output)["result"]?.numberText
    #expect(lines[2] == "c1,\(chance ?? "")", "\(row)")
  }

  private static func record(_ model: String) throws -> JSONNode {
    let run = try Program.run([
      "evaluate", model, "--decision", "record", "--trace", "none", "--input", "{}",
    ])
    return try #require(try JSONNode.parse(run.output)["result"])
  }

  @Test("The model keeps what it may not ask, and is valid DMN 1.5")
  func document() throws {
    let learned = try Learned()
    let record = try Self.record(learned.model)
    #expect(record["excluded"]?.elements?.compactMap(\.stringValue) == ["row_id", "sex"])
    #expect(record["program"]?.stringValue?.hasPrefix("steward ") ?? false)
    #expect(record["dmn"]?.stringValue == "1.5" && record["positive"]?.stringValue == "yes")
    let check = try Program.run(["rules", "check", learned.model])
    #expect(check.code == 0, "\(check.output)\(check.errors)")
    let again = try Learned()
    #expect(
      FileManager.default.contents(atPath: learned.model)
        == FileManager.default.contents(atPath: again.model))
  }

  @Test(
    "The model is valid against the schema of the standard",
    .enabled(if: SchemaLinter.isHere, "needs ../shared/dmn-tck and xmllint"))
  func schema() throws {
    let learned = try Learned(["--costs", "5,1", "--pairs"])
    let faults = try SchemaLinter.faults(of: [learned.model])
    #expect(faults.isEmpty, "\(faults.joined(separator: "\n"))")
  }

  @Test("The monitor is silent on the rows of the fit and warns when clients change")
  func monitor() throws {
    let learned = try Learned()
    let same = try Program.run(["learn", "monitor", learned.model, learned.data])
    #expect(same.code == 0 && same.errors.isEmpty, "\(same.errors)")
    let both =
      Self.loans(400, seed: 2)
      + Self.loans(400, seed: 3, richer: 60).split(separator: "\n").dropFirst()
      .joined(separator: "\n")
    let run = try Program.run(
      ["learn", "monitor", learned.model, "-", "--windows", "2"], input: both)
    #expect(run.code == 0)
    #expect(run.errors.contains("rows 401–800"), "\(run.errors)")
    #expect(!run.errors.contains("rows 1–400"), "\(run.errors)")
    #expect(run.output.contains("AUC"))
  }

  @Test("Columns that are unique by row are refused by name, those too good are warned of")
  func suspicious() throws {
    let lines = Self.loans(200, seed: 4).split(separator: "\n").enumerated().map { place, line in
      place == 0
        ? "\(line),visits" : "\(line),\(line.hasSuffix("yes") ? place % 9 + 8 : place % 9)"
    }
    let data = lines.joined(separator: "\n")
    let start = ["learn", "scorecard", "-", "--outcome", "default", "--folds", "2"]
    let unique = try Program.run(start, input: data)
    #expect(unique.code == 1 && unique.errorLines.count == 1)
    #expect(unique.errors.contains("unique by row: 'row_id'"), "\(unique.errors)")
    let leaking = try Program.run(start + ["--exclude", "row_id"], input: data)
    #expect(leaking.code == 0)
    #expect(leaking.errors.contains("warning: 'visits' alone reaches an AUC of"))
  }

  @Test("A column of numbers that one text makes one of names is warned of, with the text")
  func oddText() throws {
    let lines = Self.loans(200, seed: 4).split(separator: "\n").enumerated().map { place, line in
      place == 0 ? "\(line),visits" : "\(line),\(place == 7 ? "-inf" : "\(place % 9)")"
    }
    let start = ["learn", "scorecard", "-", "--outcome", "default", "--folds", "2"]
    let arguments = start + ["--exclude", "row_id"]
    let run = try Program.run(arguments, input: lines.joined(separator: "\n"))
    #expect(run.code == 0)
    #expect(run.errors.contains("warning: 'visits' is read as names, since '-inf' is no number"))
    let named = try Program.run(
      arguments + ["--missing=-inf"], input: lines.joined(separator: "\n"))
    #expect(named.code == 0 && !named.errors.contains("is read as names"), "\(named.errors)")
  }

  @Test(
    "Bad data ends in one line that says what is wrong",
    arguments: [
      ("a,b\n1,2\n", ["--outcome", "c"], "there is no column 'c'"),
      ("a,b\n1,2\n", ["--outcome", "b", "--exclude", "z"], "there is no column 'z'"),
      ("a,b\n1\n", ["--outcome", "b"], "line 2: 1 fields where the header names 2"),
      ("a,a\n1,2\n", ["--outcome", "a"], "two columns are called 'a'"),
      ("a,b\n\"1,2\n", ["--outcome", "b"], "a quoted field does not end"),
      ("", ["--outcome", "b"], "there are no rows"), ("a,b\n", ["--outcome", "b"], "no rows"),
      ("a,b\n1,2\n1,3\n1,4\n", ["--outcome", "b"], "3 different values; a scorecard needs two"),
      ("a,b\n1,x\n1,y\n", ["--outcome", "b"], "say with --positive"),
      ("a,b\n1,x\n1,y\n", ["--outcome", "b", "--positive", "z"], "never 'z'"),
      ("a,b\n1,0\n1,1\n", ["--outcome", "b"], "at least 20 of each kind"),
    ])
  func badData(data: String, arguments: [String], told: String) throws {
    let run = try Program.run(["learn", "scorecard", "-"] + arguments, input: data)
    #expect(run.code == 1 && run.errorLines.count == 1, "\(run.errors)")
    #expect(run.errors.contains(told), "\(run.errors)")
  }

  @Test(
    "Wrong usage ends with 2",
    arguments: [
      ["learn", "scorecard", "x.csv"],
      ["learn", "scorecard", "x.csv", "--outcome", "y", "--folds", "1"],
      ["learn", "scorecard", "x.csv", "--outcome", "y", "--costs", "5"],
      ["learn", "scorecard", "x.csv", "--outcome", "y", "--inputs", "17"],
      ["learn", "scorecard", "x.csv", "--outcome", "y", "--increasing", "a", "--decreasing", "a"],
      ["learn", "apply", "x.dmn"], ["learn", "monitor", "x.dmn", "y.csv", "--windows", "0"],
      ["learn", "scorecard", "x.csv", "--outcome", "y", "--fair-ratio", "2"],
    ])
  func wrongUsage(arguments: [String]) throws {
    let run = try Program.run(arguments)
    #expect(run.code == 2 && run.errorLines.count == 1, "\(arguments): \(run.errors)")
  }

  @Test("A model of another kind, a missing column and a text for a number are each one line")
  func badApplication() throws {
    let learned = try Learned()
    let other = ProjectFolder.root.appending(path: "Rules/2024-01-01/ranking.dmn").path
    for (arguments, input, told) in [
      (["learn", "apply", other, "-"], "a\n1\n", "is no learned scorecard"),
      (["learn", "apply", learned.model, "-"], "a\n1\n", "there is no column"),
      (
        ["learn", "apply", learned.model, "-"],
        "income,debt,work,sex\nmany,1,own,f\n", "'income' is 'many', which is no number"
      ),
      (
        ["learn", "monitor", learned.model, "-", "--skip", "9"], "income,debt,work\n1,1,own\n",
        "too few"
      ),
    ] {
      let run = try Program.run(arguments, input: input)
      #expect(run.code == 1 && run.errorLines.count == 1, "\(run.errors)")
      #expect(run.errors.contains(told), "\(run.errors)")
    }
  }

  @Test("The commands of the page on learning run as they stand there")
  func documentation() throws {
    let page = ProjectFolder.root.appending(path: "Documentation/Learning.md")
    let text = try String(contentsOf: page, encoding: .utf8)
    let folder = try TemporaryFolder()
    let names = ["loans.csv", "may.csv"]
    for (place, name) in names.enumerated() {
      try Data(Self.loans(400, seed: UInt64(place + 1)).utf8)
        .write(to: folder.url.appending(path: name))
    }
    let commands = text.split(separator: "\n").filter { $0.hasPrefix("steward ") }
    #expect(commands.count >= 5)
    for command in commands {
      let arguments = command.split(separator: " ").dropFirst().map { word in
        let isFile = [".csv", ".dmn"].contains { word.hasSuffix($0) }
        return isFile ? folder.url.appending(path: String(word)).path : String(word)
      }
      let run = try Program.run(arguments)
      #expect(run.code == 0, "\(command): \(run.errors)")
    }
  }

  @Test("A questionnaire of others becomes a form, and what is none is refused")
  func form() throws {
    let folder = try TemporaryFolder()
    let path = folder.url.appending(path: "theirs.json").path
    let cases = [
      (
        #"[{"id": "SAVE_1", "text": "Do you save?", "options": [{"code": -1, "label": "Refused"}, {"code": 1, "label": "Yes"}, {"code": 0, "label": "No"}]}, {"id": "AGE", "text": "Age", "options": []}]"#,
        0, "2 questions"
      ),
      (#"[{"id": "A", "options": []}]"#, 1, "question 'A' has no 'text'"),
      (
        #"[{"id": "a", "text": "x", "options": []}, {"id": "A", "text": "x", "options": []}]"#, 1,
        "'A'"
      ),
      (#"{"id": "A"}"#, 1, "a list of questions is expected"), ("[", 1, "line 1"),
    ]
    for (json, code, told) in cases {
      try Data(json.utf8).write(to: URL(filePath: path))
      let run = try Program.run([
        "import", "form", path, "--id", "theirs", "--title", "Theirs", "--out", "-",
      ])
      #expect(run.code == code && run.errorLines.count == 1, "\(run.errors)")
      #expect(run.errors.contains(told), "\(run.errors)")
      guard code == 0 else { continue }
      let form = try JSONNode.parse(run.output)
      let options = form["questions"]?.elements?.first?["options"]?.elements ?? []
      #expect(options.compactMap { $0["value"]?.stringValue } == ["1", "0"])
    }
  }

  @Test(
    "The 217 questions of a real survey become one form",
    .enabled(if: SharedFolder.find("data/nfwbs-2016/questionnaire.json") != nil))
  func realForm() throws {
    let file = try #require(SharedFolder.find("data/nfwbs-2016/questionnaire.json"))
    let run = try Program.run([
      "import", "form", file.path, "--id", "well-being", "--title", "Well-being", "--out", "-",
    ])
    #expect(run.code == 0, "\(run.errors)")
    let questions = try JSONNode.parse(run.output)["questions"]?.elements
    #expect(questions?.count == 217)
  }
}
