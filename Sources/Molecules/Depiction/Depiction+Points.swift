extension Depiction {
  /// A molecule at given places, for drawings that were rotated, mirrored or kept: one point an atom, a
  /// bond about 1 long. Missing points are at 0, others are passed over.
  public init(of molecule: Molecule, at points: [Point]) {
    let count = molecule.atoms.count
    let missing = [Point](repeating: Point(x: 0, y: 0), count: max(0, count - points.count))
    self.molecule = molecule
    self.points = points.prefix(count) + missing
    bonds = BondForm.forms(of: molecule, at: self.points)
  }
}
