extension Depiction {
  /// A molecule at given coordinates, for drawings that were rotated, mirrored or stored: one point
  /// per atom, where a bond has a length of about 1. Missing points are at the origin, surplus ones
  /// are ignored.
  public init(of molecule: Molecule, at points: [Point]) {
    let count = molecule.atoms.count
    let missing = [Point](repeating: Point(x: 0, y: 0), count: max(0, count - points.count))
    self.molecule = molecule
    self.points = points.prefix(count) + missing
    bonds = BondForm.forms(of: molecule, at: self.points)
  }
}
