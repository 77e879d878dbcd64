/// A straight line between two atoms.
package struct Segment {
  private let start: SIMD2<Float>
  private let way: SIMD2<Float>
  private let square: Float

  package init(_ start: SIMD2<Float>, _ end: SIMD2<Float>) {
    self.start = start
    way = end - start
    square = (way * way).sum()
  }

  package var length: Float { square.squareRoot() }

  /// All that is not farther from it than a distance lies in this circle.
  func circle(reaching distance: Float) -> (center: SIMD2<Float>, radius: Float) {
    // with some room for what is rounded
    (start + way / 2, length / 2 + distance + 1e-3)
  }

  /// The part of the way at which it is nearest to a point, 0 to 1.
  package func foot(of point: SIMD2<Float>) -> Float {
    square > 1e-12 ? min(max(((point - start) * way).sum() / square, 0), 1) : 0
  }

  /// From the nearest point of the segment to this one.
  package func way(to point: SIMD2<Float>, from foot: Float) -> SIMD2<Float> {
    point - start - foot * way
  }

  package func distance(from point: SIMD2<Float>) -> Float {
    let aside = way(to: point, from: foot(of: point))
    return (aside * aside).sum().squareRoot()
  }

  package func crosses(_ other: Segment) -> Bool {
    side(other.start) * side(other.start + other.way) < 0
      && other.side(start) * other.side(start + way) < 0
  }

  /// To its left, 1 long.
  package var normal: SIMD2<Float> { SIMD2(-way.y, way.x) / max(length, 1e-3) }

  /// Positive on its left, negative on its right.
  package func side(_ point: SIMD2<Float>) -> Float {
    let aside = point - start
    return way.x * aside.y - way.y * aside.x
  }
}
