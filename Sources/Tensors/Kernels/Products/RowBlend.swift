import CKernels
import Foundation

/// Rows that belong to places on a line, where neighbours differ so smoothly that, to Float's
/// precision, all are blends of a few of them: `x[m] = sum over r of weights[m, r] * x[nodes[r]]`.
///
/// A product of all rows is then that blend of the products of a few. Nothing is taken on trust: at
/// each use the rows are compared with their blends, and where they differ by more than rounding
/// does more nodes are taken, and in the end all rows. The weights are those of the polynomial through
/// the nodes (Lagrange), and the nodes lie near Chebyshev's, where it is stable.
public struct RowBlend: Sendable {
  let rows: Int
  /// From few nodes to many.
  let levels: [Level]

  struct Level: Sendable {
    let nodes: [Int32]
    /// `[rows, nodes]`.
    let weights: [Float]
  }

  /// How far a row may be from its blend, as a part of the largest number: rounding in a sum of a
  /// thousand products leaves 2^-18.
  static let tolerance: Float = 0x1p-17

  /// - Parameter places: one a row.
  /// - Returns: nil where the rows are too few, or no kernel gains by it.
  public init?(places: [Double]) {
    guard PackedMatrix.Kernels.best == .own else { return nil }
    self.init(places: places, counts: [5, 8, 12])
  }

  package init?(places: [Double], counts: [Int]) {
    guard Strips.areAvailable, Set(places).count == places.count,
      places.allSatisfy(\.isFinite)
    else { return nil }
    rows = places.count
    levels = counts.filter { $0 + 3 <= places.count }.map { Level(count: $0, of: places) }
    if levels.isEmpty { return nil }
  }

  /// The first level that is enough for some columns of the rows; the number of levels where none
  /// is.
  func level(of x: UnsafePointer<Float>, stride: Int, columns: Int) -> Int {
    levels.firstIndex { level in
      var largest: Float = 0
      let error = unsafe kernels_blend_error(
        x, Int64(stride), Int64(rows), level.nodes, Int64(level.nodes.count), level.weights,
        Int64(columns), &largest)
      // A NaN is no blend of anything.
      return error <= Self.tolerance * largest
    } ?? levels.count
  }
}

extension RowBlend.Level {
  fileprivate init(count: Int, of places: [Double]) {
    let low = places.min() ?? 0
    let high = places.max() ?? 0
    var rest = Array(places.indices)
    var nodes: [Int] = []
    for index in 0..<count {
      let part = (1 - cos(Double.pi * Double(index) / Double(count - 1))) / 2
      let wanted = low + (high - low) * part
      guard let nearest = rest.min(by: { abs(places[$0] - wanted) < abs(places[$1] - wanted) })
      else { break }
      rest.removeAll { $0 == nearest }
      nodes.append(nearest)
    }
    self.nodes = nodes.map { Int32(truncatingIfNeeded: $0) }
    weights = places.flatMap { place in
      nodes.map { node in
        Float(
          nodes.reduce(1.0) { product, other in
            other == node
              ? product
              : product * (place - places[other]) / (places[node] - places[other])
          })
      }
    }
  }
}
