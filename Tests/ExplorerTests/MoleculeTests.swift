import Attribution
import Explorer
import Molecules
import Reports
import TerminalUI
import TestSupport
import Testing
import Workbench

/// The area of the drawing.
private func picture(_ stage: Stage) -> Rect? { stage.state.picture.rect(of: .explore(.molecule)) }

@Test(arguments: [(80, 24), (120, 36), (200, 60)])
func `a molecule is drawn as it was reviewed`(columns: Int, rows: Int) {
  let stage = Stage(molecule: MoleculeModel.rivaroxaban, columns: columns, rows: rows)
  #expect(snapshotProblem(stage.state.picture.frame, "molecule-\(columns)x\(rows)") == nil)
}

@Test func `without colours, atoms have signs`() {
  let stage = Stage(molecule: MoleculeModel.rivaroxaban, columns: 100, rows: 30, colors: .none)
  #expect(snapshotProblem(stage.state.picture.frame, "molecule-no-colours-100x30") == nil)
}

@Test func `in plain mode a molecule is ASCII`() {
  let stage = Stage(molecule: MoleculeModel.rivaroxaban, columns: 100, rows: 30, isPlain: true)
  #expect(stage.screen.unicodeScalars.allSatisfy { $0.isASCII })
  #expect(picture(stage) != nil)
}

@Test func `Grad-CAM explains molecules unless the user chose another explainer`() {
  var stage = Stage(molecule: "CCO")
  #expect(stage.state.settings.method == "grad-cam")
  #expect(stage.state.session.explainer == nil)
  stage.load(Lexicon.summary)
  #expect(stage.state.settings.method == "integrated-gradients")
  var session = Session(text: "CCO")
  session.explainer = "hirescam"
  #expect(Stage(molecule: "CCO", session: session).state.settings.method == "hirescam")
}

@Test func `M shows the text as text, and the session keeps it`() {
  var stage = Stage(molecule: "CCO")
  #expect(picture(stage) != nil)
  stage.press(.escape)
  stage.type("M")
  #expect(picture(stage) == nil)
  #expect(stage.state.session.view == "text")
  let kept = Stage(molecule: "CCO", session: stage.state.session)
  #expect(picture(kept) == nil)
  stage.type("M")
  #expect(picture(stage) != nil)
}

@Test func `any text is drawn as a molecule on request`() {
  var stage = Stage("CCO")
  stage.answer()
  #expect(picture(stage) == nil)
  stage.press(.escape)
  stage.type("M")
  #expect(picture(stage) != nil)
}

@Test func `scores of atoms, bonds and the rest are the model's`() throws {
  let stage = Stage(molecule: MoleculeModel.rivaroxaban)
  let heat = try #require(stage.state.moleculeHeat)
  let shown = try #require(stage.state.explanations.shown)
  #expect(abs(heat.total - shown.attribution.scores.reduce(0, +)) < 1e-4)
  #expect(heat.restTotal < 0)
  #expect(stage.screen.contains("other"))
  #expect(stage.legend.contains("belong to no atom: "))
}

@Test func `the cursor in the text marks the atom`() {
  var stage = Stage(molecule: "CCCl")
  #expect(stage.state.currentAtom == 2)
  stage.press(.left)
  stage.press(.left)
  #expect(stage.state.currentAtom == 2)
  stage.press(.left)
  #expect(stage.state.currentAtom == 1)
}

@Test func `a click on an atom selects its token`() throws {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban)
  let area = try #require(picture(stage))
  let depiction = try #require(stage.state.depiction)
  let cells = stage.state.moleculeCells(depiction, in: area.size)
  for atom in depiction.molecule.atoms.indices {
    let cell = try #require(cells.position(of: atom))
    stage.click(column: area.origin.column + cell.column, row: area.origin.row + cell.row)
    #expect(stage.state.currentAtom == atom)
    let unit = try #require(stage.state.currentUnit)
    let range = try #require(stage.state.explanations.shown?.map.units[unit].utf8Range)
    #expect(range.overlaps(depiction.molecule.atoms[atom].range))
  }
}

@Test func `arrows walk along bonds, and every atom can be reached`() throws {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban)
  stage.press(.escape)
  let depiction = try #require(stage.state.depiction)
  let molecule = depiction.molecule
  var reached: Set<Int> = []
  var open = [0]
  while let atom = open.popLast() {
    guard reached.insert(atom).inserted else { continue }
    for key in [Key.Code.left, .right, .up, .down] {
      stage.state.select(atom: atom)
      stage.press(key)
      let next = try #require(stage.state.currentAtom)
      #expect(next == atom || molecule.bond(between: atom, and: next) != nil)
      open.append(next)
    }
  }
  #expect(reached.count == molecule.atoms.count)
}

@Test func `another part of a salt is reached by an arrow`() throws {
  var stage = Stage(molecule: "CC(=O)[O-].[Na+]")
  stage.press(.escape)
  stage.type("g")
  for _ in 0..<4 { stage.press(.right) }
  #expect(stage.state.currentAtom == 4)
}

@Test func `the drawing is enlarged, moved and reset`() throws {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban)
  stage.press(.escape)
  let before = stage.state.picture.frame
  stage.type("+++")
  #expect(stage.state.moleculeView.zoom > 2)
  let large = stage.state.picture.frame
  #expect(large != before)
  stage.press(.left, .alt)
  #expect(stage.state.picture.frame != large)
  stage.press(.right, .alt)
  #expect(stage.state.picture.frame == large)
  // The view always scrolls to the marked atom.
  for key in [Key.Code.home, .end] {
    stage.press(key)
    let area = try #require(picture(stage))
    let depiction = try #require(stage.state.depiction)
    let atom = try #require(stage.state.currentAtom)
    #expect(stage.state.moleculeCells(depiction, in: area.size).position(of: atom) != nil)
  }
  stage.type("---")
  #expect(stage.state.moleculeView == MoleculeCells.View())
}

@Test func `an edit at the end does not rotate the drawing`() throws {
  var stage = Stage(molecule: "c1ccccc1CCN")
  let before = try #require(stage.state.depiction)
  stage.type("C")
  stage.answerMoleculeQuestions()
  let after = try #require(stage.state.depiction)
  for (old, new) in zip(before.points, after.points) {
    #expect(abs(old.x - new.x) < 0.5 && abs(old.y - new.y) < 0.5)
  }
}

@Test func `a large molecule is sketched at once, and redrawn when its layout is ready`() throws {
  let peptide = String(repeating: "NCC(=O)", count: 30) + "O"
  var stage = Stage(molecule: peptide)
  #expect(stage.asked(LayOutMolecule.self).isEmpty)
  let before = try #require(stage.state.depiction)
  // No bond is complete yet.
  stage.type("=")
  #expect(stage.asked(LayOutMolecule.self).isEmpty)
  stage.type("C")
  let question = try #require(stage.asked(LayOutMolecule.self).last)
  let sketch = try #require(stage.state.depiction)
  #expect(sketch.points.count == before.points.count + 1)
  let better = try Depiction(of: sketch.molecule, near: question.previous)
  let ticket = try #require(
    stage.log.compactMap { effect -> Ticket? in
      guard case .ask(let ticket, let asked) = effect, asked.base is LayOutMolecule else {
        return nil
      }
      return ticket
    }.last)
  // A further key makes it another molecule.
  stage.type("C")
  #expect(stage.asked(LayOutMolecule.self).count == 2)
  stage.send(.answer(ticket, better))
  #expect(stage.state.depiction?.points.count == before.points.count + 2)
  stage.answerMoleculeQuestions()
  #expect(stage.state.depiction?.points.count == before.points.count + 2)
  let count = stage.asked(LayOutMolecule.self).count
  stage.press(.escape)
  #expect(stage.asked(LayOutMolecule.self).count == count)
}

@Test func `the valid part of an incomplete SMILES is drawn, and the error has its column`()
  throws
{
  var stage = Stage(molecule: "CCO")
  stage.type("(")
  stage.answerMoleculeQuestions()
  #expect(stage.state.depiction?.molecule.atoms.count == 3)
  #expect(stage.screen.contains("column 4: the parenthesis is never closed"))
  let frame = stage.state.picture.frame
  #expect(frame.cells.contains { $0.cluster == "(" && $0.style.role == .error })
  stage.type("N)")
  stage.answerMoleculeQuestions()
  #expect(!stage.screen.contains("column 4:"))
}

@Test func `text without an atom stays text, with the reason`() {
  let stage = Stage(molecule: "?!")
  #expect(picture(stage) == nil)
  #expect(stage.screen.contains("column 1: "))
}

@Test func `the scale of the drawing can be fixed`() throws {
  var stage = Stage(molecule: "CCCl")
  stage.press(.escape)
  stage.type("s")
  let fixed = stage.state.scaleValue
  #expect(fixed >= 1.5)
  stage.type("i")
  stage.press(.backspace)
  stage.press(.backspace)
  stage.answerMoleculeQuestions()
  #expect(stage.state.scaleValue == fixed)
}

@Test func `an atom that is switched off is marked in the drawing`() throws {
  var stage = Stage(molecule: "CCCl")
  stage.press(.escape)
  stage.state.select(atom: 2)
  stage.press(.character(" "))
  stage.answerMoleculeQuestions()
  let area = try #require(picture(stage))
  let depiction = try #require(stage.state.depiction)
  let cell = try #require(
    stage.state.moleculeCells(depiction, in: area.size).position(of: 2))
  let frame = stage.state.picture.frame
  let place = Position(column: area.origin.column + cell.column, row: area.origin.row + cell.row)
  #expect(frame[place].cluster == "x")
}

@Test func `every prefix of a molecule has a picture`() {
  var stage = Stage(molecule: "", columns: 80, rows: 24)
  for letter in MoleculeModel.rivaroxaban {
    stage.type(String(letter))
    #expect(stage.state.picture.frame.size == Size(columns: 80, rows: 24))
    stage.answerMoleculeQuestions()
    #expect(stage.state.picture.frame.size == Size(columns: 80, rows: 24))
  }
  #expect(picture(stage) != nil)
}

@Test func `damaged molecules never break the state`() {
  let signs = Array("CNOclsn()[]=#123%+-@/\\.Br H\u{301}é")
  var random: UInt64 = 7
  func roll(_ sides: Int) -> Int {
    random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(random >> 33) % sides
  }
  for number in 0..<200 {
    var text = Array(MoleculeModel.rivaroxaban)
    for _ in 0...roll(4) {
      let place = roll(text.count)
      if roll(2) == 0 {
        text.remove(at: place)
      } else {
        text.insert(signs[roll(signs.count)], at: place)
      }
    }
    let damaged = String(text)
    var stage = Stage(molecule: damaged, columns: 80, rows: 24)
    stage.press(.escape)
    for key in [Key.Code.left, .up, .character("+"), .pageDown, .character("-")] {
      stage.press(key)
    }
    #expect(stage.state.picture.frame.cells.count == 80 * 24, "\(number): \(damaged)")
  }
}

@Test func `a resize there and back leaves the same molecule`() {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban)
  let before = stage.state.picture.frame
  for (columns, rows) in [(80, 24), (60, 16), (40, 10), (200, 60), (1, 1), (120, 36)] {
    stage.send(.terminal(.resize(Size(columns: columns, rows: rows))))
    stage.answerMoleculeQuestions()
    #expect(stage.state.picture.frame.size == Size(columns: columns, rows: rows))
  }
  #expect(stage.state.picture.frame == before)
}

@Test func `swaps are listed with the model's answers, and one can be applied and undone`() {
  var stage = Stage(molecule: "Cc1ccccc1Cl")
  stage.press(.escape)
  stage.state.select(atom: 7)
  stage.type("W")
  stage.answerMoleculeQuestions()
  #expect(stage.screen.contains("Instead of Cl"))
  for formula in ["H", "F", "CH3", "OH", "NH2", "CN", "CF3"] {
    #expect(stage.rows.contains { $0.contains("│ \(formula) ") || $0.contains("┃ \(formula) ") })
  }
  #expect(!stage.rows.contains { $0.contains("CF3") && $0.contains("measuring") })
  #expect(stage.screen.contains("flips"))
  stage.press(.down)
  stage.press(.enter)
  stage.answerMoleculeQuestions()
  #expect(stage.state.document.text == "Cc1ccccc1F")
  stage.type("u")
  #expect(stage.state.document.text == "Cc1ccccc1Cl")
}

@Test func `nothing is swapped in a text with an error`() {
  var stage = Stage(molecule: "CC(")
  stage.press(.escape)
  stage.type("W")
  #expect(stage.state.overlay == nil)
  #expect(stage.screen.contains("not a complete molecule yet"))
}
