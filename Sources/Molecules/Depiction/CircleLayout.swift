import Glibc

/// A ring as a circle, with everything else outside of it: an initial layout for macrocycles.
package struct CircleLayout {
  package private(set) var points: [SIMD2<Float>]

  /// Half the distance of two atoms that are two bonds apart in a zigzag chain.
  private static let step: Float = 0.87

  package init(_ graph: LayoutGraph, around ring: [Int]) {
    let radius = Self.step / (2 * sin(Float.pi / Float(ring.count)))
    var places = [(angle: Float, radius: Float)?](repeating: nil, count: graph.neighbors.count)
    for (index, atom) in ring.enumerated() {
      places[atom] = (2 * .pi * Float(index) / Float(ring.count), radius)
    }
    var reached = ring
    var next = 0
    while next < reached.count {
      let atom = reached[next]
      next += 1
      guard let from = places[atom] else { continue }
      let farther = graph.neighbors[atom].filter { places[$0] == nil }
      for (index, neighbor) in farther.enumerated() {
        // next to each other, and slightly off the line, on which the stress of both sides would be
        // equal
        let aside = 0.8 * (Float(index) - Float(farther.count - 1) / 2) + 0.05
        let radius = from.radius + Self.step
        places[neighbor] = (from.angle + aside / radius, radius)
        reached.append(neighbor)
      }
    }
    points = places.map { place in
      guard let place else { return .zero }
      return place.radius * SIMD2(cos(place.angle), sin(place.angle))
    }
  }
}
