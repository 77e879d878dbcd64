/// A pickle's memo: values by number.
///
/// Python counts up, so that an array suffices; other numbers are stored too, at a higher cost.
struct PickleMemo {
  private var inOrder: [Pickle.ID] = []
  private var others: [Int: Pickle.ID] = [:]

  var count: Int { inOrder.count + others.count }

  subscript(index: Int) -> Pickle.ID? {
    get { inOrder.indices.contains(index) ? inOrder[index] : others[index] }
    set {
      guard let newValue else { return }
      if inOrder.indices.contains(index) {
        inOrder[index] = newValue
      } else if index == inOrder.count, others.isEmpty {
        inOrder.append(newValue)
      } else {
        others[index] = newValue
      }
    }
  }

  /// The cost of an entry under this number, in bytes.
  func cost(of index: Int) -> Int {
    if inOrder.indices.contains(index) { return 0 }
    return index == inOrder.count && others.isEmpty ? MemoryLayout<Pickle.ID>.stride : 48
  }
}
