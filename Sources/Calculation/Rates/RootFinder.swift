/// Finds where a smooth function crosses zero: Newton steps kept inside a bracket.
enum RootFinder {
  /// Steps of refinement before a search is given up.
  static let steps = 200

  /// The crossing nearest to a guess.
  ///
  /// - Parameters:
  ///   - guess: where to begin.
  ///   - range: where to look at all.
  ///   - reach: how far the first look outwards goes.
  ///   - isUnique: whether there is at most one crossing; otherwise the search goes outwards step
  ///     by step, so that it finds the nearest.
  ///   - function: value and derivative.
  /// - Returns: the root, or nil when no change of sign was found.
  static func root(
    near guess: Double, in range: ClosedRange<Double>, reach: Double = 0.05,
    isUnique: Bool = true, _ function: (Double) -> (value: Double, slope: Double)
  ) -> Double? {
    if isUnique, let quick = newton(guess, range, function) { return quick }
    guard let (low, high) = bracket(guess, range, reach, function) else { return nil }
    return refine(low, high, function)
  }

  /// Newton's steps alone, when they converge fast and stay inside; the common case.
  private static func newton(
    _ guess: Double, _ range: ClosedRange<Double>,
    _ function: (Double) -> (value: Double, slope: Double)
  ) -> Double? {
    var x = guess
    var previous = Double.infinity
    for _ in 0..<12 {
      let (value, slope) = function(x)
      if value == 0 { return x }
      let step = value / slope
      guard step.isFinite, abs(step) < previous else { return nil }
      let next = x - step
      guard range.contains(next), abs(next - guess) < 1 else { return nil }
      // A quadratic step this small leaves an error of its square.
      if abs(step) <= 1e-9 * (1 + abs(next)) { return next }
      previous = abs(step)
      x = next
    }
    return nil
  }

  /// The interval nearest to the guess at whose ends the signs differ.
  private static func bracket(
    _ guess: Double, _ range: ClosedRange<Double>, _ reach: Double,
    _ function: (Double) -> (value: Double, slope: Double)
  ) -> (Double, Double)? {
    let start = min(max(guess, range.lowerBound), range.upperBound)
    let middle = function(start).value
    guard middle.isFinite else { return nil }
    if middle == 0 { return (start, start) }
    var low = (at: start, value: middle)
    var high = (at: start, value: middle)
    var width = reach
    for _ in 0..<steps {
      if high.at < range.upperBound {
        let next = min(high.at + width, range.upperBound)
        let value = function(next).value
        if value.isFinite, (value < 0) != (high.value < 0) { return (high.at, next) }
        high = (next, value.isFinite ? value : high.value)
      }
      if low.at > range.lowerBound {
        let next = max(low.at - width, range.lowerBound)
        let value = function(next).value
        if value.isFinite, (value < 0) != (low.value < 0) { return (next, low.at) }
        low = (next, value.isFinite ? value : low.value)
      }
      if low.at <= range.lowerBound, high.at >= range.upperBound { return nil }
      width *= 1.3
    }
    return nil
  }

  /// Newton inside a bracket, halving it where Newton would leave or stall.
  private static func refine(
    _ first: Double, _ second: Double,
    _ function: (Double) -> (value: Double, slope: Double)
  ) -> Double? {
    var low = first
    var high = second
    if low == high { return low }
    let risesFromLow = function(low).value < 0
    var x = (low + high) / 2
    for _ in 0..<steps {
      let (value, slope) = function(x)
      if value == 0 || high - low <= 2 * max(abs(x) * Double.ulpOfOne, 1e-300) { return x }
      if (value < 0) == risesFromLow { low = x } else { high = x }
      let newton = x - value / slope
      let next = newton > low && newton < high ? newton : (low + high) / 2
      if next == x { return x }
      if abs(next - x) <= 1e-15 * (1 + abs(x)) { return next }
      x = next
    }
    return x
  }
}
