/// The names that a function body, or the whole expression, sees while it is parsed.
///
/// Each body is evaluated in a frame of its own. A name of a surrounding body is captured: it
/// gets a slot here, and its value is copied when the function value is made.
final class Body {
  let parent: Body?
  private(set) var slotCount: Int
  private(set) var captures: [(outer: Int, inner: Int)] = []
  private var captured: [Int: Int] = [:]
  var layers: [Layer] = []

  /// Names that some construct brought into scope.
  struct Layer {
    var table = NameTable()
    /// In a filter: the slot of the element.
    var item: Int?
    /// In a filter: the element may be a context with entries that are not known.
    var isOpen = false
  }

  init(parent: Body?, slotCount: Int) {
    self.parent = parent
    self.slotCount = slotCount
  }

  func newSlot() -> Int {
    slotCount += 1
    return slotCount - 1
  }

  /// Adds a local name to the innermost layer.
  func declare(_ name: String, _ type: Type) -> Int {
    let slot = newSlot()
    if layers.isEmpty { layers.append(Layer()) }
    let entry = NameEntry(name: name, target: .slot(slot), type: type)
    layers[layers.count - 1].table.add(entry)
    return slot
  }

  /// The slot here of `slot` in the parent's frame.
  func capture(_ slot: Int) -> Int {
    if let inner = captured[slot] { return inner }
    let inner = newSlot()
    captured[slot] = inner
    captures.append((slot, inner))
    return inner
  }

  /// The slot here of `slot` in the frame of `owner`, a surrounding body or this one.
  func reach(_ slot: Int, of owner: Body) -> Int {
    if owner === self { return slot }
    guard let parent else { return slot }
    return capture(parent.reach(slot, of: owner))
  }
}
