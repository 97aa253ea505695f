/// What bins over the ranks of one or two columns would gain: sums of gradient and curvature of the
/// log-likelihood, cumulated so that any box is summed in four steps.
struct GainGrid {
  /// A box of ranks: a range in the first column and one in the second.
  struct Box: Sendable, Hashable {
    var first: Range<Int>
    var second: Range<Int>
  }

  private let sums: [Sum]
  private let rows: Int
  private let columns: Int

  private struct Sum {
    var g = 0.0
    var h = 0.0
    var n = 0.0

    static func + (a: Sum, b: Sum) -> Sum { Sum(g: a.g + b.g, h: a.h + b.h, n: a.n + b.n) }
    static func - (a: Sum, b: Sum) -> Sum { Sum(g: a.g - b.g, h: a.h - b.h, n: a.n - b.n) }

    /// How much the log-likelihood grows, twice, when these rows get points of their own.
    var gain: Double { g * g / (h + GainGrid.penalty) }
    var step: Double { g / (h + GainGrid.penalty) }
  }

  /// How much points are held small, in rows' curvature.
  static let penalty = 3.0
  /// The least that a cut must gain.
  private static let leastGain = 0.05

  private struct Cut {
    var gain = 0.0
    var isFirst = true
    var place = 0
  }

  /// Sums by rank; `rank` gives the place of a row in the grid, row by row, or nil.
  init(
    rows: Int, columns: Int, gradient: [Double], curvature: [Double], place: [Int32]
  ) {
    var cells = Array(repeating: Sum(), count: rows * columns)
    for row in place.indices where place[row] >= 0 {
      let cell = Int(place[row])
      cells[cell].g += gradient[row]
      cells[cell].h += curvature[row]
      cells[cell].n += 1
    }
    var sums = Array(repeating: Sum(), count: (rows + 1) * (columns + 1))
    for row in 0..<rows {
      var line = Sum()
      for column in 0..<columns {
        line = line + cells[row * columns + column]
        sums[(row + 1) * (columns + 1) + column + 1] =
          sums[row * (columns + 1) + column + 1] + line
      }
    }
    self.sums = sums
    self.rows = rows
    self.columns = columns
  }

  private func sum(_ box: Box) -> Sum {
    let width = columns + 1
    let (top, bottom) = (box.first.lowerBound * width, box.first.upperBound * width)
    let (left, right) = (box.second.lowerBound, box.second.upperBound)
    return (sums[bottom + right] - sums[top + right]) - (sums[bottom + left] - sums[top + left])
  }

  /// Cuts the grid into boxes, the best cut first.
  /// - Parameters:
  ///   - bins: the most boxes.
  ///   - leastRows: the fewest rows of a box.
  ///   - isRising: whether points must rise with the first column (true), fall (false) or may do
  ///     both (nil).
  /// - Returns: the boxes, in the order of their ranks, and what they gain over one box.
  func boxes(
    bins: Int, leastRows: Double, isRising: Bool?
  ) -> (boxes: [Box], gain: Double) {
    var boxes = [Box(first: 0..<rows, second: 0..<columns)]
    var cuts = [best(boxes[0], leastRows, isRising, boxes)]
    var gain = 0.0
    while boxes.count < bins {
      guard let place = cuts.indices.max(by: { cuts[$0].gain < cuts[$1].gain }),
        cuts[place].gain > Self.leastGain
      else { break }
      let cut = cuts[place]
      gain += cut.gain
      let (one, two) = Self.halves(of: boxes[place], cut)
      boxes[place] = one
      boxes.append(two)
      cuts.append(Cut())
      // Where points must be in order, a cut bounds those that may follow.
      let stale = isRising == nil ? [place, boxes.count - 1] : Array(boxes.indices)
      for index in stale { cuts[index] = best(boxes[index], leastRows, isRising, boxes) }
    }
    boxes.sort {
      ($0.first.lowerBound, $0.second.lowerBound) < ($1.first.lowerBound, $1.second.lowerBound)
    }
    return (boxes, gain)
  }

  private static func halves(of box: Box, _ cut: Cut) -> (Box, Box) {
    var (one, two) = (box, box)
    if cut.isFirst {
      one.first = box.first.lowerBound..<cut.place
      two.first = cut.place..<box.first.upperBound
    } else {
      one.second = box.second.lowerBound..<cut.place
      two.second = cut.place..<box.second.upperBound
    }
    return (one, two)
  }

  private func best(
    _ box: Box, _ leastRows: Double, _ isRising: Bool?, _ boxes: [Box]
  ) -> Cut {
    let whole = sum(box)
    var best = Cut()
    for isFirst in [true, false] {
      let range = isFirst ? box.first : box.second
      for place in range.dropFirst() {
        let cut = Cut(isFirst: isFirst, place: place)
        let (one, two) = Self.halves(of: box, cut)
        let low = sum(one)
        let high = whole - low
        guard low.n >= leastRows, high.n >= leastRows else { continue }
        let gain = low.gain + high.gain - whole.gain
        guard gain > best.gain else { continue }
        if let isRising, !isOrdered(one, two, isRising, in: boxes, replacing: box) { continue }
        best = Cut(gain: gain, isFirst: isFirst, place: place)
      }
    }
    return best
  }

  /// Whether points stay in order along the first column when a box is cut in two.
  private func isOrdered(
    _ one: Box, _ two: Box, _ isRising: Bool, in boxes: [Box], replacing box: Box
  ) -> Bool {
    var line = boxes.filter { $0 != box } + [one, two]
    line.sort { $0.first.lowerBound < $1.first.lowerBound }
    let steps = line.map { sum($0).step }
    return zip(steps, steps.dropFirst()).allSatisfy { isRising ? $0 <= $1 : $0 >= $1 }
  }

  /// What rows that lack the value would gain by points of their own.
  static func gain(gradient: Double, curvature: Double) -> Double {
    Sum(g: gradient, h: curvature).gain
  }
}
