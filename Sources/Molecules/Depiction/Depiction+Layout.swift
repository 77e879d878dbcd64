import CCoordGen

extension Depiction {
  /// More than any compound of the elements has.
  private static let neighborLimit = 12

  /// The places of one part of a molecule.
  static func layout(
    of component: [Int], in molecule: Molecule, near kept: CommonAtoms?
  ) throws(DepictionRefusal) -> [Point] {
    guard component.count > 1 else { return [Point(x: 0, y: 0)] }
    guard component.count <= atomLimit else {
      throw .tooManyAtoms(component.count, limit: atomLimit)
    }
    for atom in component where molecule.bonds(of: atom).count > neighborLimit {
      throw .tooManyNeighbors(
        atom: atom, count: molecule.bonds(of: atom).count, limit: neighborLimit)
    }
    let number = Dictionary(
      uniqueKeysWithValues: component.enumerated().map { ($1, Int32($0)) })
    let atoms = component.map {
      let atom = molecule.atoms[$0]
      let before = kept?.before[$0]
      return coordgen_atom(
        atomic_number: Int32(atom.element.atomicNumber), charge: Int32(atom.charge),
        hydrogens: Int32(atom.hydrogens), had_place: before == nil ? 0 : 1,
        x: (before?.x ?? 0) * coordgen_bond_length, y: (before?.y ?? 0) * coordgen_bond_length)
    }
    var bonds: [coordgen_bond] = []
    var rotatable: Set<Int> = []
    for index in Set(component.flatMap { molecule.bonds(of: $0) }).sorted() {
      let bond = molecule.bonds[index]
      guard let from = number[bond.from], let to = number[bond.to] else { continue }
      let stereo = molecule.stereo(ofDoubleBond: index)
      if bond.order == 1, !bond.isInRing { rotatable.insert(bonds.count) }
      bonds.append(
        coordgen_bond(
          from: from, to: to, order: Int32(min(bond.order, 3)),
          beside_from: stereo.flatMap { number[$0.besideFrom] } ?? -1,
          beside_to: stereo.flatMap { number[$0.besideTo] } ?? -1,
          are_cis: stereo?.areCis == true ? 1 : 0))
    }
    let rings = bonds.count - atoms.count + 1
    let ringLimit = max(2 * atoms.count / 3, 4)
    guard rings <= ringLimit else { throw .tooManyRings(rings, limit: ringLimit) }
    if let points = untangled(atoms, bonds, rotatable) { return points }
    return try place(atoms, bonds, resolvesClashes: true)
  }

  /// CoordGen's ideal layout, with sides of bonds flipped where atoms stand on each other. CoordGen's own search
  /// for flips and its force field take a hundred times as long; they are for what flips alone don't resolve,
  /// nil here: crowded rings, macrocycles, cages.
  private static func untangled(
    _ atoms: [coordgen_atom], _ bonds: [coordgen_bond], _ rotatable: Set<Int>
  ) -> [Point]? {
    guard let ideal = try? place(atoms, bonds, resolvesClashes: false) else { return nil }
    var untangling = Untangling(
      ideal.map { SIMD2($0.x, $0.y) },
      bonds.enumerated().map { index, bond in
        .init(Int(bond.from), Int(bond.to), isRotatable: rotatable.contains(index))
      })
    return untangling.resolve() ? untangling.points.map { Point(x: $0.x, y: $0.y) } : nil
  }

  private static func place(
    _ atoms: [coordgen_atom], _ bonds: [coordgen_bond], resolvesClashes: Bool
  ) throws(DepictionRefusal) -> [Point] {
    var places = [Float](repeating: 0, count: 2 * atoms.count)
    let status = unsafe coordgen_place(
      atoms, Int32(atoms.count), bonds, Int32(bonds.count), resolvesClashes ? 1 : 0, &places)
    let isFinite = places.allSatisfy { $0.isFinite && abs($0) < 1e6 }
    guard status == 0, isFinite else { throw .noLayout }
    let scale = 1 / coordgen_bond_length
    return atoms.indices.map {
      Point(x: places[2 * $0] * scale, y: places[2 * $0 + 1] * scale)
    }
  }
}
