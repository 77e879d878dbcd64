public import Tokenizers

extension Encoding {
  /// The encoding without the tokens in these ranges: deleted from the encoded row, as for a
  /// removal; the rest is not tokenized again. Frame tokens are kept.
  /// - Parameter utf8Ranges: for a pair, in the layout of both texts.
  public func without(_ utf8Ranges: [Range<Int>]) -> Encoding {
    guard !utf8Ranges.isEmpty else { return self }
    var result = self
    result.pieces.removeAll { piece in
      let range = joinedRange(of: piece)
      return !piece.isFrame && utf8Ranges.contains { $0.overlaps(range) }
    }
    return result
  }
}
