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
