import Advice
import ArgumentParser
import CRM
import Foundation

/// Learns scorecards from data, and uses and watches them.
struct Learn: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Learn scorecards from data, apply and watch them.",
    discussion: """
      Data is comma-separated values with a header line; a compressed file is
      given as: zcat FILE | steward learn … -
      """,
    subcommands: [LearnScorecard.self, LearnApply.self, LearnMonitor.self])
}

/// Where data is read from.
enum LearningFile {
  /// Reads a file of comma-separated values; `-` is the standard input.
  static func read(_ path: String) throws -> DataTable {
    let name = path == "-" ? "standard input" : path
    var lines = try Lines(path: path)
    let progress = Progress("reading rows")
    var reader: DataTableReader?
    let table: DataTable?
    do {
      while let line = lines.next() {
        if reader == nil {
          reader = try DataTableReader(header: line.bytes)
        } else {
          try reader?.take(line.bytes, number: line.number)
        }
        progress.update(line.number)
      }
      table = try reader?.table
    } catch {
      throw Failure("\(name): \(error)")
    }
    if let fault = lines.fault { throw fault }
    guard let table, table.rowCount > 0 else {
      throw Failure("\(name): there are no rows")
    }
    return table
  }
}

/// A list of names in one argument, separated by commas.
struct NameList: ExpressibleByArgument {
  var names: [String]

  /// Names separated by commas; one within double quotes may hold commas itself.
  init?(argument: String) {
    names = []
    var name = ""
    var isQuoted = false
    for character in argument + "," {
      switch character {
      case "\"": isQuoted.toggle()
      case "," where !isQuoted:
        if !name.isEmpty { names.append(name) }
        name = ""
      default: name.append(character)
      }
    }
    if isQuoted { return nil }
  }
}

extension [NameList] {
  /// All names of an option that was given once or several times, each once.
  var names: [String] {
    var seen: Set<String> = []
    return flatMap(\.names).filter { seen.insert($0).inserted }
  }
}
