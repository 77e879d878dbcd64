internal import Classifiers
package import Tokenizers

/// The heat over a text or a pair, where its windows begin, and what the model did not read.
package struct PaintedEncoding {
  package let encoding: Encoding
  package let map: HeatMap
  /// The pieces in the layout of both texts, where there are two; the map's places are there.
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
    // A SMILES has no words: what a tokenizer takes for one is the whole molecule.
    if isMolecule {
      for index in pieces.indices { pieces[index].word = nil }
    }
    map = HeatMap(pieces: pieces, scores: scores)
  }

  /// The unit that holds a byte of the layout.
  package func unit(at utf8Offset: Int) -> HeatUnit? {
    var low = 0
    var high = map.units.count
    while low < high {
      let middle = (low + high) / 2
      if map.units[middle].utf8Range.upperBound <= utf8Offset {
        low = middle + 1
      } else {
        high = middle
      }
    }
    guard low < map.units.count, map.units[low].utf8Range.contains(utf8Offset) else { return nil }
    return map.units[low]
  }

  /// The model never saw what stands at this place of the layout.
  package func isCut(_ utf8Offset: Int) -> Bool {
    let place = encoding.joinedTexts.place(of: utf8Offset..<utf8Offset)
    return encoding.unseen(in: place.part)?.contains(place.utf8Range.lowerBound) == true
  }
}
