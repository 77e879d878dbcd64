internal import Classifiers
internal import Tokenizers

/// How much the scores change when the embeddings hardly do (Yeh et al. 2019, arXiv:1901.09392,
/// def. 3.1; Captum's `sensitivity_max`).
public struct MaxSensitivity: Measure {
  public let card = MeasureCard(
    name: "max-sensitivity", title: "max-sensitivity",
    summary: """
      The largest relative change of the scores when the text's embeddings are changed by at most \
      0.02 in each dimension, over ten random changes.
      """,
    formula: "max over n of |score(x + n) - score(x)| / |score(x)|, n uniform in -0.02 … 0.02",
    source: "Yeh et al. 2019, arXiv:1901.09392; Captum's sensitivity_max with its defaults",
    cost: "10 explanations",
    caveats: """
      Scores that never change have 0 and can be wrong all the same. Where all scores are nearly \
      zero, the smallest change looks large.
      """,
    best: .low)

  static let samples = 10
  static let radius: Float = 0.02

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    guard let classifier = request.request.model.classifier.differentiable else {
      return MeasureResult(notApplicable: "the model can't be run on changed embeddings")
    }
    var generator = SeededGenerator(seed: request.request.options.seed)
    let count = try request.request.embeddings(by: classifier).values.count
    let noises = (0..<Self.samples).map { _ in
      (0..<count).map { _ in Self.radius * Float(2 * generator.uniform() - 1) }
    }
    return try measure(request, noises: noises)
  }

  /// The same for given noise, `[T, D]` each.
  package func measure(
    _ request: MeasureRequest, noises: [[Float]]
  ) throws -> MeasureResult {
    guard let classifier = request.request.model.classifier.differentiable else {
      return MeasureResult(notApplicable: "the model can't be run on changed embeddings")
    }
    let length = Self.length(request.attribution.scores)
    guard length > 0 else { return MeasureResult(notApplicable: "all scores are zero") }
    var largest = 0.0
    var evaluations = 0
    for noise in noises {
      var moved = request.request
      moved.model.classifier = classifier.perturbed(
        by: noise, at: request.request.encoding.tokens)
      let result = try request.explainer.explanation(of: moved)
      evaluations += result.evaluations
      let change = zip(result.scores, request.attribution.scores).map { $0 - $1 }
      largest = max(largest, Self.length(change) / length)
    }
    return MeasureResult(
      largest, details: ["samples": .whole(noises.count), "radius": .number(Self.radius)],
      evaluations: evaluations)
  }

  public func expectedPasses(for request: MeasureRequest) -> Int {
    Self.samples * request.explainer.expectedPasses(for: request.request)
  }

  private static func length(_ scores: [Float]) -> Double {
    scores.reduce(0) { $0 + Double($1) * Double($1) }.squareRoot()
  }
}
