internal import Reports

/// The selection and the view in the drawing of a molecule.
struct MoleculePane: Sendable {
  /// The atom that was selected by a key or a click; valid while the selected token contains it.
  var atom: Int?
  /// The visible part of the drawing, and its scale.
  var view = MoleculeCells.View()
  /// The atom that the view last scrolled to.
  var followed: Int?
}
