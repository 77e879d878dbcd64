internal import Classifiers

/// Shapley values by random permutations, each with its reverse (Castro, Gómez, Tejada 2009;
/// Mitchell et al. 2022, arXiv:2104.12199, section 4.1; Captum's `ShapleyValueSampling`).
public struct ShapleySampling: Explainer {
  public let card = MethodCard(
    name: "shapley-sampling", title: "Shapley sampling", shortTitle: "ShS",
    summary: """
      Estimates Shapley values: puts the units into the text in random orders, each order also \
      backwards, and averages what each unit adds to the model's output.
      """,
    formula: "score_i = mean over orders of v(units before i, and i) - v(units before i)",
    source: """
      Castro, Gómez, Tejada 2009, doi:10.1016/j.cor.2008.04.004; reversed orders as in Mitchell \
      et al. 2022, arXiv:2104.12199; Captum's ShapleyValueSampling
      """,
    cost: "1 prediction per unit and order (50 orders, or as many as set)",
    caveats: """
      Random: ignore differences that are smaller than the standard errors. The scores of every \
      order have the right sum, so a gap of zero does not mean that the scores are accurate.
      """,
    isSigned: true, requirement: .predictions, axioms: .shapley,
    options: [.samples, .seed, .replacement, .group])

  static let defaultSamples = 50
  /// Pairs of permutations that are drawn in advance.
  static let block = 32

  public init() {}

  /// `--samples` is the number of permutations.
  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let samples = request.options.samples ?? Self.defaultSamples
    try NoisyGradients.check(samples: samples, noise: 0)
    var game = try CoalitionGame(request)
    var run = Run(game: game)
    if !game.fitsOneCall(game.count * samples + 1), let estimate = try game.firstOrder(for: card) {
      try refined(estimate)
    }
    var generator = SeededGenerator(seed: request.options.seed)
    var left = samples
    repeat {
      let orders = (0..<min(left, 2 * Self.block)).reduce(into: [[Int]]()) { orders, index in
        orders.append(
          index % 2 == 0
            ? generator.permutation(game.count) : orders[index - 1].reversed())
      }
      left -= orders.count
      let before = run
      let values = try game.values(of: orders.flatMap { Self.coalitions($0) }) {
        values, evaluations in
        var partial = before
        partial.add(orders, values: values, evaluations: evaluations)
        if partial.orders > before.orders { try refined(partial.attribution()) }
      }
      run.add(orders, values: values, evaluations: game.evaluations)
      if left > 0, game.count > 0 { try refined(run.attribution()) }
    } while left > 0 && game.count > 0
    return run.attribution()
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    let units = request.encoding.units(by: request.options.grouping ?? .token).count
    let passes = max(units - 1, 0) * (request.options.samples ?? Self.defaultSamples) + 2
    // Equal coalitions are evaluated once.
    return units < 20 ? min(passes, 1 << units) : passes
  }

  /// The full coalition, the empty one, and the growing ones between them.
  private static func coalitions(_ order: [Int]) -> [Coalition] {
    var growing = Coalition(none: order.count)
    var coalitions = [Coalition(all: order.count), growing]
    for player in order.dropLast() {
      growing.insert(player)
      coalitions.append(growing)
    }
    return coalitions
  }
}

private struct Run {
  let game: CoalitionGame
  private var evaluations = 0
  private(set) var orders = 0
  private var sums: [Double]
  /// Over complete pairs: their number, the sums of their means, and the sums of squares.
  private var pairs = 0
  private var pairSums: [Double]
  private var pairSquares: [Double]
  private var value = 0.0
  private var base = 0.0

  init(game: CoalitionGame) {
    self.game = game
    sums = [Double](repeating: 0, count: game.count)
    pairSums = sums
    pairSquares = sums
  }

  /// Adds permutations whose values are complete.
  mutating func add(_ orders: [[Int]], values: [Double], evaluations: Int) {
    let width = game.count == 0 ? 2 : game.count + 1
    var first: [Double] = []
    if let whole = values.first { value = whole }
    for (index, order) in orders.enumerated() where (index + 1) * width <= values.count {
      let own = Array(values[index * width..<(index + 1) * width])
      base = own[1]
      let steps = Array(own[1...]) + [own[0]]
      var gains = sums.map { _ in 0.0 }
      for (place, player) in order.enumerated() { gains[player] = steps[place + 1] - steps[place] }
      for player in gains.indices { sums[player] += gains[player] }
      self.orders += 1
      if index % 2 == 0 {
        first = gains
      } else {
        pairs += 1
        for player in gains.indices {
          let mean = (first[player] + gains[player]) / 2
          pairSums[player] += mean
          pairSquares[player] += mean * mean
        }
      }
    }
    self.evaluations = evaluations
  }

  func attribution() -> TokenAttribution {
    let scores = sums.map { orders == 0 ? 0 : $0 / Double(orders) }
    return game.attribution(
      scores, errors: errors, delta: orders == 0 ? nil : scores.reduce(0, +) - (value - base),
      value: value, evaluations: evaluations,
      parameters: ["samples": .whole(orders), "seed": game.request.seedParameter])
  }

  /// nil until two pairs are complete.
  private var errors: [Double]? {
    guard pairs > 1 else { return nil }
    let n = Double(pairs)
    return pairSums.indices.map { player in
      let mean = pairSums[player] / n
      let variance = max(pairSquares[player] / n - mean * mean, 0) * n / (n - 1)
      return (variance / n).squareRoot()
    }
  }
}
