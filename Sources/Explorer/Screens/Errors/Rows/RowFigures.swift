internal import Datasets

/// What the rows of the filter come to, beside those of the whole table.
struct RowFigures: Sendable, Equatable {
  var errors = 0
  var labelled = 0

  /// The share of right answers; nil where nobody said what is right.
  var accuracy: Double? { labelled == 0 ? nil : 1 - Double(errors) / Double(labelled) }

  /// nil where the rows are all that there are, or too many to be counted for each key.
  init?(_ rows: [Int], of table: ExampleTable) {
    guard rows.count < table.count, rows.count <= Self.limit else { return nil }
    for row in rows where row < table.count {
      let example = table[row]
      if example.gold != .unknown { labelled += 1 }
      if example.isError { errors += 1 }
    }
  }

  private static let limit = 50_000
}

/// How many rows have so many words, and on how many of them the model is wrong.
struct LengthBin: Sendable, Equatable {
  var words: ClosedRange<Int>
  var rows = 0
  var errors = 0

  private static let limit = 50_000
  private static let bounds = [5, 10, 15, 20, 30, 40, 60, 100, 200, Int.max]

  /// Of the first rows of a table; without the empty ones at both ends.
  static func bins(of table: ExampleTable) -> [LengthBin] {
    var bins: [LengthBin] = []
    for bound in bounds {
      bins.append(LengthBin(words: (bins.last?.words.upperBound ?? -1) + 1...bound))
    }
    for row in 0..<min(limit, table.count) {
      let example = table[row]
      var (words, isInWord) = (0, false)
      for byte in example.text.utf8 {
        let isSpace = byte == 32 || (9...13).contains(byte)
        if !isSpace, !isInWord { words += 1 }
        isInWord = !isSpace
      }
      guard let bin = bins.firstIndex(where: { $0.words.contains(words) }) else { continue }
      bins[bin].rows += 1
      if example.isError { bins[bin].errors += 1 }
    }
    guard let first = bins.firstIndex(where: { $0.rows > 0 }),
      let last = bins.lastIndex(where: { $0.rows > 0 })
    else { return [] }
    return Array(bins[first...last])
  }
}
