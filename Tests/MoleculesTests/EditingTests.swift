import Molecules
import TestSupport
import Testing

/// The molecules of these tests, with what is hard to keep: chirality at rings and at the start, marks
/// of double bonds in rings and beside each other.
private let hard =
  molecules + [
    "[C@@H](C)(N)O", "F[C@]1(Cl)OCC1", "C[S@](=O)c1ccccc1", "[C@]12(F)CCC1CO2", "F/C=C1.F/1",
    "C(/F)(\\Cl)=C(/F)Cl", "C/C=C/C=C\\C", "C1CC(/C=C/F)CC1", "N[C@@H]1CC[C@H](O)CC1",
  ]

/// Whether two texts name the same molecule, where the atoms of one are known in the other.
private func isSame(_ one: Molecule, _ other: Molecule, _ places: [Range<Int>]) -> Bool {
  let map = places.compactMap { range in other.atoms.firstIndex { $0.range == range } }
  guard map.count == one.atoms.count, Set(map).count == other.atoms.count else { return false }
  for (index, atom) in one.atoms.enumerated() {
    let image = other.atoms[map[index]]
    guard atom.element == image.element, atom.charge == image.charge,
      atom.hydrogens == image.hydrogens, atom.isotope == image.isotope,
      atom.isAromatic == image.isAromatic, atom.atomClass == image.atomClass,
      (atom.chirality == nil) == (image.chirality == nil)
    else { return false }
    if atom.chirality?.shape == .tetrahedral {
      let moved = filled(one, index).map { $0.map { map[$0] } }
      let sameOrder = !isOdd(moved, filled(other, map[index]))
      if (atom.chirality == image.chirality) != sameOrder { return false }
    }
  }
  for (index, bond) in one.bonds.enumerated() {
    guard let image = other.bond(between: map[bond.from], and: map[bond.to]),
      other.bonds[image].isAromatic == bond.isAromatic,
      bond.isAromatic || other.bonds[image].order == bond.order
    else { return false }
    guard let stereo = one.stereo(ofDoubleBond: index) else { continue }
    let same = other.stereo(ofDoubleBond: image)
    let ends = [map[stereo.besideFrom], map[stereo.besideTo]]
    guard let same else { return false }
    // The other neighbour of an end is on the other side.
    let differences = [same.besideFrom, same.besideTo].count { !ends.contains($0) }
    if (same.areCis == stereo.areCis) != (differences % 2 == 0) { return false }
  }
  return one.bonds.count == other.bonds.count
}

/// The neighbours with nil for a hydrogen or a lone pair.
private func filled(_ molecule: Molecule, _ atom: Int) -> [Int?] {
  var order = molecule.stereoNeighbors(of: atom)
  if order.count == 3 {
    let hasPrevious = order[0].map { $0 < atom } ?? false
    order.insert(nil, at: hasPrevious ? 1 : 0)
  }
  return order
}

private func isOdd(_ order: [Int?], _ other: [Int?]) -> Bool {
  var (order, isOdd) = (order, false)
  for index in other.indices {
    guard let place = order.firstIndex(of: other[index]), place != index else { continue }
    order.swapAt(index, place)
    isOdd.toggle()
  }
  return isOdd
}

private func randomSMILES(_ molecule: Molecule, _ seed: UInt64) -> WrittenSMILES {
  var generator = SeededRandom(seed: seed)
  return molecule.randomSMILES(using: &generator)
}

@Suite struct `writing a SMILES` {
  @Test(arguments: hard)
  func `in any order names the same molecule`(_ text: String) {
    let reading = SMILESReading(text)
    let molecule = reading.molecule
    for written in [molecule.smiles] + (1...8).map({ randomSMILES(molecule, $0) }) {
      let other = SMILESReading(written.text)
      #expect(other.problem == nil, "\(written.text)")
      #expect(isSame(molecule, other.molecule, written.ranges), "\(text) as \(written.text)")
    }
  }

  @Test func `is the same for the same seed and differs between seeds`() {
    let molecule = SMILESReading("CC(=O)Oc1ccccc1C(=O)O").molecule
    #expect(randomSMILES(molecule, 3) == randomSMILES(molecule, 3))
    let texts = Set((1...20).map { randomSMILES(molecule, $0).text })
    #expect(texts.count > 10)
  }

  @Test func `in its own order is what most people write`() {
    for text in [
      "CC(=O)Oc1ccccc1C(=O)O", "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O",
      "N[C@@H](C)C(=O)O", "F/C=C/F", "[Na+].[Cl-]", "c1ccccc1-c1ccccc1",
    ] {
      #expect(SMILESReading(text).molecule.smiles.text == text)
    }
  }
}

@Suite struct `a swap` {
  private func swapped(_ text: String, _ atom: Int, _ swap: Swap) -> String? {
    SMILESReading(text).molecule.swapping(atom, for: swap)?.text
  }

  @Test func `replaces an end, a group of ends, or a hydrogen`() {
    #expect(swapped("CCCl", 2, .fluorine) == "CCF")
    #expect(swapped("CCCl", 2, .hydrogen) == "CC")
    #expect(swapped("ClCC", 0, .hydroxyl) == "OCC")
    #expect(swapped("c1ccc(C(F)(F)F)cc1", 4, .chlorine) == "c1ccc(Cl)cc1")
    #expect(swapped("c1ccccc1", 0, .cyano) == "c1(C#N)ccccc1")
    #expect(swapped("c1cc[nH]c1", 3, .methyl) == "c1ccn(C)c1")
    #expect(swapped("C[N+](=O)[O-]", 1, .amino) == "CN")
  }

  @Test func `is refused where nothing can be replaced`() {
    #expect(swapped("CC(=O)C", 2, .fluorine) == nil)
    #expect(swapped("CC(C)(C)C", 1, .fluorine) == nil)
    #expect(swapped("CCC", 1, .hydrogen) == nil)
    #expect(swapped("CC", 9, .hydrogen) == nil)
  }

  @Test func `keeps the order of the neighbours in space`() {
    // The new atom stands where the old one stood.
    #expect(swapped("N[C@@H](C)CO", 2, .chlorine) == "N[C@@H](Cl)CO")
    #expect(swapped("F[C@](Cl)(Br)I", 2, .hydrogen) == "F[C@H](Br)I")
    #expect(swapped("Cl[C@](F)(Br)I", 0, .hydrogen) == "[C@H](F)(Br)I")
    // Two hydrogens leave no stereocentre.
    #expect(swapped("N[C@@H](C)CO", 2, .hydrogen) == "N[CH2]CO")
    // From N the hydrogen, C, C run clockwise; F comes between the two carbons, one exchange away.
    #expect(swapped("N[C@@H](C)CO", 1, .fluorine) == "N[C@](C)(F)CO")
  }

  @Test(arguments: hard)
  func `gives a valid text, with the place of each atom that stays`(_ text: String) {
    let molecule = SMILESReading(text).molecule
    for atom in molecule.atoms.indices {
      for swap in Swap.allCases {
        guard let written = molecule.swapping(atom, for: swap) else { continue }
        let other = SMILESReading(written.text)
        #expect(other.problem == nil && other.warnings.isEmpty, "\(written.text)")
        for (index, range) in written.ranges.enumerated() where !range.isEmpty {
          let image = other.molecule.atoms.first { $0.range == range }
          #expect(image?.element == molecule.atoms[index].element, "\(text) \(written.text)")
        }
      }
    }
  }
}
