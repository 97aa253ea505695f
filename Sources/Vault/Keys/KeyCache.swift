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

/// Keys that are unwrapped already.
///
/// They are held for at most a given number of persons, the longest unused going first. A key that
/// is dropped is wiped as soon as the last operation with it ends.
final class KeyCache: Sendable {
  /// The most keys held for one person: a few uses of a few versions.
  static let mostKeysOfPerson = 8

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

  fileprivate struct Held {
    var use: KeyUse
    var version: UInt32
    var entry: Entry
  }

  fileprivate struct Slot {
    var owner: KeyOwner?
    var held: [Held] = []
    var newer = -1
    var older = -1
  }

  /// A list through the slots from the newest to the oldest use, so that each step is O(1).
  fileprivate struct State {
    var index: [KeyOwner: Int] = [:]
    var slots: [Slot] = []
    var free: [Int] = []
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

  /// For how many persons keys are held.
  var count: Int { state.withLock { $0.index.count } }

  func entry(_ name: Name) -> Entry? {
    state.withLock { state -> Entry? in
      guard let slot = state.index[name.owner] else { return nil }
      state.touch(slot)
      return state.slots[slot].held.first { $0.use == name.use && $0.version == name.version }?
        .entry
    }
  }

  func add(_ entry: Entry, as name: Name, ifStill generation: Int) {
    state.withLock { state in
      guard state.generation == generation else { return }
      let slot = state.index[name.owner] ?? state.slot(for: name.owner, limit: limit)
      let isHeld = state.slots[slot].held.contains {
        $0.use == name.use && $0.version == name.version
      }
      guard !isHeld else { return }
      if state.slots[slot].held.count == Self.mostKeysOfPerson {
        state.slots[slot].held.removeFirst()
      }
      state.slots[slot].held.append(Held(use: name.use, version: name.version, entry: entry))
    }
  }

  /// Drops all keys of some persons.
  func remove(_ owners: Set<KeyOwner>) {
    state.withLock { state in
      state.generation += 1
      for owner in owners {
        guard let slot = state.index.removeValue(forKey: owner) else { continue }
        state.unlink(slot)
        state.slots[slot] = Slot()
        state.free.append(slot)
      }
    }
  }
}

extension KeyCache.State {
  /// A slot for a person who has none: a free one, a new one, or that of the longest unused.
  fileprivate mutating func slot(for owner: KeyOwner, limit: Int) -> Int {
    let slot: Int
    if let free = free.popLast() {
      slot = free
    } else if slots.count < limit {
      slot = slots.count
      slots.append(KeyCache.Slot())
    } else {
      slot = oldest
      unlink(slot)
      if let old = slots[slot].owner { index[old] = nil }
    }
    slots[slot] = KeyCache.Slot(owner: owner)
    index[owner] = slot
    link(slot)
    return slot
  }

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
