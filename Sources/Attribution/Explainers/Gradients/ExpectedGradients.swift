internal import Classifiers

/// Expected gradients, called GradientSHAP in SHAP and Captum (Erion et al. 2021, arXiv:1906.10670;
/// Captum's `GradientShap`).
///
/// `score_t = E[(x + n - b)_t · ∇_t f(b + α (x + n - b))]`, with α uniform and `n` Gaussian noise.
public struct ExpectedGradients: Explainer {
  public let card = MethodCard(
    name: "expected-gradients", title: "expected gradients", shortTitle: "EG",
    summary: """
      Integrated gradients estimated from random points of the path from the baseline to the text; \
      with noise, from points of many paths that end at noisy copies of the text.
      """,
    formula: "score_t = mean of (x + n - b)_t . df/dx_t at b + a (x + n - b), a ~ U(0, 1)",
    source: """
      Erion et al. 2021, arXiv:1906.10670; GradientSHAP in Lundberg, Lee 2017, arXiv:1705.07874
      """,
    cost: "50 gradients, or as many as set, and 2 more",
    caveats: """
      Random: ignore differences that are smaller than the standard errors. Without noise the \
      scores approach integrated gradients, which need fewer gradients.
      """,
    isSigned: true, requirement: .gradients, axioms: [.dummy, .symmetry, .linearity],
    options: [.samples, .noise, .seed, .baseline])

  static let defaultSamples = 50

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let samples = request.options.samples ?? Self.defaultSamples
    let share = request.options.noise ?? 0
    try NoisyGradients.check(samples: samples, noise: share)
    let classifier = try request.differentiable(for: card)
    let text = try request.embeddings(by: classifier)
    let start = try request.baselineEmbeddings(request.baseline, by: classifier, text: text)
    var run = Run(
      request: request, text: text, start: start, deviation: share * text.standardDeviation,
      sums: GroupJackknife(samples: samples, width: text.tokens))
    var pending: TokenAttribution?
    // Rows 0 and 1 are the text and the baseline, the two ends that the delta needs.
    try request.forEachCall(rows: samples + 2, tokens: text.tokens) { call in
      if let result = pending { try refined(result) }
      let points = call.map { run.point($0) }
      let result = try classifier.gradient(
        of: call.map { _ in request.target },
        at: TokenVectors(rows: points.map(\.position), like: text))
      let values = request.values(from: result.logits)
      for (row, index) in call.enumerated() {
        run.receive(
          index, value: values[row], direction: points[row].direction,
          gradient: result.gradient.row(row))
      }
      pending = run.attribution(noise: share)
    }
    return pending ?? run.attribution(noise: share)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    (request.options.samples ?? Self.defaultSamples) + 2
  }
}

private struct Run {
  let request: ExplanationRequest
  let text: TokenVectors
  let start: TokenVectors
  let deviation: Float
  var sums: GroupJackknife
  private var generator: SeededGenerator
  private var ends: [Double] = []
  /// Input times gradient at the text, which is shown before the first sample.
  private var firstOrder: [Double] = []

  init(
    request: ExplanationRequest, text: TokenVectors, start: TokenVectors, deviation: Float,
    sums: GroupJackknife
  ) {
    self.request = request
    self.text = text
    self.start = start
    self.deviation = deviation
    self.sums = sums
    generator = SeededGenerator(seed: request.options.seed)
  }

  /// Where a row's gradient is evaluated, and the direction that it is multiplied with.
  mutating func point(_ row: Int) -> (position: [Float], direction: [Float]) {
    if row == 1 { return (start.values, []) }
    let noisy =
      row == 0 || deviation == 0
      ? text.values : text.values.map { $0 + deviation * Float(generator.normal()) }
    let direction = zip(noisy, start.values).map { $0 - $1 }
    if row == 0 { return (noisy, direction) }
    let share = Float(generator.uniform())
    return (zip(start.values, direction).map { $0 + share * $1 }, direction)
  }

  mutating func receive(
    _ row: Int, value: Double, direction: [Float], gradient: ArraySlice<Float>
  ) {
    if row < 2 { ends.append(value) }
    if row == 1 { return }
    let slopes = (0..<text.tokens).map { token in
      let range = text.range(row: 0, token: token)
      return dot(
        direction[range],
        gradient[gradient.startIndex + range.lowerBound..<gradient.startIndex + range.upperBound])
    }
    if row == 0 {
      firstOrder = slopes
    } else {
      sums.add { sums in for token in slopes.indices { sums[token] += slopes[token] } }
    }
  }

  func attribution(noise: Float) -> TokenAttribution {
    let scores = sums.count == 0 ? firstOrder : sums.mean
    let delta = ends.count == 2 ? scores.reduce(0, +) - (ends[0] - ends[1]) : nil
    return TokenAttribution(
      scores: scores.map { Float($0) },
      standardErrors: sums.standardErrors { $0 }.map { $0.map { Float($0) } },
      convergenceDelta: delta.map { Float($0) }, targetValue: Float(ends.first ?? 0),
      evaluations: sums.count + ends.count,
      parameters: [
        "baseline": .text(request.baseline.rawValue), "samples": .whole(sums.count),
        "noise": .number(noise), "seed": request.seedParameter,
      ])
  }
}
