/// Merges characters into pieces, the best score first and the leftmost of equal ones. User-defined
/// symbols stay whole, and unused pieces are split again.
struct SentencePieceBytePairs: SentencePieceSegmenter {
  private let table: TokenTable
  private let symbols: TokenTable
  private let scores: [Float]
  private let unused: Set<Int>
  private let unknownID: Int

  init(_ model: SentencePieceModel, _ table: TokenTable, _ symbols: TokenTable) {
    self.table = table
    self.symbols = symbols
    scores = model.pieces.map(\.score)
    unused = Set(model.pieces.indices.filter { model.pieces[$0].kind == .unused })
    unknownID = model.unknownID
  }

  private struct Symbol {
    var range: Range<Int>
    var isFrozen: Bool
    var previous: Int
    var next: Int
  }

  private struct Candidate: Comparable {
    var score: Float
    var left: Int
    var right: Int
    var length: Int
    var id: Int

    static func < (a: Candidate, b: Candidate) -> Bool {
      a.score > b.score || (a.score == b.score && a.left < b.left)
    }
  }

  func segments(of text: ArraySlice<AlignedScalar>) -> [(id: Int, range: Range<Int>)] {
    var symbols = split(text)
    var heap = Heap<Candidate>()
    /// Where the two parts of an unused piece meet.
    var seams: [Range<Int>: Int] = [:]
    func consider(_ left: Int, _ right: Int) {
      guard left >= 0, right >= 0, !symbols[left].isFrozen, !symbols[right].isFrozen else {
        return
      }
      let range = symbols[left].range.lowerBound..<symbols[right].range.upperBound
      guard let id = table.id(of: text[range].lazy.map(\.value)) else { return }
      heap.insert(
        Candidate(score: scores[id], left: left, right: right, length: range.count, id: id))
      if unused.contains(id) { seams[range] = symbols[right].range.lowerBound }
    }
    for index in symbols.indices.dropFirst() { consider(index - 1, index) }
    while let top = heap.removeFirst() {
      let (left, right) = (symbols[top.left], symbols[top.right])
      guard !left.range.isEmpty, !right.range.isEmpty,
        left.range.count + right.range.count == top.length
      else { continue }
      symbols[top.left].range = left.range.lowerBound..<right.range.upperBound
      symbols[top.left].next = right.next
      symbols[top.right].range = right.range.lowerBound..<right.range.lowerBound
      if right.next >= 0 { symbols[right.next].previous = top.left }
      consider(symbols[top.left].previous, top.left)
      consider(top.left, symbols[top.left].next)
    }
    var result: [(id: Int, range: Range<Int>)] = []
    var index = symbols.isEmpty ? -1 : 0
    while index >= 0 {
      append(symbols[index].range, text, seams, to: &result)
      index = symbols[index].next
    }
    return result
  }

  private func split(_ text: ArraySlice<AlignedScalar>) -> [Symbol] {
    var result: [Symbol] = []
    var place = text.startIndex
    while place < text.endIndex {
      var end = place + 1
      var isFrozen = false
      symbols.forEachPrefix(of: text[place...]) { longer, _ in
        (end, isFrozen) = (longer, true)
      }
      let index = result.count
      result.append(
        Symbol(
          range: place..<end, isFrozen: isFrozen, previous: index - 1,
          next: end < text.endIndex ? index + 1 : -1))
      place = end
    }
    return result
  }

  private func append(
    _ range: Range<Int>, _ text: ArraySlice<AlignedScalar>, _ seams: [Range<Int>: Int],
    to result: inout [(id: Int, range: Range<Int>)]
  ) {
    var waiting = [range]
    while let next = waiting.popLast() {
      let id = table.id(of: text[next].lazy.map(\.value))
      if let id, unused.contains(id), let seam = seams[next], next.contains(seam),
        seam > next.lowerBound
      {
        waiting += [seam..<next.upperBound, next.lowerBound..<seam]
      } else {
        result.append((id ?? unknownID, next))
      }
    }
  }
}
