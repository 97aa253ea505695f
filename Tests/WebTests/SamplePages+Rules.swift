@testable import Web

extension SamplePages {
  static let rules = RulesPage(
    shell: .staff("Rules", at: "/rules"), key: "k", fault: "Say why.", isOwner: true,
    editions: [
      .init(
        effective: "1\u{A0}March\u{A0}2026", state: "in force", isCurrent: true,
        digest: "9de58be85cbc", about: "published by Radu Ciobanu: the committee decided so")
    ],
    drafts: [.init(title: "Arrears", path: "/rules/drafts/1", state: "draft", updated: "today")],
    hasDrafts: true,
    trials: [
      .init(
        name: "Half", about: "50 % of the clients", sampleRatio: "sample ratio p = 0.412",
        isBad: false, result: "Champion: 3 of 10 accepted", endPath: "/rules/trials/1/end")
    ], hasTrials: true, gate: "An edition may flip 5 %.")

  private static let finding = RuleDraftPage.Finding(
    text: "suitability.dmn, horizon limit, rules 1 and 2: both hit", isError: true)

  static let ruleDraft = RuleDraftPage(
    shell: .staff("Arrears", at: "/rules"), title: "Arrears", state: "in review",
    path: "/rules/drafts/1", revision: "3", fault: "Some values cannot be accepted",
    faults: ["A rule is wrong."], findings: [finding], hasFindings: true,
    files: [
      .init(
        name: "eligibility.dmn", edit: "/rules/drafts/1/files/eligibility.dmn",
        download: "/v1/rules/drafts/1/files/eligibility.dmn",
        upload: "/v1/rules/drafts/1/files/eligibility.dmn", cases: "16 of 17 cases hold",
        isBad: true)
    ], changes: [.init(file: "eligibility.dmn", sentences: ["Rule 3 was more than 2."])],
    hasChanges: true,
    replay: .init(
      about: "Of 12 recorded decisions it flips 1.",
      values: [.init(name: "borrow", first: "4.2", second: "-0.1")],
      products: [.init(name: "Credit", first: "0", second: "1")], hasProducts: true,
      segments: [.init(name: "person", first: "12", second: "1")],
      groups: [
        .init(
          name: "age: under 25", line: "loan", before: "0.5", after: "0.4", ratio: "0.7",
          isBad: true)
      ], hasGroups: true, flipped: ["client 1"], hasFlipped: true),
    replayNote: "It was not replayed yet.", canEdit: true, canReview: true, canReplay: true,
    canApprove: true, ownNote: "You wrote it.", today: "2026-03-01",
    steps: [.init(what: "Begun", at: "today", who: "Elena Rusu", detail: "")])

  static let ruleTable = RuleTablePage(
    shell: .staff("eligibility.dmn", at: "/rules"), title: "Arrears",
    draftPath: "/rules/drafts/1", file: "eligibility.dmn",
    tabs: [.init(label: "sales policy", path: "?table=0", isHere: true)],
    element: "sales policy", hitPolicy: "COLLECT", path: "/rules/drafts/1/files/eligibility.dmn",
    revision: "3", table: "0", from: "0", rowCount: "1",
    columns: [
      .init(name: "age", about: "number", isOutput: false),
      .init(name: "code", about: "string", isOutput: true),
    ],
    rows: [
      .init(
        number: "1", id: "E01", originName: "r0.origin", origin: "0", idName: "r0.id",
        cells: [
          .init(id: "r0.i0", label: "age", value: "< 18", isOutput: false, isBad: true),
          .init(id: "r0.o0", label: "code", value: "\"minor\"", isOutput: true, isBad: false),
        ], remove: "remove-0", isBad: true)
    ], canEdit: true, fault: "A cell is wrong.", findings: [finding], hasFindings: true,
    cases: [
      .init(name: "A minor may not borrow", holds: true, differences: []),
      .init(name: "An adult may", holds: false, differences: ["expected [], found [1]"]),
    ], hasCases: true, coverage: "1 of 2 hold.", missed: "sales policy: E02",
    words: ["Rule 1 was less than 16."], hasWords: true, previous: "?from=0", next: "?from=100")
}
