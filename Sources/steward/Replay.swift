import Advice
import ArgumentParser
import CRM

/// Makes stored decisions again and compares them byte for byte.
struct Replay: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Make every stored decision again and compare the bytes.",
    discussion: """
      Reads only; it may run beside a server. Exits with 1 where a decision came
      out otherwise, what it was made from is not kept, or the audit log, which
      names every decision, is not sound. A decision about a person whose data
      was erased is told as that.

      `steward decisions replay` is the same.

      Examples:
        steward replay --data data
        steward decisions replay --all --data data
        steward replay --data data --decision 019ab3c4-0000-7000-8000-000000000000
      """)

  @OptionGroup var data: DataOptions
  @OptionGroup var home: HomeOptions

  @Option(help: ArgumentHelp("One decision only.", valueName: "id"))
  var decision: String?

  @Flag(help: "All decisions; this is what happens without --decision.")
  var all = false

  /// Decisions of one outcome that are named at most.
  private static let namedLimit = 20

  /// Which program made a decision that this one makes otherwise.
  private static func maker(_ engine: String) -> String {
    engine.isEmpty
      ? "made before engines were named; this one is \(Outcome.engineVersion)"
      : "made by engine \(engine); this one is \(Outcome.engineVersion)"
  }

  /// Names the first of some decisions, a line each, and says how many there are beside them.
  private static func list<Found>(_ found: [Found], _ word: String, _ line: (Found) -> String) {
    for one in found.prefix(namedLimit) { print("\(word): \(line(one))") }
    if found.count > namedLimit { print("\(word): and \(found.count - namedLimit) more") }
  }

  func validate() throws {
    if decision != nil, all { throw ValidationError("--decision and --all exclude each other") }
    if let decision, DecisionID(decision) == nil {
      throw ValidationError("'\(decision)' is no id of a decision")
    }
  }

  func run() async throws {
    let progress = Progress("replaying decisions")
    let only = decision.flatMap { DecisionID($0) }
    let (found, entries) = try await data.installation.withBook(for: .reading) { book in
      let desk = try await AdviceDesk(book: book, home: home.folder(), keeps: false)
      let found = try await desk.replay(only: only, for: Operator()) { progress.update($0) }
      progress.finish(found.total)
      do {
        return (found, try await book.verifyAudit())
      } catch let fault as AuditFault {
        throw Failure(
          "the audit log is not sound at entry \(fault.sequence): \(fault.kind.rawValue)")
      }
    }
    if let decision, found.total == 0 { throw Failure("there is no decision \(decision)") }
    print(
      "\(found.total.counted("decision")): \(found.equal) equal, \(found.different.count) different, "
        + "\(found.lost.count) without their editions, "
        + "\(found.erased.count) with their inputs erased")
    print("audit log: \(entries) entries, each follows from the one before")
    Self.list(found.different, "different") { one in
      let other = one.engine == Outcome.engineVersion ? "" : ", \(Self.maker(one.engine))"
      return "\(one.id)\(other)"
    }
    Self.list(found.lost, "editions not kept") { "\($0)" }
    Self.list(found.erased, "inputs erased") { "\($0)" }
    guard found.equal + found.erased.count == found.total else {
      throw ExitCode(Failure.failureCode)
    }
  }
}
