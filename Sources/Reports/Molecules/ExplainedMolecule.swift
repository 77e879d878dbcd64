public import Molecules
public import Tokenizers

/// A text that is a molecule, with the explanation by its atoms.
public struct ExplainedMolecule: Sendable {
  public let reading: SMILESReading
  public let heat: MoleculeHeat
  /// By how much the score decreases without whole units, if that was requested.
  public var units: [MoleculeUnitScore]?
  /// The explanation in other spellings of the molecule, if that was requested.
  public var spellings: SpellingSpread?
  /// The quality of the model for molecules that were not used for training, as a sentence.
  public var modelQuality: String?

  public init(
    _ encoding: Encoding, scores: [Float], units: [MoleculeUnitScore]? = nil
  ) {
    reading = SMILESReading(encoding.text)
    heat = MoleculeHeat(reading, pieces: encoding.pieces, scores: scores)
    self.units = units
  }

  /// The error in the text, with its column; nil for a valid SMILES.
  package var problem: String? {
    reading.problem.map { problem in
      let column =
        reading.molecule.text.utf8.prefix(problem.range.lowerBound)
        .count { $0 & 0xC0 != 0x80 } + 1
      return "not a valid SMILES, shown as text: column \(column): \(problem.sentence)"
    }
  }

  /// The sums of the scores, as a sentence.
  package var sums: String {
    let bonds = heat.bonds.reduce(0, +)
    func number(_ value: Float) -> String { Numerals.score(value, isSigned: true) }
    var parts = ["atoms \(number(heat.atoms.reduce(0, +)))"]
    if heat.bonds.contains(where: { $0 != 0 }) {
      parts.append("bonds and ring numbers \(number(bonds))")
    }
    if !heat.rest.isEmpty {
      parts.append("branches and tokens that are no atom \(number(heat.restTotal))")
    }
    let sum = parts.joined(separator: ", ") + "; together \(number(heat.total))"
    guard heat.dividedPieces > 0 else { return sum }
    let isOne = heat.dividedPieces == 1
    return sum + "; \(Numerals.count(heat.dividedPieces, "token")) "
      + "\(isOne ? "covers" : "cover") several atoms and \(isOne ? "is" : "are") divided"
      + " among them in equal parts"
  }
}

extension ExplainedText {
  /// The drawing of its molecule; nil if there is none or it cannot be drawn.
  package var depiction: Depiction? {
    guard let molecule, molecule.reading.problem == nil else { return nil }
    return try? Depiction.kept(of: molecule.reading.molecule)
  }

  /// Why a molecule is shown as text.
  package var refusal: String? {
    guard let molecule else { return nil }
    if let problem = molecule.problem { return problem }
    do throws(DepictionRefusal) {
      _ = try Depiction.kept(of: molecule.reading.molecule)
      return nil
    } catch { return "shown as text: \(error.sentence)" }
  }
}
