internal import Classifiers

/// The loss in score when a unit is removed: Captum's `FeatureAblation` with the units as its
/// feature mask.
public struct FeatureAblation: Explainer {
  public let card = MethodCard(
    name: "feature-ablation", title: "feature ablation", shortTitle: "Abl",
    summary: """
      Removes one token, word, phrase or sentence at a time, or all occurrences of a word, and \
      shows how much the model's output falls.
      """,
    formula: "score_u = f(x) - f(x without u), shared evenly among the tokens of u",
    source: "Captum's FeatureAblation; Li, Monroe, Jurafsky 2016, arXiv:1612.08220",
    cost: "1 prediction per unit, and 1 more",
    caveats: """
      Depends on what replaces the missing unit. Where two units say the same, removing either one \
      changes little, so both score low; a larger unit can contain both.
      """,
    isSigned: true, requirement: .predictions, axioms: [.dummy, .symmetry, .linearity],
    options: [.replacement, .group])

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let grouping = grouping(of: request)
    var game = try CoalitionGame(request, grouping: grouping)
    let parameters: [String: ParameterValue] = ["group": .text(grouping.rawValue)]
    var estimate: TokenAttribution?
    if !game.fitsOneCall(game.count + 1) {
      estimate = try game.firstOrder(for: card)
      if let estimate { try refined(estimate) }
    }
    let all = game.all
    let coalitions =
      [all]
      + (0..<game.count).map { unit in
        var others = all
        others.remove(unit)
        return others
      }
    let tokens = game
    let values = try game.values(of: coalitions) { values, evaluations in
      guard var result = estimate else { return }
      // Measured losses replace the estimates.
      let losses = (0..<tokens.count).map { unit in
        unit + 1 < values.count ? values[0] - values[unit + 1] : 0
      }
      let measured = tokens.attribution(
        losses, value: values[0], evaluations: evaluations + 1, parameters: parameters)
      for unit in tokens.units.prefix(values.count - 1) {
        for token in unit { result.scores[token] = measured.scores[token] }
      }
      result.evaluations = measured.evaluations
      result.parameters = measured.parameters
      try refined(result)
    }
    return game.attribution(
      values.dropFirst().map { values[0] - $0 }, value: values[0], parameters: parameters)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    request.encoding.units(by: grouping(of: request)).count + 1
  }

  private func grouping(of request: ExplanationRequest) -> ExplainerOptions.Grouping {
    request.options.grouping ?? .init(request.options.unit)
  }
}
