internal import Classifiers
public import Tokenizers

/// How the class's probability changes while a text's tokens are removed: in an explanation's
/// order, in the reverse order, and in random orders.
///
/// For images these are the "most relevant first" and "least relevant first" of Samek et al. 2017
/// (arXiv:1509.06321). The areas of the first two are the measures `deletion-auc` and
/// `insertion-auc`: to put the highest tokens back first is to remove the lowest first, read from
/// the end.
public struct RemovalCurves: Sendable, Equatable {
  public struct Curve: Sendable, Equatable {
    /// How many tokens are removed at each point, ascending.
    public let removed: [Int]
    /// The probability of the target's class at each point, or the predicted number; fewer than
    /// `removed` while the curve is being measured.
    public let values: [Double]

    /// The area as `PerturbationCurve` defines it; NaN for fewer than two points.
    public var area: Double { PerturbationCurve.area(under: values) }

    /// What the class loses on average over the curve: the area over the perturbation curve.
    public var meanLoss: Double { (values.first ?? .nan) - area }

    /// The value with this many tokens removed, interpolated linearly between two points; nil where
    /// nothing is measured yet.
    public func value(removing count: Int) -> Double? {
      guard let next = removed.prefix(values.count).firstIndex(where: { $0 >= count }) else {
        return nil
      }
      guard removed[next] > count, next > 0 else { return values[next] }
      let share = Double(count - removed[next - 1]) / Double(removed[next] - removed[next - 1])
      return values[next - 1] + share * (values[next] - values[next - 1])
    }
  }

  /// The number of random orders.
  public static let randomOrders = 5
  /// The most points after the first in a random order: fewer than in the other orders, because the
  /// mean of several orders is smooth.
  public static let mostRandomSteps = 20

  /// The ranked tokens as indices of the encoding's pieces, the highest score first.
  public let order: [Int]
  public let replacement: ExplainerOptions.Replacement
  /// The highest scores are removed first.
  public let highestFirst: Curve
  /// The lowest scores are removed first; nil until it is measured.
  public internal(set) var lowestFirst: Curve?
  /// The mean of the random orders measured so far; nil before the first.
  public internal(set) var random: Curve?
  /// Model passes.
  public internal(set) var evaluations: Int

  /// The first inner point at which the explanation's order is below the random orders by at least
  /// nine tenths of the largest such gap; the last point if there are no inner ones. nil until random
  /// orders are measured.
  public var widest: Int? {
    guard let random, highestFirst.values.count == highestFirst.removed.count else { return nil }
    func gap(_ point: Int) -> Double {
      let gap = random.value(removing: highestFirst.removed[point])
        .map { $0 - highestFirst.values[point] }
      return gap.flatMap { $0.isFinite ? $0 : nil } ?? -.infinity
    }
    let last = highestFirst.values.count - 1
    let inner = 1..<max(1, last)
    guard let most = inner.map(gap).max() else { return last }
    return inner.first { gap($0) >= (most > 0 ? 0.9 * most : most) } ?? last
  }

  /// The number of model passes for a text with this many ranked tokens.
  public static func expectedPasses(tokens: Int) -> Int {
    guard tokens > 0 else { return 0 }
    return 2 * (min(tokens, PerturbationCurve.mostSteps) + 1)
      + randomOrders * (min(tokens, mostRandomSteps) + 1)
  }

  /// The same for the tokens of a text outside its frame.
  public static func expectedPasses(for encoding: Encoding) -> Int {
    expectedPasses(tokens: encoding.pieces.count { !$0.isFrame })
  }

  /// - Parameter received: called with the curves so far: the first one point by point, then with
  ///   each random order.
  /// - Returns: nil if the text has no tokens.
  /// - Throws: `CancellationError` within one call of the model; `ExplainerError.noToken` if the
  ///   model lacks the replacement.
  public static func measure(
    _ request: MeasureRequest, received: (RemovalCurves) throws -> Void = { _ in }
  ) throws -> RemovalCurves? {
    let first = try PerturbationCurve.measure(request, .deletion) {
      try received(RemovalCurves($0))
    }
    guard let first else { return nil }
    var curves = RemovalCurves(first)
    try received(curves)
    var sums: [Double] = []
    for seed in 0..<UInt64(randomOrders) {
      var control = request
      control.attribution.scores = RandomControl.scores(
        count: request.attribution.scores.count, seed: seed)
      guard
        let curve = try PerturbationCurve.measure(
          control, .deletion, mostSteps: mostRandomSteps)
      else { return nil }
      sums = sums.isEmpty ? curve.values : zip(sums, curve.values).map { $0 + $1 }
      curves.random = Curve(
        removed: curve.counts, values: sums.map { $0 / Double(seed + 1) })
      curves.evaluations += curve.values.count
      try received(curves)
    }
    guard let insertion = try PerturbationCurve.measure(request, .insertion) else { return nil }
    curves.lowestFirst = Curve(
      removed: insertion.counts.reversed().map { insertion.order.count - $0 },
      values: insertion.values.reversed())
    curves.evaluations += insertion.values.count
    return curves
  }

  private init(_ deletion: PerturbationCurve) {
    order = deletion.order
    replacement = deletion.replacement
    highestFirst = Curve(removed: deletion.counts, values: deletion.values)
    evaluations = deletion.values.count
  }
}
