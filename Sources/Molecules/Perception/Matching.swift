/// A matching in a graph: edges without common vertices, found by augmenting paths (Edmonds 1965,
/// doi:10.4153/CJM-1965-045-4).
struct Matching {
  private var neighbors: [[(vertex: Int, bond: Int)]]
  private var mate: [Int]
  private var mateBond: [Int]
  // State of the search for one path; changes are undone after it.
  private var parent: [Int]
  private var base: [Int]
  private var isOuter: [Bool]
  private var touched: [Int] = []
  /// The number of edges that may be visited, which limits the time for any text. Molecules need a
  /// few for each atom.
  private var budget: Int

  init(count: Int) {
    neighbors = Array(repeating: [], count: count)
    mate = Array(repeating: -1, count: count)
    mateBond = mate
    parent = mate
    base = Array(0..<count)
    isOuter = Array(repeating: false, count: count)
    budget = 4_000_000 + 64 * count
  }

  mutating func addEdge(_ first: Int, _ second: Int, by bond: Int) {
    neighbors[first].append((second, bond))
    neighbors[second].append((first, bond))
  }

  /// The edges of the matching.
  var matchedBonds: [Int] {
    mate.indices.filter { mate[$0] > $0 }.map { mateBond[$0] }
  }

  /// The lowest vertex of a connected component.
  func first(connectedTo start: Int) -> Int {
    var seen: Set = [start]
    var open = [start]
    while let vertex = open.popLast() {
      for (neighbor, _) in neighbors[vertex] where seen.insert(neighbor).inserted {
        open.append(neighbor)
      }
    }
    return seen.min() ?? start
  }

  /// Matches the given vertices with each other, and with others if there is no other way.
  /// - Returns: a vertex that cannot be matched, if there is one.
  mutating func match(_ vertices: [Int]) -> Int? {
    matchWithoutChoice(vertices)
    for vertex in vertices where mate[vertex] < 0 {
      guard augment(from: vertex) else { return vertex }
    }
    return nil
  }

  /// Matches vertices with one free neighbour first, because they have no alternative, and then the
  /// others in any order. In molecules, this leaves little to do.
  private mutating func matchWithoutChoice(_ vertices: [Int]) {
    var isWanted = [Bool](repeating: false, count: mate.count)
    for vertex in vertices { isWanted[vertex] = true }
    var free = neighbors.map(\.count)
    var forced = vertices.filter { free[$0] == 1 }
    for start in vertices {
      forced.append(start)
      while let vertex = forced.popLast() {
        guard mate[vertex] < 0, vertex == start || free[vertex] == 1,
          let (partner, bond) = neighbors[vertex].first(where: {
            mate[$0.vertex] < 0 && isWanted[$0.vertex]
          })
        else { continue }
        pair(vertex, partner, bond)
        for matched in [vertex, partner] {
          for (neighbor, _) in neighbors[matched] {
            free[neighbor] -= 1
            if free[neighbor] == 1, isWanted[neighbor], mate[neighbor] < 0 {
              forced.append(neighbor)
            }
          }
        }
      }
    }
  }

  private mutating func pair(_ first: Int, _ second: Int, _ bond: Int) {
    mate[first] = second
    mate[second] = first
    mateBond[first] = bond
    mateBond[second] = bond
  }

  private mutating func touch(_ vertex: Int) { touched.append(vertex) }

  private mutating func augment(from root: Int) -> Bool {
    defer {
      for vertex in touched {
        parent[vertex] = -1
        base[vertex] = vertex
        isOuter[vertex] = false
      }
      touched = []
    }
    isOuter[root] = true
    touch(root)
    var queue = [root]
    var next = 0
    while next < queue.count {
      let vertex = queue[next]
      next += 1
      for (neighbor, _) in neighbors[vertex] {
        budget -= 1
        guard budget > 0 else { return false }
        if base[vertex] == base[neighbor] || mate[vertex] == neighbor { continue }
        if neighbor == root || (mate[neighbor] >= 0 && parent[mate[neighbor]] >= 0) {
          contract(vertex, neighbor, into: &queue)
        } else if parent[neighbor] < 0 {
          parent[neighbor] = vertex
          touch(neighbor)
          guard mate[neighbor] >= 0 else {
            flip(endingAt: neighbor)
            return true
          }
          isOuter[mate[neighbor]] = true
          touch(mate[neighbor])
          queue.append(mate[neighbor])
        }
      }
    }
    return false
  }

  private mutating func flip(endingAt end: Int) {
    var vertex = end
    while vertex >= 0 {
      let before = parent[vertex]
      let further = mate[before]
      let bond = neighbors[vertex].first { $0.vertex == before }?.bond ?? -1
      pair(vertex, before, bond)
      vertex = further
    }
  }

  /// Contracts an odd cycle to its base.
  private mutating func contract(_ first: Int, _ second: Int, into queue: inout [Int]) {
    let common = commonBase(first, second)
    var blossom: Set<Int> = []
    markPath(first, to: common, child: second, &blossom)
    markPath(second, to: common, child: first, &blossom)
    for vertex in touched where blossom.contains(base[vertex]) {
      base[vertex] = common
      if !isOuter[vertex] {
        isOuter[vertex] = true
        queue.append(vertex)
      }
    }
    budget -= touched.count
  }

  private func commonBase(_ first: Int, _ second: Int) -> Int {
    var seen: Set<Int> = []
    var vertex = base[first]
    while true {
      seen.insert(vertex)
      guard mate[vertex] >= 0, parent[mate[vertex]] >= 0 else { break }
      vertex = base[parent[mate[vertex]]]
    }
    vertex = base[second]
    while !seen.contains(vertex) {
      vertex = base[parent[mate[vertex]]]
    }
    return vertex
  }

  private mutating func markPath(
    _ start: Int, to common: Int, child: Int, _ blossom: inout Set<Int>
  ) {
    var (vertex, child) = (start, child)
    while base[vertex] != common {
      blossom.insert(base[vertex])
      blossom.insert(base[mate[vertex]])
      parent[vertex] = child
      touch(vertex)
      child = mate[vertex]
      vertex = parent[mate[vertex]]
    }
  }
}
