internal import Classifiers

/// Embedding times gradient (Shrikumar, Greenside, Shcherbina, Kundaje 2016, arXiv:1605.01713).
public struct InputXGradient: Explainer {
  public let card = MethodCard(
    name: "input-x-gradient", title: "input x gradient", shortTitle: "IxG",
    summary: """
      The embedding of each token times the gradient there, summed over the embedding's \
      dimensions: a linear estimate of how much the model's output would fall if the embedding \
      were zero.
      """,
    formula: "score_t = x_t . df/dx_t",
    source: "Shrikumar et al. 2016, arXiv:1605.01713",
    cost: "1 gradient",
    caveats: """
      The scores do not add up to a known value, and the estimate is poor where the output hardly \
      reacts to small changes any more (saturation). Integrated gradients avoid both problems.
      """,
    modelCaveats: [
      ModelCaveat(
        """
        Embeddings are normalised before anything is added to them, so their length has no \
        effect and all scores are zero except for rounding errors.
        """, if: .normalisedEmbeddings)
    ],
    isSigned: true, requirement: .gradients, axioms: [.dummy, .symmetry, .linearity])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let result = try request.gradientAtText(for: card)
    let scores = zip(result.text.vectorsOfFirstRow, result.gradient.vectorsOfFirstRow)
      .map { Float(dot($0, $1)) }
    return TokenAttribution(scores: scores, targetValue: result.value, evaluations: 1)
  }
}
