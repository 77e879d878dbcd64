import Glibc
import Tensors

/// The extrema of a Chebyshev polynomial on `[0, 1]`, where polynomial interpolation is nearly
/// optimal for its degree. The nodes of half the degree are among them.
///
/// Source: Trefethen, Approximation Theory and Approximation Practice, 2013, chapters 2 to 5.
struct ChebyshevNodes {
  /// In the order in which they are added when the degree is doubled.
  let places: [Double]
  /// The index of each node in ascending order.
  private let ranks: [Int]

  /// - Parameters:
  ///   - count: one more than a power of two times `first - 1`.
  ///   - first: the initial number.
  init(_ count: Int, after first: Int) {
    var stride = (count - 1) / (first - 1)
    var ranks = Array(Swift.stride(from: 0, to: count, by: stride))
    while stride > 1 {
      ranks += Swift.stride(from: stride / 2, to: count, by: stride)
      stride /= 2
    }
    self.ranks = ranks
    places = ranks.map { (1 - cos(Double.pi * Double($0) / Double(count - 1))) / 2 }
  }

  /// The weight of each node in the polynomial's value at some points, `[points, nodes]`, by the
  /// barycentric formula.
  func shares(at points: [Double]) -> Matrix {
    let signs = ranks.map { rank in
      (rank % 2 == 0 ? 1.0 : -1) * (rank == 0 || rank == places.count - 1 ? 0.5 : 1)
    }
    var elements: [Float] = []
    for point in points {
      if let hit = places.firstIndex(of: point) {
        elements += places.indices.map { $0 == hit ? 1 : 0 }
        continue
      }
      let terms = zip(places, signs).map { $1 / (point - $0) }
      let sum = terms.reduce(0, +)
      elements += terms.map { Float($0 / sum) }
    }
    return Matrix(rows: points.count, columns: places.count, elements: elements)
  }

  /// Computes the last coefficients of the polynomial's Chebyshev series from the values at the
  /// nodes, `[coefficients, nodes]`: if they are small, all further ones are smaller still.
  func lastCoefficients(_ count: Int) -> Matrix {
    let degree = places.count - 1
    let rows = (degree - count + 1...degree).map { order in
      ranks.map { rank in
        let isEnd = rank == 0 || rank == degree
        let scale = (isEnd ? 1.0 : 2) / Double(degree) / (order == degree ? 2 : 1)
        return Float(scale * cos(Double.pi * Double(order * rank) / Double(degree)))
      }
    }
    return Matrix(rows: count, columns: places.count, elements: rows.flatMap(\.self))
  }
}
