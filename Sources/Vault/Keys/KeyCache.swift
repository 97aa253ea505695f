import Synchronization

/// What a person's key is derived for.
enum KeyUse: UInt8, Hashable {
  /// Columns and groups of columns.
  case field
  /// Stored files.
  case file
  /// Messages.
  case message

  var label: String {
    switch self {
    case .field: "field"
    case .file: "file"
    case .message: "message"
    }
  }
}

/// Keys of persons that are unwrapped already, at most a given number, the longest unused going
/// first.
///
/// A key that is dropped is wiped as soon as the last operation with it ends.
final class KeyCache: Sendable {
  struct Name: Hashable {
    var owner: KeyOwner
    var use: KeyUse
    /// The version of the person's key; 0 stands for the newest.
    var version: UInt32
  }

  struct Entry {
    var key: SecretKey
    var version: UInt32
  }

  fileprivate struct Slot {
    var name: Name
    var entry: Entry
    var newer: Int
    var older: Int
  }

  /// A list through the slots from the newest to the oldest use, so that each step is O(1).
  fileprivate struct State {
    var index: [Name: Int] = [:]
    var slots: [Slot] = []
    var newest = -1
    var oldest = -1
    var generation = 0
  }

  private let limit: Int
  private let state = Mutex(State())

  init(limit: Int) {
    self.limit = max(1, limit)
  }

  /// A number that changes when keys are removed: a key unwrapped before must not be added after.
  var generation: Int { state.withLock { $0.generation } }

  /// How many keys are held.
  var count: Int { state.withLock { $0.index.count } }

  func entry(_ name: Name) -> Entry? {
    state.withLock { state -> Entry? in
      guard let slot = state.index[name] else { return nil }
      state.touch(slot)
      return state.slots[slot].entry
    }
  }

  func add(_ entry: Entry, as name: Name, ifStill generation: Int) {
    state.withLock { state in
      guard state.generation == generation, state.index[name] == nil else { return }
      if state.slots.count < limit {
        state.slots.append(Slot(name: name, entry: entry, newer: -1, older: -1))
        state.link(state.slots.count - 1)
        state.index[name] = state.slots.count - 1
      } else {
        let slot = state.oldest
        state.index[state.slots[slot].name] = nil
        state.unlink(slot)
        state.slots[slot] = Slot(name: name, entry: entry, newer: -1, older: -1)
        state.link(slot)
        state.index[name] = slot
      }
    }
  }

  /// Drops all keys of some persons.
  ///
  /// Rare, so the rest is filed anew.
  func remove(_ owners: Set<KeyOwner>) {
    state.withLock { state in
      var kept: [Slot] = []
      var slot = state.oldest
      while slot >= 0 {
        if !owners.contains(state.slots[slot].name.owner) { kept.append(state.slots[slot]) }
        slot = state.slots[slot].newer
      }
      let generation = state.generation + 1
      state = State()
      state.generation = generation
      for (position, slot) in kept.enumerated() {
        state.slots.append(slot)
        state.link(position)
        state.index[slot.name] = position
      }
    }
  }
}

extension KeyCache.State {
  fileprivate mutating func touch(_ slot: Int) {
    guard slot != newest else { return }
    unlink(slot)
    link(slot)
  }

  fileprivate mutating func unlink(_ slot: Int) {
    let (newer, older) = (slots[slot].newer, slots[slot].older)
    if newer >= 0 { slots[newer].older = older } else { newest = older }
    if older >= 0 { slots[older].newer = newer } else { oldest = newer }
  }

  fileprivate mutating func link(_ slot: Int) {
    slots[slot].newer = -1
    slots[slot].older = newest
    if newest >= 0 { slots[newest].newer = slot } else { oldest = slot }
    newest = slot
  }
}
