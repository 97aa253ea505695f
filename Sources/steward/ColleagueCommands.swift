import ArgumentParser
import CRM
import Foundation
import Vault

/// Brokers, staff and their duties.
struct ColleagueCommands: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "colleague",
    abstract: "Add brokers and staff, and give them duties.",
    subcommands: [ColleagueAdd.self, ColleagueDuty.self])
}

/// Adds a broker or one of the staff with a sign-in.
struct ColleagueAdd: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "add",
    abstract: "Add a broker or one of the staff with a sign-in.",
    discussion: """
      The password is read from the standard input, its first line. A store has
      one writer: stop the server first.

      Example:
        echo 'a long password of your own' |
          steward colleague add "Rosa Lupu" --login rosa@bank.example --duty ruleOwner --data data
      """)

  @OptionGroup var data: DataOptions

  @Argument(help: "The name.")
  var name: String

  @Option(help: "The login, an e-mail address.")
  var login: String

  @Option(help: "staff or broker.")
  var role = "staff"

  @Option(help: "A duty, such as ruleOwner; may be given several times.")
  var duty: [String] = []

  func validate() throws {
    guard ["staff", "broker"].contains(role) else {
      throw ValidationError("--role is staff or broker")
    }
    for name in duty where Duty(rawValue: name) == nil {
      let known = Duty.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("'\(name)' is no duty; there is \(known)")
    }
    guard duty.isEmpty || role == "staff" else {
      throw ValidationError("duties are for staff")
    }
  }

  func run() async throws {
    guard let password = readLine(strippingNewline: true), !password.isEmpty else {
      throw Failure("write the password to the standard input")
    }
    let role: Role = role == "broker" ? .broker : .staff
    try await data.installation.withBook(for: .writing) { book in
      let id = try await book.add(colleague: name, role: role, by: Operator())
      try await book.addCredential(
        login: Personal(login), password: Personal(password), role: role, subject: id.text,
        by: Operator())
      for duty in duty.compactMap({ Duty(rawValue: $0) }) {
        try await book.give(duty, to: id, by: Operator())
      }
      print(id.text)
    }
  }
}

/// Gives one of the staff a duty, or takes it.
struct ColleagueDuty: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "duty",
    abstract: "Give one of the staff a duty, or take it.",
    discussion: """
      Examples:
        steward colleague duty 019ab3c4-0000-7000-8000-000000000000 ruleOwner --data data
        steward colleague duty 019ab3c4-0000-7000-8000-000000000000 ruleOwner --take --data data
      """)

  @OptionGroup var data: DataOptions

  @Argument(help: "The colleague's id.")
  var colleague: String

  @Argument(help: "The duty.")
  var duty: String

  @Flag(help: "Take it.")
  var take = false

  func validate() throws {
    guard ColleagueID(colleague) != nil else {
      throw ValidationError("'\(colleague)' is no id of a colleague")
    }
    guard Duty(rawValue: duty) != nil else { throw ValidationError("'\(duty)' is no duty") }
  }

  func run() async throws {
    guard let id = ColleagueID(colleague), let duty = Duty(rawValue: duty) else { return }
    do {
      try await data.installation.withBook(for: .writing) { book in
        if take {
          try await book.take(duty, from: id, by: Operator())
        } else {
          try await book.give(duty, to: id, by: Operator())
        }
      }
    } catch Refusal.notFound {
      throw Failure("there is no member of staff \(id)")
    }
    print("\(id.text) \(take ? "no longer has" : "has") the duty \(duty.rawValue)")
  }
}
