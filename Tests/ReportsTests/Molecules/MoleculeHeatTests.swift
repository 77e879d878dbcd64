import Molecules
import Reports
import Testing
import Tokenizers

@Suite struct `the heat of a molecule` {
  @Test(arguments: SampleMolecule.all)
  func `adds up to the scores`(_ molecule: SampleMolecule) {
    let heat = molecule.heat
    let parts = heat.atoms.reduce(0, +) + heat.bonds.reduce(0, +) + heat.restTotal
    // Additions of some hundred numbers below 1 round by less than this.
    #expect(abs(parts - molecule.scores.reduce(0, +)) < 1e-4)
    #expect(heat.total == parts)
    #expect(heat.dividedPieces == 0)
  }

  @Test func `gives a score to what the piece stands on`() {
    let heat = heat(
      of: "CC(=O)Oc1ccccc1Cl.N",
      [
        "C", "C", "(", "=", "O", ")", "O", "c", "1", "c", "c",
        "c", "c", "c", "1", "C", "l", ".", "N",
      ])
    #expect(heat.atoms == [0, 1, 4, 6, 7, 9, 10, 11, 12, 13, 15 + 16, 18])
    let bonds = SMILESReading("CC(=O)Oc1ccccc1Cl.N").molecule.bonds
    #expect(
      bonds.indices.filter { heat.bonds[$0] != 0 }.map { bonds[$0].isRingClosure } == [false, true])
    #expect(heat.bonds.filter { $0 != 0 } == [3, 8 + 14])
    #expect(heat.rest.map(\.piece) == ["(", ")", "."])
    #expect(heat.rest.map(\.score) == [2, 5, 17])
  }

  @Test func `divides a piece on several atoms among them`() {
    let heat = heat(of: "CC(=O)O", ["<s>", "CC(", "=O", ")O"])
    #expect(heat.dividedPieces == 1)
    #expect(heat.atoms == [0.5, 0.5, 2, 3])
    #expect(heat.bonds.allSatisfy { $0 == 0 })
    #expect(heat.rest.map(\.piece) == ["<s>"])
  }

  @Test func `takes what is no number for 0`() {
    let reading = SMILESReading("CO")
    let pieces = [
      Piece(text: "C", id: 0, utf8Range: 0..<1), Piece(text: "O", id: 0, utf8Range: 1..<2),
    ]
    let heat = MoleculeHeat(reading, pieces: pieces, scores: [.nan, 2])
    #expect(heat.atoms == [0, 2] && heat.total == 2)
  }

  @Test func `has a scale of its own or one for all molecules`() {
    let heat = heat(of: "CO", ["C", "O"])
    #expect(HeatScale.text.value(for: heat) == 1)
    #expect(HeatScale.fixed(4).value(for: heat) == 4)
  }

  /// Pieces that follow each other in the text; the score of each is its number.
  private func heat(of text: String, _ texts: [String]) -> MoleculeHeat {
    var end = 0
    let pieces = texts.map { piece in
      let length = piece.hasPrefix("<") ? 0 : piece.utf8.count
      defer { end += length }
      return Piece(text: piece, id: 0, utf8Range: end..<end + length, isSpecial: length == 0)
    }
    return MoleculeHeat(
      SMILESReading(text), pieces: pieces, scores: pieces.indices.map(Float.init))
  }
}
