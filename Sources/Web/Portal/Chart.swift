/// A chart as SVG in the page itself: columns of two parts.
///
/// Drawn with `Double`, since nothing is computed from it; every figure stands in the table beside.
struct Chart: Sendable {
  /// One column.
  struct Column: Sendable {
    let label: String
    let first: Double
    let second: Double
  }

  /// What the chart shows, for those who cannot see it.
  let title: String
  let columns: [Column]

  private static let width = 480.0
  private static let height = 220.0
  private static let left = 46.0
  private static let bottom = 26.0
  private static let top = 10.0

  /// The chart as SVG.
  var svg: String {
    let scale = Self.ceiling(columns.map { $0.first + $0.second }.max() ?? 0)
    let plot = Self.height - Self.bottom - Self.top
    func y(_ value: Double) -> Double { Self.top + plot * (1 - value / scale) }
    var parts: [String] = []
    for step in 0...4 {
      let value = scale * Double(step) / 4
      let at = Self.text(y(value))
      parts.append(
        "<path class=\"grid\" d=\"M\(Self.text(Self.left)) \(at)H\(Self.text(Self.width))\"/>")
      parts.append(
        "<text x=\"\(Self.text(Self.left - 6))\" y=\"\(Self.text(y(value) + 4))\" text-anchor=\"end\">"
          + "\(Self.short(value))</text>")
    }
    let slot = (Self.width - Self.left) / Double(max(columns.count, 1))
    let wide = slot * 0.68
    let every = max(1, (columns.count + 5) / 6)
    for (index, column) in columns.enumerated() {
      let x = Self.left + slot * Double(index) + (slot - wide) / 2
      parts.append(bar("first", x, y(column.first), wide, y(0)))
      parts.append(bar("second", x, y(column.first + column.second), wide, y(column.first)))
      if index % every == 0 {
        parts.append(
          "<text x=\"\(Self.text(x + wide / 2))\" y=\"\(Self.text(Self.height - 6))\" "
            + "text-anchor=\"middle\">\(column.label)</text>")
      }
    }
    return """
      <svg class="chart" viewBox="0 0 \(Int(Self.width)) \(Int(Self.height))" role="img" \
      aria-label="\(title)">\(parts.joined())</svg>
      """
  }

  private func bar(
    _ style: String, _ x: Double, _ top: Double, _ width: Double, _ bottom: Double
  ) -> String {
    guard bottom - top > 0.05 else { return "" }
    return "<rect class=\"\(style)\" x=\"\(Self.text(x))\" y=\"\(Self.text(top))\" "
      + "width=\"\(Self.text(width))\" height=\"\(Self.text(bottom - top))\"/>"
  }

  /// The next round number at or above a value, so that the four parts of the scale are round too.
  private static func ceiling(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    var unit = 1.0
    while unit * 10 <= value, unit < 1e30 { unit *= 10 }
    while unit > value, unit > 1e-6 { unit /= 10 }
    let steps = [1, 1.2, 1.6, 2, 2.4, 3.2, 4, 6, 8, 10]
    return unit * (steps.first { $0 * unit >= value } ?? 10)
  }

  /// A number for an axis: `250k`, `1.2M`.
  static func short(_ value: Double) -> String {
    let (divided, suffix) =
      switch value {
      case 1e9...: (value / 1e9, "G")
      case 1e6...: (value / 1e6, "M")
      case 1e3...: (value / 1e3, "k")
      default: (value, "")
      }
    return text(divided) + suffix
  }

  /// A coordinate with at most two digits after the point.
  static func text(_ value: Double) -> String {
    let hundredths = (value * 100).rounded()
    guard abs(hundredths) < 1e12 else { return "0" }
    let whole = Int(hundredths)
    if whole % 100 == 0 { return String(whole / 100) }
    let fraction = abs(whole % 100)
    let digits =
      fraction % 10 == 0 ? "\(fraction / 10)" : fraction < 10 ? "0\(fraction)" : "\(fraction)"
    return "\(whole < 0 ? "-" : "")\(abs(whole / 100)).\(digits)"
  }
}
