extension Molecule {
  /// Finds the rings of every ring system: representatives of the relevant cycles, which are those
  /// that are not a sum of shorter cycles (Vismara 1997, doi:10.37236/1325).
  /// - Returns: whether all systems were small enough to be examined.
  mutating func findRings() -> Bool {
    var budget = 20_000_000
    var isWhole = true
    for system in ringSystems {
      if let ring = onlyRing(of: system) {
        rings.append(ring)
        continue
      }
      budget -= system.count * system.count
      guard system.count <= 500, budget > 0 else {
        isWhole = false
        continue
      }
      rings += RingSystem(bonds: system, in: self).rings
    }
    return isWhole
  }

  /// The bonds in rings, in connected groups.
  private var ringSystems: [[Int]] {
    let ringBonds = bonds.indices.filter { bonds[$0].isInRing }
    return connectedComponents(of: ringBonds, below: bonds.count) { bond in
      incident[bonds[bond].from] + incident[bonds[bond].to]
    }
  }

  /// The ring of a system that has only one.
  private func onlyRing(of system: [Int]) -> [Int]? {
    let ringBonds = { (atom: Int) in incident[atom].filter { bonds[$0].isInRing } }
    let ends = system.flatMap { [bonds[$0].from, bonds[$0].to] }
    guard ends.allSatisfy({ ringBonds($0).count == 2 }) else { return nil }
    let start = bonds[system[0]].from
    var ring = [start]
    var bond = system[0]
    while true {
      let atom = bonds[bond].other(than: ring[ring.count - 1])
      if atom == start { return ring }
      ring.append(atom)
      guard let next = ringBonds(atom).first(where: { $0 != bond }) else { return nil }
      bond = next
    }
  }

  /// The bonds of a ring, in cyclic order.
  func bonds(ofRing ring: [Int]) -> [Int] {
    ring.indices.compactMap { bond(between: ring[$0], and: ring[($0 + 1) % ring.count]) }
  }
}

/// The relevant cycles of one ring system.
private struct RingSystem {
  private(set) var rings: [[Int]] = []

  private let atoms: [Int]
  private let neighbors: [[(vertex: Int, edge: Int)]]
  private let edges: Int

  private struct Cycle {
    let vertices: [Int]
    let edges: EdgeSet
  }

  init(bonds: [Int], in molecule: Molecule) {
    atoms = Set(bonds.flatMap { [molecule.bonds[$0].from, molecule.bonds[$0].to] }).sorted()
    let number = Dictionary(uniqueKeysWithValues: atoms.enumerated().map { ($1, $0) })
    var neighbors = [[(vertex: Int, edge: Int)]](repeating: [], count: atoms.count)
    for (edge, bond) in bonds.enumerated() {
      guard let from = number[molecule.bonds[bond].from], let to = number[molecule.bonds[bond].to]
      else { continue }
      neighbors[from].append((to, edge))
      neighbors[to].append((from, edge))
    }
    self.neighbors = neighbors
    edges = bonds.count
    rings = relevantCycles().map { $0.vertices.map { atoms[$0] } }
  }

  private func relevantCycles() -> [Cycle] {
    var candidates: [Cycle] = []
    var seen: Set<EdgeSet> = []
    for root in atoms.indices {
      for cycle in cycles(through: root) where seen.insert(cycle.edges).inserted {
        candidates.append(cycle)
      }
    }
    candidates.sort { $0.vertices.count < $1.vertices.count }
    var basis = EdgeBasis()
    var relevant: [Cycle] = []
    var next = 0
    // The number of independent cycles is the number of edges beyond those of a spanning tree.
    let independent = edges - atoms.count + 1
    while next < candidates.count, basis.count < independent {
      let length = candidates[next].vertices.count
      let group = candidates[next...].prefix { $0.vertices.count == length }
      next += group.count
      let unexplained = group.filter { !basis.reduced($0.edges).isEmpty }
      relevant += unexplained
      for cycle in unexplained { basis.insert(cycle.edges) }
    }
    return relevant
  }

  /// The cycles of two shortest paths from a vertex that are connected by an edge or a vertex, and
  /// in which no vertex has a larger number than the first.
  private func cycles(through root: Int) -> [Cycle] {
    var distance = [Int](repeating: -1, count: atoms.count)
    var parent = [(vertex: Int, edge: Int)](repeating: (-1, -1), count: atoms.count)
    distance[root] = 0
    var order = [root]
    var next = 0
    while next < order.count {
      let vertex = order[next]
      next += 1
      for (neighbor, edge) in neighbors[vertex] where neighbor < root && distance[neighbor] < 0 {
        distance[neighbor] = distance[vertex] + 1
        parent[neighbor] = (vertex, edge)
        order.append(neighbor)
      }
    }
    // From a vertex to the root, without the root.
    let path = { (start: Int) in
      var vertices: [Int] = []
      var edges: [Int] = []
      var vertex = start
      while vertex != root {
        vertices.append(vertex)
        edges.append(parent[vertex].edge)
        vertex = parent[vertex].vertex
      }
      return (vertices: vertices, edges: edges)
    }
    let joined = { (first: Int, second: Int, middle: [Int], joints: [Int]) -> Cycle? in
      let (left, right) = (path(first), path(second))
      guard left.vertices.last != right.vertices.last,
        Set(left.vertices).isDisjoint(with: right.vertices)
      else { return nil }
      return Cycle(
        vertices: [root] + left.vertices.reversed() + middle + right.vertices,
        edges: EdgeSet(left.edges + right.edges + joints, count: edges))
    }
    var found: [Cycle] = []
    for vertex in order.dropFirst() {
      let same = neighbors[vertex].filter { $0.vertex < vertex && $0.vertex != root }
        .filter { distance[$0.vertex] == distance[vertex] }
      found += same.compactMap { joined(vertex, $0.vertex, [], [$0.edge]) }
      let before = neighbors[vertex].filter {
        distance[$0.vertex] >= 0 && distance[$0.vertex] == distance[vertex] - 1
          && $0.vertex != root
      }
      for (index, first) in before.enumerated() {
        for second in before[(index + 1)...] {
          let cycle = joined(first.vertex, second.vertex, [vertex], [first.edge, second.edge])
          if let cycle { found.append(cycle) }
        }
      }
    }
    return found
  }
}

/// A set of edges as bits; the sum is the symmetric difference.
private struct EdgeSet: Hashable {
  private var words: [UInt64]

  init(_ edges: [Int], count: Int) {
    words = [UInt64](repeating: 0, count: (count + 63) / 64)
    for edge in edges { words[edge / 64] |= 1 << UInt64(edge % 64) }
  }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  /// The lowest edge.
  var first: Int? {
    words.firstIndex { $0 != 0 }.map { $0 * 64 + words[$0].trailingZeroBitCount }
  }

  mutating func add(_ other: EdgeSet) {
    for index in words.indices { words[index] ^= other.words[index] }
  }
}

/// Independent cycles over GF(2), each with a different lowest edge.
private struct EdgeBasis {
  private var byFirst: [Int: EdgeSet] = [:]

  var count: Int { byFirst.count }

  /// What remains of a cycle after cycles of the basis are subtracted; empty if it is a sum of
  /// them.
  func reduced(_ cycle: EdgeSet) -> EdgeSet {
    var cycle = cycle
    while let first = cycle.first, let other = byFirst[first] { cycle.add(other) }
    return cycle
  }

  mutating func insert(_ cycle: EdgeSet) {
    let rest = reduced(cycle)
    if let first = rest.first { byFirst[first] = rest }
  }
}
