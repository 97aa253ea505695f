import ArgumentParser
import CRM
import Foundation
import JSON

/// A failure with one line for the person at the terminal, or a drawing where a line is too little.
struct Failure: Error, CustomStringConvertible {
  /// The line.
  let description: String

  /// A failure in one line.
  init(_ description: String) { self.description = description }

  /// Several failures, a line each.
  init(lines: [String]) { description = lines.joined(separator: "\nsteward: ") }

  /// Exit code of a command that was used wrongly.
  static let usageCode: Int32 = 2
  /// Exit code of a command that could not do its work.
  static let failureCode: Int32 = 1

  /// Ends the process: help and versions with 0, wrong usage with 2, anything else with 1, each
  /// error in as few lines as it needs on the standard error.
  static func end(_ error: any Error) -> Never {
    let code = Steward.exitCode(for: error)
    if code == .success {
      print(Steward.message(for: error))
      exit(0)
    }
    if let exit = error as? ExitCode { Foundation.exit(exit.rawValue) }
    if code == .validationFailure {
      let lines = Steward.message(for: error).split(whereSeparator: \.isNewline)
      report("steward: " + lines.joined(separator: " "))
      exit(usageCode)
    }
    report("steward: \(sentence(for: error))")
    exit(failureCode)
  }

  /// An error in words for the person at the terminal.
  static func sentence(for error: any Error) -> String {
    guard let refusal = error as? Refusal else { return "\(error)" }
    return switch refusal {
    case .conflict(_, let detail), .forbidden(_, let detail): detail
    case .invalid(let violations): Violations(violations).description
    case .notFound: "there is no such record"
    case .noRoom: "the disk is full; nothing was written"
    case .busy: "the store has too much to do; try again"
    default: "refused: \(refusal)"
    }
  }

  /// Writes lines to the standard error.
  static func report(_ text: String) {
    FileHandle.standardError.write(Data((text + "\n").utf8))
  }

  /// Why the operating system refused something, in its own words without the path.
  static func reason(_ error: any Error) -> String {
    let cause = (error as NSError).userInfo[NSUnderlyingErrorKey] as? NSError
    guard let cause, cause.domain == NSPOSIXErrorDomain else {
      return (error as NSError).localizedDescription
    }
    return String(cString: strerror(Int32(cause.code)))
  }
}
