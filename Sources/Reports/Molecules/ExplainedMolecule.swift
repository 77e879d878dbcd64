public import Molecules
public import Tokenizers

/// A text that is a molecule, with what an explanation says of its atoms.
public struct ExplainedMolecule: Sendable {
  public let reading: SMILESReading
  public let heat: MoleculeHeat
  /// What the model's answer loses without whole units, where that was asked for.
  public var units: [MoleculeUnitScore]?
  /// What other spellings of the molecule have, where that was asked for.
  public var spellings: SpellingSpread?
  /// How good the model is on molecules that it was not made from, as a sentence.
  public var modelQuality: String?

  public init(
    _ encoding: Encoding, scores: [Float], units: [MoleculeUnitScore]? = nil
  ) {
    reading = SMILESReading(encoding.text)
    heat = MoleculeHeat(reading, pieces: encoding.pieces, scores: scores)
    self.units = units
  }

  /// What is wrong with the text, with the column where: nil of a SMILES.
  package var problem: String? {
    reading.problem.map { problem in
      let column =
        reading.molecule.text.utf8.prefix(problem.range.lowerBound)
        .count { $0 & 0xC0 != 0x80 } + 1
      return "not a valid SMILES, shown as text: column \(column): \(problem.sentence)"
    }
  }

  /// What the scores add up to, as a sentence.
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
  /// The drawing of its molecule; nil where it has none, or cannot be drawn.
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
