import Foundation

/// A figure that is read when someone asks for it.
package struct Gauge: Sendable {
  /// Its name in the Prometheus way, with its unit at the end.
  package let name: String
  /// What it measures.
  package let about: String
  /// Its value now.
  package let value: Double

  /// A figure.
  package init(_ name: String, _ about: String, _ value: Double) {
    self.name = name
    self.about = about
    self.value = value
  }

  /// Figures in the Prometheus text format.
  static func text(_ gauges: [Gauge]) -> String {
    gauges.map { gauge in
      """
      # HELP \(gauge.name) \(gauge.about)
      # TYPE \(gauge.name) gauge
      \(gauge.name) \(gauge.value)

      """
    }.joined()
  }

  /// What the operating system knows of this process.
  static func process() -> [Gauge] {
    guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8) else {
      return []
    }
    let pages = text.split(separator: " ").dropFirst().first.flatMap { Double($0) } ?? 0
    return [
      Gauge(
        "process_resident_memory_bytes", "Memory in use by the process.",
        pages * Double(sysconf(Int32(_SC_PAGESIZE))))
    ]
  }
}
