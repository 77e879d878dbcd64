internal import Classifiers

/// HiResCAM (Draelos, Carin 2020, arXiv:2011.08891) over the outputs of the last recurrent layer.
///
/// `score_t = Σ_k ∂f/∂A_tk · A_tk`: gradient times activation, without averaging over time steps.
/// For a piecewise linear head the scores add up to the logit minus the contribution of biases.
public struct HiResCAM: Explainer {
  public let card = MethodCard(
    name: "hirescam", title: "HiResCAM", shortTitle: "HRC",
    summary: """
      Multiplies the outputs of the last recurrent layer at each token by their own gradient: how \
      much the layers above took from each position.
      """,
    formula: "score_t = sum over k of (df/dA_tk) A_tk, A_tk = output k at t",
    source: "Draelos, Carin 2020, arXiv:2011.08891, carried over to LSTM outputs",
    cost: "1 gradient",
    caveats: """
      Describes the layers above, not the words: a recurrent layer's output depends on all that \
      was read so far, so high scores come late, and the last token has all that passed through \
      the last state. The biases of the layers above belong to no token.
      """,
    isSigned: true, requirement: .recurrence, axioms: [.dummy, .symmetry, .linearity])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let (layer, value) = try request.lastRecurrentLayer(for: card)
    let scores = zip(layer.outputs.vectorsOfFirstRow, layer.gradient.vectorsOfFirstRow)
      .map { Float(dot($0, $1)) }
    return TokenAttribution(scores: scores, targetValue: value, evaluations: 1)
  }
}
