import Molecules
import Testing

private typealias Point = SIMD2<Float>

/// A molecule whose rings are crowded, and how many crossings its drawing may have.
private struct Crowded: CustomTestStringConvertible {
  let name: String
  let text: String
  /// Of bridged rings that no layout with bonds of one length has without; morphine's bridge crosses one bond in
  /// textbooks too.
  var crossings = 0

  var testDescription: String { name }
}

private let crowded = [
  Crowded(
    name: "taxol",
    text:
      "CC1=C2[C@H](C(=O)[C@@]3([C@H](C[C@@H]4[C@]([C@H]3[C@@H]([C@@](C2(C)C)(C[C@@H]1OC(=O)[C@@H]([C@H](C5=CC=CC=C5)NC(=O)C6=CC=CC=C6)O)O)OC(=O)C7=CC=CC=C7)(CO4)OC(=O)C)O)C)OC(=O)C"
  ),
  Crowded(
    name: "cyclosporin",
    text:
      "CC[C@H]1C(=O)N(CC(=O)N([C@H](C(=O)N[C@H](C(=O)N([C@H](C(=O)N[C@H](C(=O)N[C@@H](C(=O)N([C@H](C(=O)N([C@H](C(=O)N([C@H](C(=O)N([C@H](C(=O)N1)[C@@H]([C@H](C)C/C=C/C)O)C)C(C)C)C)CC(C)C)C)CC(C)C)C)C)C)CC(C)C)C)C(C)C)CC(C)C)C)C"
  ),
  Crowded(
    name: "vancomycin",
    text:
      "CC1C(C(CC(O1)OC2C(C(C(OC2OC3=C4C=C5C=C3OC6=C(C=C(C=C6)C(C(C(=O)NC(C(=O)NC5C(=O)NC7C8=CC(=C(C=C8)O)C9=C(C=C(C=C9O)O)C(NC(=O)C(C(C1=CC(=C(O4)C=C1)Cl)O)NC7=O)C(=O)O)CC(=O)N)NC(=O)C(CC(C)C)NC)O)Cl)CO)O)O)(C)N)O"
  ),
  Crowded(
    name: "morphine", text: "CN1CC[C@]23[C@@H]4[C@H]1CC5=C2C(=C(C=C5)O)O[C@H]3[C@H](C=C4)O",
    crossings: 1),
  Crowded(
    name: "strychnine",
    text: "C1CN2CC3=CCO[C@H]4CC(=O)N5[C@H]6[C@H]4[C@H]3C[C@H]2[C@@]61C7=CC=CC=C75"
  ),
  Crowded(name: "calix[4]arene", text: "Oc1c2cccc1Cc1cccc(c1O)Cc1cccc(c1O)Cc1cccc(C2)c1O"),
  Crowded(
    name: "tetraphenylporphyrin",
    text:
      "c1ccc(cc1)C2=C3C=CC(=C(C4=CC=C(N4)C(=C5C=CC(=N5)C(=C6C=CC2=N6)c7ccccc7)c8ccccc8)c9ccccc9)N3"
  ),
  Crowded(
    name: "β-cyclodextrin",
    text:
      "OCC1OC2OC3C(CO)OC(OC4C(CO)OC(OC5C(CO)OC(OC6C(CO)OC(OC7C(CO)OC(OC8C(CO)OC(OC1C(O)C2O)C(O)C8O)C(O)C7O)C(O)C6O)C(O)C5O)C(O)C4O)C(O)C3O"
  ),
  Crowded(
    name: "amphotericin",
    text:
      "C[C@H]1/C=C/C=C/C=C/C=C/C=C/C=C/C=C/[C@@H](C[C@H]2[C@@H]([C@H](C[C@](O2)(C[C@H](C[C@H]([C@@H](CC[C@H](C[C@H](CC(=O)O[C@H]([C@@H]([C@@H]1O)C)C)O)O)O)O)O)O)O)C(=O)O)O[C@H]3[C@H]([C@H]([C@@H]([C@H](O3)C)O)N)O"
  ),
  Crowded(
    name: "ivermectin",
    text:
      "CC[C@H](C)[C@@H]1[C@H](CC[C@@]2(O1)C[C@@H]3C[C@H](O2)C/C=C(/[C@H]([C@H](/C=C/C=C/4\\CO[C@H]5[C@@]4([C@@H](C=C([C@H]5O)C)C(=O)O3)O)C)O[C@H]6C[C@@H]([C@H]([C@@H](O6)C)O[C@H]7C[C@@H]([C@H]([C@@H](O7)C)O)OC)OC)\\C)C"
  ),
  Crowded(name: "corannulene", text: "c1cc2ccc3ccc4ccc5ccc1c1c2c3c4c51"),
]

@Test(arguments: crowded)
private func `crowded rings and macrocycles are drawn so that they can be read`(
  _ sample: Crowded
) throws {
  let drawing = try Depiction(of: SMILESReading(sample.text).molecule)
  let points = drawing.points.map { Point($0.x, $0.y) }
  let bonds = drawing.molecule.bonds
  var crossings = 0
  for (index, bond) in bonds.enumerated() {
    let line = Segment(points[bond.from], points[bond.to])
    #expect((0.7...1.4).contains(line.length), "\(bond.from)-\(bond.to): \(line.length)")
    for atom in points.indices where atom != bond.from && atom != bond.to {
      // a letter is a third of a bond high
      #expect(line.distance(from: points[atom]) > 0.3, "\(atom) on \(bond.from)-\(bond.to)")
    }
    for other in bonds[..<index] {
      let isBeside = [bond.from, bond.to].contains { $0 == other.from || $0 == other.to }
      let second = Segment(points[other.from], points[other.to])
      if !isBeside, line.crosses(second) { crossings += 1 }
    }
    guard let stereo = drawing.molecule.stereo(ofDoubleBond: index) else { continue }
    let product = line.side(points[stereo.besideFrom]) * line.side(points[stereo.besideTo])
    #expect((product > 0) == stereo.areCis, "\(bond.from)=\(bond.to)")
  }
  #expect(crossings <= sample.crossings)
  for one in points.indices {
    for other in 0..<one where drawing.molecule.bond(between: one, and: other) == nil {
      let way = points[one] - points[other]
      #expect((way * way).sum().squareRoot() > 0.6, "\(one) \(other)")
    }
  }
}

@Test func `a fullerene is drawn with bonds of like lengths, seen from one side`() throws {
  let text =
    "C12=C3C4=C5C6=C1C7=C8C9=C1C%10=C%11C(=C29)C3=C2C3=C4C4=C5C5=C9C6=C7C6=C7C8=C1C1=C8C%10=C%10C%11=C2C2=C3C3=C4C4=C5C5=C%11C%12=C(C6=C95)C7=C1C1=C%12C5=C%11C4=C3C3=C5C(=C81)C%10=C23"
  let drawing = try Depiction(of: SMILESReading(text).molecule)
  for bond in drawing.molecule.bonds {
    let (from, to) = (drawing.points[bond.from], drawing.points[bond.to])
    let length = Segment(Point(from.x, from.y), Point(to.x, to.y)).length
    #expect((0.5...2).contains(length))
  }
}

@Suite struct `what is wrong with a layout` {
  private let bonds: [LayoutGraph.Bond] = [
    .init(0, 1, isRotatable: false), .init(2, 3, isRotatable: false),
  ]

  private func faults(_ points: [Point], sides: [LayoutGraph.Sides] = []) -> LayoutFaults {
    LayoutFaults(points, LayoutGraph(atoms: points.count, bonds: bonds, sides: sides))
  }

  @Test func `is counted`() {
    #expect(faults([Point(0, 0), Point(1, 0), Point(0, 2), Point(1, 2)]).areNone)
    let cross = faults([Point(-0.6, 0), Point(0.6, 0), Point(0, -0.6), Point(0, 0.6)])
    #expect(cross.crossings == 1 && cross.oddBonds == 0 && !cross.areSmall)
    let near = faults([Point(0, 0), Point(1, 0), Point(0.5, 0.3), Point(0.5, 1.3)])
    #expect(near.atomsOnBonds == 1 && near.crowdedPairs == 2 && near.crossings == 0)
    #expect(faults([Point(0, 0), Point(3, 0), Point(0, 2), Point(1, 2)]).oddBonds == 1)
  }

  @Test func `is a side that the text has otherwise, worst of all`() {
    let points = [Point(-0.5, -0.9), Point(0, 0), Point(1, 0), Point(1.5, 0.9)]
    let graph = { (areCis: Bool) in
      LayoutGraph(
        atoms: 4, bonds: (1..<4).map { .init($0 - 1, $0, isRotatable: false) },
        sides: [.init(from: 1, to: 2, besideFrom: 0, besideTo: 3, areCis: areCis)])
    }
    #expect(LayoutFaults(points, graph(false)).areNone)
    let wrong = LayoutFaults(points, graph(true))
    #expect(wrong.wrongSides == 1 && !wrong.areSmall && wrong.cost > 100)
    var relaxation = Relaxation(points, graph(true))
    #expect(relaxation.resolve().wrongSides == 0)
  }

  @Test func `is an atom in the ring that it hangs on`() {
    let ring = [
      Point(0, 1), Point(-0.9, 0.5), Point(-0.9, -0.5), Point(0, -1), Point(0.9, -0.5),
      Point(0.9, 0.5),
    ]
    let graph = LayoutGraph(
      atoms: 7,
      bonds: (0..<6).map { .init($0, ($0 + 1) % 6, isRotatable: false) } + [
        .init(0, 6, isRotatable: true)
      ], rings: [Array(0..<6)])
    #expect(LayoutFaults(ring + [Point(0, 2)], graph).atomsInRings == 0)
    #expect(LayoutFaults(ring + [Point(0, 0)], graph).atomsInRings == 1)
  }
}

@Test func `a branch that crosses a bond is drawn in and grows to the other side`() {
  // a square whose corner 0 carries an atom on the far side of the bond 1-2
  let points = [Point(0, 0), Point(1, 0), Point(1, 1), Point(0, 1), Point(1.4, 0.5)]
  let graph = LayoutGraph(
    atoms: 5,
    bonds: (0..<4).map { .init($0, ($0 + 1) % 4, isRotatable: false) } + [
      .init(0, 4, isRotatable: true)
    ], rings: [[0, 1, 2, 3]])
  #expect(LayoutFaults(points, graph).crossings == 1)
  var relaxation = Relaxation(points, graph)
  let faults = relaxation.resolve()
  #expect(faults.crossings == 0)
}

@Test func `least stress unfolds a ring that lies on itself`() {
  // twelve atoms of a ring on a line, there and back
  let points = (0..<12).map { Point(Float(min($0, 12 - $0)), 0.01 * Float($0 % 5)) }
  let graph = LayoutGraph(
    atoms: 12, bonds: (0..<12).map { .init($0, ($0 + 1) % 12, isRotatable: false) },
    rings: [Array(0..<12)])
  #expect(!LayoutFaults(points, graph).areNone)
  var stress = Stress(points, graph)
  stress.run(rounds: 60)
  var relaxation = Relaxation(stress.points, graph)
  #expect(relaxation.resolve().areNone)
}
