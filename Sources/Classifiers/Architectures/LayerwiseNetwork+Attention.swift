import Tensors
import Tokenizers

/// Preparations for attention methods that networks with one and with several kinds of attention
/// share.
extension LayerwiseNetwork {
  /// The pass of the one text whose attention maps are wanted, and the target's gradient at its
  /// logits.
  /// - Parameters:
  ///   - maps: their number in all layers and heads and of all kinds.
  /// - Throws: `ClassifierError.wrongCount` if there is not exactly one text,
  ///   `.tooManyTokensForMaps`, and errors of a pass.
  func passForMaps(
    of target: Target, at embeddings: TokenVectors, maps: Int
  ) throws -> (pass: Pass, dLogits: Matrix) {
    guard embeddings.batch == 1 else {
      throw ClassifierError.wrongCount(of: "texts", expected: 1, found: embeddings.batch)
    }
    try validate(embeddings, [target])
    try refuseMaps(tokens: embeddings.tokens, maps: maps)
    let pass = try forward(embeddings, rows: 0..<1, keeping: traceBudget)
    return (pass, dLogits(of: [target], logits: pass.logits))
  }

  /// Logits `[B, C]` of texts in which the value vectors of one token each are zero.
  /// - Parameters:
  ///   - tokens: one per text.
  ///   - forward: returns the logits of some rows with those tokens zeroed.
  /// - Throws: `ClassifierError.wrongCount`, `.noSuchToken`, and errors of `forward`.
  func logits(
    for batch: [[Token]], silencing tokens: [Int],
    _ forward: @Sendable (Self, TokenVectors, _ rows: Range<Int>, _ tokens: [Int]) throws -> Matrix
  ) throws -> Matrix {
    guard tokens.count == batch.count else {
      throw ClassifierError.wrongCount(of: "tokens", expected: batch.count, found: tokens.count)
    }
    for (text, token) in zip(batch, tokens) where !text.indices.contains(token) {
      throw ClassifierError.noSuchToken(index: token, tokens: text.count)
    }
    let embeddings = try embeddings(for: batch)
    return try joined(
      perGroup(embeddings.lengths, tokens: Self.tokensPerPass) { network, rows in
        try forward(network, embeddings, rows, Array(tokens[rows]))
      })
  }

  /// Maps grow with the square of the text: those of 8,192 tokens in all layers would take 70 GB.
  /// - Throws: `ClassifierError.tooManyTokensForMaps`.
  func refuseMaps(tokens: Int, maps: Int) throws {
    // The most numbers in all maps of a text: 512 MB.
    let limit = Int((Double(1 << 27) / Double(max(1, maps))).squareRoot())
    guard tokens <= limit else {
      throw ClassifierError.tooManyTokensForMaps(count: tokens, limit: limit)
    }
  }
}
