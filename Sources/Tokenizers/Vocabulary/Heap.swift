/// A binary heap; the smallest element comes first.
struct Heap<Element: Comparable> {
  private var elements: [Element] = []

  mutating func removeAll() {
    elements.removeAll(keepingCapacity: true)
  }

  mutating func insert(_ element: Element) {
    elements.append(element)
    var child = elements.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if elements[parent] <= elements[child] { break }
      elements.swapAt(parent, child)
      child = parent
    }
  }

  mutating func removeFirst() -> Element? {
    guard let top = elements.first else { return nil }
    let last = elements.removeLast()
    if elements.isEmpty { return top }
    elements[0] = last
    var parent = 0
    while true {
      var least = parent
      if 2 * parent + 1 < elements.count, elements[2 * parent + 1] < elements[least] {
        least = 2 * parent + 1
      }
      if 2 * parent + 2 < elements.count, elements[2 * parent + 2] < elements[least] {
        least = 2 * parent + 2
      }
      if least == parent { return top }
      elements.swapAt(least, parent)
      parent = least
    }
  }
}
