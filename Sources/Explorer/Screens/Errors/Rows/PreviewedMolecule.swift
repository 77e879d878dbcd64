internal import Datasets
internal import Molecules
internal import Reports
internal import TerminalUI
internal import Tokenizers

extension State {
  /// Reads the previewed row's text as a molecule if the model reads SMILES.
  mutating func readPreviewedMolecule() {
    guard showsMolecule, let table = dataset.table, let row = previewedRow,
      row < table.count
    else { return }
    let text = String(table[row].text.prefix(PreviewView.mostCharacters))
    if text != errors.drawn.reading.molecule.text { errors.drawnView = MoleculeCells.View() }
    errors.drawn.read(text, isEdited: false)
  }

  /// Scrolls or zooms the drawing of the row.
  mutating func moveDrawing(_ move: (inout MoleculeCells.View, Size) -> Void) {
    guard PreviewedMolecule(self) != nil else { return say("no molecule is drawn here") }
    let size = ErrorsLayout(self).preview.size
    move(&errors.drawnView, size)
  }
}

/// The drawing of the previewed row's molecule, below its text.
struct PreviewedMolecule {
  @Shared private var state: State
  private let depiction: Depiction

  /// nil if texts are not drawn, if the text is not a molecule, or if the preview is not visible.
  init?(_ state: State) {
    guard state.showsMolecule, let depiction = state.errors.drawn.depiction,
      ErrorsLayout(state).showsPreview(state)
    else { return nil }
    _state = Shared(wrappedValue: state)
    self.depiction = depiction
  }

  /// - Parameters:
  ///   - box: the pane around it, whose border tells if only a part is visible.
  ///   - scale: the score with the strongest colour.
  func draw(
    in rect: Rect, of box: Rect, _ words: [WordScores.Word], _ scale: Float,
    _ picture: inout Picture
  ) {
    guard rect.size.columns > 0, rect.size.rows > 0 else { return }
    let heat = MoleculeHeat(
      state.errors.drawn.reading,
      pieces: words.map { Piece(text: "", id: 0, utf8Range: $0.utf8Range) },
      scores: words.map { Float($0.score) })
    let view = state.errors.drawnView
    let cells = MoleculeCells(
      depiction, in: rect.size, view: view, isASCII: !state.signs.hasSymbols)
    cells.draw(
      into: &picture.frame, at: rect.origin, heat: words.isEmpty ? nil : heat,
      scale: max(Float(scale), heat.largest), paint: state.moleculePaint(isSigned: true))
    picture.writePartialHint(cells, zoom: view.zoom, in: box, smaller: "Alt--")
  }
}
