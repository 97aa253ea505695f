/// A chart of two lines over a price as SVG in the page itself.
///
/// Drawn with `Double`, since nothing is computed from it; every figure stands in the table beside.
struct PayoffChart: Sendable {
  /// The two values at a price.
  struct Point: Sendable {
    let at: Double
    let first: Double
    let second: Double
  }

  /// What the chart shows, for those who cannot see it.
  let title: String
  let points: [Point]

  private static let width = 480.0
  private static let height = 220.0
  private static let left = 56.0
  private static let bottom = 26.0
  private static let top = 10.0

  /// The chart as SVG.
  var svg: String {
    let values = points.flatMap { [$0.first, $0.second] }
    guard let low = values.min(), let high = values.max(), let start = points.first?.at,
      let end = points.last?.at, high > low, end > start
    else { return "" }
    let plot = Self.height - Self.bottom - Self.top
    func x(_ at: Double) -> Double {
      Self.left + (Self.width - Self.left) * (at - start) / (end - start)
    }
    func y(_ value: Double) -> Double { Self.top + plot * (1 - (value - low) / (high - low)) }
    var parts: [String] = []
    for step in 0...4 {
      let value = low + (high - low) * Double(step) / 4
      let at = Chart.text(y(value))
      parts.append("<path class=\"grid\" d=\"M\(Chart.text(Self.left)) \(at)H480\"/>")
      parts.append(
        "<text x=\"\(Chart.text(Self.left - 6))\" y=\"\(Chart.text(y(value) + 4))\" "
          + "text-anchor=\"end\">\(Chart.short(value))</text>")
      let price = start + (end - start) * Double(step) / 4
      let anchor = step == 4 ? "end" : step == 0 ? "start" : "middle"
      parts.append(
        "<text x=\"\(Chart.text(x(price)))\" y=\"\(Chart.text(Self.height - 6))\" "
          + "text-anchor=\"\(anchor)\">\(Chart.short(price))</text>")
    }
    for (style, value) in [("second", \Point.second), ("first", \Point.first)] {
      let line = points.map { "\(Chart.text(x($0.at))) \(Chart.text(y($0[keyPath: value])))" }
      parts.append("<polyline class=\"line \(style)\" points=\"\(line.joined(separator: " "))\"/>")
    }
    return """
      <svg class="chart" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" \
      aria-label="\(title)">\(parts.joined())</svg>
      """
  }
}
