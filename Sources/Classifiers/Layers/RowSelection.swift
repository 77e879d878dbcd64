import Tensors

/// A selection of a matrix's rows, at most one of each text, if no others are needed.
struct RowSelection: Sendable {
  let numbers: [Int]
  /// The number of rows of the whole matrix.
  let count: Int

  /// Of each text, counted from its first row.
  func ranges(in texts: TextSpans) -> [Range<Int>] {
    var rest = numbers[...]
    return texts.ranges.map { text in
      guard let row = rest.first, text.contains(row) else { return 0..<0 }
      rest.removeFirst()
      let place = row - text.lowerBound
      return place..<place + 1
    }
  }

  /// `[count, width]` to `[numbers, width]`.
  func gather(_ x: [Float], width: Int) -> [Float] {
    numbers.flatMap { x[$0 * width..<($0 + 1) * width] }
  }

  /// The backward pass: the other rows are zero.
  func spread(_ x: [Float], width: Int) -> [Float] {
    var all = zeros(count * width)
    for (place, row) in numbers.enumerated() {
      all.replaceSubrange(
        row * width..<(row + 1) * width, with: x[place * width..<(place + 1) * width])
    }
    return all
  }
}
