internal import Classifiers

/// DeepLIFT with the rescale rule (Shrikumar, Greenside, Kundaje 2017, arXiv:1704.02685).
///
/// `score_t = m_t · (x_t - b_t)` with multipliers that are exact for each part of the model, so
/// that the scores add up to `f(x) - f(b)` up to rounding.
public struct DeepLIFT: Explainer {
  public let card = MethodCard(
    name: "deeplift", title: "DeepLIFT", shortTitle: "DL",
    summary: """
      Runs the text and a baseline through the model and attributes the difference of the two \
      outputs back through the layers to the differences there; the scores add up to f(x) - f(b), \
      the output for the text minus the output for the baseline.
      """,
    formula: """
      score_t = m_t . (x_t - b_t), m = change of output / change of input, by the chain rule
      """,
    source: """
      Shrikumar, Greenside, Kundaje 2017, arXiv:1704.02685, the rescale rule; a product, in an \
      LSTM's gates or in attention, is divided by the means of its factors
      """,
    cost: "2 predictions and 1 backward pass",
    caveats: """
      Depends on the baseline. Captum's DeepLift gives other scores: it applies the rule to single \
      modules only and takes plain gradients elsewhere, so that its scores do not add up.
      """,
    modelCaveats: [
      ModelCaveat(
        "Captum's DeepLift takes plain gradients in the gates of an LSTM, too.", if: .recurrent),
      ModelCaveat("By default, the baseline is zero vectors.", if: .zeroBaseline),
      ModelCaveat(
        "By default, the baseline has a mask token in place of every token.", if: .maskBaseline),
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
