internal import Classifiers
package import Tokenizers

/// The heat over a text or a pair, where its windows begin, and what the model did not read.
package struct PaintedEncoding {
  package let encoding: Encoding
  package let map: HeatMap
  /// The pieces in the layout of both texts, if there are two; the ranges of the map are in this
  /// layout.
  package let layout: Encoding
  /// The windows in which the text is read; nil where it is read at once.
  let windows: TextWindows?
  /// Where the windows but the first begin, in the layout.
  package let seams: [Int]

  init(_ encoding: Encoding, scores: [Float], model: Model, isMolecule: Bool = false) {
    self.encoding = encoding
    layout = encoding.joined
    windows = model.windows(of: encoding)
    seams = windows?.seams(in: encoding.joinedTexts) ?? []
    var pieces = layout.pieces
    // A SMILES has no words; a tokenizer may treat the whole molecule as one.
    if isMolecule {
      for index in pieces.indices { pieces[index].word = nil }
    }
    map = HeatMap(pieces: pieces, scores: scores)
  }

  /// The unit that contains a byte of the layout.
  package func unit(at utf8Offset: Int) -> HeatUnit? {
    let index = map.units.partitioningIndex { $0.utf8Range.upperBound > utf8Offset }
    guard index < map.units.count, map.units[index].utf8Range.contains(utf8Offset) else {
      return nil
    }
    return map.units[index]
  }

  /// Whether the model did not read this place of the layout.
  package func isCut(_ utf8Offset: Int) -> Bool {
    let place = encoding.joinedTexts.place(of: utf8Offset..<utf8Offset)
    return encoding.unseen(in: place.part)?.contains(place.utf8Range.lowerBound) == true
  }
}
