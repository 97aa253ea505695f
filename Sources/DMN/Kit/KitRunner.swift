public import Foundation

/// Runs the DMN Technology Compatibility Kit over this library.
public struct KitRunner: Sendable {
  let comparison: KitComparison

  /// A runner.
  /// - Parameter isExact: whether numbers must be equal; otherwise they may differ by 1e-8 as in
  ///   the kit's own runners.
  public init(isExact: Bool = false) { comparison = isExact ? .exact : .kit }

  /// Runs all cases below a folder: the kit's root, its `TestCases`, one level or one model.
  /// - Throws: an error of the file system.
  public func run(_ folder: URL) throws -> KitReport {
    var report = KitReport()
    for place in try KitRunner.caseFolders(in: folder) { try run(place, into: &report) }
    return report
  }

  /// The folders that hold test files, in order.
  private static func caseFolders(in root: URL) throws -> [URL] {
    var found: Set<String> = []
    let files = FileManager.default.enumerator(atPath: root.path)
    while let name = files?.nextObject() as? String {
      if name.hasSuffix(".xml"), name.contains("-test-") {
        found.insert(root.appending(path: name).deletingLastPathComponent().path)
      }
    }
    return found.sorted().map { URL(filePath: $0, directoryHint: .isDirectory) }
  }

  private func run(_ folder: URL, into report: inout KitReport) throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let parts = folder.pathComponents.suffix(2)
    let label = parts.joined(separator: "/")
    var models: [ModelFile] = []
    for name in names where name.hasSuffix(".dmn") {
      let data = try Data(contentsOf: folder.appending(path: name))
      models.append(ModelFile(name: name, bytes: Array(data)))
    }
    for name in names where name.hasSuffix(".xml") && name.contains("-test-") {
      let data = try Data(contentsOf: folder.appending(path: name))
      run(name, Array(data), models, label, into: &report)
    }
  }

  private func run(
    _ name: String, _ bytes: [UInt8], _ models: [ModelFile], _ folder: String,
    into report: inout KitReport
  ) {
    let file = String(name.dropLast(4))
    let line = { (id: String, verdict: KitReport.Verdict, detail: String) in
      KitReport.Line(folder: folder, file: file, id: id, verdict: verdict, detail: detail)
    }
    let kit: KitFile
    do throws(XMLFault) {
      kit = try KitFile(SourceFile(name: name, bytes: XMLEncoding.decode(bytes)))
    } catch {
      report.lines.append(line("", .error, error.message))
      return
    }
    let main = models.first { $0.name == kit.modelName } ?? models.first
    let ordered = models.filter { $0.name == main?.name } + models.filter { $0.name != main?.name }
    do throws(ModelProblems) {
      let model = try Model.load(ordered, strictness: .lenient)
      for item in kit.cases {
        let detail = differences(item, model)
        report.lines.append(line(item.id, detail.isEmpty ? .success : .error, detail))
      }
    } catch {
      for item in kit.cases { report.lines.append(line(item.id, .error, error.description)) }
    }
  }
}
