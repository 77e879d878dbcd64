/// A drawing that is computed quickly enough for a response to a key, and whether it is final.
///
/// Most layouts take a millisecond or two and are final. Crowded rings, macrocycles and large
/// molecules take longer: their sketch is the best layout within a limited number of steps, or, for
/// more than a hundred atoms, the earlier drawing with the new atoms added. The final drawing is
/// then `Depiction(of:near:)`, with the same earlier drawing.
public struct Sketch: Sendable, Hashable {
  public let drawing: Depiction
  public let isFinal: Bool

  /// - Parameter previous: the drawing to stay close to. Parts that have not changed keep their
  ///   coordinates.
  /// - Throws: `DepictionRefusal`.
  public init(of molecule: Molecule, near previous: Sketch? = nil) throws(DepictionRefusal) {
    let kept = previous.map { CommonAtoms(of: molecule, and: $0.drawing) }
    var isFinal = true
    drawing = try Depiction(of: molecule, kept) { (atoms) throws(DepictionRefusal) in
      if let previous, previous.isFinal,
        let same = kept?.unchanged(atoms, in: molecule, of: previous.drawing.molecule)
      {
        return same
      }
      var budget = LayoutBudget.interactive
      let places = try Depiction.layout(of: atoms, in: molecule, near: kept, within: &budget)
      if budget.isIncomplete { isFinal = false }
      return places
    }
    self.isFinal = isFinal
  }

  /// A final drawing.
  public init(_ drawing: Depiction) {
    self.drawing = drawing
    isFinal = true
  }
}
