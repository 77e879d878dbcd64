internal import Datasets
internal import Reports
internal import Tokenizers
internal import Workbench

extension State {
  /// The names of the two texts: those of the data set's columns, or those that are usual for
  /// models of this kind; nil if there are none.
  var partNames: (first: String, second: String)? {
    let columns = dataset.progress.columns
    guard let first = columns.text, let second = columns.pair else {
      return summary?.pairs.flatMap(\.names)
    }
    func short(_ name: String) -> String { name.trimmed(to: 24, signs.ellipsis) }
    return (short(first), short(second))
  }

  /// `A` and `B`, the marks of the texts in the map.
  static func letter(ofPart part: Int) -> String { part == 0 ? "A" : "B" }

  /// The letter of the text that a word of the map belongs to; nil if there is one text.
  func letter(of unit: HeatUnit) -> String? {
    document.isPair ? Self.letter(ofPart: document.part(at: unit.utf8Range.lowerBound)) : nil
  }

  /// Whether the open model reads pairs.
  var readsPairs: Bool { summary?.pairs != nil }

  /// Opens the second field for a model that reads pairs, and closes an empty one for other models;
  /// what the user typed is never removed.
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
