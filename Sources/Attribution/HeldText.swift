public import Tokenizers

/// Explains one text of a pair while the other is held fixed: its tokens are always present, like
/// frame tokens, and score 0.
extension ExplainerOptions {
  /// The text of a pair that is explained.
  public enum Side: String, Sendable, CaseIterable {
    case first, second

    /// Its index.
    public var part: Int { self == .first ? 0 : 1 }
  }
}

extension Encoding {
  /// Marks every token of the other text as a frame token; unchanged if there is only one text.
  public func explainingOnly(_ side: ExplainerOptions.Side) -> Encoding {
    guard pair != nil else { return self }
    var result = self
    for index in pieces.indices where pieces[index].part != side.part {
      result.pieces[index].isFrame = true
      result.pieces[index].word = nil
    }
    return result
  }
}

extension ExplanationRequest {
  /// The tokens of the text that is held fixed; empty if both are explained.
  var held: [Int] {
    guard let side = options.only, encoding.pair != nil else { return [] }
    return encoding.pieces.indices.filter { encoding.pieces[$0].part != side.part }
  }
}

extension Explainer {
  /// Scores for one text, or for the text of a pair that the options select, with any method;
  /// tokens that are held fixed score 0.
  ///
  /// Methods with a baseline keep the held tokens in it, so that the scores still add up to what
  /// the method claims: the difference between the pair and the pair without the explained text.
  public func explanation(
    of request: ExplanationRequest, refined: (TokenAttribution) throws -> Void = { _ in }
  ) throws -> TokenAttribution {
    let held = request.held
    guard !held.isEmpty else { return try explain(request, refined: refined) }
    func masked(_ attribution: TokenAttribution) -> TokenAttribution {
      var result = attribution
      for token in held where result.scores.indices.contains(token) {
        result.scores[token] = 0
        result.standardErrors?[token] = 0
        for row in (result.map?.scores ?? []).indices { result.map?.scores[row][token] = 0 }
      }
      return result
    }
    return masked(try explain(request) { try refined(masked($0)) })
  }
}
