/// Characters, or bytes, merged pair by pair in the order in which training merged them (Sennrich et
/// al. 2016, arXiv:1508.07909).
struct BytePairs: PieceModel {
  struct Options: Sendable {
    var unknown: Int?
    var continuation: [UInt32] = []
    var wordEnd: [UInt32] = []
    /// Adjacent unknown characters become one token.
    var fusesUnknown = false
    /// The ids of `<0x00>` to `<0xFF>`, which replace the bytes of unknown characters; -1 if
    /// missing.
    var byteIDs: [Int32]?
    /// A word that is a token is kept whole, whatever the merges say.
    var ignoresMerges = false
  }

  let vocabulary: Vocabulary
  let merges: MergeTable
  let options: Options
  /// Ids of the first scalars, looked up before the table; -1 for none.
  private let shortcuts: [Int32]

  var unknown: Int? { options.unknown }

  func isCalledByText(_ id: Int32) -> Bool {
    Int(id) != unknown && options.byteIDs?.contains(id) != true
  }

  init(vocabulary: Vocabulary, merges: MergeTable, options: Options) {
    self.vocabulary = vocabulary
    self.merges = merges
    self.options = options
    shortcuts = (UInt32(0)..<512).map {
      Int32(truncatingIfNeeded: vocabulary.table.id(of: CollectionOfOne($0)) ?? -1)
    }
  }

  func tokenize(_ text: SplitText) -> [ModelToken] {
    var tokens: [ModelToken] = []
    tokens.reserveCapacity(text.scalars.count / 3)
    var merger = PairMerger(merges)
    eachWord(of: text, &tokens) { word, split, tokens in
      if options.ignoresMerges, let id = vocabulary.table.id(of: word.lazy.map(\.value)) {
        let range = word.startIndex..<word.endIndex
        tokens.append(ModelToken(id: Int32(truncatingIfNeeded: id), range: range, split: split))
        return
      }
      addSymbols(of: word, to: &merger)
      merger.merge()
      merger.eachToken { id, range in
        tokens.append(ModelToken(id: id, range: range, split: split))
      }
    }
    return tokens
  }

  private func addSymbols(of word: ArraySlice<AlignedScalar>, to merger: inout PairMerger) {
    merger.removeAll()
    var unknown: Range<Int>?
    func addUnknown(_ merger: inout PairMerger) {
      if let range = unknown, let id = options.unknown {
        merger.add(Int32(truncatingIfNeeded: id), range)
      }
      unknown = nil
    }
    for place in word.indices {
      if let id = id(of: word, at: place) {
        addUnknown(&merger)
        merger.add(id, place..<place + 1)
      } else if let bytes = bytes(of: word, at: place) {
        for id in bytes { merger.add(id, place..<place + 1) }
      } else if options.unknown != nil {
        if options.fusesUnknown, let started = unknown {
          unknown = started.lowerBound..<place + 1
        } else {
          addUnknown(&merger)
          unknown = place..<place + 1
        }
      }
    }
    addUnknown(&merger)
  }

  @inline(__always)
  private func id(of word: ArraySlice<AlignedScalar>, at place: Int) -> Int32? {
    let value = word[place].value
    if options.continuation.isEmpty, options.wordEnd.isEmpty {
      if value < 512 { return shortcuts[Int(value)] < 0 ? nil : shortcuts[Int(value)] }
      return vocabulary.table.id(of: CollectionOfOne(value)).map { Int32(truncatingIfNeeded: $0) }
    }
    return vocabulary.table.id(of: spelling(of: word, at: place)).map {
      Int32(truncatingIfNeeded: $0)
    }
  }

  /// A scalar with the vocabulary's prefix inside a word and its suffix at a word's end.
  private func spelling(of word: ArraySlice<AlignedScalar>, at place: Int) -> [UInt32] {
    (place == word.startIndex ? [] : options.continuation) + [word[place].value]
      + (place == word.endIndex - 1 ? options.wordEnd : [])
  }

  private func bytes(of word: ArraySlice<AlignedScalar>, at place: Int) -> [Int32]? {
    guard let byteIDs = options.byteIDs else { return nil }
    let ids = spelling(of: word, at: place).flatMap(utf8Bytes).map { byteIDs[Int($0)] }
    return ids.contains(-1) ? nil : ids
  }
}
