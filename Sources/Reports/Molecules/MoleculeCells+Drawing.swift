internal import Attribution
internal import Molecules
public import TerminalUI

extension MoleculeCells {
  /// How heat is shown.
  public struct Paint: Sendable, Hashable {
    /// Whether heat is shown as backgrounds around atoms and bonds; contours are where the level
    /// changes.
    public var hasField = true
    /// Whether lines of dots show where the level changes, in cells without bonds. They are finer
    /// than cells, and with few colours only they distinguish the levels.
    public var hasContours = false
    /// The number of levels between two lines. If each level has its own colour, lines for all
    /// levels would be too dense; half of them are drawn, and only if bonds are long enough to
    /// stand out.
    public var levelsPerContour = 1
    /// Whether `+`, `++`, `-`, `--` are written next to atoms and bonds, for terminals without
    /// colours.
    public var hasSigns = false
    /// Whether a bitmap shows the heat and the bonds, so that only letters are written.
    public var isOnPicture = false
    /// Whether the method's scores have a sign.
    public var isSigned = true

    public init() {}

    /// The best options for a terminal.
    public init(colors: TerminalAbilities.Colors, isPlain: Bool = false, isSigned: Bool = true) {
      hasField = colors != .none
      hasContours = colors != .none && !isPlain
      levelsPerContour = colors == .ansi8 ? 1 : 2
      hasSigns = colors == .none || isPlain
      self.isSigned = isSigned
    }
  }

  /// Draws the molecule into a rectangle of the size for which it was laid out.
  /// - Parameters:
  ///   - heat: nil to draw only the structure.
  ///   - scale: the score with the strongest colour.
  ///   - marked: an atom to highlight.
  public func draw(
    into frame: inout Frame, at origin: Position, heat: MoleculeHeat? = nil, scale: Float = 1,
    paint: Paint = Paint(), marked: Int? = nil
  ) {
    var pen = Pen(
      cells: self, heat: heat, scale: scale, paint: paint, canvas: BrailleCanvas(size: size))
    if !paint.isOnPicture { pen.drawBonds() }
    pen.write(into: &frame, at: origin)
    pen.label(&frame, at: origin, marked: marked)
    if paint.hasSigns { pen.sign(&frame, at: origin) }
  }
}

/// The state of one drawing.
private struct Pen {
  let cells: MoleculeCells
  let heat: MoleculeHeat?
  let scale: Float
  let paint: MoleculeCells.Paint
  var canvas: BrailleCanvas
  /// The bonds in terminals without braille.
  var letters: [Position: String] = [:]

  private var layout: CellLayout { cells.layout }
  /// The minimum length of a bond, in columns, for lines of dots next to it.
  private static let contouredScale: Float = 9

  // MARK: Bonds

  mutating func drawBonds() {
    // At least two dots, so that there is a gap between the lines of a double bond.
    let spacing = max(0.19, 2.3 / (2 * layout.scale))
    let strokes = BondStrokes(cells.depiction, at: cells.ends, spacing: spacing)
    for bond in cells.depiction.molecule.bonds.indices {
      if cells.isASCII {
        drawLetters(bond, strokes[bond])
      } else {
        for stroke in strokes[bond] { draw(stroke) }
      }
    }
  }

  private mutating func draw(_ stroke: BondStroke) {
    switch stroke {
    case .line(let from, let to):
      canvas.line(from: cells.dots(at: from), to: cells.dots(at: to))
    case .dashed(let from, let to):
      canvas.line(from: cells.dots(at: from), to: cells.dots(at: to), pattern: (on: 1, off: 1))
    case .wedge(let narrow, let wide, let width):
      for share in stride(from: Float(-0.5), through: 0.5, by: 0.25) {
        canvas.line(
          from: cells.dots(at: narrow), to: cells.dots(at: wide, aside: share * width, of: narrow))
      }
    case .hash(let narrow, let wide, let width):
      for share in [Float(-0.5), 0, 0.5] {
        canvas.line(
          from: cells.dots(at: narrow), to: cells.dots(at: wide, aside: share * width, of: narrow),
          pattern: (on: 1, off: 2))
      }
    }
  }

  private mutating func drawLetters(_ bond: Int, _ strokes: [BondStroke]) {
    let ends = cells.depiction.molecule.bonds[bond]
    let (from, to) = (
      cells.shown(layout.atoms[ends.from]), cells.shown(layout.atoms[ends.to])
    )
    let (columns, rows) = (to.column - from.column, to.row - from.row)
    let steps = max(abs(columns), abs(rows))
    guard steps > 1 else { return }
    let isFlat = 2 * abs(rows) * 2 < abs(columns)
    let isSteep = abs(columns) * 2 < abs(rows) * 2
    let line =
      isFlat ? "-" : isSteep ? "|" : (columns > 0) == (rows > 0) ? "\\" : "/"
    for step in 1..<steps {
      let place = Position(
        column: from.column + Int((Float(columns * step) / Float(steps)).rounded()),
        row: from.row + Int((Float(rows * step) / Float(steps)).rounded()))
      guard cells.isInside(place) else { continue }
      let isMiddle = step == steps / 2
      letters[place] =
        isMiddle ? middle(of: bond) ?? sign(of: strokes, line) : sign(of: strokes, line)
    }
  }

  /// The kind of the bond, written once in the middle of its line.
  private func middle(of bond: Int) -> String? {
    let bond = cells.depiction.molecule.bonds[bond]
    if bond.isAromatic { return ":" }
    return bond.order == 2 ? "=" : bond.order == 3 ? "#" : bond.order == 4 ? "$" : nil
  }

  private func sign(of strokes: [BondStroke], _ line: String) -> String {
    switch strokes.first {
    case .wedge: "%"
    case .hash: "."
    default: line
    }
  }

  // MARK: Cells

  mutating func write(into frame: inout Frame, at origin: Position) {
    let field =
      paint.isOnPicture
      ? [] : levels(columns: cells.size.columns, rows: cells.size.rows, dots: 1)
    let hasRoom = paint.levelsPerContour == 1 || layout.scale >= Self.contouredScale
    // the dots of contours are braille, which a console does not have
    let hasContours = paint.hasContours && hasRoom && !paint.isOnPicture && !cells.isASCII
    let contours = hasContours ? contourLines() : nil
    for row in 0..<cells.size.rows {
      for column in 0..<cells.size.columns {
        let place = Position(column: column, row: row)
        let level = field.isEmpty || !paint.hasField ? 0 : field[row * cells.size.columns + column]
        let role = level == 0 ? Role.text : heatRole(level: level, isSigned: paint.isSigned)
        let bond = cells.isASCII ? letters[place] : canvas[place]
        let contour = bond == nil ? contours?[place] : nil
        let cell =
          contour.map { Cell($0, Style(level == 0 ? .dim : role)) }
          ?? Cell(bond ?? " ", Style(role))
        frame[origin.moved(column, row)] = cell
      }
    }
  }

  /// The level at each point of a grid with `dots` points per cell; empty without heat.
  private func levels(columns: Int, rows: Int, dots: Int) -> [Int] {
    guard let heat, paint.hasField || paint.hasContours else { return [] }
    let step = (x: 1 / (layout.scale * Float(dots)), y: 2 / (layout.scale * Float(dots)))
    let values = HeatField(heat, cells.depiction).values(
      columns: columns * dots, rows: rows * dots,
      topLeft: .init(
        x: -Float(cells.offset.column) / layout.scale + step.x / 2,
        y: Float(cells.offset.row) * 2 / layout.scale - step.y / 2), step: step)
    return values.map { HeatLevel.level(of: $0, scale: scale) }
  }

  /// Dots where the level differs from that to the right or below.
  private func contourLines() -> BrailleCanvas {
    var lines = BrailleCanvas(size: cells.size)
    let (columns, rows) = (cells.size.columns, cells.size.rows)
    let fine = levels(columns: columns, rows: rows, dots: 2).map { level in
      abs(level) / paint.levelsPerContour * level.signum()
    }
    guard !fine.isEmpty else { return lines }
    let width = 2 * columns
    for y in 0..<2 * rows - 1 {
      for x in 0..<width - 1 {
        let level = fine[y * width + x]
        if level != fine[y * width + x + 1] || level != fine[(y + 1) * width + x] {
          lines.set(x, 2 * y)
        }
      }
    }
    return lines
  }

  // MARK: Letters

  func label(_ frame: inout Frame, at origin: Position, marked: Int?) {
    for atom in layout.atoms.indices {
      let cell = layout.atoms[atom]
      let style = Style(role(of: heat?.atoms[atom] ?? 0), atom == marked ? .reverse : [])
      if let parts = layout.labels[atom] {
        for part in parts
        where part.cells(around: cell).allSatisfy({ cells.isInside(cells.shown($0)) }) {
          let start = cells.shown(cell).moved(part.column, part.row)
          for (column, letter) in part.text.enumerated() {
            frame[origin.moved(start.column + column, start.row)] = Cell(String(letter), style)
          }
        }
      } else {
        let place = cells.shown(cell)
        guard cells.isInside(place) else { continue }
        let position = origin.moved(place.column, place.row)
        let vertex = cells.isASCII ? "." : frame[position].cluster
        if paint.isOnPicture, atom != marked { continue }
        frame[position] = Cell(atom == marked ? "C" : vertex, style)
      }
    }
  }

  private func role(of score: Float) -> Role {
    let level = HeatLevel.level(of: score, scale: scale)
    return level == 0 ? .text : heatRole(level: level, isSigned: paint.isSigned)
  }

  // MARK: Signs

  /// Writes signs next to atoms and bonds, in free cells, or where they hide the fewest dots.
  func sign(_ frame: inout Frame, at origin: Position) {
    guard let heat else { return }
    var taken = Set<Position>()
    let places = layout.atoms.map { cells.shown($0) }
    func put(_ score: Float, beside place: Position, width: Int) {
      let level = HeatLevel.level(of: score, scale: scale)
      guard level != 0 else { return }
      let text = String(repeating: level > 0 ? "+" : "-", count: abs(level) > 2 ? 2 : 1)
      let around = [
        (0, -1), (0, 1), (1, -1), (-text.count, -1), (1, 1), (-text.count, 1), (width, 0),
        (-text.count - width + 1, 0),
      ].map { place.moved($0.0, $0.1) }
      let free = around.filter { start in
        (0..<text.count).allSatisfy { step in
          let cell = start.moved(step, 0)
          return cells.isInside(cell) && !taken.contains(cell)
            && layout.owners[cells.unshown(cell)] == nil
        }
      }
      func hidden(_ start: Position) -> Int {
        (0..<text.count).reduce(0) { sum, step in
          let cell = start.moved(step, 0)
          return sum + (cells.isASCII ? letters[cell] == nil ? 0 : 1 : canvas.dots(at: cell))
        }
      }
      guard let best = free.min(by: { hidden($0) < hidden($1) }) else { return }
      let style = Style(heatRole(level: level, isSigned: paint.isSigned))
      for (step, letter) in text.enumerated() {
        taken.insert(best.moved(step, 0))
        frame[origin.moved(best.column + step, best.row)] = Cell(String(letter), style)
      }
    }
    for (atom, place) in places.enumerated() where cells.isInside(place) {
      put(heat.atoms[atom], beside: place, width: 1)
    }
    for (bond, score) in zip(cells.depiction.molecule.bonds, heat.bonds) where score != 0 {
      let (from, to) = (places[bond.from], places[bond.to])
      put(
        score,
        beside: Position(column: (from.column + to.column) / 2, row: (from.row + to.row) / 2),
        width: 1)
    }
  }
}

extension MoleculeCells {
  fileprivate func unshown(_ position: Position) -> Position {
    position.moved(-offset.column, -offset.row)
  }

  /// Dots of a point next to the end of a line, perpendicular to the line.
  fileprivate func dots(
    at end: Depiction.Point, aside: Float, of start: Depiction.Point
  ) -> SIMD2<Float> {
    let way = end.vector - start.vector
    let length = max((way * way).sum().squareRoot(), 1e-6)
    return dots(at: Depiction.Point(end.vector + SIMD2(-way.y, way.x) / length * aside))
  }
}

extension Position {
  fileprivate func moved(_ columns: Int, _ rows: Int) -> Position {
    Position(column: column + columns, row: row + rows)
  }
}
