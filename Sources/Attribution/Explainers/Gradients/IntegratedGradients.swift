internal import Classifiers

/// Integrated gradients (Sundararajan, Taly, Yan 2017, arXiv:1703.01365, eq. 1).
///
/// `score_t = (x_t - b_t) · ∫ ∇_t f(b + α (x - b)) dα`, α from 0 to 1, summed over the embedding.
public struct IntegratedGradients: Explainer {
  public let card = MethodCard(
    name: "integrated-gradients", title: "integrated gradients", shortTitle: "IG",
    summary: """
      Follows a straight line from a baseline, which stands for an empty text, to the text and \
      adds up how each token changes the model's output on the way; the scores add up to f(x) - \
      f(b), the output for the text minus the output for the baseline.
      """,
    formula: "score_t = (x_t - b_t) . integral over a from 0 to 1 of df/dx_t at b + a (x - b)",
    source: "Sundararajan, Taly, Yan 2017, arXiv:1703.01365",
    cost: "5 to 45 gradients, until the sum is right to 1 %; or as many as set",
    caveats: """
      Depends on the baseline, which is not a text that anybody would write. Rely on the scores \
      only if the gap between their sum and f(x) - f(b) is small.
      """,
    modelCaveats: [
      ModelCaveat("By default, the baseline is zero vectors.", if: .zeroBaseline),
      ModelCaveat(
        "By default, the baseline has a mask token in place of every token.", if: .maskBaseline),
      ModelCaveat(
        """
        Max pooling makes the gradient jump along the path, so more points do not always make \
        the gap smaller.
        """, if: .maxPooling),
    ],
    isSigned: true, requirement: .gradients, axioms: .shapley, options: [.steps, .baseline])

  /// The largest number of points of the adaptive rule.
  public static let mostPoints = 45
  /// Computing Gauss-Legendre nodes takes time quadratic in their number.
  public static let mostSteps = 10_000

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let baseline =
      request.options.baseline ?? ExplainerOptions.defaultBaseline(for: request.model)
    let steps = try request.gaussLegendreSteps()
    let path = try EmbeddingPath(request, method: card, baseline: baseline)
    if let steps {
      return try fixed(path, steps: steps, baseline: baseline)
    }
    return try adaptive(
      path, baseline: baseline, isRounded: request.model.classifier.traits.roundsFactors,
      refined: refined)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    // The adaptive rule uses 5 to 45 points, in most cases 9 or 17.
    request.options.steps.map { $0 + 2 } ?? 15
  }

  /// Captum's rule: Gauss-Legendre with exactly this many points. The two forward rows for the
  /// delta do not count as evaluations.
  private func fixed(
    _ path: EmbeddingPath, steps: Int, baseline: ExplainerOptions.Baseline
  ) throws -> TokenAttribution {
    let rule = GaussLegendre(count: steps)
    let nodes = zip(rule.nodes, rule.weights).map { EmbeddingLine.Point(alpha: $0, weight: $1) }
    let ends = [0, 1].map { EmbeddingLine.Point(alpha: $0, weight: 0) }
    let sum = try path.sum(nodes + ends)
    return attribution(
      sum.slopes, start: sum.values[steps], end: sum.values[steps + 1], evaluations: steps,
      parameters: ["baseline": .text(baseline.rawValue), "steps": .whole(steps)])
  }

  /// Computed by the model itself if it can integrate the path from a few points, as an LSTM can;
  /// otherwise the path is refined until the scores of each piece add up: once if there are several
  /// pieces, twice in a row for a single piece, because one sum may be right by chance. The ends of
  /// the path are points of the rule, so f(x), f(b) and the delta need no further passes.
  private func adaptive(
    _ path: EmbeddingPath, baseline: ExplainerOptions.Baseline, isRounded: Bool,
    refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    func bound(of scores: [Double], start: Double, end: Double) -> Double {
      Self.bound(of: scores, start: start, end: end, isRounded: isRounded)
    }
    func attribution(
      _ scores: [Double], start: Double, end: Double, evaluations: Int, steps: Int
    ) -> TokenAttribution {
      self.attribution(
        scores, start: start, end: end, evaluations: evaluations,
        parameters: [
          "baseline": .text(baseline.rawValue), "steps": .whole(steps), "adaptive": .flag(true),
        ])
    }
    var spent = 0
    if let (sum, passes, points) = try path.integral() {
      let (start, end) = (sum.values[0], sum.values[1])
      let result = attribution(
        sum.slopes, start: start, end: end, evaluations: passes, steps: points)
      let error = abs(delta(sum.slopes, start: start, end: end))
      if !(error > bound(of: sum.slopes, start: start, end: end)) { return result }
      try refined(result)
      spent = passes
    }
    var points = try AdaptivePath(path)
    var timesWithinBound = 0
    while true {
      let scores = points.scores
      let result = attribution(
        scores, start: points.start, end: points.end, evaluations: spent + points.points,
        steps: points.points)
      let bound = bound(of: scores, start: points.start, end: points.end)
      timesWithinBound = points.error <= bound ? timesWithinBound + 1 : 0
      let isHopeless = !(result.convergenceDelta ?? 0).isFinite
      if timesWithinBound == 2 || timesWithinBound == 1 && points.pieceCount > 1 || isHopeless {
        return result
      }
      try refined(result)
      if try !points.refine(path, within: bound, most: Self.mostPoints) { return result }
    }
  }

  /// 1 % of `|f(x) - f(b)|`, with a lower limit at the resolution of the model, so that a text with
  /// the same value as its baseline does not use up all points.
  /// - Parameter isRounded: whether the model's products round their factors to bfloat16. Measured
  ///   with random weights: the pieces' errors are up to 0.14 % of the values if these differ little
  ///   (MiniLM's shape), else up to 0.56 % of the scores (BERT-base's), however many points there are.
  package static func bound(
    of scores: [Double], start: Double, end: Double, isRounded: Bool
  ) -> Double {
    let magnitude = scores.reduce(0) { $0 + abs($1) }
    let ends = abs(start) + abs(end)
    let floor = isRounded ? 2e-3 * ends + 4e-3 * magnitude : 1e-6 * ends + 1e-5 * magnitude
    return max(0.01 * abs(end - start), floor)
  }

  private func attribution(
    _ scores: [Double], start: Double, end: Double, evaluations: Int,
    parameters: [String: ParameterValue]
  ) -> TokenAttribution {
    TokenAttribution(
      scores: scores.map { Float($0) },
      convergenceDelta: Float(delta(scores, start: start, end: end)), targetValue: Float(end),
      evaluations: evaluations, parameters: parameters)
  }

  private func delta(_ scores: [Double], start: Double, end: Double) -> Double {
    scores.reduce(0, +) - (end - start)
  }
}
