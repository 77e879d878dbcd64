import CKernels
import Glibc

/// Rows that belong to places on a line, where neighbours differ so smoothly that, to Float's
/// precision, all can be interpolated from a few of them, the nodes:
/// `x[m] = sum over r of weights[m, r] * x[nodes[r]]`.
///
/// A product of all rows is then interpolated from the products of the nodes. Nothing is taken on trust: at
/// each use the rows are compared with what is interpolated, and where they differ by more than rounding
/// does more nodes are taken, and in the end all rows. The weights are those of the polynomial through
/// the nodes (Lagrange), and the nodes lie near Chebyshev's, where it is stable.
public struct RowInterpolation: Sendable {
  let rows: Int
  /// From few nodes to many; the last are all rows.
  let levels: [Level]

  struct Level: Sendable {
    let nodes: [Int32]
    /// How this level and each above it follow from its nodes: the weights `[their nodes, nodes]`.
    let weights: [[Float]]
  }

  /// How far a row may be from what is interpolated, as a part of the largest number: rounding in a sum of a
  /// thousand products leaves 2^-18, also where the rows are as smooth as can be.
  static let tolerance: Float = 0x1p-17

  /// - Parameter places: one a row.
  /// - Returns: nil where the rows are too few.
  public init?(places: [Double]) {
    self.init(places: places, counts: [5, 8, 11, 14])
  }

  package init?(places: [Double], counts: [Int]) {
    guard Set(places).count == places.count, places.allSatisfy(\.isFinite) else { return nil }
    rows = places.count
    let counts = counts.filter { $0 + 3 <= places.count && $0 <= Int(kernels_tile_rows) }
    if counts.isEmpty { return nil }
    let nodes = counts.map { Self.nodes($0, of: places) } + [Array(places.indices)]
    levels = nodes.indices.map { level in
      Level(
        nodes: nodes[level].map { Int32(truncatingIfNeeded: $0) },
        weights: level == counts.count
          ? []
          : nodes[level...].map { Self.weights(of: $0, from: nodes[level], places: places) })
    }
  }

  /// The level that is all rows.
  public var all: Int { levels.count - 1 }

  /// How many rows determine the others at a level.
  public func nodeCount(of level: Int) -> Int { levels[level].nodes.count }

  /// How much each node counts in each row, `[rows, nodes]`.
  /// - Parameter level: below `all`.
  public func shares(of level: Int) -> Matrix {
    Matrix(
      rows: rows, columns: nodeCount(of: level), elements: levels[level].weights.last ?? [])
  }

  /// The other way round: what reaches the rows, as it reaches the nodes that they follow from.
  ///
  /// Where a linear map of each row follows from those of the nodes as the rows themselves do, the
  /// sum of all rows' images is the sum of the nodes' images of these.
  /// - Parameters:
  ///   - x: `[rows, columns]`.
  ///   - level: below `all`.
  /// - Returns: `[nodes, columns]`.
  public func gathered(_ x: Matrix, level: Int) -> Matrix {
    shares(of: level).transposeMultiplied(by: x)
  }

  /// The first level that is enough for some columns of the rows.
  func level(of x: UnsafePointer<Float>, stride: Int, columns: Int) -> Int {
    levels.firstIndex { level in
      guard let weights = level.weights.last else { return true }
      var largest: Float = 0
      let error = unsafe kernels_interpolation_error(
        x, Int64(stride), Int64(rows), level.nodes, Int64(level.nodes.count), weights,
        Int64(columns), &largest)
      // A NaN compares as false: it is never interpolated.
      return error <= Self.tolerance * largest
    } ?? all
  }

  /// The same for all columns, `[rows, columns]`.
  func level(of x: [Float], columns: Int) -> Int {
    unsafe x.withUnsafeBufferPointer { x in
      unsafe x.baseAddress.map { unsafe level(of: $0, stride: columns, columns: columns) } ?? all
    }
  }

  /// What the nodes of one level make of those of another, at or above it, for some columns.
  func extend(
    _ x: UnsafePointer<Float>, from level: Int, to other: Int, columns: Int, stride: Int,
    into out: UnsafeMutablePointer<Float>
  ) {
    if level == other {
      for row in levels[level].nodes.indices {
        unsafe (out + row * stride).update(from: x + row * stride, count: columns)
      }
      return
    }
    unsafe kernels_interpolate(
      x, Int64(stride), Int64(levels[level].nodes.count), levels[level].weights[other - level],
      Int64(levels[other].nodes.count), Int64(columns), out, Int64(stride))
  }
}

extension RowInterpolation {
  /// Those of the places that lie nearest to Chebyshev's.
  private static func nodes(_ count: Int, of places: [Double]) -> [Int] {
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
    return nodes
  }

  private static func weights(of rows: [Int], from nodes: [Int], places: [Double]) -> [Float] {
    rows.flatMap { row in
      nodes.map { node in
        Float(
          nodes.reduce(1.0) { product, other in
            other == node
              ? product
              : product * (places[row] - places[other]) / (places[node] - places[other])
          })
      }
    }
  }
}
