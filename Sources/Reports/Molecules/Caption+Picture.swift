extension Caption {
  /// The molecule with its heat; nil if the text is not a molecule or cannot be drawn.
  package func picture(maxWidth: Float) -> MoleculePicture? {
    guard let molecule = explanation?.molecule, let depiction = explanation?.depiction else {
      return nil
    }
    return MoleculePicture(
      depiction, heat: molecule.heat, scale: scale, isSigned: isSigned, maxWidth: maxWidth)
  }
}
