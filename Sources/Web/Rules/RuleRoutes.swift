import Advice
import CRM
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Quantities
import Vault

/// The life of the rules: drafts, their checks, approval and publication, for staff.
struct RuleRoutes: Sendable {
  let rules: RuleDesk

  func mount(on table: RouteTable) {
    mountDrafts(on: table)
    mountFiles(on: table)
    mountSteps(on: table)
  }

  private func mountDrafts(on table: RouteTable) {
    let rules = rules
    table.mount(Self.drafts, as: StaffContext.self) { _ in
      let drafts = try await rules.drafts()
      return .json { json in
        json.object { json in
          json.array("items") { json in
            for draft in drafts { json.object { Self.write(draft, &$0) } }
          }
        }
      }
    }
    table.mount(Self.begin, as: StaffContext.self) { call in
      let asked = try call.json { NewDraft(reading: $0) }
      guard
        let request = NamedRequest(
          route: "POST \(call.routePath)", key: call.idempotencyKey ?? "",
          body: Digest.sha256(call.body))
      else { throw Problem(.idempotencyKeyMissing) }
      let id = try await rules.begin(
        call.context.principal, title: asked.title, from: asked.edition, request: request)
      var response = try await Self.answer(rules, id, status: .created)
      response.headers[.location] = "/v1/rules/drafts/\(id.text)"
      return response
    }
    table.mount(Self.draft, as: StaffContext.self) { call in
      try await Self.answer(rules, Self.id(call))
    }
    table.mount(Self.drop, as: StaffContext.self) { call in
      _ = try await rules.drop(
        call.context.principal, Self.id(call), revision: Self.revision(call))
      return Response(status: .noContent)
    }
  }

  private func mountFiles(on table: RouteTable) {
    let rules = rules
    table.mount(Self.file, as: StaffContext.self) { call in
      let (_, files) = try await rules.draft(Self.id(call))
      return try Self.download(files, call.parameter("name"))
    }
    table.mount(Self.put, as: StaffContext.self) { call in
      let draft = try await rules.put(
        call.context.principal, Self.id(call), revision: Self.revision(call),
        file: call.parameter("name"), call.body)
      let (_, files) = try await rules.draft(draft.id)
      let checkup = try rules.checkup(files)
      return .json { json in
        json.object { json in
          Self.write(draft, &json)
          Self.write(checkup.findings.filter { $0.file == call.parameter("name") }, &json)
        }
      }
    }
    table.mount(Self.remove, as: StaffContext.self) { call in
      _ = try await rules.put(
        call.context.principal, Self.id(call), revision: Self.revision(call),
        file: call.parameter("name"), nil)
      return Response(status: .noContent)
    }
    table.mount(Self.evaluateDraft, as: StaffContext.self) { call in
      let question = try call.json { RuleQuestionBody(reading: $0) }
      let (_, files) = try await rules.draft(Self.id(call))
      return .json(
        bytes: try rules.evaluate(
          question.decision, of: question.model, in: files, inputs: question.inputs))
    }
    table.mount(Self.checkup, as: StaffContext.self) { call in
      let (_, files) = try await rules.draft(Self.id(call))
      let checkup = try rules.checkup(files)
      return .json { json in json.object { Self.write(checkup, &$0) } }
    }
    table.mount(Self.changes, as: StaffContext.self) { call in
      let (_, files) = try await rules.draft(Self.id(call))
      let changes = try await rules.changes(in: files)
      return .json { json in
        json.object { json in
          json.array("files") { json in
            for change in changes {
              json.object { json in
                json.member("file", change.file)
                json.member("changes", change.sentences)
              }
            }
          }
        }
      }
    }
  }

  private func mountSteps(on table: RouteTable) {
    let rules = rules
    table.mount(Self.review, as: StaffContext.self) { call in
      let draft = try await rules.sendForReview(
        call.context.principal, Self.id(call), revision: Self.revision(call))
      return .json { json in json.object { Self.write(draft, &$0) } }
    }
    table.mount(Self.sendBack, as: StaffContext.self) { call in
      let note = try call.json { fields in
        fields.string("note", maxLength: RuleDesk.longestText, pattern: .notBlank)
      }
      let draft = try await rules.sendBack(
        call.context.principal, Self.id(call), revision: Self.revision(call), note: note)
      return .json { json in json.object { Self.write(draft, &$0) } }
    }
    table.mount(Self.replay, as: StaffContext.self) { call in
      Self.answer(try await rules.replay(call.context.principal, Self.id(call)))
    }
    table.mount(Self.report, as: StaffContext.self) { call in
      let (draft, _) = try await rules.draft(Self.id(call))
      return Self.answer(try await rules.replayState(draft))
    }
    table.mount(Self.publish, as: StaffContext.self) { call in
      let order = try call.json { PublicationOrder(reading: $0) }
      let published = try await rules.publish(
        call.context.principal, Self.id(call), effective: order.effective,
        override: order.override)
      return .json(.created) { json in json.object { Self.write(published, &$0) } }
    }
    table.mount(Self.startTrial, as: StaffContext.self) { call in
      let order = try call.json { TrialOrder(reading: $0) }
      let trial = try await rules.startTrial(
        call.context.principal, Self.id(call), name: order.name, share: order.share,
        override: order.override)
      let result = try await rules.trial(trial.id)
      var response = Response.json(.created) { json in
        json.object { EditionRoutes.write(result, &$0) }
      }
      response.headers[.location] = "/v1/rules/trials/\(trial.id)"
      return response
    }
  }

  // MARK: - Reading requests

  private static func id(_ call: Call<StaffContext>) throws -> RuleDraftID {
    guard let id = RuleDraftID(call.parameter("id")) else { throw Refusal.notFound }
    return id
  }

  private static func revision(_ call: Call<StaffContext>) throws -> Int? {
    try call.query.integer("revision", in: 1...1_000_000_000)
  }

  // MARK: - Answers

  private static func answer(
    _ rules: RuleDesk, _ id: RuleDraftID, status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let (draft, files) = try await rules.draft(id)
    return .json(status) { json in
      json.object { json in
        write(draft, &json)
        json.member("files", files.names)
        json.array("steps") { json in
          for step in draft.steps {
            json.object { json in
              json.member("at", step.at.description)
              json.member("colleague", step.colleague.text)
              json.member("act", step.act.rawValue)
              json.member("detail", step.detail)
            }
          }
        }
      }
    }
  }

  static func write(_ draft: RuleDraft, _ json: inout JSONWriter) {
    json.member("id", draft.id.text)
    json.member("title", draft.title)
    json.member("from", draft.base)
    json.member("status", draft.status.rawValue)
    json.member("revision", draft.revision)
    json.member("digest", draft.digest)
    json.member("created", draft.created.description)
    json.member("updated", draft.updated.description)
    json.member("authors", draft.authors.map(\.text).sorted())
  }

  static func write(_ publication: RulePublication, _ json: inout JSONWriter) {
    json.member("kind", publication.kind.rawValue)
    json.member("edition", publication.digest)
    json.member("effective", publication.effective.description)
    json.member("draft", publication.draft)
    json.member("by", publication.by.text)
    json.member("at", publication.at.description)
    json.member("reason", publication.reason)
  }

  private static func write(_ findings: [RuleFinding], _ json: inout JSONWriter) {
    json.array("findings") { json in
      for finding in findings {
        json.object { json in
          json.member("severity", finding.isError ? "error" : "warning")
          json.member("code", finding.code)
          json.member("file", finding.file)
          json.member("element", finding.element)
          json.array("rules") { json in for rule in finding.rules { json.integer(rule) } }
          json.member("column", finding.column)
          json.member("line", finding.position?.line)
          json.member("character", finding.position?.column)
          json.member("text", finding.sentence)
        }
      }
    }
  }

  private static func write(_ checkup: RuleCheckup, _ json: inout JSONWriter) {
    json.member("isPublishable", !checkup.hasErrors)
    json.member("failedCases", checkup.failedCases)
    write(checkup.findings, &json)
    json.array("models") { json in
      for model in checkup.models {
        json.object { json in
          json.member("file", model.file)
          json.member("rules", model.ruleCount)
          json.member("hit", model.hitCount)
          json.member("neverHit", model.missed)
          json.member("passed", model.passed)
          json.array("cases") { json in
            for item in model.cases {
              json.object { json in
                json.member("name", item.name)
                json.member("holds", item.differences.isEmpty)
                json.member("differences", item.differences)
              }
            }
          }
        }
      }
    }
  }

  /// A file as it is, for download.
  static func download(_ files: RuleFiles, _ name: String) throws -> Response {
    guard let bytes = files[name] else { throw Refusal.notFound }
    return Response(
      status: .ok,
      headers: [
        .contentType: name.hasSuffix(".dmn") ? "application/xml" : "application/json",
        .contentDisposition: "attachment; filename=\"\(name)\"",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }

  private static func answer(_ state: ReplayState) -> Response {
    switch state {
    case .none: .json { json in json.object { $0.member("state", "none") } }
    case .running(let done):
      .json(.accepted) { json in
        json.object { json in
          json.member("state", "running")
          json.member("done", done)
        }
      }
    case .failed(let why):
      .json { json in
        json.object { json in
          json.member("state", "failed")
          json.member("why", why)
        }
      }
    case .finished(let report):
      .json { json in
        json.object { json in
          json.member("state", "finished")
          json.member("at", report.at.description)
          json.key("report")
          json.raw(report.body)
        }
      }
    }
  }
}
