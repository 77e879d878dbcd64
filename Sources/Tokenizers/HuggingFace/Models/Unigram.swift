/// The most probable segmentation under independent token probabilities (Kudo 2018,
/// arXiv:1804.10959), found with Viterbi's algorithm.
struct Unigram: PieceModel {
  let vocabulary: Vocabulary
  /// Log probabilities by id.
  let scores: [Double]
  let unknownID: Int
  /// See `BytePairs.Options`.
  let byteIDs: [Int32]?
  private let unknownScore: Double

  var unknown: Int? { unknownID }
  /// A token that occurs twice counts twice.
  var size: Int { scores.count }

  func isCalledByText(_ id: Int32) -> Bool { byteIDs?.contains(id) != true }

  init(vocabulary: Vocabulary, scores: [Double], unknown: Int, byteIDs: [Int32]?) {
    self.vocabulary = vocabulary
    self.scores = scores
    unknownID = unknown
    self.byteIDs = byteIDs
    // A penalty of 10 below the least probable token.
    unknownScore = (scores.min() ?? 0) - 10
  }

  func tokenize(_ text: SplitText) -> [ModelToken] {
    var tokens: [ModelToken] = []
    tokens.reserveCapacity(text.scalars.count / 3)
    var lattice = BestPath<Double>()
    eachWord(of: text, &tokens) { word, split, tokens in
      lattice.search(word, vocabulary.table, unknown: (unknownID, unknownScore)) { id, _, _ in
        scores[id]
      }
      // Adjacent unknown tokens become one.
      var unknown: Range<Int>?
      for (id, range) in lattice.path(from: word.startIndex, to: word.endIndex) {
        if id == unknownID {
          unknown = (unknown?.lowerBound ?? range.lowerBound)..<range.upperBound
          continue
        }
        if let range = unknown { add(word[range], split, &tokens) }
        unknown = nil
        tokens.append(ModelToken(id: Int32(truncatingIfNeeded: id), range: range, split: split))
      }
      if let range = unknown { add(word[range], split, &tokens) }
    }
    return tokens
  }

  /// Appends unknown text, as bytes if the model can.
  private func add(
    _ text: ArraySlice<AlignedScalar>, _ split: Int, _ tokens: inout [ModelToken]
  ) {
    let range = text.startIndex..<text.endIndex
    let id = vocabulary.table.id(of: text.lazy.map(\.value))
    if id == nil, let byteIDs {
      let ids = text.flatMap { utf8Bytes(of: $0.value) }.map { byteIDs[Int($0)] }
      if !ids.contains(-1) {
        tokens += ids.map { ModelToken(id: $0, range: range, split: split) }
        return
      }
    }
    tokens.append(
      ModelToken(id: Int32(truncatingIfNeeded: id ?? unknownID), range: range, split: split))
  }
}
