internal import Molecules

/// A text parsed as a SMILES, and its drawing.
struct DrawnMolecule: Sendable {
  private(set) var reading = SMILESReading("")
  private var sketch: Sketch?
  /// Why there is no drawing.
  private(set) var refusal: DepictionRefusal?
  /// The last drawing, whose layout the next one stays close to.
  private var last: Sketch?
  /// The drawing whose layout the present one is close to.
  private var previous: Sketch?

  /// The present drawing; nil if nothing can be drawn.
  var depiction: Depiction? { sketch?.drawing }

  /// The question for the final drawing; nil if the present drawing is final.
  var pendingLayout: LayOutMolecule? {
    guard let sketch, !sketch.isFinal else { return nil }
    return LayOutMolecule(sketch: sketch.drawing, previous: previous?.drawing)
  }

  /// Replaces the sketch by the final drawing.
  mutating func replaceSketch(with drawing: Depiction) {
    guard drawing.molecule == reading.molecule else { return }
    sketch = Sketch(drawing)
    last = sketch
  }

  /// Parses a text, if it differs from the last one.
  /// - Parameter isEdited: whether the text is an edit of the last one, so that the drawing keeps
  ///   its orientation.
  mutating func read(_ text: String, isEdited: Bool) {
    guard text != reading.molecule.text else { return }
    reading = SMILESReading(text)
    (sketch, refusal) = (nil, nil)
    previous = isEdited ? last : nil
    do throws(DepictionRefusal) {
      sketch =
        if let previous {
          try Sketch(of: reading.molecule, near: previous)
        } else {
          Sketch(try Depiction.kept(of: reading.molecule))
        }
      last = sketch
    } catch {
      refusal = error
    }
  }
}

extension Molecule {
  /// The atom at an offset of the text (UTF-8): the one that contains it, or that ends there.
  func atom(atUTF8Offset offset: Int) -> Int? {
    atoms.firstIndex { $0.range.contains(offset) }
      ?? atoms.firstIndex { $0.range.upperBound == offset }
  }

  /// The first atom within a range of the text.
  func atom(over range: Range<Int>) -> Int? {
    range.isEmpty
      ? atom(atUTF8Offset: range.lowerBound) : atoms.firstIndex { $0.range.overlaps(range) }
  }
}

extension Depiction {
  /// The next atom in a direction: along a bond or, if no bond leads there, in another component of
  /// the molecule.
  func atom(from atom: Int, towards direction: SIMD2<Float>) -> Int? {
    func offset(to other: Int) -> (cosine: Float, length: Float) {
      let offset = SIMD2(points[other].x - points[atom].x, points[other].y - points[atom].y)
      let length = max((offset * offset).sum().squareRoot(), 1e-6)
      return ((offset * direction).sum() / length, length)
    }
    let bound = molecule.neighbors(of: atom).map { (atom: $0, offset: offset(to: $0)) }
      .filter { $0.offset.cosine > 0.35 }
    if let best = bound.max(by: { $0.offset.cosine < $1.offset.cosine }) { return best.atom }
    let own = molecule.components.first { $0.contains(atom) } ?? []
    let others = molecule.atoms.indices.filter { !own.contains($0) }
      .map { (atom: $0, offset: offset(to: $0)) }.filter { $0.offset.cosine > 0.7 }
    return others.min { $0.offset.length < $1.offset.length }?.atom
  }
}
