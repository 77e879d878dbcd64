internal import Datasets
internal import Molecules
internal import Reports
internal import TerminalUI
internal import Tokenizers

extension State {
  /// Reads the text of the row at the cursor where texts are drawn.
  mutating func readPreviewedMolecule() {
    guard showsMolecule, let table = dataset.table, let row = errors.rows.previewedRow,
      row < table.count
    else { return }
    errors.drawn.read(String(table[row].text.prefix(PreviewView.mostCharacters)), isEdited: false)
  }
}

/// The drawing of the row at the cursor, below its text.
struct PreviewedMolecule {
  private let state: State
  private let depiction: Depiction

  /// nil where text is shown, or nothing can be drawn.
  init?(_ state: State) {
    guard state.showsMolecule, let depiction = state.errors.drawn.depiction else { return nil }
    self.state = state
    self.depiction = depiction
  }

  /// - Parameter scale: the score with the strongest paint.
  func draw(
    in rect: Rect, _ words: [WordScores.Word], _ scale: Float, _ picture: inout Picture
  ) {
    guard rect.size.columns > 0, rect.size.rows > 0 else { return }
    let heat = MoleculeHeat(
      state.errors.drawn.reading,
      pieces: words.map { Piece(text: "", id: 0, utf8Range: $0.utf8Range) },
      scores: words.map { Float($0.score) })
    let cells = MoleculeCells(depiction, in: rect.size, isASCII: !state.signs.hasSymbols)
    cells.draw(
      into: &picture.frame, at: rect.origin, heat: words.isEmpty ? nil : heat,
      scale: max(Float(scale), heat.largest), paint: state.moleculePaint(isSigned: true))
  }
}
