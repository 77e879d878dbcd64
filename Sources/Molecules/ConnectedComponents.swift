/// The connected components of a graph, each in breadth-first order from its first vertex.
/// - Parameters:
///   - vertices: the vertices of the graph; components are in the order of their first vertices.
///   - limit: larger than any vertex.
///   - neighbors: the neighbours of a vertex; others than `vertices` are ignored.
func connectedComponents(
  of vertices: some Collection<Int>, below limit: Int, neighbors: (Int) -> [Int]
) -> [[Int]] {
  var isOpen = [Bool](repeating: false, count: limit)
  for vertex in vertices { isOpen[vertex] = true }
  var components: [[Int]] = []
  for start in vertices where isOpen[start] {
    isOpen[start] = false
    var members = [start]
    var next = 0
    while next < members.count {
      for neighbor in neighbors(members[next]) where isOpen[neighbor] {
        isOpen[neighbor] = false
        members.append(neighbor)
      }
      next += 1
    }
    components.append(members)
  }
  return components
}
