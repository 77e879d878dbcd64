internal import Attribution
internal import Molecules
internal import Reports
internal import TerminalUI
internal import Workbench

/// Draws the molecule below its text: the drawing with its heat, and the sums of the scores beside
/// it.
struct MoleculeView {
  @Shared var state: State
  let layout: ExploreLayout

  func draw(on picture: inout Picture) {
    if let line = state.moleculeLine, layout.moleculeLine.size.rows > 0 {
      picture.frame.write(
        line.text, at: layout.moleculeLine.origin, style: Style(line.role),
        maxColumns: layout.moleculeLine.size.columns)
    }
    let area = layout.molecule
    guard let depiction = state.depiction, area.size.rows > 0 else { return }
    picture.mark(area, as: .explore(.molecule))
    let heat = state.moleculeHeat
    let cells = state.draw(
      depiction, heat, in: area, view: state.moleculeView, marked: state.currentAtom,
      hasPicture: state.showsPictures, on: &picture)
    markOff(cells, depiction.molecule, &picture)
    picture.writePartialHint(cells, zoom: state.moleculeView.zoom, in: layout.heatmap, smaller: "-")
    if let heat, layout.moleculeSums.size.rows > 0 {
      MoleculeSums(heat, isSigned: state.isShownSigned)
        .draw(in: layout.moleculeSums, on: &picture)
    }
    drawRemarks(&picture)
  }

  /// Draws, below the sums, the marked atom's score in other spellings and the quality of the
  /// model: the map of a weak model says little about the molecule.
  private func drawRemarks(_ picture: inout Picture) {
    let area = layout.moleculeSums
    let columns = area.size.columns
    var row = MoleculeSums.rows + 1
    let remarks = [
      state.spellingLine.map { ($0, Role.text) },
      state.summary?.quality.map { ("this model: \($0)", Role.dim) },
    ].compactMap(\.self)
    for (remark, role) in remarks where row < area.size.rows {
      let lines = remark.wrapped(columns: columns).limited(
        rows: area.size.rows - row, columns: columns, state.signs.ellipsis)
      for (line, text) in lines.enumerated() {
        picture.frame.write(
          text, at: Position(column: area.origin.column, row: area.origin.row + row + line),
          style: Style(role), maxColumns: columns)
      }
      row += lines.count + 1
    }
  }

  /// Marks the atoms that are switched off.
  private func markOff(_ cells: MoleculeCells, _ molecule: Molecule, _ picture: inout Picture) {
    let area = layout.molecule
    for range in state.off {
      for (atom, place) in molecule.atoms.enumerated() where place.range.overlaps(range) {
        guard let cell = cells.position(of: atom) else { continue }
        let position = Position(
          column: area.origin.column + cell.column, row: area.origin.row + cell.row)
        picture.frame[position] = Cell("x", Style(.dim, .reverse))
      }
    }
  }
}

extension State {
  /// Whether a picture is drawn below the letters: never below an overlay, through which it would
  /// be visible.
  var showsPictures: Bool { hasPictures && overlay == nil }

  /// Whether the terminal can show pictures and the user has not turned them off.
  var hasPictures: Bool { terminal.abilities.pictures != nil && terminal.hasPictures }

  /// Draws the molecule with its heat.
  /// - Parameter hasPicture: whether a picture is drawn below the letters.
  func draw(
    _ depiction: Depiction, _ heat: MoleculeHeat?, in area: Rect, view: MoleculeCells.View,
    marked: Int? = nil, hasPicture: Bool, on picture: inout Picture
  ) -> MoleculeCells {
    let cells = MoleculeCells(depiction, in: area.size, view: view, isASCII: !signs.hasSymbols)
    var paint = moleculePaint(isSigned: isShownSigned)
    if hasPicture {
      paint.isOnPicture = true
      picture.image = (
        MoleculeImage(
          depiction, in: area.size, view: view, heat: heat, scale: scaleValue,
          isSigned: isShownSigned), area
      )
    }
    cells.draw(
      into: &picture.frame, at: area.origin, heat: heat, scale: scaleValue, paint: paint,
      marked: marked)
    return cells
  }
}

extension State {
  /// The score of the marked atom when the molecule is written in other ways; nil until it is
  /// known.
  var spellingLine: String? {
    guard !isShownStale, let shown = explanations.shown, let atom = currentAtom,
      let depiction, let spread = trust.spellings[shown.job.choice], spread.distinct > 1,
      spread.mean.count == depiction.molecule.atoms.count,
      let text = spread.scoreText(of: atom, isSigned: isShownSigned)
    else { return nil }
    let element = depiction.molecule.atoms[atom].element.symbol
    let score = signs.hasSymbols ? text : text.replacing("±", with: "+-")
    return "this \(element) in \(spread.count) other spellings: \(score)"
  }
}

/// Draws the sums of the scores of atoms, bonds and everything else, as bars.
struct MoleculeSums {
  private let lines: [(name: String, value: Float)]
  private let total: Float
  private let isSigned: Bool

  static let columns = 22
  /// Three sums and their total.
  static let rows = 4

  init(_ heat: MoleculeHeat, isSigned: Bool) {
    lines = [
      ("atoms", heat.atoms.reduce(0, +)), ("bonds", heat.bonds.reduce(0, +)),
      ("other", heat.restTotal),
    ]
    total = heat.total
    self.isSigned = isSigned
  }

  func draw(in rect: Rect, on picture: inout Picture) {
    let most = lines.map { abs($0.value) }.max() ?? 0
    for (row, line) in lines.enumerated() where row < rect.size.rows {
      let place = Position(column: rect.origin.column, row: rect.origin.row + row)
      let edge = write(line.name, line.value, at: place, &picture)
      let bar = rect.size.columns - (edge - place.column) - 1
      guard bar > 0, most > 0, line.value != 0 else { continue }
      let count = max(1, Int((abs(line.value) / most * Float(bar)).rounded()))
      let level = HeatLevel.level(of: line.value, scale: most)
      picture.frame.write(
        String(repeating: line.value < 0 ? "-" : "+", count: count),
        at: Position(column: edge + 1, row: place.row),
        style: Style(heatRole(level: level, isSigned: isSigned)))
    }
    guard rect.size.rows > lines.count else { return }
    let place = Position(column: rect.origin.column, row: rect.origin.row + lines.count)
    _ = write("sum", total, at: place, &picture)
  }

  /// - Returns: the column after the number.
  private func write(
    _ name: String, _ value: Float, at place: Position, _ picture: inout Picture
  ) -> Int {
    picture.frame.write(name, at: place, style: Style(.dim))
    let edge = Position(column: place.column + 13, row: place.row)
    picture.frame.write(Numerals.score(value, isSigned: isSigned), endingBefore: edge)
    return edge.column
  }
}
