package import Advice
import JSON
import Quantities
import Storage
import Vault

extension Book {
  /// Clients of the demo data that are written at a time.
  private static let demoBatch = 200
  /// Days for which the demo broker has had the mandates.
  private static let demoMandateDays = 400

  /// Takes demo data into an empty book.
  ///
  /// - Parameters:
  ///   - forms: the forms that answers are put to.
  ///   - progress: told how many clients are in.
  package func take(
    _ demo: DemoData, forms: FormSet, by operator: Operator,
    _ progress: (Int) -> Void = { _ in }
  ) async throws {
    // The kernel of a password takes most of the time, so it runs beside the clients.
    let broker = try await add(colleague: "Victor Popa", role: .broker, by: `operator`)
    let staff = try await add(colleague: "Elena Rusu", role: .staff, by: `operator`)
    let second = try await add(colleague: "Radu Ciobanu", role: .staff, by: `operator`)
    for colleague in [staff, second] { try await give(.ruleOwner, to: colleague, by: `operator`) }
    var subjects = [
      DemoPeople.victor.login: broker.text, DemoPeople.elena.login: staff.text,
      DemoPeople.radu.login: second.text,
    ]
    let people = demo.people
    let known = try await take(people, forms, demo, broker, by: `operator`)
    for person in people {
      if let login = person.signIn?.login { subjects[login] = known[person.key]?.text }
    }
    progress(people.count)
    let taken = subjects
    try await withThrowingTaskGroup(of: Void.self) { group in
      for signIn in DemoData.signIns {
        guard let subject = taken[signIn.login] else { continue }
        group.addTask {
          try await self.addCredential(
            login: Personal(signIn.login), password: Personal(signIn.password),
            role: signIn.role, subject: subject, by: `operator`)
        }
      }
      var done = 0
      while done < demo.count {
        let end = min(done + Self.demoBatch, demo.count)
        let crowd = (done..<end).map { demo.client($0) }
        _ = try await take(crowd, forms, demo, broker, by: `operator`)
        done = end
        progress(people.count + done)
      }
      try await group.waitForAll()
    }
  }

  /// Takes some clients with all that belongs to them, and says who they are by their keys.
  private func take(
    _ clients: [DemoClient], _ forms: FormSet, _ demo: DemoData, _ broker: ColleagueID,
    by operator: Operator
  ) async throws -> [String: ClientID] {
    try await take(clients.map { $0.change(besides: forms) }, by: `operator`)
    let since = demo.date.adding(days: -Self.demoMandateDays)
    return try await write { tx in
      var ids: [String: ClientID] = [:]
      for client in clients {
        guard let id = try tx.client(sourceKey: client.key) else { continue }
        ids[client.key] = id
        let access = try tx.authorize(`operator`, for: id)
        try tx.put(client.answers, access, to: forms)
        if client.hasBroker { try tx.give(access, mandateTo: broker, since: since) }
        let file = try tx.authorizePolicies(`operator`, for: id)
        for claim in client.claims { try tx.take(claim, access, file) }
      }
      return ids
    }
  }
}

extension Transaction {
  /// Puts to each form the answers that it asks for and allows: forms belong to the institution,
  /// which may ask otherwise than the demo data answers.
  fileprivate func put(
    _ answers: [String: String], _ access: Authorized<Client>, to forms: FormSet
  ) throws {
    for form in forms.forms {
      var given = answers.filter { form.question($0.key) != nil }
      guard !given.isEmpty else { continue }
      let others = try answerFile(access, forms).counting
      for violation in forms.violations(in: given, to: form, beside: others) {
        given[String(violation.pointer.split(separator: "/").last ?? "")] = nil
      }
      if !given.isEmpty {
        try put(access, answers: given, to: form, among: forms, revision: 0)
      }
    }
  }

  /// Files a claim and moves it through its steps.
  fileprivate func take(
    _ claim: DemoClaim, _ access: Authorized<Client>, _ file: Authorized<PolicyFile>
  ) throws {
    let policy = try policies(file).first { $0.details.number == claim.policy }
    guard let policy else { throw Refusal.notFound }
    let id = try report(
      file, under: policy.id, details: claim.details, due: claim.due, note: claim.note,
      at: Instant(startOf: claim.reported).adding(seconds: 34_200))
    var details = claim.details
    for (place, step) in claim.steps.enumerated() {
      details.approved = step.approved ?? details.approved
      details.paid = step.paid ?? details.paid
      try move(
        access, claim: id, revision: place + 1, to: step.status, by: step.actor, due: step.due,
        note: step.note, at: Instant(startOf: step.day).adding(seconds: 39_600), details: details)
    }
  }
}

extension DemoClient {
  /// The client as a change of an outside system, with those answers that no form asks for.
  fileprivate func change(besides forms: FormSet) -> ClientChange {
    var client = self
    client.facts.answers = answers.filter { forms.question($0.key) == nil }
    return client.change
  }
}
