/// A straight line between two atoms.
package struct Segment {
  private let start: SIMD2<Float>
  private let vector: SIMD2<Float>
  private let square: Float

  package init(_ start: SIMD2<Float>, _ end: SIMD2<Float>) {
    self.start = start
    vector = end - start
    square = (vector * vector).sum()
  }

  package var length: Float { square.squareRoot() }

  /// A circle that contains all points within a distance of the segment.
  func circle(reaching distance: Float) -> (center: SIMD2<Float>, radius: Float) {
    // slightly larger, to allow for rounding
    (start + vector / 2, length / 2 + distance + 1e-3)
  }

  /// The position of the closest point to a point, from 0 at the start to 1 at the end.
  package func foot(of point: SIMD2<Float>) -> Float {
    square > 1e-12 ? min(max(((point - start) * vector).sum() / square, 0), 1) : 0
  }

  /// The vector from the closest point of the segment to this point.
  package func offset(to point: SIMD2<Float>, from foot: Float) -> SIMD2<Float> {
    point - start - foot * vector
  }

  package func distance(from point: SIMD2<Float>) -> Float {
    let offset = offset(to: point, from: foot(of: point))
    return (offset * offset).sum().squareRoot()
  }

  package func crosses(_ other: Segment) -> Bool {
    side(other.start) * side(other.start + other.vector) < 0
      && other.side(start) * other.side(start + vector) < 0
  }

  /// The unit normal to its left.
  package var normal: SIMD2<Float> { SIMD2(-vector.y, vector.x) / max(length, 1e-3) }

  /// Positive on its left, negative on its right.
  package func side(_ point: SIMD2<Float>) -> Float {
    let offset = point - start
    return vector.x * offset.y - vector.y * offset.x
  }
}
