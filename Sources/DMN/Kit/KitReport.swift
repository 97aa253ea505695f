/// What a run of the compatibility kit gave.
public struct KitReport: Sendable {
  /// How a case ended.
  public enum Verdict: String, Sendable {
    /// All its results are the expected ones.
    case success = "SUCCESS"
    /// A result differs, or the model could not be used.
    case error = "ERROR"
    /// The case was not run.
    case ignored = "IGNORED"
  }

  /// A case that was run.
  public struct Line: Sendable {
    /// The level's folder and the folder of the model, such as `compliance-level-3/0001-filter`.
    public var folder: String
    /// The name of the test file without its ending.
    public var file: String
    /// The id of the case.
    public var id: String
    /// How it ended.
    public var verdict: Verdict
    /// What differed; empty for a success.
    public var detail: String
    /// The name by which lists of cases know it.
    public var key: String { "\(folder)/\(file)#\(id)" }
  }

  /// The cases in the order of folders and files.
  public internal(set) var lines: [Line] = []

  /// How many cases passed.
  public var passed: Int { lines.count { $0.verdict == .success } }

  /// Whether all cases passed.
  public var isComplete: Bool { passed == lines.count }

  /// The kit's own table of results, one line a case.
  public var csv: String {
    lines.map { line in
      [line.folder, line.file, line.id, line.verdict.rawValue, line.detail]
        .map { "\"" + $0.replacingQuotes + "\"" }.joined(separator: ",") + "\n"
    }.joined()
  }

  /// A table for people: one line a folder, one a level, and the totals.
  public var table: String {
    var folders: [(name: String, passed: Int, count: Int)] = []
    for line in lines {
      if folders.last?.name != line.folder { folders.append((line.folder, 0, 0)) }
      folders[folders.count - 1].count += 1
      if line.verdict == .success { folders[folders.count - 1].passed += 1 }
    }
    var levels: [(name: String, passed: Int, count: Int)] = []
    for folder in folders {
      let level = folder.name.split(separator: "/").first.map(String.init) ?? ""
      if levels.last?.name != level { levels.append((level, 0, 0)) }
      levels[levels.count - 1].passed += folder.passed
      levels[levels.count - 1].count += folder.count
    }
    let width = (folders.map { $0.name.count }.max() ?? 0) + 2
    let row = { (name: String, passed: Int, count: Int) -> String in
      let mark = passed == count ? "" : "  ✗ \(count - passed)"
      let padding = String(repeating: " ", count: max(width - name.count, 1))
      return name + padding + "\(passed)/\(count)" + mark
    }
    var text = folders.map { row($0.name, $0.passed, $0.count) }
    text += levels.map { row($0.name, $0.passed, $0.count) }
    text.append(row("total", passed, lines.count))
    return text.joined(separator: "\n")
  }
}

extension String {
  /// The text as it stands inside quotes of a CSV field, on one line.
  fileprivate var replacingQuotes: String {
    var result = ""
    for scalar in unicodeScalars {
      switch scalar {
      case "\"": result += "\"\""
      case "\n", "\r": result += " "
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
