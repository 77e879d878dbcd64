import Attribution
import Molecules
import Reports
import TerminalUI
import TestSupport
import Testing

@Suite struct `a molecule in cells` {
  private static let sizes = [(30, 15), (60, 20), (100, 40)]

  @Test(arguments: SampleMolecule.all)
  func `is drawn like this`(_ molecule: SampleMolecule) {
    for (columns, rows) in Self.sizes {
      let frame = drawing(of: molecule, columns: columns, rows: rows).frame
      #expect(snapshotProblem(frame, "\(molecule.name)-\(columns)x\(rows)") == nil)
    }
  }

  @Test(arguments: SampleMolecule.all)
  func `is drawn without colours and braille like this`(_ molecule: SampleMolecule) {
    var frame = Frame(size: Size(columns: 60, rows: 20), isPlain: true)
    let cells = MoleculeCells(molecule.depiction(), in: frame.size, isASCII: true)
    cells.draw(
      into: &frame, at: Position(column: 0, row: 0), heat: molecule.heat,
      scale: molecule.heat.largest, paint: .init(colors: .none, isPlain: true))
    #expect(frame.cells.allSatisfy { $0.cluster.unicodeScalars.allSatisfy(\.isASCII) })
    #expect(snapshotProblem(frame, "\(molecule.name)-plain") == nil)
  }

  /// What is painted at an atom is the level of its own score, whatever is around it.
  @Test(arguments: SampleMolecule.all)
  func `has each atom's heat at its letter`(_ molecule: SampleMolecule) throws {
    for (columns, rows) in Self.sizes {
      let (frame, cells) = drawing(of: molecule, columns: columns, rows: rows)
      let heat = molecule.heat
      for atom in heat.atoms.indices {
        guard let position = cells.position(of: atom) else {
          #expect(!cells.isWhole, "atom \(atom) is not seen")
          continue
        }
        let level = HeatLevel.level(of: heat.atoms[atom], scale: heat.largest)
        #expect(frame[position].style.role == (level == 0 ? .text : .heat(level)))
      }
    }
  }

  @Test(arguments: SampleMolecule.all, [Float(0.5), 1.6, 3])
  func `keeps an atom's heat when it is rotated`(_ molecule: SampleMolecule, _ turn: Float) {
    let size = Size(columns: 140, rows: 80)
    let (frame, cells) = drawing(of: molecule, columns: size.columns, rows: size.rows)
    var rotated = Frame(size: size)
    let rotatedCells = MoleculeCells(molecule.depiction(turn: turn), in: size)
    rotatedCells.draw(
      into: &rotated, at: Position(column: 0, row: 0), heat: molecule.heat,
      scale: molecule.heat.largest)
    for atom in molecule.heat.atoms.indices {
      guard let place = cells.position(of: atom), let other = rotatedCells.position(of: atom) else {
        continue
      }
      #expect(frame[place].style.role == rotated[other].style.role)
    }
  }

  @Test(arguments: SampleMolecule.all)
  func `finds each atom where it is`(_ molecule: SampleMolecule) {
    let cells = MoleculeCells(molecule.depiction(), in: Size(columns: 100, rows: 40))
    var taken: Set<Position> = []
    for atom in molecule.heat.atoms.indices {
      guard let position = cells.position(of: atom) else { continue }
      #expect(taken.insert(position).inserted, "two atoms stand in one cell")
      #expect(cells.atom(nearest: position) == atom)
    }
    #expect(!taken.isEmpty)
  }

  @Test(arguments: SampleMolecule.all)
  func `draws into any rectangle, and nothing beside it`(_ molecule: SampleMolecule) {
    let depiction = molecule.depiction()
    for (columns, rows) in [(0, 0), (1, 1), (1, 30), (30, 1), (2, 2), (7, 3), (20, 9), (41, 17)] {
      for zoom in [Float(0.5), 1, 3] {
        var frame = Frame(size: Size(columns: columns + 4, rows: rows + 4))
        let cells = MoleculeCells(
          depiction, in: Size(columns: columns, rows: rows),
          view: .init(zoom: zoom, columns: 2, rows: -1))
        cells.draw(
          into: &frame, at: Position(column: 2, row: 2), heat: molecule.heat,
          scale: molecule.heat.largest, paint: .init(colors: .ansi8), marked: 0)
        let inside = Rect(column: 2, row: 2, columns: columns, rows: rows)
        for row in 0..<rows + 4 {
          for column in 0..<columns + 4 {
            let position = Position(column: column, row: row)
            if !inside.contains(position) { #expect(frame[position] == Cell()) }
          }
        }
      }
    }
  }

  @Test func `fits a molecule of the size of a drug into a small pane`() throws {
    let molecule = try #require(SampleMolecule.named("rivaroxaban"))
    #expect(drawing(of: molecule, columns: 60, rows: 20).cells.isWhole)
    #expect(drawing(of: molecule, columns: 78, rows: 14).cells.isWhole)
  }

  @Test func `moves so that an atom is seen`() throws {
    let molecule = try #require(SampleMolecule.named("peptide"))
    let size = Size(columns: 30, rows: 15)
    var hidden = 0
    for atom in molecule.heat.atoms.indices {
      let cells = MoleculeCells(molecule.depiction(), in: size)
      if cells.position(of: atom) != nil { continue }
      hidden += 1
      let move = cells.move(toShow: atom)
      let view = MoleculeCells.View(columns: move.columns, rows: move.rows)
      let moved = MoleculeCells(molecule.depiction(), in: size, view: view)
      #expect(moved.position(of: atom) != nil)
    }
    #expect(hidden > 100)
  }

  @Test func `marks one atom`() throws {
    let molecule = try #require(SampleMolecule.named("aspirin"))
    var frame = Frame(size: Size(columns: 60, rows: 20))
    let cells = MoleculeCells(molecule.depiction(), in: frame.size)
    cells.draw(into: &frame, at: Position(column: 0, row: 0), marked: 4)
    let position = try #require(cells.position(of: 4))
    #expect(frame[position].cluster == "C" && frame[position].style.attributes == .reverse)
    #expect(frame.cells.filter { $0.style.attributes != [] }.count == 1)
  }

  /// As a chemist writes it.
  @Test(arguments: [
    ("CO", "OH"), ("OC", "OH"), ("[NH4+]", "NH4⁺"), ("[13CH4]", "¹³CH4"), ("C", "CH4"),
    ("[Ca+2]", "Ca²⁺"), ("CC(=O)[O-]", "O⁻"), ("O", "H2O"), ("[CH3]", "CH3"),
  ])
  func `writes letters`(_ smiles: String, _ text: String) throws {
    let molecule = SMILESReading(smiles).molecule
    let points = molecule.atoms.indices.map {
      Depiction.Point(x: Float($0) * 0.87, y: $0 % 2 == 0 ? 0 : 0.5)
    }
    var frame = Frame(size: Size(columns: 40, rows: 12))
    let flipped = smiles.hasPrefix("OC")
    let depiction = Depiction(
      of: molecule, at: flipped ? points.map { .init(x: -$0.x, y: $0.y) } : points)
    MoleculeCells(depiction, in: frame.size).draw(into: &frame, at: Position(column: 0, row: 0))
    #expect(frame.snapshot().contains(text))
  }

  /// Where a glyph stands in a drawing with contours and none in one without.
  private func contours(
    of name: String, columns: Int, rows: Int, _ colors: TerminalAbilities.Colors,
    isASCII: Bool = false
  ) throws -> [Int] {
    let molecule = try #require(SampleMolecule.named(name))
    func clusters(_ paint: MoleculeCells.Paint) -> [String] {
      var frame = Frame(size: Size(columns: columns, rows: rows))
      MoleculeCells(molecule.depiction(), in: frame.size, isASCII: isASCII).draw(
        into: &frame, at: Position(column: 0, row: 0), heat: molecule.heat,
        scale: molecule.heat.largest, paint: paint)
      return frame.cells.map(\.cluster)
    }
    let paint = MoleculeCells.Paint(colors: colors)
    var bare = paint
    bare.hasContours = false
    let (with, without) = (clusters(paint), clusters(bare))
    let changed = with.indices.filter { with[$0] != without[$0] }
    // beside bonds and letters, never over them
    #expect(changed.allSatisfy { without[$0] == " " })
    return changed
  }

  @Test(arguments: ["aspirin", "caffeine"])
  func `has contour lines where there are colours and room`(_ name: String) throws {
    let few = try contours(of: name, columns: 100, rows: 40, .ansi8)
    let many = try contours(of: name, columns: 100, rows: 40, .indexed256)
    // where several levels share a colour there is a line for each, elsewhere for every second one
    #expect(!many.isEmpty && many.count < few.count)
    #expect(try contours(of: name, columns: 100, rows: 40, .direct) == many)
    #expect(try contours(of: name, columns: 100, rows: 40, .none).isEmpty)
    // the Linux console has colours and no braille
    #expect(try contours(of: name, columns: 100, rows: 40, .ansi8, isASCII: true).isEmpty)
    // short bonds would be lost among the dots
    #expect(try contours(of: name, columns: 30, rows: 12, .indexed256).isEmpty)
    #expect(!MoleculeCells.Paint(colors: .indexed256, isPlain: true).hasContours)
  }

  private func drawing(
    of molecule: SampleMolecule, columns: Int, rows: Int
  ) -> (frame: Frame, cells: MoleculeCells) {
    var frame = Frame(size: Size(columns: columns, rows: rows))
    let cells = MoleculeCells(molecule.depiction(), in: frame.size)
    cells.draw(
      into: &frame, at: Position(column: 0, row: 0), heat: molecule.heat,
      scale: molecule.heat.largest)
    return (frame, cells)
  }
}
