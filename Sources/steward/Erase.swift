import ArgumentParser
import CRM

/// Erases a person's data for good.
struct Erase: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Erase a person's data for good.",
    discussion: """
      Destroys the keys that all data of the person is sealed under, so that the
      store and its backups cannot be read about them; copies of the key folder
      must be made anew. What names the person in look-ups, their sign-ins,
      sessions and brokers' mandates end. The audit log and the digests of
      decisions stay: `steward replay` says of those that their inputs were
      erased. It cannot be undone. A store has one writer: stop the server first.

      Example:
        steward erase 019ab3c4-0000-7000-8000-000000000000 --for-good --data data
      """)

  @OptionGroup var data: DataOptions

  @Argument(help: "The client's id.")
  var client: String

  @Flag(help: "Says that it is meant.")
  var forGood = false

  func validate() throws {
    guard ClientID(client) != nil else { throw ValidationError("'\(client)' is no id of a client") }
    guard forGood else {
      throw ValidationError("an erasure cannot be undone; say --for-good if it is meant")
    }
  }

  func run() async throws {
    guard let id = ClientID(client) else { throw Failure("'\(client)' is no id of a client") }
    do {
      try await data.installation.withBook(for: .writing) { try await $0.erase(id, by: Operator()) }
    } catch Refusal.notFound {
      throw Failure("there is no client \(client)")
    }
    print("Erased.")
  }
}
