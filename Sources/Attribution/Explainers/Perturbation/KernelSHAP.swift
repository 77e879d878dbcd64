internal import Classifiers
internal import Glibc

/// Shapley values by weighted regression on random coalitions (Lundberg, Lee 2017,
/// arXiv:1705.07874, theorem 2), with complements and a constraint on the sum as in Covert, Lee
/// 2021, arXiv:2012.01536.
public struct KernelSHAP: Explainer {
  public let card = MethodCard(
    name: "kernel-shap", title: "KernelSHAP", shortTitle: "KS",
    summary: """
      Shapley values by regression: fits a linear function of which units are present to the \
      model's outputs for random subsets of the units, weighted so that its coefficients are the \
      Shapley values.
      """,
    formula: "min over b of sum over S of (d - 1) / (binom(d, |S|) |S| (d - |S|)) (v(S) - b(S))^2",
    source: """
      Lundberg, Lee 2017, arXiv:1705.07874; Covert, Lee 2021, arXiv:2012.01536; shap's \
      KernelExplainer, Captum's KernelShap
      """,
    cost: """
      2 d + 2,048 predictions for d units; or all 2^d if these are fewer, and then it is exact
      """,
    caveats: """
      Random above 11 units: ignore differences that are smaller than the standard errors. R² \
      shows how well a sum over the units describes the model's output. With fewer samples than \
      units the scores are not determined.
      """,
    isSigned: true, requirement: .predictions, axioms: .shapley,
    options: [.samples, .seed, .replacement, .group])

  public init() {}

  /// `--samples` is the number of coalitions besides the full and the empty one.
  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let samples = request.options.samples
    if let samples { try NoisyGradients.check(samples: samples, noise: 0) }
    var game = try CoalitionGame(request)
    let d = game.count
    let most = samples ?? Self.defaultSamples(units: d)
    if !game.fitsOneCall(Self.passes(units: d, samples: most)),
      let estimate = try game.firstOrder(for: card)
    {
      try refined(estimate)
    }
    if let all = Self.allCoalitions(units: d, samples: most) {
      let values = try game.values(of: [game.all, game.none] + all.map(\.coalition))
      var run = Run(game: game, whole: values[0], base: values[1])
      for ((coalition, weight), value) in zip(all, values.dropFirst(2)) {
        run.add(coalition, value: value, weight: weight)
      }
      return run.attribution(game.evaluations, isExact: true)
    }
    let ends = try game.values(of: [game.all, game.none])
    var run = Run(game: game, whole: ends[0], base: ends[1])
    var generator = SeededGenerator(seed: request.options.seed)
    var next = 256
    var drawn = 0
    while drawn < most {
      // Blocks grow, so that a refinement comes each time the number of samples doubles.
      let count = min(next, most) - drawn
      let coalitions = (0..<(count + 1) / 2).flatMap { _ -> [Coalition] in
        let size = Self.size(units: d, &generator)
        let coalition = generator.subset(size: size, of: d)
        return [coalition, coalition.complement(of: d)]
      }.prefix(count)
      let values = try game.values(of: Array(coalitions))
      for (coalition, value) in zip(coalitions, values) {
        run.add(coalition, value: value, weight: 1)
      }
      drawn += count
      next *= 2
      if drawn < most { try refined(run.attribution(game.evaluations, isExact: false)) }
    }
    return run.attribution(game.evaluations, isExact: false)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    let units = request.encoding.units(by: request.options.grouping ?? .token).count
    return Self.passes(
      units: units, samples: request.options.samples ?? Self.defaultSamples(units: units))
  }

  /// shap's `nsamples="auto"`.
  static func defaultSamples(units: Int) -> Int { 2 * units + 2048 }

  private static func passes(units: Int, samples: Int) -> Int {
    units < 20 ? min(1 << units, samples + 2) : samples + 2
  }

  /// All coalitions except the full and the empty one, with the kernel's weights, if there are few
  /// enough.
  private static func allCoalitions(
    units d: Int, samples: Int
  ) -> [(coalition: Coalition, weight: Double)]? {
    if d < 2 { return [] }
    guard d < 20, 1 << d - 2 <= samples else { return nil }
    var binomials = [1.0]
    for size in 1...d {
      binomials.append(binomials[size - 1] * Double(d - size + 1) / Double(size))
    }
    return (1..<1 << d - 1).map { mask in
      let size = mask.nonzeroBitCount
      return (
        Coalition(mask: mask, count: d),
        Double(d - 1) / (binomials[size] * Double(size * (d - size)))
      )
    }
  }

  /// Draws a size from 1 to d - 1 with probability proportional to `1 / (k (d - k))`.
  private static func size(units d: Int, _ generator: inout SeededGenerator) -> Int {
    let chances = (1..<d).map { 1 / Double($0 * (d - $0)) }
    var left = generator.uniform() * chances.reduce(0, +)
    for (index, chance) in chances.enumerated() {
      left -= chance
      if left <= 0 { return index + 1 }
    }
    return d - 1
  }
}

private struct Run {
  let game: CoalitionGame
  let whole: Double
  let base: Double
  /// Pairs of complements are assigned to the groups in turn.
  private var groups: [WeightedMoments]
  private var count = 0

  init(game: CoalitionGame, whole: Double, base: Double) {
    self.game = game
    self.whole = whole
    self.base = base
    groups = (0..<GroupJackknife.mostGroups).map { _ in WeightedMoments(count: game.count) }
  }

  mutating func add(_ coalition: Coalition, value: Double, weight: Double) {
    groups[count / 2 % groups.count].add(
      coalition.players, value: value - base, weight: weight)
    count += 1
  }

  func attribution(_ evaluations: Int, isExact: Bool) -> TokenAttribution {
    let all = groups.reduce(WeightedMoments(count: game.count), +)
    let scores = Self.scores(all, sum: whole - base)
    let fit = WeightedMoments.Fit(intercept: 0, slopes: scores)
    var parameters: [String: ParameterValue] = [
      "samples": .whole(count), "r_squared": .number(Float(all.rSquared(fit))),
      "exact": .flag(isExact),
    ]
    if !isExact { parameters["seed"] = game.request.seedParameter }
    return game.attribution(
      scores, errors: errors(isExact), delta: scores.reduce(0, +) - (whole - base),
      value: whole, evaluations: evaluations, parameters: parameters)
  }

  private func errors(_ isExact: Bool) -> [Double]? {
    if isExact { return [Double](repeating: 0, count: game.count) }
    guard count / 2 >= groups.count else { return nil }
    return GroupJackknife.standardErrors(
      ofPartial: groups.indices.map { left in
        let rest = groups.indices.filter { $0 != left }.map { groups[$0] }
        return Self.scores(
          rest.reduce(WeightedMoments(count: game.count), +), sum: whole - base)
      })
  }

  /// Least squares under a constraint on the sum: `b = A⁻¹ (p - λ 1)`.
  private static func scores(_ moments: WeightedMoments, sum: Double) -> [Double] {
    let d = moments.count
    if d == 0 { return [] }
    if moments.weight == 0 { return [Double](repeating: sum / Double(d), count: d) }
    let solver = SymmetricSolver(moments.matrix, count: d)
    let free = solver.solve(moments.products)
    let ones = solver.solve([Double](repeating: 1, count: d))
    let length = ones.reduce(0, +)
    let excess = (free.reduce(0, +) - sum) / (length == 0 ? 1 : length)
    return zip(free, ones).map { $0 - excess * $1 }
  }
}
