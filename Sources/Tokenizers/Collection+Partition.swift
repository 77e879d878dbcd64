extension RandomAccessCollection {
  /// The index of the first element that belongs to the second part of a partitioned collection; the
  /// end if none does. Takes O(log n) steps.
  ///
  /// As in swift-algorithms.
  /// - Parameter belongs: false for all elements of the first part, true for all of the second.
  package func partitioningIndex(where belongs: (Element) throws -> Bool) rethrows -> Index {
    var (start, count) = (startIndex, self.count)
    while count > 0 {
      let half = count / 2
      let middle = index(start, offsetBy: half)
      if try belongs(self[middle]) {
        count = half
      } else {
        start = index(after: middle)
        count -= half + 1
      }
    }
    return start
  }
}
