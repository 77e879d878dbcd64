/// The likeliest way to read a text as tokens that each have a probability of their own (Kudo 2018,
/// arXiv:1804.10959), found by Viterbi's algorithm.
struct Unigram: PieceModel {
  let vocabulary: Vocabulary
  /// Log probabilities by id.
  let scores: [Double]
  let unknownID: Int
  /// As in `BytePairs.Options`.
  let byteIDs: [Int32]?
  private let unknownScore: Double

  var unknown: Int? { unknownID }

  init(vocabulary: Vocabulary, scores: [Double], unknown: Int, byteIDs: [Int32]?) {
    self.vocabulary = vocabulary
    self.scores = scores
    unknownID = unknown
    self.byteIDs = byteIDs
    // A penalty of ten on top of the least likely token.
    unknownScore = (scores.min() ?? 0) - 10
  }

  func tokenize(_ text: SplitText) -> [ModelToken] {
    var tokens: [ModelToken] = []
    tokens.reserveCapacity(text.scalars.count / 3)
    var lattice: [Node] = []
    eachWord(of: text, &tokens) { word, split, tokens in
      let path = bestPath(through: word, &lattice)
      for (range, isUnknown) in path {
        add(word[range], split, isUnknown: isUnknown, &tokens)
      }
    }
    return tokens
  }

  private struct Node {
    var id: Int32 = 0
    var score = 0.0
    /// Where the token that ends here starts; -1 before there is one.
    var start = -1
  }

  /// Tokens from start to end; unknown ones side by side are one.
  private func bestPath(
    through word: ArraySlice<AlignedScalar>, _ nodes: inout [Node]
  ) -> [(range: Range<Int>, isUnknown: Bool)] {
    let first = word.startIndex
    nodes.removeAll(keepingCapacity: true)
    nodes.append(contentsOf: repeatElement(Node(), count: word.count + 1))
    for place in word.indices {
      let score = nodes[place - first].score
      var hasSingle = false
      func reach(_ end: Int, _ id: Int32, _ total: Double) {
        let node = nodes[end - first]
        if node.start < 0 || total > node.score {
          nodes[end - first] = Node(id: id, score: total, start: place)
        }
      }
      vocabulary.table.forEachPrefix(of: word[place...], hash: TokenHash()) { end, id in
        reach(end, id, scores[Int(id)] + score)
        if end == place + 1 { hasSingle = true }
      }
      if !hasSingle {
        reach(place + 1, Int32(truncatingIfNeeded: unknownID), unknownScore + score)
      }
    }
    var path: [(range: Range<Int>, isUnknown: Bool)] = []
    var end = word.endIndex
    while end > first {
      let node = nodes[end - first]
      let isUnknown = Int(node.id) == unknownID
      if isUnknown, let last = path.last, last.isUnknown {
        path[path.count - 1].range = node.start..<last.range.upperBound
      } else {
        path.append((node.start..<end, isUnknown))
      }
      end = node.start
    }
    return path.reversed()
  }

  private func add(
    _ text: ArraySlice<AlignedScalar>, _ split: Int, isUnknown: Bool, _ tokens: inout [ModelToken]
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
