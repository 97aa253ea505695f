public import ArgumentParser
import CRM
import Foundation
public import Quantities

/// Where the data of an installation lies.
struct DataOptions: ParsableArguments {
  @Option(name: .long, help: ArgumentHelp("The data folder.", valueName: "folder"))
  var data = "data"

  var installation: Installation { Installation(data) }
}

/// Business time.
struct ClockOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "Freeze business time at an instant, as in 2026-11-22T09:00:00Z; deadlines go on.",
      valueName: "instant"))
  var clock: String?

  func validate() throws {
    if let clock, Instant(rfc3339: clock) == nil {
      throw ValidationError("'\(clock)' is no instant; write it as 2026-11-22T09:00:00Z")
    }
  }

  /// The clocks of the book.
  var clocks: Clocks {
    clock.flatMap { Instant(rfc3339: $0) }.map { Clocks.frozen(at: $0) } ?? .machine
  }
}

/// Where our own products, rules and forms lie.
struct HomeOptions: ParsableArguments {
  @Option(
    name: .long,
    help: ArgumentHelp(
      "The folder with Products, Rules and Questionnaires; by default this folder or the nearest "
        + "above the program that has them.", valueName: "folder"))
  var home: String?

  /// The folder that a path lies in, where its texts and forms are; by default the one found.
  func folder(holding path: URL) throws -> URL {
    guard home == nil else { return try folder() }
    var above = path.standardizedFileURL
    while above.path != "/" {
      if Self.isHome(above) { return above }
      above.deleteLastPathComponent()
    }
    return try folder()
  }

  private static func isHome(_ url: URL) -> Bool {
    let manager = FileManager.default
    return manager.fileExists(atPath: url.appending(path: "Rules").path)
      && manager.fileExists(atPath: url.appending(path: "Products").path)
  }

  /// The folder, found.
  func folder() throws -> URL {
    let manager = FileManager.default
    if let home {
      let url = URL(filePath: home, directoryHint: .isDirectory)
      guard Self.isHome(url) else { throw Failure("'\(home)' has no Products and Rules folders") }
      return url
    }
    let here = URL(filePath: manager.currentDirectoryPath, directoryHint: .isDirectory)
    if Self.isHome(here) { return here }
    var above = (Bundle.main.executableURL ?? here).resolvingSymlinksInPath()
      .deletingLastPathComponent()
    while above.path != "/" {
      if Self.isHome(above) { return above }
      above.deleteLastPathComponent()
    }
    throw Failure("no folder with Products and Rules is near; name it with --home")
  }
}

extension CalendarDate: ExpressibleByArgument {
  /// A date as in 2026-11-22.
  public init?(argument: String) { self.init(iso: argument) }
}

extension Currency: ExpressibleByArgument {
  /// A currency by its ISO 4217 code.
  public init?(argument: String) { self.init(argument) }

  /// The currency's code.
  public var defaultValueDescription: String { code }
}
