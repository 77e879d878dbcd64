import Foundation
import Molecules
import Testing

private typealias Point = SIMD2<Float>

private func distance(_ one: Point, _ other: Point) -> Float {
  let way = one - other
  return (way * way).sum().squareRoot()
}

/// Corners of a regular polygon whose sides are 1 long, going round once and on.
private func polygon(_ corners: Int, _ count: Int) -> [Point] {
  let radius = 0.5 / sin(Float.pi / Float(corners))
  return (0..<count).map { index in
    let angle = 2 * Float.pi * Float(index) / Float(corners)
    return radius * Point(cos(angle), sin(angle))
  }
}

private func chain(_ count: Int, rigid: Set<Int> = []) -> [LayoutGraph.Bond] {
  (1..<count).map { .init($0 - 1, $0, isRotatable: !rigid.contains($0 - 1)) }
}

private func resolved(
  _ points: [Point], _ bonds: [LayoutGraph.Bond]
) -> (isClear: Bool, points: [Point]) {
  var untangling = Untangling(points, LayoutGraph(atoms: points.count, bonds: bonds))
  let faults = untangling.resolve()
  return (faults.areNone, untangling.points)
}

@Suite struct `a tangled layout` {
  /// A chain of eight that bites its tail: 0 stands on 6, and 1 on 7.
  @Test func `is taken apart by flips, which keep lengths and angles`() {
    let before = polygon(6, 8)
    let (isClear, after) = resolved(before, chain(8))
    #expect(isClear)
    for index in 1..<8 { #expect(abs(distance(after[index - 1], after[index]) - 1) < 1e-4) }
    // neighbours of a neighbour, and so the angles between
    for index in 2..<8 {
      let own = distance(after[index - 2], after[index])
      #expect(abs(own - distance(before[index - 2], before[index])) < 1e-4)
    }
    for one in 2..<8 {
      for other in 0..<one - 1 { #expect(distance(after[one], after[other]) > 0.9) }
    }
  }

  /// 2=3 is a double bond in the middle of the chain: its neighbours 1 and 4 stay on the same side of it.
  @Test func `keeps cis and trans`() {
    let (isClear, points) = resolved(polygon(6, 8), chain(8, rigid: [2]))
    #expect(isClear)
    func side(_ atom: Int) -> Float {
      let (way, aside) = (points[3] - points[2], points[atom] - points[2])
      return way.x * aside.y - way.y * aside.x
    }
    #expect(side(1) * side(4) > 0)
  }

  @Test func `that no flip resolves is said to be one`() {
    let stuck = resolved(polygon(6, 8), chain(8, rigid: Set(0..<7)))
    #expect(!stuck.isClear && stuck.points == polygon(6, 8))
  }

  @Test func `with crossing bonds, crowded atoms or odd lengths is none that reads well`() {
    func isClear(_ points: [Point], _ bonds: [LayoutGraph.Bond]) -> Bool {
      resolved(points, bonds).isClear
    }
    let cross = [Point(-0.6, 0), Point(0.6, 0), Point(0, -0.6), Point(0, 0.6)]
    let two: [LayoutGraph.Bond] = [
      .init(0, 1, isRotatable: false), .init(2, 3, isRotatable: false),
    ]
    #expect(!isClear(cross, two))
    #expect(isClear(cross.map { $0.x == 0 ? $0 + Point(3, 0) : $0 }, two))
    #expect(!isClear([Point(0, 0), Point(1, 0), Point(0.5, 0.3)], [two[0]]))
    #expect(!isClear([Point(0, 0), Point(5, 0)], [two[0]]))
    #expect(isClear([Point(0, 0), Point(1, 0)], [two[0]]))
  }
}

/// Chains in ideal angles run into themselves; what is drawn has no two atoms in one place and no crossing.
@Test(arguments: [
  String(repeating: "N[C@@H](Cc1ccccc1)C(=O)N[C@@H](CC(C)C)C(=O)NCC(=O)", count: 8) + "O",
  "CC(C)c1c(C(=O)Nc2ccccc2)c(-c2ccccc2)c(-c2ccc(F)cc2)n1CC[C@@H](O)C[C@@H](O)CC(=O)OCCOCCNC(=O)C",
])
func `large molecules are drawn with regular bonds and room between atoms`(text: String) throws {
  let drawing = try Depiction(of: SMILESReading(text).molecule)
  let points = drawing.points.map { Point($0.x, $0.y) }
  for bond in drawing.molecule.bonds {
    #expect(abs(distance(points[bond.from], points[bond.to]) - 1) < 0.02)
  }
  for one in points.indices {
    for other in 0..<one where drawing.molecule.bond(between: one, and: other) == nil {
      #expect(distance(points[one], points[other]) > 0.75, "\(one) \(other)")
    }
  }
}
