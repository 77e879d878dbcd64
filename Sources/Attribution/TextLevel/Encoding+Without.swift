public import Tokenizers

extension Encoding {
  /// Without the tokens of these stretches of the text: deleted from the row as it was encoded, as
  /// a removal is measured; the rest is not tokenized anew. Frame tokens stay.
  /// - Parameter utf8Ranges: of a pair in the layout of both texts.
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
