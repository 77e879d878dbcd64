internal import Glibc
package import Molecules

/// The heat of a molecule as a function of the plane: a Gaussian around each atom, and around the
/// middle of each bond that has a score.
///
/// Where Gaussians overlap, the value is their weighted mean, so that no point has a larger value
/// than its sources:
///
///     f(p) = Σ sᵢ gᵢ(p) / max(1, Σ gᵢ(p)),    gᵢ(p) = exp(-|p - pᵢ|² / 2σ²)
package struct HeatField: Sendable {
  package struct Source: Sendable {
    package var point: Depiction.Point
    package var score: Float
  }

  /// The standard deviation of the Gaussians, in bond lengths.
  package static let sigma: Float = 0.4
  /// The number of standard deviations beyond which a Gaussian is set to 0.
  private static let reach: Float = 3

  package let sources: [Source]

  package init(_ heat: MoleculeHeat, _ depiction: Depiction) {
    let points = depiction.points
    var sources = zip(points, heat.atoms).map { Source(point: $0, score: $1) }
    for (bond, score) in zip(depiction.molecule.bonds, heat.bonds) where score != 0 {
      let (from, to) = (points[bond.from], points[bond.to])
      sources.append(
        Source(point: .init(x: (from.x + to.x) / 2, y: (from.y + to.y) / 2), score: score))
    }
    self.sources = sources
  }

  /// The values at the points of a grid, row by row from the top.
  /// - Parameters:
  ///   - topLeft: the first point.
  ///   - step: the distance between points in a row, and between rows.
  package func values(
    columns: Int, rows: Int, topLeft: Depiction.Point, step: (x: Float, y: Float)
  ) -> [Float] {
    guard columns > 0, rows > 0, step.x > 0, step.y > 0 else { return [] }
    var sums = [Float](repeating: 0, count: columns * rows)
    var weights = sums
    for source in sources {
      let x = Gaussian(at: (source.point.x - topLeft.x) / step.x, step: step.x, count: columns)
      let y = Gaussian(at: (topLeft.y - source.point.y) / step.y, step: step.y, count: rows)
      for (row, high) in zip(y.indices, y.values) {
        for (column, wide) in zip(x.indices, x.values) {
          let weight = high * wide
          weights[row * columns + column] += weight
          sums[row * columns + column] += weight * source.score
        }
      }
    }
    for index in sums.indices { sums[index] /= max(1, weights[index]) }
    return sums
  }

  /// A Gaussian is the product of one along each axis.
  private struct Gaussian {
    let indices: Range<Int>
    let values: [Float]

    init(at center: Float, step: Float, count: Int) {
      let reach = HeatField.reach * HeatField.sigma / step
      guard center.isFinite, center + reach >= 0, center - reach < Float(count) else {
        (indices, values) = (0..<0, [])
        return
      }
      let first = max(0, Int((center - reach).rounded(.up)))
      let end = min(count, max(first, Int((center + reach).rounded(.down)) + 1))
      indices = first..<max(first, end)
      values = indices.map {
        let distance = (Float($0) - center) * step / HeatField.sigma
        return exp(-distance * distance / 2)
      }
    }
  }
}
