/// One token per word.
struct WordLevel: PieceModel {
  let vocabulary: Vocabulary
  let unknown: Int?

  func tokenize(_ text: SplitText) -> [ModelToken] {
    var tokens: [ModelToken] = []
    eachWord(of: text, &tokens) { word, split, tokens in
      let id = vocabulary.table.id(of: word.lazy.map(\.value)) ?? unknown
      if let id {
        let range = word.startIndex..<word.endIndex
        tokens.append(ModelToken(id: Int32(truncatingIfNeeded: id), range: range, split: split))
      }
    }
    return tokens
  }
}
