package import Classifiers
internal import Tensors
internal import Tokenizers

/// Whether the scores change when the model's weights are randomised (Adebayo et al. 2018,
/// arXiv:1810.03292, cascading randomisation).
public struct Randomisation: Measure {
  public let card = MeasureCard(
    name: "randomisation", title: "randomisation",
    summary: """
      The rank correlation between the scores and those of the same model with random weights, in \
      one more layer at a time from the output down; the mean over these models.
      """,
    formula: "mean over l of spearman(score, score of the model with its upper l layers random)",
    source: "Adebayo et al. 2018, arXiv:1810.03292; MPRT in Hedström et al. 2023",
    cost: "1 explanation per layer",
    caveats: """
      Near 0 the scores depend on what the model has learnt; near 1 they would look the same for a \
      model that has learnt nothing. The details have the value for each layer.
      """,
    best: .zero)

  public init() {}

  public func measure(_ request: MeasureRequest) throws -> MeasureResult {
    guard let classifier = Self.classifier(of: request) else {
      return MeasureResult(notApplicable: "the weights of the model's layers can't be made random")
    }
    return try measure(
      request, layers: classifier.randomizableLayers
    ) { depth in
      try classifier.randomizingLayers(first: depth, seed: request.request.options.seed)
    }
  }

  /// The same for given classifiers.
  /// - Parameter randomised: returns the classifier with the given number of upper layers
  ///   randomised.
  package func measure(
    _ request: MeasureRequest, layers: [String], randomised: (Int) throws -> any Classifier
  ) throws -> MeasureResult {
    let tokens = request.tokens
    let own = tokens.map { Double(request.attribution.scores[$0]) }
    guard Set(own).count > 1 else {
      return MeasureResult(notApplicable: "all tokens have the same score")
    }
    var correlations: [Double] = []
    var details: [String: ParameterValue] = [:]
    var evaluations = 0
    for (index, layer) in layers.enumerated() {
      var other = request.request
      other.model.classifier = try randomised(index + 1)
      let result = try request.explainer.explanation(of: other)
      evaluations += result.evaluations
      // A constant map has nothing in common with the old one.
      let correlation =
        Correlation.spearman(own, tokens.map { Double(result.scores[$0]) }) ?? 0
      correlations.append(correlation)
      details[layer] = .number(Float(correlation))
    }
    return MeasureResult(
      correlations.reduce(0, +) / Double(max(correlations.count, 1)), details: details,
      evaluations: evaluations)
  }

  /// nil if the model's layers cannot be randomised.
  private static func classifier(of request: MeasureRequest) -> (any IntervenableClassifier)? {
    let classifier = request.request.model.classifier
    return classifier.can(.randomisation) ? classifier.intervenable : nil
  }

  public func expectedPasses(for request: MeasureRequest) -> Int {
    let layers = Self.classifier(of: request)?.randomizableLayers.count ?? 0
    return layers * request.explainer.expectedPasses(for: request.request)
  }
}
