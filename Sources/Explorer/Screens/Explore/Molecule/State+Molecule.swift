internal import Attribution
internal import Classifiers
internal import Datasets
package import Molecules
package import Reports
package import TerminalUI
internal import Tokenizers
internal import Workbench

/// The molecule that the text describes.
extension State {
  /// The drawing of the molecule; nil if text is shown or nothing can be drawn.
  package var depiction: Depiction? { showsMolecule ? document.molecule.depiction : nil }

  // MARK: Problems

  /// The syntax error, the reason why there is no drawing, or the drug whose name is being typed.
  var moleculeLine: (text: String, role: Role)? {
    guard showsMolecule, !document.isBlank else { return nil }
    if let drug = offeredDrug {
      return ("\(drug.name): Enter replaces the name with its SMILES", .notice)
    }
    let drawn = document.molecule
    if let problem = drawn.reading.problem {
      return ("column \(column(of: problem.range)): \(problem.sentence)", .warning)
    }
    if let refusal = drawn.refusal { return ("not drawn: \(refusal.sentence)", .warning) }
    return drawn.reading.warnings.first.map {
      ("column \(column(of: $0.range)): \($0.sentence)", .dim)
    }
  }

  /// The column of a range, counted in characters from 1.
  private func column(of range: Range<Int>) -> Int {
    String(decoding: document.text.utf8.prefix(range.lowerBound), as: UTF8.self).count + 1
  }

  // MARK: Heat

  /// The painted scores of the atoms and bonds of the present text.
  package var moleculeHeat: MoleculeHeat? {
    guard showsMolecule, let shown = explanations.shown else { return nil }
    let drawn = document.molecule.reading
    if !isShownStale, let encoding = predictions.latest?.prediction.encoding,
      encoding.pieces.count == shown.attribution.scores.count
    {
      return MoleculeHeat(drawn, pieces: encoding.pieces, scores: shown.attribution.scores)
    }
    // From an older text, only what has not been edited since.
    let ranges = explanations.carried ?? shown.map.units.map { $0.utf8Range }
    let kept = zip(shown.map.units, ranges).compactMap { unit, range in
      unit.mark == nil ? range.map { (range: $0, score: unit.score) } : nil
    }
    return MoleculeHeat(
      drawn, pieces: kept.map { Piece(text: "", id: 0, utf8Range: $0.range) },
      scores: kept.map(\.score))
  }

  // MARK: Atoms

  package func moleculeCells(_ depiction: Depiction, in size: Size) -> MoleculeCells {
    MoleculeCells(
      depiction, in: size, view: explore.molecule.view, isASCII: !signs.hasSymbols)
  }

  /// The current atom: the one at the cursor, or the selected one.
  package var currentAtom: Int? {
    guard let molecule = depiction?.molecule else { return nil }
    if explore.focus == .editor { return molecule.atom(atUTF8Offset: document.cursor) }
    let range = selectedRange
    if let atom = explore.molecule.atom, let its = molecule.atoms.element(at: atom)?.range,
      range.map({ $0.overlaps(its) || its.contains($0.lowerBound) }) ?? true
    {
      return atom
    }
    return range.flatMap { molecule.atom(over: $0) }
  }

  /// Selects an atom and its token.
  package mutating func select(atom: Int) {
    guard let range = depiction?.molecule.atoms.element(at: atom)?.range else { return }
    explore.molecule.atom = atom
    explore.heatScroll = nil
    guard let shown = explanations.shown else {
      explore.selectionOffset = range.lowerBound
      return
    }
    let ranges = explanations.carried ?? shown.map.units.map { $0.utf8Range }
    let unit = zip(shown.map.units, ranges).enumerated().first { entry in
      entry.element.0.mark == nil && entry.element.1?.overlaps(range) == true
    }
    guard let unit else { return }
    explore.selectedUnit = unit.offset
    explore.selectionOffset = isShownStale ? range.lowerBound : nil
  }

  /// The arrow keys move along bonds; the page keys scroll the drawing.
  mutating func walk(_ movement: Movement, on depiction: Depiction) {
    let count = depiction.molecule.atoms.count
    let atom = currentAtom ?? nearestAtom(in: depiction.molecule)
    let page = max(1, ExploreLayout(self).molecule.size.rows / 2)
    let next: Int? =
      switch movement {
      case .left: depiction.atom(from: atom, towards: SIMD2(-1, 0))
      case .right: depiction.atom(from: atom, towards: SIMD2(1, 0))
      case .up: depiction.atom(from: atom, towards: SIMD2(0, 1))
      case .down: depiction.atom(from: atom, towards: SIMD2(0, -1))
      case .first: 0
      case .last: count - 1
      case .pageUp, .pageDown: nil
      }
    switch movement {
    case .pageUp: moveMolecule { $0.move(columns: 0, rows: page, in: $1) }
    case .pageDown: moveMolecule { $0.move(columns: 0, rows: -page, in: $1) }
    default: select(atom: next ?? atom)
    }
  }

  /// The last atom before the selected token, if that token is not an atom.
  private func nearestAtom(in molecule: Molecule) -> Int {
    let offset = selectedRange?.lowerBound ?? 0
    return molecule.atoms.lastIndex { $0.range.lowerBound <= offset } ?? 0
  }

  /// A click selects the nearest atom.
  mutating func pressOnMolecule(_ position: Position, in area: Rect) {
    guard let depiction else { return }
    let place = Position(
      column: position.column - area.origin.column, row: position.row - area.origin.row)
    if let atom = moleculeCells(depiction, in: area.size).atom(nearest: place, reach: 4) {
      select(atom: atom)
    }
  }

  // MARK: The view

  /// The visible part of the drawing, and its scale.
  package var moleculeView: MoleculeCells.View { explore.molecule.view }

  mutating func toggleMoleculeView() {
    document.display = showsMolecule ? .text : .molecule
    explore.heatScroll = nil
    // The page of flips is about words or about groups of the molecule.
    findings.results.done.remove(.flips)
    findings.results.problems[.flips] = nil
    say(showsMolecule ? "showing the molecule" : "showing the text")
  }

  mutating func zoomMolecule(by factor: Float) {
    guard showsMolecule else { return say("M draws the molecule") }
    explore.molecule.view.zoom(by: factor)
    // After zooming in, the view scrolls to the current atom again.
    if explore.molecule.view.zoom > 1 { explore.molecule.followed = nil }
  }

  mutating func moveMolecule(_ move: (inout MoleculeCells.View, Size) -> Void) {
    guard showsMolecule else { return say("M draws the molecule") }
    let size = ExploreLayout(self).molecule.size
    move(&explore.molecule.view, size)
  }

  /// Scrolls the view to the current atom when it has changed.
  mutating func followAtom() {
    guard let depiction, let atom = currentAtom, atom != explore.molecule.followed else { return }
    explore.molecule.followed = atom
    let size = ExploreLayout(self).molecule.size
    guard size.columns > 0, size.rows > 0 else { return }
    let cells = moleculeCells(depiction, in: size)
    guard !cells.isWhole else { return }
    let move = cells.move(toShow: atom)
    explore.molecule.view.columns += move.columns
    explore.molecule.view.rows += move.rows
  }
}
