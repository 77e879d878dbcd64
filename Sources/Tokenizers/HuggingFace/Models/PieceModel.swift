/// Turns words into the tokens of a vocabulary.
protocol PieceModel: Sendable {
  var vocabulary: Vocabulary { get }
  /// What stands for text that the vocabulary has no token for.
  var unknown: Int? { get }
  /// How many tokens the library counts, after which it numbers those that are added.
  var size: Int { get }
  /// The library calls the token by the text that it stands for, so that spaces in that are trimmed;
  /// false for `[UNK]`, `<0x20>`.
  func isCalledByText(_ id: Int32) -> Bool
  /// Splits that are tokens already stay.
  func tokenize(_ text: SplitText) -> [ModelToken]
}

/// A token of a word, as places in the text that was tokenized.
struct ModelToken: Sendable, Hashable {
  var id: Int32
  var range: Range<Int>
  /// The number of its word.
  var split: Int
}

extension PieceModel {
  var size: Int { vocabulary.count }

  func isCalledByText(_ id: Int32) -> Bool { Int(id) != unknown }

  /// Calls back for each word that is no token yet; the rest is added as it is.
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
