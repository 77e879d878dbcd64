internal import Classifiers

/// Layer-wise relevance propagation (Bach et al. 2015; for LSTMs Arras et al. 2017,
/// arXiv:1706.07206; for transformers Achtibat et al. 2024, arXiv:2402.05602).
///
/// `score_t = x_t · r_t`, where `r` is a gradient by other rules: a non-linearity has the slope
/// `output / input`; an LSTM's gates are constants, and so is what a norm divides by; the two
/// factors of a product in attention share its relevance. The relevance of biases is lost.
public struct LRP: Explainer {
  public let card = MethodCard(
    name: "lrp", title: "LRP", shortTitle: "LRP",
    summary: """
      Passes the model's output back layer by layer: each unit divides what it received among its \
      inputs in proportion to what they contributed; in an LSTM the gated signal receives all and \
      the gates nothing.
      """,
    formula: "R_i = sum over j of (w_ij h_i / sum over i of w_ij h_i) R_j, gates held constant",
    source: """
      Bach et al. 2015, doi:10.1371/journal.pone.0130140; Arras et al. 2017, arXiv:1706.07206; \
      Achtibat et al. 2024, arXiv:2402.05602
      """,
    cost: "1 prediction and 1 backward pass",
    caveats: """
      The scores do not add up to the model's output: the share of the biases is lost, and the gap \
      shows how large it is. LRP is patented: the authors' software is free for personal and \
      scientific use; commercial use may need a licence.
      """,
    isSigned: true, requirement: .relevance, axioms: [.dummy, .symmetry, .linearity])

  public init() {}

  /// The delta is that loss: the sum of the relevances minus the explained value.
  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let result = try request.gradientAtText(for: card, by: .relevance)
    let scores = zip(result.text.vectorsOfFirstRow, result.gradient.vectorsOfFirstRow)
      .map { dot($0, $1) }
    return TokenAttribution(
      scores: scores.map { Float($0) },
      convergenceDelta: Float(scores.reduce(0, +) - Double(result.value)),
      targetValue: result.value, evaluations: 1)
  }
}
