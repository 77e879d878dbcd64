/// Greedy longest match from the start of each word (Devlin et al. 2018, arXiv:1810.04805). A word
/// that cannot be matched to its end is unknown as a whole.
struct WordPiece: PieceModel {
  let vocabulary: Vocabulary
  let unknownID: Int
  /// The prefix of tokens inside a word: `##`.
  let continuation: [UInt32]
  let longestWord: Int

  var unknown: Int? { unknownID }

  func tokenize(_ text: SplitText) -> [ModelToken] {
    var tokens: [ModelToken] = []
    tokens.reserveCapacity(text.splits.count * 2)
    eachWord(of: text, &tokens) { word, split, tokens in
      let before = tokens.count
      var start = word.startIndex
      while start < word.endIndex {
        let isFirst = start == word.startIndex
        var longest: (end: Int, id: Int32)?
        if word.count <= longestWord {
          vocabulary.table.forEachPrefix(
            of: word[start...], after: isFirst ? [] : continuation
          ) { end, id in longest = (end, id) }
        }
        guard let longest else {
          tokens.removeLast(tokens.count - before)
          let range = word.startIndex..<word.endIndex
          tokens.append(
            ModelToken(id: Int32(truncatingIfNeeded: unknownID), range: range, split: split))
          return
        }
        tokens.append(ModelToken(id: longest.id, range: start..<longest.end, split: split))
        start = longest.end
      }
    }
    return tokens
  }
}
