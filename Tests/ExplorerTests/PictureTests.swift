import Explorer
import Molecules
import Reports
import TerminalUI
import TestSupport
import Testing

extension Stage {
  fileprivate mutating func show(_ pictures: PictureAbility?) {
    var abilities = TerminalAbilities(colors: .direct)
    abilities.pictures = pictures
    send(.abilities(abilities))
  }
}

private let kitty = PictureAbility(.kitty, cellWidth: 10, cellHeight: 20)
private let sixel = PictureAbility(.sixel, cellWidth: 8, cellHeight: 16)

private func theme() -> Theme { ThemeLibrary().preferred(.dark) }

@Test func `if the terminal shows pictures, only letters are text`() throws {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban)
  #expect(stage.state.picture.image == nil)
  let area = try #require(stage.state.picture.rect(of: .explore(.molecule)))
  stage.show(kitty)
  let picture = stage.state.picture
  #expect(picture.image?.rect == area)
  for row in area.origin.row..<area.origin.row + area.size.rows {
    for column in area.origin.column..<area.origin.column + area.size.columns {
      let cell = picture.frame[Position(column: column, row: row)].cluster
      #expect(!cell.unicodeScalars.contains { (0x2801...0x28FF).contains($0.value) }, "\(cell)")
    }
  }
  #expect(stage.screen.contains("Cl"))
}

@Test func `no picture is drawn below an overlay, and the palette turns pictures off`() {
  var stage = Stage(molecule: MoleculeModel.rivaroxaban)
  stage.show(kitty)
  stage.press(.function(1))
  #expect(stage.state.picture.image == nil)
  stage.press(.escape)
  #expect(stage.state.picture.image != nil)
  stage.control("p")
  stage.type("pictures off")
  stage.press(.enter)
  #expect(stage.state.picture.image == nil)
  #expect(stage.state.session.pictures == false)
  let kept = Stage(molecule: "CCO", session: stage.state.session)
  var again = kept
  again.show(kitty)
  #expect(again.state.picture.image == nil)
}

@Test func `a picture is sent once, sent again after a change, and removed`() throws {
  var stage = Stage(molecule: "CCCl")
  stage.show(kitty)
  var shown = ShownPicture()
  func next() -> String {
    shown.sequence(
      stage.state.picture, ability: kitty, theme: theme(), isDark: true)
  }
  #expect(next().contains("\u{1B}_Ga=T"))
  #expect(next().isEmpty)
  stage.type("C")
  stage.answerMoleculeQuestions()
  #expect(next().contains("\u{1B}_Ga=T"))
  shown.forget()
  #expect(next().contains("\u{1B}_Ga=T"))
  stage.press(.function(1))
  #expect(next().contains("a=d"))
  #expect(next().isEmpty)
}

@Test func `before a sixel image changes or disappears the screen is redrawn`() {
  var stage = Stage(molecule: "CCCl")
  stage.show(sixel)
  var shown = ShownPicture()
  #expect(!shown.needsClearing(before: stage.state.picture, theme: theme()))
  let sequence = shown.sequence(
    stage.state.picture, ability: sixel, theme: theme(), isDark: true)
  #expect(sequence.contains("\u{1B}P0;1;0q"))
  #expect(!shown.needsClearing(before: stage.state.picture, theme: theme()))
  stage.type("C")
  stage.answerMoleculeQuestions()
  #expect(shown.needsClearing(before: stage.state.picture, theme: theme()))
  stage.press(.function(1))
  #expect(shown.needsClearing(before: stage.state.picture, theme: theme()))
}

@Test func `the picture is hot where the atoms are, and empty below letters`() throws {
  let stage = Stage(molecule: "CCCl")
  let depiction = try #require(stage.state.depiction)
  let heat = try #require(stage.state.moleculeHeat)
  let size = Size(columns: 60, rows: 20)
  let image = try #require(
    MoleculeImage(
      depiction, in: size, view: .init(), heat: heat, scale: heat.largest, isSigned: true
    ).image(for: kitty, theme: theme(), isDark: true))
  let cells = MoleculeCells(depiction, in: size)
  let (width, height) = (image.width / size.columns, image.height / size.rows)
  #expect(image.width % size.columns == 0 && image.height % size.rows == 0)
  let chlorine = try #require(cells.position(of: 2))
  func pixel(_ column: Int, _ row: Int) -> IndexedImage.RGBA {
    image.palette[Int(image.pixels[row * image.width + column])]
  }
  // The letter's cell is left to the text; the heat is visible beside it.
  let middle = pixel(chlorine.column * width + width / 2, chlorine.row * height + height / 2)
  #expect(middle.alpha == 0)
  #expect(
    pixel(chlorine.column * width + width / 2, (chlorine.row + 1) * height + 2).alpha == 255)
  #expect(pixel(0, 0).alpha == 0)
}
