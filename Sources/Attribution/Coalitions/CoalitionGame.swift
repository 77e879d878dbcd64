internal import Classifiers
internal import Tokenizers

/// The units of a text as players of a game. The value of a coalition is the model's output for the
/// text in which only these units are present. Equal texts are evaluated once.
struct CoalitionGame {
  let request: ExplanationRequest
  /// The token indices of each player.
  let units: [[Int]]
  /// How many rows the model has evaluated.
  private(set) var evaluations = 0

  private let tokens: [Token]
  /// The token that replaces absent ones; nil to delete them.
  private let absent: Int?
  private let unitOfToken: [Int?]
  private var variants: (any TextVariants)?
  private var known: [[Token]: Double] = [:]
  /// The number of tokens in cached rows; beyond `mostKnown` nothing more is cached.
  private var knownTokens = 0

  static let mostKnown = 1 << 24

  init(_ request: ExplanationRequest, grouping: ExplainerOptions.Grouping? = nil) throws {
    try request.checkTarget()
    self.request = request
    units = request.encoding.units(by: grouping ?? request.options.grouping ?? .token)
    tokens = request.encoding.tokens
    absent = try request.replacement.token(roles: request.model.tokenizer.roles)
    var unitOfToken = [Int?](repeating: nil, count: tokens.count)
    for (unit, tokens) in units.enumerated() {
      for token in tokens { unitOfToken[token] = unit }
    }
    self.unitOfToken = unitOfToken
  }

  var count: Int { units.count }
  var all: Coalition { Coalition(all: count) }
  var none: Coalition { Coalition(none: count) }

  func isKnown(_ coalition: Coalition) -> Bool { known[row(coalition)] != nil }

  func fitsOneCall(_ rows: Int) -> Bool {
    request.fitsOneCall(rows: rows, tokens: tokens.count)
  }

  /// The text in which only these players are present; tokens that belong to no player are always
  /// present.
  func row(_ coalition: Coalition) -> [Token] {
    var row: [Token] = []
    row.reserveCapacity(tokens.count)
    for (index, token) in tokens.enumerated() {
      guard let unit = unitOfToken[index], !coalition.contains(unit) else {
        row.append(token)
        continue
      }
      if let absent { row.append(token.replaced(by: absent)) }
    }
    return row
  }

  /// The values of coalitions, in order.
  /// - Parameter received: called after each call of the model but the last, with the values and
  ///   the number of rows so far.
  mutating func values(
    of coalitions: [Coalition],
    received: (_ values: [Double], _ evaluations: Int) throws -> Void = { _, _ in }
  ) throws -> [Double] {
    guard !coalitions.isEmpty else { return [] }
    let variants =
      try self.variants ?? request.pass { try request.model.classifier.variants(of: tokens) }
    self.variants = variants
    let most = max(1, variants.rowsPerCall(tokens: tokens.count))
    var values: [Double] = []
    values.reserveCapacity(coalitions.count)
    while values.count < coalitions.count {
      var batch: [[Token]] = []
      var places: [[Token]: Int] = [:]
      // A cached value, or the index in the batch that will have it.
      var sources: [(known: Double?, place: Int)] = []
      for coalition in coalitions[values.count...] {
        let row = row(coalition)
        if let value = known[row] {
          sources.append((value, 0))
        } else if let place = places[row] {
          sources.append((nil, place))
        } else {
          if batch.count == most { break }
          places[row] = batch.count
          sources.append((nil, batch.count))
          batch.append(row)
        }
      }
      let results = try evaluate(batch, by: variants)
      values += sources.map { $0.known ?? results[$0.place] }
      if values.count < coalitions.count { try received(values, evaluations) }
    }
    return values
  }

  private mutating func evaluate(
    _ batch: [[Token]], by variants: any TextVariants
  ) throws -> [Double] {
    guard !batch.isEmpty else { return [] }
    let results = try request.pass { request.values(from: try variants.logits(for: batch)) }
    evaluations += batch.count
    request.counter?.add(batch.count)
    for (row, value) in zip(batch, results) where knownTokens < Self.mostKnown {
      known[row] = value
      knownTokens += row.count + 1
    }
    return results
  }
}

extension CoalitionGame {
  /// Divides each player's score evenly among its tokens. Errors are divided so that the root of
  /// the sum of squares over a player's tokens is the player's own error.
  /// - Parameter others: the scores of tokens that belong to no player; 0 by default.
  func attribution(
    _ scores: [Double], others: [Int: Double] = [:], errors: [Double]? = nil, delta: Double? = nil,
    value: Double,
    evaluations: Int? = nil, parameters: [String: ParameterValue] = [:]
  ) -> TokenAttribution {
    var shared = [Float](repeating: 0, count: tokens.count)
    var sharedErrors = shared
    for (unit, tokens) in units.enumerated() {
      for token in tokens {
        shared[token] = Float(scores[unit] / Double(tokens.count))
        if let errors {
          sharedErrors[token] = Float(errors[unit] / Double(tokens.count).squareRoot())
        }
      }
    }
    for (token, score) in others { shared[token] = Float(score) }
    var parameters = parameters
    parameters["replacement"] = .text(request.replacement.rawValue)
    parameters["units"] = .whole(count)
    return TokenAttribution(
      scores: shared, standardErrors: errors == nil ? nil : sharedErrors,
      convergenceDelta: delta.map { Float($0) }, targetValue: Float(value),
      evaluations: evaluations ?? self.evaluations, parameters: parameters)
  }

  /// The first-order estimate from one gradient, before anything is removed: `(x_t - r) · ∇_t f`,
  /// summed over each unit. nil for a model without gradients, and for deletion, which is not a
  /// step in embedding space.
  func firstOrder(for card: MethodCard) throws -> TokenAttribution? {
    guard let absent, let classifier = request.model.classifier.differentiable
    else { return nil }
    let result = try request.gradientAtText(for: card)
    let vector = try request.pass { try classifier.embeddings(for: [[Token(id: absent)]]) }
    let missing = vector[row: 0, token: 0]
    let losses = zip(result.text.vectorsOfFirstRow, result.gradient.vectorsOfFirstRow)
      .map { dot($0, $1) - dot(missing, $1) }
    return attribution(
      units.map { $0.reduce(0) { $0 + losses[$1] } }, value: Double(result.value),
      evaluations: 1)
  }
}
