import Foundation

/// The processors of this machine, asked for once.
private let processorCount = ProcessInfo.processInfo.activeProcessorCount

extension RandomAccessCollection where Self: Sendable, Index == Int, SubSequence: Sendable {
  /// What is made of parts of the collection in their order, the parts worked on at once: as many as
  /// there are processors, and fewer where they would be small.
  ///
  /// - Parameter least: elements for which a part of its own is worth while.
  package func concurrentParts<Made: Sendable>(
    least: Int = 1, _ make: @escaping @Sendable (SubSequence) -> Made
  ) async -> [Made] {
    let parts = Swift.max(
      1, Swift.min(processorCount, count / Swift.max(1, least)))
    guard parts > 1 else { return [make(self[startIndex..<endIndex])] }
    let size = (count + parts - 1) / parts
    return await withTaskGroup(of: (start: Int, made: Made).self) { group in
      for start in stride(from: startIndex + size, to: endIndex, by: size) {
        let part = self[start..<Swift.min(start + size, endIndex)]
        group.addTask { (start, make(part)) }
      }
      // The first is made here, since who waits has a processor.
      var found = [(start: startIndex, made: make(self[startIndex..<startIndex + size]))]
      for await part in group { found.append(part) }
      return found.sorted { $0.start < $1.start }.map(\.made)
    }
  }
}
