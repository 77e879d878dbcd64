internal import Classifiers
internal import Tokenizers

/// The class's probability while tokens are replaced, or inserted, one after another by descending
/// score, and the area under that curve.
struct PerturbationCurve {
  /// The number of points after the first; longer texts use larger steps.
  static let mostSteps = 100

  /// - Parameter isInsertion: from the empty text to the whole one; otherwise in reverse.
  static func area(_ request: MeasureRequest, isInsertion: Bool) throws -> MeasureResult {
    let ranking = request.ranking
    let steps = min(ranking.count, mostSteps)
    guard steps > 0 else { return MeasureResult(notApplicable: "the text has no tokens") }
    let tokens = request.request.encoding.tokens
    let absent = try request.request.replacement.token(
      roles: request.request.model.tokenizer.roles)
    let values = try request.probabilities(rows: steps + 1) { step in
      // Rounds halves up.
      let count = (2 * step * ranking.count + steps) / (2 * steps)
      let touched = Set(ranking.prefix(count))
      return tokens.indices.compactMap { index in
        let isFrame = request.request.encoding.pieces[index].isFrame
        let isPresent = isFrame || touched.contains(index) == isInsertion
        return isPresent ? tokens[index] : absent.map(tokens[index].replaced)
      }
    }
    let inner = values.dropFirst().dropLast().reduce(0, +)
    let area = (inner + (values[0] + values[steps]) / 2) / Double(steps)
    return MeasureResult(
      area,
      details: ["replacement": .text(request.request.replacement.rawValue)],
      evaluations: values.count)
  }
}
