public import FEEL
import Foundation
import Quantities

extension Model {
  /// Evaluates a decision.
  /// - Parameters:
  ///   - decision: the name of the decision.
  ///   - inputs: the values of the inputs by name; missing ones are null. The name of a decision
  ///     gives its value, so that it is not evaluated.
  ///   - now: what `now()` and `today()` answer; by default the clock of the system.
  ///   - trace: how much to record.
  /// - Returns: the value with what was recorded. An unknown name gives null with the cause.
  public func evaluate(
    _ decision: String, _ inputs: Context, now: DateTime? = nil, trace: TraceLevel = .none
  ) -> Outcome {
    guard let place = program.place(of: decision, .decision) else {
      return Outcome(unknown: "There is no decision \(decision).")
    }
    return run(inputs, now, trace) { $0.value(of: place) }
  }

  /// Evaluates a decision service: its output decisions, given its inputs only (DMN 1.5, 10.4).
  /// - Parameters:
  ///   - service: the name of the decision service.
  ///   - inputs: the values of its input data and input decisions by name.
  ///   - now: what `now()` and `today()` answer; by default the clock of the system.
  ///   - trace: how much to record.
  public func evaluate(
    service: String, _ inputs: Context, now: DateTime? = nil, trace: TraceLevel = .none
  ) -> Outcome {
    guard let place = program.place(of: service, .service) else {
      return Outcome(unknown: "There is no decision service \(service).")
    }
    return run(inputs, now, trace) { $0.result(of: place) }
  }

  /// Calls a business knowledge model.
  /// - Parameters:
  ///   - knowledge: the name of the business knowledge model.
  ///   - arguments: the arguments by the names of the parameters; missing ones are null.
  ///   - now: what `now()` and `today()` answer; by default the clock of the system.
  ///   - trace: how much to record.
  public func evaluate(
    knowledge: String, _ arguments: Context, now: DateTime? = nil, trace: TraceLevel = .none
  ) -> Outcome {
    guard let place = program.place(of: knowledge, .knowledge),
      let function = program.nodes[place].function
    else { return Outcome(unknown: "There is no business knowledge model \(knowledge).") }
    let list = function.parameters.map { arguments[$0.name] ?? .null }
    return run(Context(), now, trace) { $0.call(place, list) }
  }

  func run(
    _ inputs: Context, _ now: DateTime?, _ trace: TraceLevel, _ body: (Run) -> Value
  ) -> Outcome {
    let recorder = trace == .none ? nil : Recorder(trace)
    let evaluation = Evaluation(now: now ?? .system, recording: trace > .none)
    let run = Run(program, evaluation, recorder)
    evaluation.companion = run
    defer { evaluation.companion = nil }
    for (name, value) in inputs {
      if let place = program.place(of: name, .input) ?? program.place(of: name, .decision) {
        run.set(place, value)
      }
    }
    let value = body(run)
    return Outcome(
      value: value, trace: recorder?.trace ?? Trace(),
      causes: (recorder?.causes ?? []) + evaluation.causes.map { Cause($0) })
  }
}

extension Outcome {
  fileprivate init(unknown sentence: String) {
    self.init(
      value: .null, trace: Trace(),
      causes: [Cause(code: "unknownName", sentence: sentence, span: nil)])
  }
}

extension DateTime {
  /// The clock of the system.
  static var system: DateTime {
    let seconds = Date().timeIntervalSince1970
    let whole = seconds.rounded(.down)
    return DateTime(
      secondsSinceEpoch: Int64(whole), nanosecond: Int((seconds - whole) * 1e9)) ?? .epoch
  }

  /// The start of 1970, UTC.
  static var epoch: DateTime {
    DateTime(date: CalendarDate(daysSinceEpoch: 0), time: .midnightUTC)
  }
}
