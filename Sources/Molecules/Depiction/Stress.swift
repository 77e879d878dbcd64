/// A layout in which atoms many bonds apart are far from each other: it minimises the stress over
/// all pairs, each weighted by the inverse square of its distance (Kamada and Kawai 1989,
/// doi:10.1016/0020-0190(89)90102-6). Each atom in turn is moved to the optimum for its pairs
/// (majorisation: Gansner, Koren and North 2005, doi:10.1007/978-3-540-31843-9_25). This unfolds
/// bridged rings that cannot be drawn as regular polygons.
package struct Stress {
  package private(set) var points: [SIMD2<Float>]
  /// The ideal distance of each pair, and its weight, row by row.
  private let distances: [Float]
  private let weights: [Float]

  package init(_ points: [SIMD2<Float>], _ graph: LayoutGraph) {
    self.points = points
    var distances = [Float](repeating: 0, count: points.count * points.count)
    for start in points.indices {
      for (atom, bonds) in Self.bonds(from: start, graph).enumerated() {
        distances[start * points.count + atom] = Self.distance(over: bonds)
      }
    }
    for sides in graph.sides {
      distances[sides.besideFrom * points.count + sides.besideTo] = sides.length
      distances[sides.besideTo * points.count + sides.besideFrom] = sides.length
    }
    self.distances = distances
    weights = distances.map { 1 / ($0 * $0) }
  }

  /// The cost of this number of rounds.
  static func cost(rounds: Int, _ graph: LayoutGraph) -> Int {
    rounds * graph.neighbors.count * graph.neighbors.count
  }

  /// The length of a zigzag chain with angles of 120 degrees.
  private static func distance(over bonds: Int) -> Float {
    bonds < 2 ? Float(bonds) : Float(bonds) * 0.866
  }

  /// The number of bonds on the shortest path to each atom.
  private static func bonds(from start: Int, _ graph: LayoutGraph) -> [Int] {
    var bonds = [Int](repeating: -1, count: graph.neighbors.count)
    bonds[start] = 0
    var reached = [start]
    var next = 0
    while next < reached.count {
      let atom = reached[next]
      next += 1
      for neighbor in graph.neighbors[atom] where bonds[neighbor] < 0 {
        bonds[neighbor] = bonds[atom] + 1
        reached.append(neighbor)
      }
    }
    return bonds
  }

  /// Moves each atom `rounds` times.
  package mutating func run(rounds: Int) {
    let count = points.count
    for _ in 0..<rounds {
      for atom in points.indices {
        let here = points[atom]
        var sum = SIMD2<Float>.zero
        var sumOfWeights: Float = 0
        for other in 0..<count where other != atom {
          let distance = distances[atom * count + other]
          let weight = weights[atom * count + other]
          let way = here - points[other]
          let length = max((way * way).sum().squareRoot(), 1e-3)
          sum += weight * (points[other] + way * (distance / length))
          sumOfWeights += weight
        }
        if sumOfWeights > 0 { points[atom] = sum / sumOfWeights }
      }
    }
  }
}
