import CKernels
import Glibc

/// Rows that belong to positions on a line and change so smoothly along it that, to Float's
/// precision, all can be interpolated from a few of them, the nodes: `x[m] = sum over r of
/// weights[m, r] * x[nodes[r]]`.
///
/// A product of all rows can then be interpolated from the products of the nodes. Whether the rows
/// are smooth enough is checked at each use: if they differ from the interpolated ones by more than
/// rounding errors, more nodes are used, and finally all rows. The weights are those of Lagrange's
/// polynomial through the nodes, which are close to Chebyshev's nodes, for which the interpolation
/// is stable.
public struct RowInterpolation: Sendable {
  let rows: Int
  /// From few nodes to many; the last level has all rows.
  let levels: [Level]

  struct Level: Sendable {
    let nodes: [Int32]
    /// For this level and each one after it, the weights that yield its nodes from the nodes of
    /// this level, `[nodes there, nodes]`.
    let weights: [[Float]]
  }

  /// How much a row may differ from the interpolated one, relative to the largest number. Rounding
  /// in a sum of a thousand products causes errors of 2^-18, however smooth the rows are.
  static let tolerance: Float = 0x1p-17

  /// - Parameter places: one position per row.
  /// - Returns: nil if there are too few rows.
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

  /// The level that has all rows.
  public var all: Int { levels.count - 1 }

  /// The number of nodes at a level.
  public func nodeCount(of level: Int) -> Int { levels[level].nodes.count }

  /// The weight of each node in each row, `[rows, nodes]`.
  /// - Parameter level: less than `all`.
  public func shares(of level: Int) -> Matrix {
    Matrix(
      rows: rows, columns: nodeCount(of: level), elements: levels[level].weights.last ?? [])
  }

  /// The transposed interpolation: a gradient at the rows as a gradient at the nodes.
  ///
  /// For a linear map, the sum of the images of all rows equals the sum of the images of these.
  /// - Parameters:
  ///   - x: `[rows, columns]`.
  ///   - level: less than `all`.
  /// - Returns: `[nodes, columns]`.
  public func gathered(_ x: Matrix, level: Int) -> Matrix {
    shares(of: level).transposeMultiplied(by: x)
  }

  /// The first level at which the interpolation is accurate, for some columns of the rows.
  func level(of x: UnsafePointer<Float>, stride: Int, columns: Int) -> Int {
    levels.firstIndex { level in
      guard let weights = level.weights.last else { return true }
      var largest: Float = 0
      let error = unsafe kernels_interpolation_error(
        x, Int64(stride), Int64(rows), level.nodes, Int64(level.nodes.count), weights,
        Int64(columns), &largest)
      // Comparisons with NaN are false, so it is never interpolated.
      return error <= Self.tolerance * largest
    } ?? all
  }

  /// The same for all columns, `[rows, columns]`.
  func level(of x: [Float], columns: Int) -> Int {
    unsafe x.withUnsafeBufferPointer { x in
      unsafe x.baseAddress.map { unsafe level(of: $0, stride: columns, columns: columns) } ?? all
    }
  }

  /// Computes the nodes of a higher level, or of the same one, from those of another, for some
  /// columns.
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
  /// The positions that are closest to Chebyshev's nodes.
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
