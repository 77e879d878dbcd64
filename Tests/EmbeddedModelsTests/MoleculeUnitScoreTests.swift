import Classifiers
import EmbeddedModels
import Molecules
import Reports
import Testing

/// Units of molecules by name, and what is left of the text without each.
private let samples: [(unit: MoleculeUnit, text: String, rests: [String: String])] = [
  (.atom, "CCO", ["C 0": "CO", "C 1": "CO", "O 2": "CC"]),
  (.atom, "CC(Cl)C", ["C 0": "C(Cl)C", "C 1": "C(Cl)C", "Cl 2": "CCC", "C 3": "CC(Cl)"]),
  (.group, "CC(=O)NC", ["amide": "CC"]),
  (.ring, "CCc1ccccc1", ["benzene": "CC"]),
  (.ring, "c1ccccc1CC1CC1", ["benzene": "CC1CC1", "cyclopropane": "c1ccccc1C"]),
]

/// The embedded model reads molecules without an atom, a group or a ring.
struct MoleculeUnitScoreTests {
  @Test(arguments: samples)
  fileprivate func `a unit's score is what the answer loses where the text is read without it`(
    unit: MoleculeUnit, text: String, rests: [String: String]
  ) throws {
    let model = try EmbeddedModelCatalog.opener.open("molecules")
    let prediction = try model.predict(text)
    let target = Target(classIndex: 1)
    let scores = try MoleculeUnitScore.scores(
      by: unit, of: SMILESReading(text), encoding: prediction.encoding, target: target,
      prediction: prediction, model: model)
    func value(_ text: String) throws -> Float {
      target.value(logits: try model.predict(text).logits, link: model.classifier.link)
    }
    for (name, rest) in rests {
      let score = try #require(scores.first { $0.name == name }, "\(name) of \(text)")
      #expect(abs(score.score - (try value(text) - value(rest))) < 1e-4, "\(name) of \(text)")
    }
    let molecule = SMILESReading(text).molecule
    #expect(scores.allSatisfy { $0.atoms.allSatisfy(molecule.atoms.indices.contains) })
    #expect(unit != .atom || scores.count == molecule.atoms.count)
  }
}
