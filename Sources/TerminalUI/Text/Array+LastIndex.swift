extension Array {
  /// The index of the last element in a range that fulfils a condition; the range's first index if
  /// none does. Takes O(log n) steps.
  /// - Parameter isBefore: true for the first elements of the range, false for all after them.
  func lastIndex(in range: Range<Int>, where isBefore: (Element) -> Bool) -> Int {
    var (low, high) = (range.lowerBound, range.upperBound)
    while high - low > 1 {
      let middle = (low + high) / 2
      if isBefore(self[middle]) { low = middle } else { high = middle }
    }
    return low
  }
}
