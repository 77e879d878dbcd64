internal import Classifiers

/// Embedding times gradient (Shrikumar, Greenside, Shcherbina, Kundaje 2016, arXiv:1605.01713).
public struct InputXGradient: Explainer {
  public let card = MethodCard(
    name: "input-x-gradient", title: "input x gradient", shortTitle: "IxG",
    summary: """
      The gradient times the embedding itself, summed over its dimensions: what the score would \
      lose, to first order, if the token's embedding went to zero.
      """,
    formula: "score_t = x_t . df/dx_t",
    source: "Shrikumar et al. 2016, arXiv:1605.01713",
    cost: "1 gradient",
    caveats: """
      The scores do not add up to anything, and the first order is a poor guide where the model \
      is saturated. Integrated gradients repair both.
      """,
    modelCaveats: [
      ModelCaveat(
        """
        Embeddings are normalised before anything is added, so that a longer vector changes \
        nothing: all scores are zero.
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
