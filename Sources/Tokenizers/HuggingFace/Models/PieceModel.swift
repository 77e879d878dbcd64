/// Splits words into tokens of a vocabulary.
protocol PieceModel: Sendable {
  var vocabulary: Vocabulary { get }
  /// The id for text outside the vocabulary.
  var unknown: Int? { get }
  /// The library's vocabulary size; ids of added tokens follow it.
  var size: Int { get }
  /// Whether the library reports the token by the text that it covers, so that spaces in that text
  /// are trimmed; false for `[UNK]` and `<0x20>`.
  func isCalledByText(_ id: Int32) -> Bool
  /// Splits that are already tokens are kept.
  func tokenize(_ text: SplitText) -> [ModelToken]
}

/// A token of a word, as a range of the text that was tokenized.
struct ModelToken: Sendable, Hashable {
  var id: Int32
  var range: Range<Int>
  /// The index of its split.
  var split: Int
}

extension PieceModel {
  var size: Int { vocabulary.count }

  func isCalledByText(_ id: Int32) -> Bool { Int(id) != unknown }

  /// Calls `body` for each split that is not a token yet and copies the others.
  @inline(__always)
  func eachWord(
    of text: SplitText, _ tokens: inout [ModelToken],
    _ body: (_ word: ArraySlice<AlignedScalar>, _ split: Int, inout [ModelToken]) -> Void
  ) {
    for (index, split) in text.splits.enumerated() {
      if let token = split.token {
        tokens.append(ModelToken(id: token, range: split.range, split: index))
      } else {
        body(text.scalars[split.range], index, &tokens)
      }
    }
  }
}
