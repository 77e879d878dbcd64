/// How much the scores depend on the seed.
public struct SeedSpread: Measure {
  public let card = MeasureCard(
    name: "seed-spread", title: "seed spread",
    summary: """
      How much the scores differ between five seeds: the length of their standard deviations \
      divided by the length of their means; 0 for a method that uses no random numbers.
      """,
    formula: "| std over seeds of score | / | mean over seeds of score |",
    source: "Visani et al. 2022, arXiv:2001.11757, for LIME; the ratio is Whylight's",
    cost: "4 explanations; none if the method uses no random numbers",
    caveats: """
      Steady scores are not necessarily right: a method can give the same wrong scores for every \
      seed.
      """,
    best: .low)

  static let seeds = 5

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    guard request.attribution.parameters["seed"] != nil else {
      return MeasureResult(0, details: ["deterministic": .flag(true)])
    }
    var maps = [request.attribution.scores.map(Double.init)]
    var evaluations = 0
    for seed in 1..<UInt64(Self.seeds) {
      request.seedProgress(Int(seed) + 1, Self.seeds)
      var other = request.request
      other.options.seed &+= seed
      let result = try request.explainer.explanation(of: other)
      maps.append(result.scores.map(Double.init))
      evaluations += result.evaluations
    }
    let count = Double(maps.count)
    var (spread, size) = (0.0, 0.0)
    for token in maps[0].indices {
      let mean = maps.reduce(0) { $0 + $1[token] } / count
      spread +=
        maps.reduce(0) { $0 + ($1[token] - mean) * ($1[token] - mean) } / (count - 1)
      size += mean * mean
    }
    guard size > 0 else { return MeasureResult(notApplicable: "all scores are zero") }
    return MeasureResult(
      (spread / size).squareRoot(), details: ["seeds": .whole(Self.seeds)],
      evaluations: evaluations)
  }

  public func expectedPasses(for request: MeasureRequest) -> Int {
    request.attribution.parameters["seed"] == nil
      ? 0 : (Self.seeds - 1) * request.explainer.expectedPasses(for: request.request)
  }
}
