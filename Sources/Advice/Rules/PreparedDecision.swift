import DMN
import FEEL
import Quantities

/// One decision of a model with a client's values put in: between two questions only what differs
/// is replaced, since a catalogue asks the same decision once for every kind of product.
final class PreparedDecision {
  private let batch: Batch
  private let places: [String: Int]
  private let read: RuleModel.InputsRead
  /// The inputs as they are, in the order of the plan.
  private var values: [Value]
  /// What is another than at the last evaluation.
  private var changed: Changed = .all

  private enum Changed {
    case nothing, all
    case one(Int)
  }

  /// A decision with the inputs that are known; the others are null until they are given.
  init(_ rules: RuleModel, _ decision: String, _ inputs: ClientValues, now: DateTime) {
    batch = rules.plan(decision).makeBatch(now: now)
    values = rules.inputs.map { inputs[$0] }
    places = rules.places
    read = rules.inputsRead(by: decision)
  }

  /// The value of an input; a name that the model has not is ignored.
  subscript(name: String) -> Value {
    get { places[name].map { values[$0] } ?? .null }
    set {
      guard let place = places[name] else { return }
      values[place] = newValue
      switch changed {
      case .nothing: changed = .one(place)
      case .one(place): break
      case .one, .all: changed = .all
      }
    }
  }

  /// All that the decision can tell of its inputs on a day.
  func question(on date: CalendarDate) -> RuleQuestion {
    RuleQuestion(
      date: date, values: read.values.map { values[$0] },
      positions: read.positions.map { $0.positions.position(of: values[$0.place]) })
  }

  /// All the values that the decision may read on a day, as they are shown to people.
  func valuesRead(on date: CalendarDate) -> RuleQuestion {
    RuleQuestion(
      date: date, values: (read.values + read.positions.map(\.place)).map { values[$0] },
      positions: [])
  }

  /// What the decision says of the inputs as they are.
  func value() -> Value {
    defer { changed = .nothing }
    if case .one(let place) = changed { return batch.evaluate(values[place], at: place) }
    return batch.evaluate(values)
  }
}
