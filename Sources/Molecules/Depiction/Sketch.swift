/// A drawing that a key can wait for, and whether it is the one to stay.
///
/// Most layouts are made within a millisecond or two, and are final. Crowded rings, macrocycles and large molecules
/// take more: of these the sketch is the best layout that could be made in a limited number of steps, or of more than
/// a hundred atoms the former drawing with what is new beside it. The drawing to stay is then
/// `Depiction(of:near:)`, near the same one as the sketch.
public struct Sketch: Sendable, Hashable {
  public let drawing: Depiction
  public let isFinal: Bool

  /// - Parameter previous: the one that it stays near to. Parts that are what they were there keep their places.
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
      var work = LayoutWork.ofKey
      let places = try Depiction.layout(of: atoms, in: molecule, near: kept, within: &work)
      if work.isCut { isFinal = false }
      return places
    }
    self.isFinal = isFinal
  }

  /// One that is there to stay.
  public init(_ drawing: Depiction) {
    self.drawing = drawing
    isFinal = true
  }
}
