/// The names and types that an expression may use, known while it is parsed (10.3.2.11).
///
/// Each declared name has a slot: its place in the `Frame` that the expression is evaluated in.
/// Slots are numbered from 0 in the order of declaration.
public struct Scope: Sendable {
  private var table = NameTable()
  private var typeTable = NameTable()
  private var typeList: [Type] = []

  /// An empty scope; the built-in functions are always in scope behind it.
  public init() {}

  /// The number of slots that the declared names occupy.
  public private(set) var slotCount = 0

  /// The declared names, in slot order where no slot was chosen by hand.
  public var names: [String] { table.entries.map(\.name) }

  /// Declares a variable, a decision or a business knowledge model; its slot is returned.
  ///
  /// A name
  /// declared again gets a new slot that hides the old one.
  @discardableResult
  public mutating func declare(_ name: String, _ type: Type = .any) -> Int {
    let slot = slotCount
    declare(name, type, slot: slot)
    return slot
  }

  /// Declares `name` in a slot of the caller's choice.
  public mutating func declare(_ name: String, _ type: Type = .any, slot: Int) {
    table.add(NameEntry(name: name, target: .slot(slot), type: type))
    slotCount = max(slotCount, slot + 1)
  }

  /// Declares a function of the host program.
  public mutating func declare(_ function: HostFunction) {
    let type = Type.function(function.parameters.map(\.type), function.result)
    table.add(
      NameEntry(name: function.name, target: .constant(.function(function.value)), type: type))
  }

  /// Declares a name whose value is already known, which is folded into the expressions.
  public mutating func declare(_ name: String, constant: Value) {
    table.add(NameEntry(name: name, target: .constant(constant), type: constant.type))
  }

  /// Declares the type `name` of an item definition, for `instance of` and formal parameters.
  public mutating func declare(type name: String, _ type: Type) {
    typeTable.add(NameEntry(name: name, target: .slot(typeList.count), type: type))
    typeList.append(type)
  }

  /// The slot of `name`, or nil when it is not declared or is no variable.
  public func slot(of name: String) -> Int? {
    guard case .slot(let slot) = table.entry(named: name)?.target else { return nil }
    return slot
  }

  /// The declared type of `name`.
  public func type(of name: String) -> Type? { table.entry(named: name)?.type }

  /// The type that `name` stands for: FEEL's own or a declared one.
  public func type(named name: String) -> Type? {
    typeTable.entry(named: name)?.type ?? Type(named: name)
  }

  func longestName(_ tokens: ArraySlice<Token>) -> NameMatch? { table.longest(tokens) }

  func longestType(_ tokens: ArraySlice<Token>) -> NameMatch? { typeTable.longest(tokens) }
}

/// What a name in scope stands for.
enum NameTarget: Sendable {
  /// A slot of the frame.
  case slot(Int)
  /// The entry `name` of the context in a slot.
  case member(slot: Int, name: String)
  /// A value known while parsing.
  case constant(Value)
}

/// A name in scope.
struct NameEntry: Sendable {
  let name: String
  let target: NameTarget
  let type: Type
}

/// A name found at some place of a text, and how many tokens it takes.
struct NameMatch {
  let entry: NameEntry
  let count: Int

  /// Whether the name may stand for a function.
  var isCallable: Bool {
    switch entry.type {
    case .any, .function: true
    default: false
    }
  }
}

/// Names by their token sequences; the longest one that matches is found (10.3.1.6).
struct NameTable: Sendable {
  private(set) var entries: [NameEntry] = []
  private var byFirst: [String: [(tokens: [String], index: Int)]] = [:]
  private var byName: [String: Int] = [:]

  mutating func add(_ entry: NameEntry) {
    let tokens = Lexer.nameTokens(entry.name)
    guard let first = tokens.first else { return }
    let index = entries.count
    entries.append(entry)
    byName[entry.name] = index
    // The latest of equal names is tried first; longer names come before shorter ones.
    var list = byFirst[first] ?? []
    let place = list.firstIndex { $0.tokens.count <= tokens.count } ?? list.count
    list.insert((tokens, index), at: place)
    byFirst[first] = list
  }

  func entry(named name: String) -> NameEntry? { byName[name].map { entries[$0] } }

  func longest(_ tokens: ArraySlice<Token>) -> NameMatch? {
    guard let first = tokens.first, let list = byFirst[first.text] else { return nil }
    for (name, index) in list where name.count < tokens.count {
      let matches = zip(name, tokens).allSatisfy { $0 == $1.text && $1.kind != .string }
      if matches { return NameMatch(entry: entries[index], count: name.count) }
    }
    return nil
  }
}
