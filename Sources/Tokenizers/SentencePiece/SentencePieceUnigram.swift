/// The most probable segmentation, in single precision like the library's.
struct SentencePieceUnigram: SentencePieceSegmenter {
  private let table: TokenTable
  private let scores: [Float]
  private let kinds: [SentencePieceModel.Kind]
  private let unknownID: Int
  private let highest: Float
  private let unknownScore: Float

  init(_ model: SentencePieceModel, _ table: TokenTable) {
    self.table = table
    scores = model.pieces.map(\.score)
    kinds = model.pieces.map(\.kind)
    unknownID = model.unknownID
    let normal = model.pieces.filter { $0.kind == .normal }.map(\.score)
    // The library starts from the smallest positive number, so this is nearly 0 for log
    // probabilities.
    highest = normal.reduce(Float.leastNormalMagnitude) { max($0, $1) }
    unknownScore = (normal.min() ?? 0) - 10
  }

  func segments(of text: ArraySlice<AlignedScalar>) -> [(id: Int, range: Range<Int>)] {
    var lattice = BestPath<Float>()
    lattice.search(text, table, unknown: (unknownID, unknownScore)) { id, place, end in
      switch kinds[id] {
      case .unused: nil
      // A user-defined symbol scores higher than any segmentation of its characters.
      case .userDefined: Float(Double(Float(length(text[place..<end])) * highest) - 0.1)
      default: scores[id]
      }
    }
    return lattice.path(from: text.startIndex, to: text.endIndex)
  }

  /// The length in bytes.
  private func length(_ text: ArraySlice<AlignedScalar>) -> Int {
    text.reduce(0) { $0 + utf8Bytes(of: $1.value).count }
  }
}
