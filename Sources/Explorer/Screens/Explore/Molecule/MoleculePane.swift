internal import Reports

/// Where one is in the drawing of a molecule.
struct MoleculePane: Sendable {
  /// The atom that was walked or clicked to; it counts while the selected token stands on it.
  var atom: Int?
  /// Which part is seen, and how large.
  var view = MoleculeCells.View()
  /// The atom that the view was last moved to.
  var followed: Int?
}
