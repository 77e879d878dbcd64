import Molecules
import TestSupport
import Testing

@Suite struct `substructures by name` {
  private func names(_ text: String) -> [String] {
    SMILESReading(text).molecule.substructures.map(\.name)
  }

  @Test func `are what a chemist would say`() {
    #expect(
      names("O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O") == [
        "morpholinone", "benzene", "oxazolidinone", "methylene group", "amide",
        "thiophene with chlorine",
      ])
    #expect(
      names("CC(=O)Oc1ccccc1C(=O)O") == ["methyl group", "ester", "benzene", "carboxylic acid"])
    #expect(names("CN1C=NC2=C1C(=O)N(C(=O)N2C)C").contains("xanthine"))
    #expect(names("c1c(F)cc(F)cc1Cl") == ["benzene with 2 fluorines and chlorine"])
    #expect(names("[Na+].CCCCO") == ["ion Na+", "alkyl chain", "hydroxyl"])
  }

  @Test(arguments: molecules)
  func `leave no atom out and have none twice`(_ text: String) {
    let molecule = SMILESReading(text).molecule
    let atoms = molecule.substructures.flatMap(\.atoms)
    #expect(atoms.sorted() == Array(molecule.atoms.indices))
  }

  @Test func `have names and plurals of their own`() {
    #expect(NamedPattern.all.count >= 60)
    #expect(Set(NamedPattern.all.map(\.name)).count == NamedPattern.all.count)
    for pattern in NamedPattern.all { #expect(pattern.plural.hasPrefix(pattern.name.dropLast(1))) }
  }

  @Test(arguments: [
    "", "C(", "[C", "C)", "C1CC", "[C;", "[$(C]", "[#200]", "=", "[!]", "Q", "C..C",
  ])
  func `are not found by a pattern that can't be read`(_ text: String) {
    #expect(SMARTS(text) == nil)
  }
}
