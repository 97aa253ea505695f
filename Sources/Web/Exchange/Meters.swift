import HTTPTypes
import Synchronization

/// Counts and latencies of requests, by method and route pattern: never by path, so that no
/// identifier gets into them and their number has a bound.
final class Meters: Sendable {
  /// The method and the route pattern.
  struct Key: Hashable, Sendable {
    let method: HTTPRequest.Method
    let route: String
  }

  private let meters: Mutex<[Key: Meter]> = Mutex([:])

  /// Different keys that are counted; later ones are counted together.
  private static let count = 512

  func record(
    _ method: HTTPRequest.Method, _ route: String, status: Int, took duration: Duration
  ) {
    let key = Key(method: method, route: route)
    meters.withLock { meters in
      if meters.count >= Self.count, meters[key] == nil {
        let other = Key(method: .get, route: "other")
        meters[other, default: Meter()].record(status, duration)
      } else {
        meters[key, default: Meter()].record(status, duration)
      }
    }
  }

  /// The figures in the Prometheus text format 0.0.4.
  func text() -> String {
    let all = meters.withLock { $0 }.sorted {
      ($0.key.route, $0.key.method.rawValue) < ($1.key.route, $1.key.method.rawValue)
    }
    var text = """
      # HELP steward_http_requests_total Requests answered, by route and class of status.
      # TYPE steward_http_requests_total counter

      """
    for (key, meter) in all {
      for (index, count) in meter.statuses.enumerated() where count > 0 {
        text += "steward_http_requests_total{\(labels(key)),status=\"\(index + 1)xx\"} \(count)\n"
      }
    }
    text += """
      # HELP steward_http_request_duration_seconds Time from head to answer, by route.
      # TYPE steward_http_request_duration_seconds histogram

      """
    for (key, meter) in all {
      let name = "steward_http_request_duration_seconds"
      var sum: UInt64 = 0
      for (bound, count) in zip(Meter.bounds, meter.buckets) {
        sum += count
        text += "\(name)_bucket{\(labels(key)),le=\"\(bound.text)\"} \(sum)\n"
      }
      text += "\(name)_bucket{\(labels(key)),le=\"+Inf\"} \(meter.total)\n"
      text += "\(name)_sum{\(labels(key))} \(Double(meter.microseconds) / 1_000_000)\n"
      text += "\(name)_count{\(labels(key))} \(meter.total)\n"
    }
    return text
  }

  private func labels(_ key: Key) -> String {
    let isKnown = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH"]
      .contains(key.method.rawValue)
    return "method=\"\(isKnown ? key.method.rawValue : "other")\",route=\"\(key.route)\""
  }
}

/// The figures of one route.
struct Meter: Sendable {
  /// Upper bounds of the histogram in microseconds, with their text in seconds.
  static let bounds: [(microseconds: Int64, text: String)] = [
    (100, "0.0001"), (250, "0.00025"), (500, "0.0005"), (1_000, "0.001"), (2_500, "0.0025"),
    (5_000, "0.005"), (10_000, "0.01"), (25_000, "0.025"), (50_000, "0.05"), (100_000, "0.1"),
    (250_000, "0.25"), (1_000_000, "1"), (5_000_000, "5"),
  ]

  private(set) var statuses = [UInt64](repeating: 0, count: 5)
  private(set) var buckets = [UInt64](repeating: 0, count: Meter.bounds.count)
  private(set) var total: UInt64 = 0
  private(set) var microseconds: UInt64 = 0

  mutating func record(_ status: Int, _ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    let taken = seconds * 1_000_000 + attoseconds / 1_000_000_000_000
    total += 1
    microseconds += UInt64(clamping: taken)
    if (100..<600).contains(status) { statuses[status / 100 - 1] += 1 }
    if let bucket = Meter.bounds.firstIndex(where: { taken <= $0.microseconds }) {
      buckets[bucket] += 1
    }
  }
}
