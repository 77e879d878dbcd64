internal import Classifiers
internal import Tokenizers

/// Owen values over a tree of the text (Owen 1977; shap's `PartitionExplainer` with its text
/// masker): like Shapley values, but neighbours in the tree enter and leave together.
public struct PartitionSHAP: Explainer {
  public let card = MethodCard(
    name: "partition-shap", title: "partition SHAP", shortTitle: "Part",
    summary: """
      Divides the text in two again and again, guided by its punctuation, and divides the model's \
      output between the two parts by what each adds with the other present and with it absent: \
      Owen values.
      """,
    formula: """
      score = mean of what a part adds with its sibling present and absent, in each context above
      """,
    source: "Owen 1977, doi:10.1007/978-3-642-45494-3_7; shap's PartitionExplainer and text masker",
    cost: "at most 500 predictions, or as many as set; d (d - 1) suffice for a balanced tree",
    caveats: """
      Depends on how the text is divided, which follows punctuation and length, not grammar. When \
      the predictions are used up, the score of an undivided part is divided evenly among its \
      tokens, including the marks around the text, as shap does for a model with one output. \
      Missing tokens are replaced one by one, as shap's masker does with output_type "token_ids".
      """,
    isSigned: true, requirement: .predictions, axioms: .shapley,
    options: [.samples, .replacement, .group])

  static let defaultEvaluations = 500
  /// How many nodes are evaluated in one call of the model.
  static let nodesInCall = 32
  /// How many nodes shap takes from its queue before it sees their values: batches of its text
  /// masker end with the fifth mask, and a node has two. This decides which nodes are left when the
  /// budget ends.
  static let nodesAtOnce = 3

  public init() {}

  /// `--samples` is the budget of predictions, shap's `max_evals`.
  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    let budget = request.options.samples ?? Self.defaultEvaluations
    try NoisyGradients.check(samples: budget, noise: 0)
    var game = try CoalitionGame(request)
    if game.count > 1, let estimate = try game.firstOrder(for: card) { try refined(estimate) }
    let marks = TextMarks(units: game.units, of: request.encoding)
    let ends = try game.values(of: [game.all, game.none])
    var run = OwenRun(
      tree: TextTree(marks: marks.marks, separator: marks.separator), leaves: marks.leaves,
      held: request.held, players: game.count, base: ends[1], whole: ends[0])
    // Counted like shap, which evaluates again if only a frame token differs.
    var asked = 2
    let isWhole = run.tree.questions <= Double(budget - asked)
    let atOnce = isWhole ? Self.nodesInCall : Self.nodesAtOnce
    while let batch = run.nextNodes(most: min(atOnce, (budget - asked + 1) / 2)) {
      try refined(run.attribution(game))
      asked += 2 * batch.count
      var questions = batch
      if !isWhole, !batch.allSatisfy({ game.isKnown($0.withLeft) && game.isKnown($0.withRight) }) {
        // Evaluates the next nodes in the same call, as far as equal texts have saved predictions.
        let most = min(Self.nodesInCall, (asked - game.evaluations) / 2)
        questions += run.nodesAhead(most: most - batch.count)
      }
      let values = try game.values(of: questions.flatMap { [$0.withLeft, $0.withRight] })
      run.open(batch, values: values)
    }
    return run.attribution(game)
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    // Frame tokens are leaves, too.
    let frame = request.encoding.pieces.count { $0.isFrame }
    let units = request.encoding.units(by: request.options.grouping ?? .token).count + frame
    return min(request.options.samples ?? Self.defaultEvaluations, units * (units - 1)) + 2
  }
}
