import Advice
import HTTPTypes
import Hummingbird
import JSON
import NIOCore
import Quantities
import ServiceLifecycle

/// The calculators as a stream of events.
struct StreamRoutes: Sendable {
  let today: @Sendable () -> CalendarDate
  let allowance: CalculationAllowance
  let streams = CalculationStreams()

  func mount(on table: RouteTable) {
    let routes = self
    table.mount(Self.listen, as: CalculatorContext.self) { call in
      try routes.allowance.take(for: call)
      return try routes.stream()
    }
    table.mount(Self.change, as: CalculatorContext.self) { call in
      try routes.allowance.take(for: call)
      return try routes.take(call)
    }
  }

  private func stream() throws -> Response {
    let streams = streams
    let (id, stream) = try streams.open()
    var json = JSONWriter()
    json.object { $0.member("stream", id) }
    let opening = CalculationStream.event("open", json.bytes)
    let body = ResponseBody { writer in
      let pulse = Task {
        for _ in 0..<CalculationStreams.pauses {
          try? await Task.sleep(for: .seconds(CalculationStreams.pause))
          if Task.isCancelled { return }
          stream.pulse()
        }
        stream.close()
      }
      defer {
        pulse.cancel()
        streams.close(id)
      }
      try await writer.write(ByteBuffer(bytes: opening))
      for await event in stream.events.cancelOnGracefulShutdown() {
        try await writer.write(ByteBuffer(bytes: event))
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream", .cacheControl: "no-store"], body: body)
  }

  private func take(_ call: Call<CalculatorContext>) throws -> Response {
    guard let stream = streams[call.parameter("stream")] else { throw Problem(.notFound) }
    let node: JSONNode
    do {
      node = try JSONNode.parse(call.body)
    } catch {
      throw Problem.malformed("The body is not JSON: \(error)")
    }
    let change: (calculator: Calculator, number: Int)
    do {
      change = try node.decode { fields in
        let path = fields.string("calculator", maxLength: 100)
        let number = fields.integer("change", in: 0...Int.max)
        _ = fields.node("inputs")
        guard let path, let number else { return nil }
        guard let calculator = Calculators.at(path) else {
          fields.report("calculator", "choice", "There is no calculator of this address.")
          return nil
        }
        return (calculator, number)
      }
    } catch {
      throw Problem.invalid(error.list)
    }
    let inputs = node["inputs"] ?? JSONNode(.object([]), at: node.position)
    let today = today()
    let isOpen = stream.submit {
      Self.event(change.calculator, inputs, change.number, today)
    }
    guard isOpen else { throw Problem(.notFound) }
    return Response(status: .accepted)
  }

  /// The answer to a change, or what is wrong with it, field by field.
  private static func event(
    _ calculator: Calculator, _ inputs: JSONNode, _ number: Int, _ today: CalendarDate
  ) -> [UInt8] {
    var json = JSONWriter(capacity: 1_024)
    do throws(Violations) {
      let figures = try calculator.figures(for: inputs, today: today)
      json.object { json in
        json.member("change", number)
        json.object("answer") { figures.write(&$0) }
      }
      return CalculationStream.event("answer", json.bytes)
    } catch {
      json = JSONWriter()
      json.object { json in
        json.member("change", number)
        json.array("errors") { json in
          for violation in error.list {
            json.object { json in
              json.member("pointer", violation.pointer)
              json.member("code", violation.code)
              json.member("detail", violation.detail)
            }
          }
        }
      }
      return CalculationStream.event("refusal", json.bytes)
    }
  }

  private static let listen = Route(
    .get, "/v1/calculators/stream", tag: "Calculators", "Answers as a stream of events",
    detail:
      "The first event, `open`, names the stream; changes are posted to it, and their answers "
      + "come as events `answer` or `refusal`. The latest change wins.",
    answers: [.init(.ok, "A stream of type text/event-stream.")])

  private static let change = Route(
    .post, "/v1/calculators/streams/{stream}", tag: "Calculators", "A change of a stream's form",
    body: .json(
      .input(
        "A change.",
        [
          .required("calculator", .text("The calculator's address: `loan/quote`.")),
          .required("change", .integer("Your number of the change; its answer carries it.")),
          .required("inputs", .any("What the calculator reads.")),
        ])),
    answers: [.init(.accepted, "It will be answered unless a later one comes first.")])
}
