package import Molecules

/// The lines of a drawn bond.
package enum BondStroke: Sendable, Hashable {
  case line(Depiction.Point, Depiction.Point)
  /// The second line of an aromatic bond.
  case dashed(Depiction.Point, Depiction.Point)
  /// From its narrow end towards the reader; `width` is that of the wide end.
  case wedge(Depiction.Point, Depiction.Point, width: Float)
  /// From its narrow end away from the reader.
  case hash(Depiction.Point, Depiction.Point, width: Float)
}

/// Bonds as lines, in the unit of the points, where y points up.
package struct BondStrokes {
  private let depiction: Depiction
  private let points: [Depiction.Point]
  private let spacing: Float
  /// The centre of the aromatic ring of a bond.
  private var middles: [Int: Depiction.Point] = [:]

  /// - Parameters:
  ///   - points: the coordinates of the atoms; nil for those of the depiction.
  ///   - spacing: the distance between the lines of a double bond.
  package init(_ depiction: Depiction, at points: [Depiction.Point]? = nil, spacing: Float) {
    self.depiction = depiction
    self.points = points ?? depiction.points
    self.spacing = spacing
    let molecule = depiction.molecule
    for ring in molecule.rings.sorted(by: { $0.count > $1.count })
    where ring.allSatisfy({ molecule.atoms[$0].isAromatic }) {
      let sum = ring.reduce(SIMD2<Float>.zero) { $0 + self.points[$1].vector }
      let middle = Depiction.Point(sum / Float(ring.count))
      for (atom, next) in zip(ring, ring.dropFirst() + ring.prefix(1)) {
        if let bond = molecule.bond(between: atom, and: next) { middles[bond] = middle }
      }
    }
  }

  package subscript(index: Int) -> [BondStroke] {
    let bond = depiction.molecule.bonds[index]
    let form = depiction.bonds[index]
    let (from, to) = (points[bond.from].vector, points[bond.to].vector)
    let way = to - from
    let length = (way * way).sum().squareRoot()
    guard length > 0 else { return [] }
    let left = SIMD2(-way.y, way.x) / length * spacing
    if bond.isAromatic, let middle = middles[index] {
      let toMiddle = (left * (middle.vector - from)).sum() > 0 ? left : -left
      return [
        line(from, to),
        .dashed(.init(from + toMiddle + way * 0.16), .init(to + toMiddle - way * 0.16)),
      ]
    }
    switch (bond.order, form.wedge) {
    case (1, let wedge?):
      let isReversed = form.narrowEnd == bond.to
      let (narrow, wide) = (
        isReversed ? points[bond.to] : points[bond.from],
        isReversed ? points[bond.from] : points[bond.to]
      )
      return wedge == .solid
        ? [.wedge(narrow, wide, width: spacing * 1.2)] : [.hash(narrow, wide, width: spacing * 1.2)]
    case (2, _):
      guard form.side != .middle else {
        return [line(from + left / 2, to + left / 2), line(from - left / 2, to - left / 2)]
      }
      let aside = form.side == .left ? left : -left
      let cut = way * 0.14
      return [line(from, to), line(from + aside + cut, to + aside - cut)]
    case (3, _): return [0, 1, -1].map { line(from + left * $0, to + left * $0) }
    case (4, _): return [-1.5, -0.5, 0.5, 1.5].map { line(from + left * $0, to + left * $0) }
    default: return [line(from, to)]
    }
  }

  private func line(_ from: SIMD2<Float>, _ to: SIMD2<Float>) -> BondStroke {
    .line(.init(from), .init(to))
  }
}

extension Depiction.Point {
  package var vector: SIMD2<Float> { SIMD2(x, y) }
  package init(_ vector: SIMD2<Float>) { self.init(x: vector.x, y: vector.y) }
}
