/// The integral of a gradient along a path, by Boole's rule on pieces that are halved where the
/// error is large.
///
/// A piece knows its error: the sum of its slopes minus the difference of the values at its ends.
/// Halving reuses all points, and two halves together with the whole give the next order
/// (Richardson extrapolation, as from Boole's rule to Romberg's).
///
/// At zero vectors, a network that normalises its inputs has a slope that grows with the number of its
/// layers (1,000 for each normalisation by the root mean square) and that holds nowhere else on the
/// path. The piece that begins there is then integrated from its inner points alone.
struct AdaptivePath {
  /// `f` at the baseline and at the text.
  var start: Double { first.value }
  var end: Double { last.value }
  private(set) var points: Int
  private let first: EmbeddingPath.Sample
  private let last: EmbeddingPath.Sample
  private var pieces: [Piece]

  /// Three points, or five, at equal distances.
  fileprivate struct Piece {
    let range: ClosedRange<Double>
    var samples: [EmbeddingPath.Sample]
    /// The correction from the piece that this is a half of, in units of halves of this length.
    var correction: [Double]
    /// Whether the slopes at both ends are left out (the midpoint rule, or Milne's).
    var isOpen = false

    private var weights: [Double] {
      switch (samples.count, isOpen) {
      case (3, false): [1, 4, 1].map { $0 / 6 }
      case (3, true): [0, 1, 0]
      case (_, false): [7, 32, 12, 32, 7].map { $0 / 90 }
      case (_, true): [0, 2, -1, 2, 0].map { $0 / 3 }
      }
    }

    /// The integral of each token's slope.
    var integral: [Double] {
      let length = range.upperBound - range.lowerBound
      var sums = correction
      for (weight, sample) in zip(weights, samples) where weight != 0 {
        for (token, slope) in sample.slopes.enumerated() { sums[token] += length * weight * slope }
      }
      return sums
    }

    var error: Double {
      integral.reduce(0, +) - (samples[samples.count - 1].value - samples[0].value)
    }
  }

  /// Starts with Simpson's rule on the whole path.
  init(_ path: EmbeddingPath) throws {
    let samples = try path.samples(at: [0, 0.5, 1])
    (first, last) = (samples[0], samples[2])
    points = 3
    pieces = [
      Piece(
        range: 0...1, samples: samples,
        correction: [Double](repeating: 0, count: first.slopes.count))
    ]
    pieces[0].leaveOutSteepStart()
  }

  var scores: [Double] {
    var sums = [Double](repeating: 0, count: first.slopes.count)
    for piece in pieces {
      for (token, value) in piece.integral.enumerated() { sums[token] += value }
    }
    return sums
  }

  var pieceCount: Int { pieces.count }

  /// The sum of all pieces' absolute errors, which therefore do not cancel.
  var error: Double { pieces.reduce(0) { $0 + abs($1.error) } }

  /// Adds points to the pieces whose error exceeds their share of the bound.
  /// - Parameter most: the most points.
  /// - Returns: false if there is no room for more points.
  mutating func refine(_ path: EmbeddingPath, within bound: Double, most: Int) throws -> Bool {
    let first = pieces[0]
    if first.samples.count == 3 {
      guard points + 2 <= most else { return false }
      let added = try path.samples(at: [0.25, 0.75])
      points += 2
      pieces[0].samples = [
        first.samples[0], added[0], first.samples[1], added[1], first.samples[2],
      ]
      pieces[0].leaveOutSteepStart()
      return true
    }
    var wrong = pieces.indices.filter {
      let length = pieces[$0].range.upperBound - pieces[$0].range.lowerBound
      return abs(pieces[$0].error) > bound * length
    }
    if wrong.isEmpty { wrong = Array(pieces.indices) }
    wrong = Array(
      wrong.sorted { abs(pieces[$0].error) > abs(pieces[$1].error) }.prefix((most - points) / 4))
    if wrong.isEmpty { return false }
    wrong.sort()
    let added = try path.samples(at: wrong.flatMap { pieces[$0].middles })
    points += added.count
    for (place, index) in wrong.enumerated().reversed() {
      pieces.replaceSubrange(
        index...index, with: pieces[index].halves(with: Array(added[4 * place..<4 * place + 4])))
    }
    pieces[0].leaveOutSteepStart()
    return true
  }
}

extension AdaptivePath.Piece {
  /// Leaves out the slopes at the ends if that at the start exceeds the next one by more than a resolved
  /// path can, and the piece adds up better without it. They may exceed all numbers.
  fileprivate mutating func leaveOutSteepStart() {
    isOpen = false
    func steepness(_ sample: EmbeddingPath.Sample) -> Double {
      sample.slopes.reduce(0) { $0 + abs($1) }
    }
    if steepness(samples[0]) <= 8 * steepness(samples[1]) { return }
    var open = self
    open.isOpen = true
    open.correction = [Double](repeating: 0, count: correction.count)
    if abs(error) <= abs(open.error) { return }
    self = open
  }

  /// The points between the five.
  fileprivate var middles: [Double] {
    let step = (range.upperBound - range.lowerBound) / 8
    return [1, 3, 5, 7].map { range.lowerBound + $0 * step }
  }

  /// - Parameter added: the samples at `middles`.
  fileprivate func halves(with added: [EmbeddingPath.Sample]) -> [Self] {
    let middle = (range.lowerBound + range.upperBound) / 2
    let none = [Double](repeating: 0, count: correction.count)
    var halves = [
      Self(
        range: range.lowerBound...middle,
        samples: [samples[0], added[0], samples[1], added[1], samples[2]], correction: none),
      Self(
        range: middle...range.upperBound,
        samples: [samples[2], added[2], samples[3], added[3], samples[4]], correction: none),
    ]
    if isOpen { return halves }
    // The error of Boole's rule falls by a factor of 64 when the step is halved.
    var whole = self
    whole.correction = none
    let parts = halves.map(\.integral)
    let correction = zip(zip(parts[0], parts[1]), whole.integral).map {
      ($0.0 + $0.1 - $1) / 63 / 2
    }
    for half in halves.indices { halves[half].correction = correction }
    return halves
  }
}
