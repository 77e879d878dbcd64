internal import Datasets
internal import Reports
internal import Tokenizers
internal import Workbench

extension State {
  /// What the two texts are to the model: as the columns of the data set call them, or as models of its
  /// kind do; nil where nobody says.
  var partNames: (first: String, second: String)? {
    let columns = dataset.progress.columns
    guard let first = columns.text, let second = columns.pair else {
      return summary?.pairs.flatMap(\.names)
    }
    func short(_ name: String) -> String { name.trimmed(to: 24, signs.ellipsis) }
    return (short(first), short(second))
  }

  /// `A` and `B`, as the map marks them.
  static func letter(ofPart part: Int) -> String { part == 0 ? "A" : "B" }

  /// The text that a word of the map belongs to; nil where there is one text.
  func letter(of unit: HeatUnit) -> String? {
    document.isPair ? Self.letter(ofPart: document.part(at: unit.utf8Range.lowerBound)) : nil
  }

  /// The model that is open was made for two texts.
  var readsPairs: Bool { summary?.pairs != nil }

  /// A model that reads two texts has two fields; what the user typed is never taken away.
  mutating func fitFields(to summary: ModelSummary) {
    let before = document.texts
    if let reading = summary.pairs, !document.isPair {
      if document.text == Session.example { return replaceTexts(with: reading.example) }
      document.openPair()
      document.select(part: 0)
    } else if summary.pairs == nil, document.isPair, before.pair?.allSatisfy(\.isWhitespace) == true
    {
      document.closePair()
    } else {
      return
    }
    textChanged(from: before)
  }
}
