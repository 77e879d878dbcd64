import Molecules
import Testing

private func sketch(_ text: String, near previous: Sketch? = nil) throws -> Sketch {
  try Sketch(of: SMILESReading(text).molecule, near: previous)
}

private func full(_ text: String, near previous: Depiction? = nil) throws -> Depiction {
  try Depiction(of: SMILESReading(text).molecule, near: previous)
}

private let rivaroxaban = "O=C1COCCN1c1ccc(cc1)N1CC(CNC(=O)c2ccc(Cl)s2)OC1=O"
private let fullerene =
  "C12=C3C4=C5C6=C1C7=C8C9=C1C%10=C%11C(=C29)C3=C2C3=C4C4=C5C5=C9C6=C7C6=C7C8=C1C1=C8C%10=C%10C%11=C2C2=C3C3=C4C4=C5C5=C%11C%12=C(C6=C95)C7=C1C1=C%12C5=C%11C4=C3C3=C5C(=C81)C%10=C23"
private let cyclodextrin =
  "OCC1OC2OC3C(CO)OC(OC4C(CO)OC(OC5C(CO)OC(OC6C(CO)OC(OC7C(CO)OC(OC8C(CO)OC(OC1C(O)C2O)C(O)C8O)C(O)C7O)C(O)C6O)C(O)C5O)C(O)C4O)C(O)C3O"
/// Of 121 atoms.
private let peptide = String(repeating: "NCC(=O)", count: 30) + "O"

@Suite struct `a sketch` {
  @Test(arguments: [
    rivaroxaban, "CC(=O)Oc1ccccc1C(=O)O", "CCO.[Na+]", "CN1CCC[C@H]1c1cccnc1", "C",
  ])
  func `of a molecule of usual size is its drawing, from the first letter on`(
    _ text: String
  ) throws {
    var last: Sketch?
    for length in 1...text.utf8.count {
      let prefix = String(decoding: text.utf8.prefix(length), as: UTF8.self)
      guard !SMILESReading(prefix).molecule.atoms.isEmpty else { continue }
      let next = try sketch(prefix, near: last)
      #expect(next.isFinal, "\(prefix)")
      last = next
    }
    #expect(try sketch(text).drawing == full(text))
  }

  @Test(arguments: [rivaroxaban, peptide, fullerene, "C1CC1.[Na+].CCO"])
  func `stays as it is where a key changes no bond`(_ text: String) throws {
    let first = Sketch(try full(text))
    for edited in [text + "(", text + "[", text + "="] {
      let next = try sketch(edited, near: first)
      #expect(next.isFinal)
      for (one, other) in zip(first.drawing.points, next.drawing.points) {
        #expect(abs(one.x - other.x) < 1e-2 && abs(one.y - other.y) < 1e-2, "\(edited)")
      }
    }
  }

  @Test func `keeps the parts of a salt that are as they were`() throws {
    let text = rivaroxaban + ".[Na+]"
    let first = Sketch(try full(text))
    let next = try sketch(text + ".[Cl-]", near: first)
    let atoms = SMILESReading(rivaroxaban).molecule.atoms.indices
    let ways = atoms.map { atom in
      SIMD2(
        next.drawing.points[atom].x - first.drawing.points[atom].x,
        next.drawing.points[atom].y - first.drawing.points[atom].y)
    }
    #expect(
      ways.allSatisfy { way in abs(way.x - ways[0].x) < 1e-2 && abs(way.y - ways[0].y) < 1e-2 })
  }

  @Test func `is laid out anew where another bond comes between the same atoms`() throws {
    let first = try sketch("CCCCCC")
    let next = try sketch("C=CCCCC", near: first)
    #expect(next.isFinal)
    let ring = try sketch("C1CCCCC1", near: first)
    let (from, to) = (ring.drawing.points[0], ring.drawing.points[5])
    #expect(abs(from.x - to.x) < 1.5 && abs(from.y - to.y) < 1.5)
    let cis = try sketch("F/C=C\\F", near: try sketch("F/C=C/F"))
    #expect(cis.drawing == (try full("F/C=C\\F", near: try full("F/C=C/F"))))
  }

  @Test func `of a large molecule is the former drawing with what is new beside it`() throws {
    let first = Sketch(try full(peptide))
    let next = try sketch(peptide + "C(F)Cl", near: first)
    #expect(!next.isFinal)
    let (old, new) = (first.drawing, next.drawing)
    for (one, other) in zip(old.points, new.points) {
      #expect(abs(one.x - other.x) < 1e-2 && abs(one.y - other.y) < 1e-2)
    }
    for bond in new.molecule.bonds.suffix(3) {
      let (from, to) = (new.points[bond.from], new.points[bond.to])
      let square = (from.x - to.x) * (from.x - to.x) + (from.y - to.y) * (from.y - to.y)
      #expect(abs(square - 1) < 1e-2)
    }
    // of what nothing was there before no key can wait either, but something is drawn
    #expect(try sketch(peptide, near: sketch("CC")).drawing.points.count == 121)
  }

  @Test(arguments: [fullerene, cyclodextrin])
  func `of crowded rings may be another one than the drawing to stay`(_ text: String) throws {
    let first = try sketch(text)
    #expect(!first.isFinal)
    #expect(first.drawing.points.allSatisfy { $0.x.isFinite && $0.y.isFinite })
    #expect(try Sketch(full(text)).isFinal)
  }

  @Test(arguments: [cyclodextrin, peptide, fullerene])
  func `follows every key`(_ text: String) throws {
    var last: Sketch?
    for length in stride(from: 1, through: text.utf8.count, by: 3) {
      let prefix = String(decoding: text.utf8.prefix(length), as: UTF8.self)
      guard let next = try? sketch(prefix, near: last) else { continue }
      #expect(next.drawing.points.count == next.drawing.molecule.atoms.count)
      #expect(next.drawing.points.allSatisfy { $0.x.isFinite && $0.y.isFinite }, "\(prefix)")
      last = next.isFinal ? next : Sketch(try full(prefix, near: last?.drawing))
    }
  }
}
