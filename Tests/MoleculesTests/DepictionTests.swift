import CCoordGen
import Foundation
import Molecules
import Testing

private func depiction(_ text: String, near previous: Depiction? = nil) throws -> Depiction {
  try Depiction(of: SMILESReading(text).molecule, near: previous)
}

private func distance(_ one: Depiction.Point, _ other: Depiction.Point) -> Float {
  ((one.x - other.x) * (one.x - other.x) + (one.y - other.y) * (one.y - other.y)).squareRoot()
}

@Suite struct `a depiction` {
  @Test(arguments: molecules)
  func `has a place for each atom and bonds of about one`(_ text: String) throws {
    let drawing = try depiction(text)
    #expect(drawing.points.count == drawing.molecule.atoms.count)
    #expect(drawing.bonds.count == drawing.molecule.bonds.count)
    for bond in drawing.molecule.bonds {
      let length = distance(drawing.points[bond.from], drawing.points[bond.to])
      #expect((0.5...2.5).contains(length), "\(text) \(bond.from)-\(bond.to): \(length)")
    }
    for (index, point) in drawing.points.enumerated() {
      for other in drawing.points[(index + 1)...] {
        #expect(distance(point, other) > 0.2, "\(text)")
      }
    }
  }

  @Test(arguments: [
    "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O", "CC(=O)Oc1ccccc1C(=O)O",
    "CN1CC[C@]23[C@@H]4[C@H]1CC5=C2C(=C(C=C5)O)O[C@H]3[C@H](C=C4)O", "CCCCCCCCCCCC",
  ])
  func `is stable where an atom comes at the end or goes`(_ text: String) throws {
    let first = try depiction(text)
    for edited in [text + "C", text + "F", text + ".[Na+]"] {
      let next = try depiction(edited, near: first)
      // A drawing that is rotated or mirrored has other angles; CoordGen itself may bend a chain.
      let before = first.molecule.bonds.first.map { angle(of: $0, first) }
      let after = next.molecule.bonds.first.map { angle(of: $0, next) }
      let turn = abs((after ?? 0) - (before ?? 0)).truncatingRemainder(dividingBy: 2 * .pi)
      #expect(min(turn, 2 * .pi - turn) < 0.8, "\(edited): \(turn)")
    }
    let same = try depiction(text, near: first)
    for (one, other) in zip(first.points, same.points) {
      #expect(distance(one, other) < 0.01)
    }
  }

  private func angle(of bond: Bond, _ drawing: Depiction) -> Float {
    let (from, to) = (drawing.points[bond.from], drawing.points[bond.to])
    return atan2(to.y - from.y, to.x - from.x)
  }

  @Test func `follows a drawing that was rotated and mirrored`() throws {
    let text = "CC(=O)Oc1ccccc1C(=O)O"
    let first = try depiction(text)
    // The same molecule begun at the other end is laid out from another side.
    let next = try depiction(text + "C", near: first)
    let far = zip(first.points, next.points).map { distance($0, $1) }.max() ?? 0
    #expect(far < 1, "\(far)")
  }

  @Test func `puts the second line of a double bond inside of its ring`() throws {
    let drawing = try depiction("C1=CC=CC=C1")
    let (x, y) = drawing.points.reduce((Float(0), Float(0))) { ($0.0 + $1.x / 6, $0.1 + $1.y / 6) }
    for (bond, form) in zip(drawing.molecule.bonds, drawing.bonds) where bond.order == 2 {
      let (from, to) = (drawing.points[bond.from], drawing.points[bond.to])
      let cross = (to.x - from.x) * (y - from.y) - (to.y - from.y) * (x - from.x)
      #expect(form.side == (cross > 0 ? .left : .right))
    }
    let ketone = try depiction("CC(=O)C")
    #expect(ketone.bonds[1].side == .middle)
  }

  @Test func `draws cis and trans as the text has them`() throws {
    for (text, areCis) in [("F/C=C/F", false), ("F/C=C\\F", true), ("C/C=C/CC", false)] {
      let points = try depiction(text).points
      let side = { (atom: Int) in
        (points[2].x - points[1].x) * (points[atom].y - points[1].y)
          - (points[2].y - points[1].y) * (points[atom].x - points[1].x)
      }
      #expect((side(0) * side(3) > 0) == areCis, "\(text)")
    }
  }

  @Test func `has one wedge a stereocentre, and the mirror image has the other`() throws {
    let left = try depiction("N[C@@H](C)C(=O)O")
    let right = try depiction("N[C@H](C)C(=O)O", near: left)
    let wedges = { (drawing: Depiction) in drawing.bonds.compactMap(\.wedge) }
    #expect(wedges(left).count == 1 && wedges(right).count == 1)
    #expect(wedges(left) != wedges(right))
    #expect(left.bonds.compactMap(\.narrowEnd) == [1])
  }

  @Test func `has no wedge between two bonds that lie opposite each other`() throws {
    let drawing = try depiction("O=c1cccc2n1C[C@@H]1CN[C@@H](Br)[C@H]2C1")
    #expect(drawing.bonds.count { $0.wedge != nil } == 3)
    for (bond, form) in zip(drawing.molecule.bonds, drawing.bonds) where form.wedge != nil {
      let center = try #require(form.narrowEnd)
      let others = drawing.molecule.neighbors(of: center).filter { $0 != bond.other(than: center) }
      guard others.count == 2 else { continue }
      let ways = others.map { other in
        (
          x: drawing.points[other].x - drawing.points[center].x,
          y: drawing.points[other].y - drawing.points[center].y
        )
      }
      let cross = ways[0].x * ways[1].y - ways[0].y * ways[1].x
      #expect(abs(cross) > 0.3, "atom \(center): \(cross)")
    }
  }

  @Test
  func `is refused where an assertion of the library does not hold, and the next one is drawn`()
    throws
  {
    #expect(coordgen_fail_assertion() == 2)
    #expect(try depiction("CCO").points.count == 3)
  }

  @Test func `that is kept is the one that would be drawn anew`() throws {
    for text in ["CC(=O)Oc1ccccc1C(=O)O", "", "C.C"] {
      let molecule = SMILESReading(text).molecule
      let kept = (0..<2).map { _ in try? Depiction.kept(of: molecule) }
      #expect(kept[0] == kept[1] && kept[0] == (try? Depiction(of: molecule)))
    }
  }

  @Test func `has salts side by side`() throws {
    let drawing = try depiction("CCO.[Na+].c1ccccc1")
    let right = drawing.points[..<3].map(\.x).max() ?? 0
    let left = drawing.points[4...].map(\.x).min() ?? 0
    #expect(right < drawing.points[3].x && drawing.points[3].x < left)
  }

  @Test func `is refused where it would take too long or is empty`() throws {
    let refusal = { (text: String) throws -> DepictionRefusal? in
      do throws(DepictionRefusal) {
        _ = try Depiction(of: SMILESReading(text).molecule)
        return nil
      } catch {
        return error
      }
    }
    #expect(try refusal("") == .noAtoms)
    #expect(try refusal(String(repeating: "C", count: 1000)) == .tooManyAtoms(1000, limit: 250))
    #expect(
      try refusal(String(repeating: "C.", count: 300) + "C") == .tooManyParts(301, limit: 250))
    #expect(
      try refusal("C" + String(repeating: "(C)", count: 20))
        == .tooManyNeighbors(atom: 0, count: 20, limit: 12))
  }

  @Test func `draws ferrocene written with ions, and cages; with bonds to the iron it is refused`()
    throws
  {
    let ions = try depiction("[Fe+2].c1cc[cH-]c1.c1cc[cH-]c1")
    #expect(ions.points.count == 11)
    // Ten bonds at the iron make rings of three that nobody can draw flat.
    let bound = "[Fe]123456789%10C%11C1C2C3C4%11.C5%12C6C7C8C9%12"
    #expect(throws: DepictionRefusal.self) { try depiction(bound) }
    for cage in ["C12C3C4C1C5C4C3C25", "C1C2CC3CC1CC(C2)C3"] {
      #expect(try depiction(cage).points.count > 7)
    }
  }
}
