import Molecules
import Testing

/// Valid texts, with everything that OpenSMILES has.
let molecules = [
  "C", "[H][H]", "*", "[OH3+]", "CCO", "C#N", "O=C=O", "C$C", "c1ccccc1", "C1=CC=CC=C1",
  "CC(=O)Oc1ccccc1C(=O)O", "CN1C=NC2=C1C(=O)N(C(=O)N2C)C",
  "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O",
  "CN1CC[C@]23[C@@H]4[C@H]1CC5=C2C(=C(C=C5)O)O[C@H]3[C@H](C=C4)O",
  "[Na+].[Cl-]", "[13CH4]", "[2H]O[2H]", "F/C=C/F", "F/C=C\\F", "F\\C=C/C=C/F", "C1CCCCC1",
  "C%12CCCCC%12", "C%(123)CCCC%(123)", "C=1CCCCC=1", "C1CCCCC=1", "[CH4:17]", "[Fe++]", "[Fe+2]",
  "[nH]1cccc1", "c1cc[nH]c1", "[se]1cccc1", "[C@TH1H](F)(Cl)Br", "F[P@SP1](Cl)(Br)I",
  "C(C(C(C)))C", "N(=O)=O", "[N+](=O)[O-]", "C:1:C:C:C:C:C1", "c1ccccc1-c1ccccc1",
  "[O-]S(=O)(=O)[O-]", "FS(F)(F)(F)(F)F", "OCl(=O)(=O)=O", "[235U]", "C1CC1.C2CC2", "C1.C1",
  "c1ccc2c(c1)cccc2", "c1cccc2cccc2c1", "[Cu+2].[O-]C(=O)C", "CC[Se]CC", "N[C@@H](C)C(=O)O",
  "c1cc[o+]cc1", "[cH-]1cccc1", "b1ccccc1", "p1ccccc1", "O=c1cc[nH]cc1",
]

private func reading(_ text: String) -> SMILESReading { SMILESReading(text) }

/// Kinds of mistakes, with where they are.
private let mistakes: [(String, SMILESProblem.Kind, Range<Int>)] = [
  ("", .noAtoms, 0..<0), ("C?", .unexpectedCharacter, 1..<2), ("CX", .unknownElement("X"), 1..<2),
  ("CNa", .unknownElement("Na"), 1..<3), ("C[NH", .unclosedBracket, 1..<4),
  ("[Xx]", .unknownElement("Xx"), 0..<4), ("[C@?]", .invalidBracket, 0..<5),
  ("[12345C]", .numberTooLarge, 0..<5), ("C%1", .invalidRingNumber, 1..<2),
  ("C=", .bondWithoutAtom, 1..<2), ("=C", .bondWithoutAtom, 0..<1), ("1C", .nothingBefore, 0..<1),
  ("C)", .unopenedBranch, 1..<2), ("C(C", .unclosedBranch, 1..<2), ("C()C", .emptyBranch, 1..<3),
  ("C1CC", .unclosedRing(1), 1..<2), ("C=1CC#1", .conflictingRing(1), 6..<7),
  ("C11", .ringOfOneAtom(1), 2..<3), ("C1C1", .ringOfTwoAtoms(1), 3..<4),
  ("CC name", .textAfterSpace, 2..<7), ("c1cccc1", .notKekulizable, 0..<1),
  ("Cé", .unexpectedCharacter, 1..<3), ("C..C", .nothingBefore, 2..<3),
]

@Suite struct `reading a SMILES` {
  @Test(arguments: molecules)
  func `a valid text has no problem, and each byte belongs to one part`(_ text: String) {
    let reading = reading(text)
    #expect(reading.problem == nil, "\(String(describing: reading.problem))")
    #expect(reading.warnings.isEmpty)
    #expect(reading.parts.flatMap { Array($0.range) } == Array(0..<text.utf8.count))
    #expect(!reading.parts.contains { $0.kind == .unreadable })
    // The molecule's own ranges say the same.
    for part in reading.parts {
      switch part.kind {
      case .atom(let atom): #expect(reading.molecule.atoms[atom].range == part.range)
      case .bond(let bond), .ringClosure(let bond):
        #expect(reading.molecule.bonds[bond].ranges.contains(part.range))
      default: continue
      }
    }
    let ranges = reading.molecule.bonds.flatMap(\.ranges).count
    let told = reading.parts.filter { part in
      switch part.kind {
      case .bond, .ringClosure: true
      default: false
      }
    }
    #expect(ranges == told.count)
  }

  @Test(arguments: mistakes.indices)
  func `a mistake is told with its place`(_ index: Int) {
    let (text, kind, range) = mistakes[index]
    #expect(reading(text).problem == SMILESProblem(kind: kind, range: range), "\(text)")
  }

  @Test func `what cannot be is a warning and no mistake`() throws {
    let carbon = try #require(Element(symbol: "C"))
    let reading = reading("FC(F)(F)(F)F")
    #expect(reading.problem == nil)
    #expect(
      reading.warnings == [
        SMILESProblem(
          kind: .valence(element: carbon, charge: 0, found: 5, allowed: 4), range: 1..<2)
      ])
  }

  @Test(arguments: molecules)
  func `of a prefix all atoms are there that are whole`(_ text: String) {
    let whole = reading(text)
    for count in 0..<text.utf8.count {
      let prefix = String(decoding: Array(text.utf8)[..<count], as: UTF8.self)
      let part = reading(prefix)
      let expected = whole.molecule.atoms.filter { $0.range.upperBound <= count }
      let found = part.molecule.atoms
      // A prefix can end inside of Cl or Br, which leaves C or B.
      #expect(found.count == expected.count || found.count == expected.count + 1, "\(prefix)")
      for (one, other) in zip(found, expected) {
        #expect(one.element == other.element && one.range == other.range, "\(prefix)")
      }
      #expect(part.parts.flatMap { Array($0.range) } == Array(0..<count), "\(prefix)")
    }
  }

  @Test func `text behind a mistake is read on`() {
    let reading = reading("CC(=Q)[Zz]CN")
    #expect(reading.molecule.atoms.map(\.element.symbol) == ["C", "C", "C", "N"])
    #expect(reading.problem?.range == 3..<4 || reading.problem?.range == 4..<5)
  }

  @Test func `white space around the text does not count`() {
    let reading = reading(" \tCCO\n")
    #expect(reading.problem == nil)
    #expect(reading.molecule.atoms.map(\.range) == [2..<3, 3..<4, 4..<5])
  }

  @Test func `hydrogens fill the valence of atoms without brackets`() {
    let hydrogens = { (text: String) in SMILESReading(text).molecule.atoms.map(\.hydrogens) }
    #expect(hydrogens("CC=CC#C") == [3, 1, 1, 0, 1])
    #expect(hydrogens("NOSP") == [2, 0, 0, 2])
    #expect(hydrogens("CS(=O)(=O)C") == [3, 0, 0, 0, 3])
    #expect(hydrogens("Cn1cccc1") == [3, 0, 1, 1, 1, 1])
    #expect(hydrogens("[CH2]C[NH3+]") == [2, 2, 3])
    #expect(hydrogens("BCl") == [2, 0])
  }

  @Test func `aromatic rings are found however they are written`() {
    for (aromatic, kekule) in [
      ("c1ccccc1", "C1=CC=CC=C1"), ("c1cc[nH]c1", "C1=CNC=C1"),
      ("Cn1cnc2c1c(=O)n(C)c(=O)n2C", "CN1C=NC2=C1C(=O)N(C)C(=O)N2C"),
      ("c1ccc2cccc2cc1", "C1=CC=C2C=CC=C2C=C1"), ("[cH+]1cccccc1", "[CH+]1C=CC=CC=C1"),
    ] {
      let (one, other) = (reading(aromatic).molecule, reading(kekule).molecule)
      #expect(one.atoms.map(\.isAromatic) == other.atoms.map(\.isAromatic), "\(aromatic)")
      #expect(one.bonds.map(\.isAromatic) == other.bonds.map(\.isAromatic), "\(aromatic)")
      #expect(one.atoms.contains { $0.isAromatic })
    }
    for text in ["C1=CC=C1", "C1=CCC=CC1", "C1=CC=CC=CC=C1", "O=C1C=CC(=O)C=C1"] {
      #expect(!reading(text).molecule.atoms.contains { $0.isAromatic }, "\(text)")
    }
  }

  @Test func `rings are the smallest`() {
    let sizes = { (text: String) in
      SMILESReading(text).molecule.rings.map(\.count).sorted()
    }
    #expect(sizes("CCC").isEmpty)
    #expect(sizes("c1ccc2ccccc2c1") == [6, 6])
    #expect(sizes("C1CC2CCC1CC2") == [6, 6, 6])
    #expect(sizes("C12C3C4C1C5C4C3C25") == [4, 4, 4, 4, 4, 4])
    #expect(sizes("C1CC12CC2") == [3, 3])
    #expect(sizes("C1" + String(repeating: "C", count: 600) + "C1") == [602])
  }

  @Test func `chirality and cis or trans are kept as written`() {
    #expect(reading("N[C@@H](C)O").molecule.atoms[1].chirality == .clockwise)
    #expect(reading("N[C@TH1H](C)O").molecule.atoms[1].chirality == .counterclockwise)
    #expect(reading("N[C@@H](C)O").molecule.stereoNeighbors(of: 1) == [0, nil, 2, 3])
    #expect(reading("[C@@H](C)(N)O").molecule.stereoNeighbors(of: 0) == [nil, 1, 2, 3])
    // The digit stands before the branch, so its neighbour does too.
    #expect(reading("F[C@]1(Cl)OCC1").molecule.stereoNeighbors(of: 1) == [0, 5, 2, 3])
    for (text, areCis) in [
      ("F/C=C/F", false), ("F/C=C\\F", true), ("C(/F)=C/F", true), ("F\\C=C\\F", false),
      ("F/C=C1.F/1", true), ("C1=C/F.F/1", false),
    ] {
      let molecule = reading(text).molecule
      let double = molecule.bonds.firstIndex { $0.order == 2 }
      let stereo = double.flatMap { molecule.stereo(ofDoubleBond: $0) }
      #expect(stereo?.areCis == areCis, "\(text)")
    }
    #expect(reading("FC=C/F").molecule.stereo(ofDoubleBond: 1) == nil)
  }

  @Test func `long texts take time in proportion and no stack`() {
    let chain = String(repeating: "C", count: 1_000_000)
    #expect(reading(chain).molecule.atoms.count == 1_000_000)
    let deep = String(repeating: "C(", count: 300_000)
    #expect(reading(deep).problem?.kind == .unclosedBranch)
    let salts = String(repeating: "c1ccccc1.", count: 50_000) + "C"
    let reading = reading(salts)
    #expect(reading.problem == nil && reading.molecule.atoms[299_999].isAromatic)
    // A ladder, which is one ring system.
    let ladder = "C1CC1" + String(repeating: "C2CC2C1CC1", count: 20_000)
    #expect(SMILESReading(ladder).problem == nil)
  }
}
