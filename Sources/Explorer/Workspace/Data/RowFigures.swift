internal import Datasets

/// The number of errors and the accuracy of the rows that match the filter.
struct RowFigures: Sendable, Equatable {
  var errors = 0
  var labelled = 0

  /// The share of right predictions among the labelled rows; nil if no row is labelled.
  var accuracy: Double? { labelled == 0 ? nil : 1 - Double(errors) / Double(labelled) }

  /// nil if all rows match, or if there are more than 50,000, which would take too long for each
  /// key.
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
