import Explorer
import Reports
import TerminalUI
import Testing

/// The rows of the screen that contain dots of a drawing.
private func drawn(_ stage: Stage) -> [Int] {
  stage.rows.indices.filter { row in
    stage.rows[row].unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }
  }
}

@Test(arguments: [(80, 24), (120, 36), (200, 60)])
func `a molecule is presented large, with its heat and its text below`(
  columns: Int, rows: Int
) throws {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban, columns: columns, rows: rows)
  stage.press(.function(5))
  let text = try #require(stage.position(of: "O=C1COCCN1c1ccc(cc1)N1CC"))
  let dots = drawn(stage)
  #expect(dots.count >= rows / 4, "\(dots.count)")
  #expect(dots.allSatisfy { $0 < text.row })
  // Nothing of the screen below is visible.
  #expect(stage.position(of: "Tokens") == nil && stage.screen.contains("Why outside?"))
  let frame = stage.state.picture.frame
  let roles = dots.flatMap { row in
    (0..<columns).map { frame[Position(column: $0, row: row)].style.role }
  }
  #expect(roles.contains { if case .heat(let level) = $0 { level > 0 } else { false } })
  // The text is painted too.
  let chlorine = try #require(stage.position(of: "Cl)s2"))
  #expect(chlorine.row >= text.row)
  #expect(frame[chlorine].style.role == .heat(5))
}

@Test func `the presented drawing is enlarged and moved, and the next text begins whole`() {
  var stage = Stage(molecule: "CCO")
  stage.press(.function(5))
  let before = stage.state.picture.frame
  #expect(!stage.screen.contains("a part"))
  stage.type("+++++")
  #expect(stage.state.picture.frame != before)
  stage.press(.right, .alt)
  stage.press(.right, .alt)
  stage.press(.right, .alt)
  stage.press(.right, .alt)
  #expect(stage.screen.contains("a part of the drawing"))
  stage.type("------")
  #expect(stage.state.picture.frame == before)
  stage.press(.escape)
  #expect(stage.state.overlay == nil)
  #expect(stage.state.moleculeView.zoom == 1)
}

@Test func `where the terminal shows pictures, the presentation has one, and help has none`() {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban)
  var abilities = TerminalAbilities(colors: .direct)
  abilities.pictures = PictureAbility(.kitty, cellWidth: 10, cellHeight: 20)
  stage.send(.abilities(abilities))
  stage.press(.function(5))
  #expect(stage.state.picture.image?.rect.size.columns ?? 0 > 100)
  #expect(drawn(stage).isEmpty)
  stage.press(.function(1))
  #expect(stage.state.picture.image == nil)
}

@Test func `text and molecules that can't be drawn are presented as text`() {
  for text in ["", "???", String(repeating: "C", count: 300)] {
    var stage = Stage(molecule: text)
    stage.press(.function(5))
    #expect(drawn(stage).isEmpty, "\(text)")
  }
}
