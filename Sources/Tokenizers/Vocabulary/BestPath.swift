/// The best segmentation of a text into tokens (Viterbi 1967).
struct BestPath<Score: BinaryFloatingPoint & Sendable>: Sendable {
  private struct Node {
    var id: Int32 = 0
    var score: Score = 0
    /// Where the token that ends here starts; -1 if none ends here.
    var start = -1
  }

  private var nodes: [Node] = []

  /// - Parameter unknown: the score of a scalar that is not a token.
  /// - Parameter score: the score of a token between two places; nil if it cannot be used.
  @inline(__always)
  mutating func search(
    _ text: ArraySlice<AlignedScalar>, _ table: TokenTable, unknown: (id: Int, score: Score),
    _ score: (_ id: Int, _ start: Int, _ end: Int) -> Score?
  ) {
    let first = text.startIndex
    nodes.removeAll(keepingCapacity: true)
    nodes.append(contentsOf: repeatElement(Node(), count: text.count + 1))
    for place in text.indices {
      let before = nodes[place - first].score
      var hasSingle = false
      table.forEachPrefix(of: text[place...]) { end, id in
        guard let score = score(Int(id), place, end) else { return }
        reach(end - first, id, score + before, from: place)
        if end == place + 1 { hasSingle = true }
      }
      if !hasSingle {
        let id = Int32(truncatingIfNeeded: unknown.id)
        reach(place + 1 - first, id, unknown.score + before, from: place)
      }
    }
  }

  @inline(__always)
  private mutating func reach(_ index: Int, _ id: Int32, _ score: Score, from start: Int) {
    if nodes[index].start < 0 || score > nodes[index].score {
      nodes[index] = Node(id: id, score: score, start: start)
    }
  }

  /// The tokens of the last search.
  func path(from first: Int, to last: Int) -> [(id: Int, range: Range<Int>)] {
    var path: [(id: Int, range: Range<Int>)] = []
    var end = last
    while end > first {
      let node = nodes[end - first]
      path.append((Int(node.id), node.start..<end))
      end = node.start
    }
    return path.reversed()
  }
}
