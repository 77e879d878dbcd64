internal import Classifiers

/// DeepLIFT with the rescale rule (Shrikumar, Greenside, Kundaje 2017, arXiv:1704.02685).
///
/// `score_t = m_t · (x_t - b_t)` with multipliers that are exact for each part of the model, so
/// that the scores add up to `f(x) - f(b)` up to rounding.
public struct DeepLIFT: Explainer {
  public let card = MethodCard(
    name: "deeplift", title: "DeepLIFT", shortTitle: "DL",
    summary: """
      Runs the text and a baseline through the model side by side and passes the difference of \
      the scores back by the slope of each chord, so the scores add up to f(x) - f(b).
      """,
    formula: "score_t = m_t . (x_t - b_t), m by the chain rule over chords and products' midpoints",
    source: """
      Shrikumar, Greenside, Kundaje 2017, arXiv:1704.02685, the rescale rule; products, in an \
      LSTM's gates and in attention, are shared by midpoints
      """,
    cost: "2 predictions and 1 backward pass",
    caveats: """
      Depends on the baseline. Captum's DeepLift hooks modules and leaves what is between them to \
      plain gradients, so its sums miss f(x) - f(b); these do not.
      """,
    modelCaveats: [
      ModelCaveat("Between them lie the gates of an LSTM.", if: .recurrent),
      ModelCaveat("The baseline is zero vectors.", if: .zeroBaseline),
      ModelCaveat("The baseline is a mask token in the place of every token.", if: .maskBaseline),
    ],
    isSigned: true, requirement: .multipliers, axioms: .shapley, options: [.baseline])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let classifier = try request.differentiable(for: card)
    let baseline = request.baseline
    let text = try request.embeddings(by: classifier)
    let start = try request.baselineEmbeddings(baseline, by: classifier, text: text)
    let result = try request.pass {
      try classifier.backward(.chords(from: start), of: [request.target], at: text)
    }
    let scores = (0..<text.tokens).map { token in
      let range = text.range(row: 0, token: token)
      return range.reduce(0.0) {
        $0 + Double(result.gradient.values[$1])
          * (Double(text.values[$1]) - Double(start.values[$1]))
      }
    }
    let value = request.values(from: result.logits)[0]
    let change = result.baselineLogits.map { value - request.values(from: $0)[0] }
    return TokenAttribution(
      scores: scores.map { Float($0) },
      convergenceDelta: change.map { Float(scores.reduce(0, +) - $0) },
      targetValue: Float(value), evaluations: 2,
      parameters: ["baseline": .text(baseline.rawValue)])
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int { 2 }
}
