internal import Classifiers
internal import Glibc

/// Shapley values by enumeration of all coalitions (Shapley 1953; Captum's `ShapleyValues`).
///
/// `score_i = Σ_S |S|! (d - |S| - 1)! / d! (v(S ∪ i) - v(S))`.
public struct ExactShapley: Explainer {
  public let card = MethodCard(
    name: "shapley", title: "Shapley values", shortTitle: "Shap",
    summary: """
      What each unit (a token, word or phrase) adds to the model's output, averaged over all \
      orders in which the units can be put into the text one after another.
      """,
    formula: """
      score_i = sum over S of |S|! (d - |S| - 1)! / d! (v(S with i) - v(S)), v(S) = f(S alone)
      """,
    source: "Shapley 1953; Lundberg, Lee 2017, arXiv:1705.07874; Captum's ShapleyValues",
    cost: "2^d predictions for d units, at most 14 units",
    caveats: """
      Exact, but most of the averaged outputs are for texts with many gaps, which no model was \
      trained on. For longer texts use larger units or Shapley sampling.
      """,
    isSigned: true, requirement: .predictions, axioms: .shapley, options: [.replacement, .group])

  public static let mostUnits = 14

  public init() {}

  public func explain(
    _ request: ExplanationRequest, refined: (TokenAttribution) throws -> Void
  ) throws -> TokenAttribution {
    var game = try CoalitionGame(request)
    let d = game.count
    guard d <= Self.mostUnits else {
      throw ExplainerError.tooManyUnits(method: card.name, found: d, most: Self.mostUnits)
    }
    if !game.fitsOneCall(1 << d), let estimate = try game.firstOrder(for: card) {
      try refined(estimate)
    }
    // In descending order, so that the first row is the text itself.
    let masks = (0..<1 << d).reversed()
    let values = Array(
      try game.values(of: masks.map { Coalition(mask: $0, count: d) }).reversed())
    let scores = Self.scores(of: values, players: d)
    let whole = values[values.count - 1]
    return game.attribution(
      scores, delta: scores.reduce(0, +) - (whole - values[0]), value: whole)
  }

  /// - Parameter values: by mask, `[2^d]`.
  static func scores(of values: [Double], players d: Int) -> [Double] {
    guard d > 0 else { return [] }
    // By the size of S: |S|! (d - |S| - 1)! / d! = 1 / (d · binomial(d - 1, |S|)).
    var weights = [1 / Double(d)]
    for size in 1..<max(d, 1) {
      weights.append(weights[size - 1] * Double(size) / Double(d - size))
    }
    return (0..<d).map { player in
      var sum = 0.0
      for mask in values.indices where mask >> player & 1 == 0 {
        sum += weights[mask.nonzeroBitCount] * (values[mask | 1 << player] - values[mask])
      }
      return sum
    }
  }

  public func expectedPasses(for request: ExplanationRequest) -> Int {
    let units = request.encoding.units(by: request.options.grouping ?? .token).count
    return units > Self.mostUnits ? 0 : 1 << units
  }
}
