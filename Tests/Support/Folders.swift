public import Foundation

/// The folder of the project that the tests were built from.
public enum ProjectFolder {
  /// The root of the checkout: the nearest folder above this file that holds `Package.swift`.
  public static let root: URL = {
    var folder = URL(filePath: #filePath).deletingLastPathComponent()
    while folder.path != "/" {
      let manifest = folder.appending(path: "Package.swift").path
      if FileManager.default.fileExists(atPath: manifest) { return folder }
      folder.deleteLastPathComponent()
    }
    return URL(filePath: FileManager.default.currentDirectoryPath)
  }()
}

/// Reference data beside the checkout, which is not part of the project.
public enum SharedFolder {
  /// A file or folder of the reference data, or nil where the data is absent.
  public static func find(_ name: String) -> URL? {
    let url = ProjectFolder.root.deletingLastPathComponent().appending(path: "shared/\(name)")
    return FileManager.default.fileExists(atPath: url.path) ? url : nil
  }
}

/// A folder of its own for one test, below the system's temporary folder.
public struct TemporaryFolder: ~Copyable {
  /// Where the folder is.
  public let url: URL

  /// Makes the folder; it goes away with this value.
  public init() throws {
    url = FileManager.default.temporaryDirectory.appending(path: "steward-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(at: url) }
}
