import CRM
import Foundation
import Quantities
import Storage
import Vault

/// The data folder of one installation: the store, and apart from it the keys.
///
///     data/steward.sqlite    the store; everything personal in it is sealed
///     data/keys/root.key     the root key, mode 0600; keep a copy apart from the store
///     data/keys/clients.keys the wrapped keys of clients
///     data/demo              there when the data was made by `demo`
struct Installation: Sendable {
  let folder: URL

  init(_ path: String) { folder = URL(filePath: path, directoryHint: .isDirectory) }

  private init(_ folder: URL) { self.folder = folder }

  var storePath: String { folder.appending(path: "steward.sqlite").path }
  private var keysFolder: URL { folder.appending(path: "keys", directoryHint: .isDirectory) }
  var rootPath: String { keysFolder.appending(path: "root.key").path }
  private var keysPath: String { keysFolder.appending(path: "clients.keys").path }
  private var demoMark: String { folder.appending(path: "demo").path }

  /// Whether a store is there.
  var exists: Bool { FileManager.default.fileExists(atPath: storePath) }
  /// Whether the data was made by `demo`: then the server listens on loopback only.
  var isDemo: Bool { FileManager.default.fileExists(atPath: demoMark) }

  /// Says that the data is a demonstration's.
  func markDemo() throws {
    try makeFolders()
    guard FileManager.default.createFile(atPath: demoMark, contents: Data()) else {
      throw Failure("cannot write '\(demoMark)': \(String(cString: strerror(errno)))")
    }
  }

  /// An opened installation.
  struct Opened: Sendable {
    private let engine: SQLiteEngine
    /// The book of business.
    let book: Book

    fileprivate init(_ engine: SQLiteEngine, _ book: Book) {
      self.engine = engine
      self.book = book
    }

    /// Tells a second process that finds the store in use where this one is reached.
    func announce(address: String) { engine.announce(address: address) }

    /// What the store has done since it was opened.
    var statistics: SQLiteEngine.Statistics { engine.statistics }

    /// Waits for what is being written and lets others have the store.
    func close() async { await engine.close() }
  }

  /// What an installation is opened for; one process at a time may write.
  enum Access: Sendable { case reading, writing }

  /// Makes folders, root key, key store and store; refuses where a store is already.
  ///
  /// Keys that are there already are kept: making a store was cut short, or the operator brought
  /// them.
  func create(clocks: Clocks, settings: Book.Settings = .init()) async throws -> Opened {
    try refuseWhereThere()
    try makeFolders()
    let manager = FileManager.default
    let root =
      manager.fileExists(atPath: rootPath)
      ? try RootKey.load(from: .file(rootPath)) : try RootKey.create(file: rootPath)
    let keys =
      manager.fileExists(atPath: keysPath)
      ? try KeyStore.open(at: keysPath, root: root) : try KeyStore.create(at: keysPath, root: root)
    return try await open(SQLiteEngine(path: storePath), keys, clocks, settings)
  }

  /// Makes an installation in a folder beside and gives it its name when it is whole, so that one
  /// that was cut short is never taken for whole.
  func createWhole(_ make: (Installation) async throws -> Void) async throws {
    try refuseWhereThere()
    let manager = FileManager.default
    let draft = Installation(
      folder.deletingLastPathComponent().appending(
        path: ".\(folder.lastPathComponent).unfinished", directoryHint: .isDirectory))
    if draft.exists {
      // Ends with one line while another process is making the same.
      await (try SQLiteEngine(path: draft.storePath)).close()
    }
    try? manager.removeItem(at: draft.folder)
    if rmdir(folder.path) != 0, errno != ENOENT {
      throw Failure("'\(folder.path)' is there already and not empty; choose another --data folder")
    }
    do {
      try await make(draft)
    } catch {
      try? manager.removeItem(at: draft.folder)
      throw error
    }
    guard rename(draft.folder.path, folder.path) == 0 else {
      throw Failure("cannot make '\(folder.path)': \(String(cString: strerror(errno)))")
    }
  }

  /// Opens an installation that is there.
  ///
  /// - Throws: one clear line when it is not there, another process writes to it, or the root key
  ///   is not the one it was made with.
  func open(
    for access: Access, clocks: Clocks, settings: Book.Settings = .init()
  ) async throws -> Opened {
    guard exists else {
      throw Failure(
        "there is no store in '\(folder.path)'; make one with: steward demo --data \(folder.path)")
    }
    let root = try RootKey.load(from: .file(rootPath))
    // The engine first: its lock knows the address of the server that holds it.
    let engine = try SQLiteEngine(
      path: storePath, mode: access == .writing ? .readWrite : .readOnly)
    do {
      let keys = try KeyStore.open(
        at: keysPath, root: root, access: access == .writing ? .readWrite : .readOnly)
      return try await open(engine, keys, clocks, settings)
    } catch {
      await engine.close()
      throw error
    }
  }

  /// Opens an installation that is there, does something with its book, and closes it whatever
  /// came of that.
  ///
  /// - Throws: as `open`, and what `body` throws.
  func withBook<T>(
    for access: Access, clocks: Clocks = .machine, _ body: (Book) async throws -> T
  ) async throws -> T {
    let opened = try await open(for: access, clocks: clocks)
    do {
      let result = try await body(opened.book)
      await opened.close()
      return result
    } catch {
      await opened.close()
      throw error
    }
  }

  private func open(
    _ engine: SQLiteEngine, _ keys: KeyStore, _ clocks: Clocks, _ settings: Book.Settings
  ) async throws -> Opened {
    let book = try await Book(
      engine: engine, vault: Vault(keys: keys), clocks: clocks, settings: settings,
      readOnly: engine.mode == .readOnly)
    return Opened(engine, book)
  }

  private func refuseWhereThere() throws {
    guard !exists else {
      throw Failure("there is a store in '\(folder.path)' already; choose another --data folder")
    }
  }

  private func makeFolders() throws {
    var isFolder: ObjCBool = false
    if FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder),
      !isFolder.boolValue
    {
      throw Failure("'\(folder.path)' is a file and no folder; choose another --data folder")
    }
    do {
      try FileManager.default.createDirectory(
        at: keysFolder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw Failure("cannot make '\(keysFolder.path)': \(Failure.reason(error))")
    }
  }
}
