import Explorer
import TerminalUI
import Tokenizers
import Workbench

extension Stage {
  /// Creates a stage with two texts; the second has the focus.
  init(
    _ text: String, pair: String, columns: Int = 120, rows: Int = 36, isPlain: Bool = false,
    summary: ModelSummary = Lexicon.summary
  ) {
    var session = Session(text: text, cursor: text.utf8.count)
    session.pair = KeptPair(pair, isSelected: true)
    self.init(
      columns: columns, rows: rows, isPlain: isPlain, session: session, summary: summary)
  }

  /// The texts of the fields.
  var texts: [String] {
    let texts = state.document.texts
    return [texts.text] + (texts.pair.map { [$0] } ?? [])
  }
}

extension Lexicon {
  /// A model that reads a premise and a hypothesis.
  static let inference: ModelSummary = {
    var summary = Lexicon.summary
    summary.pairs = .inference
    return summary
  }()
}
