import Explorer
import Foundation
import Molecules
import TerminalUI
import TestSupport
import Testing

/// The formula with carbon first, then hydrogen, then the other elements alphabetically.
private func formula(of molecule: Molecule) -> String {
  var counts: [String: Int] = [:]
  for atom in molecule.atoms {
    counts[atom.element.symbol, default: 0] += 1
    counts["H", default: 0] += atom.hydrogens
  }
  let order = ["C", "H"] + counts.keys.filter { $0 != "C" && $0 != "H" }.sorted()
  return order.compactMap { symbol in
    counts[symbol].map { $0 == 0 ? "" : symbol + ($0 == 1 ? "" : String($0)) }
  }.joined()
}

@Test func `every known drug has RDKit's formula and a drawing`() throws {
  let table = try String(
    contentsOf: fixture("known-drugs/formulas.tsv"), encoding: .utf8)
  let formulas = Dictionary(
    uniqueKeysWithValues: table.split(separator: "\n").map { line in
      let parts = line.split(separator: "\t").map(String.init)
      return (parts[0], parts[1])
    })
  #expect(Set(KnownDrug.all.map(\.name)) == Set(formulas.keys))
  #expect(KnownDrug.all.map(\.name) == KnownDrug.all.map(\.name).sorted())
  for drug in KnownDrug.all {
    let reading = SMILESReading(drug.smiles)
    #expect(reading.problem == nil && reading.warnings.isEmpty, "\(drug.name)")
    #expect(formula(of: reading.molecule) == formulas[drug.name], "\(drug.name)")
    #expect(throws: Never.self) { try Depiction(of: reading.molecule) }
  }
}

@Test func `the name of a drug is offered while it is typed, and Enter takes it`() {
  var stage = Stage(molecule: "")
  stage.type("Riva")
  stage.answerMoleculeQuestions()
  #expect(stage.screen.contains("rivaroxaban: Enter replaces the name with its SMILES"))
  stage.press(.enter)
  stage.answerMoleculeQuestions()
  #expect(stage.state.document.text == MoleculeModel.rivaroxaban)
  stage.control("_")
  #expect(stage.state.document.text == "Riva")
}

@Test func `Enter inserts a line break if no name is being typed`() {
  var stage = Stage(molecule: "CCO")
  stage.press(.enter)
  #expect(stage.state.document.text == "CCO\n")
}

@Test func `the palette lists drugs only for models of molecules`() {
  var stage = Stage(molecule: "")
  stage.control("p")
  stage.type("molecule caff")
  stage.press(.enter)
  #expect(stage.state.document.text == "Cn1cnc2n(C)c(=O)n(C)c(=O)c12")
  var other = Stage("good")
  other.control("p")
  other.type("molecule caff")
  #expect(!other.screen.contains("Cn1cnc2n"))
}
