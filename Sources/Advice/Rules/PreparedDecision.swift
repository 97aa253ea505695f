import DMN
import FEEL

/// One decision of a model with a client's values put in: between two questions only what differs
/// is replaced, since a catalogue asks the same decision once for every kind of product.
final class PreparedDecision {
  private let batch: Batch
  private let places: [String: Int]
  private let read: [Int]
  /// The inputs as they are, in the order of the plan.
  private var values: [Value]

  /// A decision with the inputs that are known; the others are null until they are given.
  init(_ rules: RuleModel, _ decision: String, _ inputs: ClientValues, now: DateTime) {
    batch = rules.plan(decision).makeBatch(now: now)
    values = rules.inputs.map { inputs[$0] }
    places = rules.places
    read = rules.placesRead(by: decision)
  }

  /// The value of an input; a name that the model has not is ignored.
  subscript(name: String) -> Value {
    get { places[name].map { values[$0] } ?? .null }
    set { if let place = places[name] { values[place] = newValue } }
  }

  /// The inputs that the decision may read, as they are.
  var valuesRead: [Value] { read.map { values[$0] } }

  /// What the decision says of the inputs as they are.
  func value() -> Value { batch.evaluate(values) }
}
