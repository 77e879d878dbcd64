internal import Classifiers
internal import Tokenizers

/// The class's probability while tokens are replaced, or inserted, one after another by descending
/// score, and the area under that curve (Petsiuk, Das, Saenko 2018, arXiv:1806.07421).
public struct PerturbationCurve: Sendable, Equatable {
  public enum Direction: String, Sendable {
    /// From the whole text to one in which every token is replaced.
    case deletion
    /// From there to the whole text.
    case insertion
  }

  /// The most points after the first; longer texts use larger steps.
  public static let mostSteps = 100

  public let direction: Direction
  /// What replaces an absent token.
  public let replacement: ExplainerOptions.Replacement
  /// The ranked tokens as indices of the encoding's pieces, the highest score first. Frame tokens
  /// are always present.
  public let order: [Int]
  /// How many tokens of the order are replaced, or are present, at each point: from 0 to all.
  public let counts: [Int]
  /// The probability of the target's class at each point; for a regression the predicted number.
  public internal(set) var values: [Double]

  /// By the trapezoidal rule over the share of the steps, so that the area of a constant curve is its
  /// value.
  public var area: Double { Self.area(under: values) }

  static func area(under values: [Double]) -> Double {
    guard let first = values.first, let last = values.last, values.count > 1 else { return .nan }
    let inner = values.dropFirst().dropLast().reduce(0, +)
    return (inner + (first + last) / 2) / Double(values.count - 1)
  }

  /// - Parameters:
  ///   - mostSteps: the most points after the first.
  ///   - received: called with the first points of the curve after each call of the model but the
  ///     last.
  /// - Returns: nil if the text has no tokens.
  static func measure(
    _ request: MeasureRequest, _ direction: Direction, mostSteps: Int = mostSteps,
    received: (PerturbationCurve) throws -> Void = { _ in }
  ) throws -> PerturbationCurve? {
    let ranking = request.ranking
    let steps = min(ranking.count, mostSteps)
    guard steps > 0 else { return nil }
    let tokens = request.request.encoding.tokens
    let pieces = request.request.encoding.pieces
    let replacement = request.request.replacement
    let absent = try replacement.token(roles: request.request.model.tokenizer.roles)
    var curve = PerturbationCurve(
      direction: direction, replacement: replacement, order: ranking,
      // Rounds halves up.
      counts: (0...steps).map { (2 * $0 * ranking.count + steps) / (2 * steps) }, values: [])
    curve.values = try request.probabilities(
      rows: steps + 1,
      row: { step in
        let touched = Set(ranking.prefix(curve.counts[step]))
        return tokens.indices.compactMap { index in
          let isPresent =
            pieces[index].isFrame || touched.contains(index) == (direction == .insertion)
          return isPresent ? tokens[index] : absent.map(tokens[index].replaced)
        }
      },
      received: { values in
        var part = curve
        part.values = values
        try received(part)
      })
    return curve
  }

  /// The area as the value of a measure, with the curve.
  static func result(
    of request: MeasureRequest, _ direction: Direction
  ) throws -> MeasureResult {
    guard let curve = try measure(request, direction) else {
      return MeasureResult(notApplicable: "the text has no tokens")
    }
    var result = MeasureResult(
      curve.area, details: ["replacement": .text(curve.replacement.rawValue)],
      evaluations: curve.values.count)
    if result.value != nil { result.curve = curve }
    return result
  }
}
