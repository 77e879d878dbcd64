internal import Documents

/// The labels of a whole file, read before its rows are: how numbers are counted can't be told by
/// the first rows of a file that is sorted by its labels.
enum LabelSurvey {
  /// Files name a few classes; one with more labels than this has something else in the column.
  private static let labelLimit = 10_000

  /// How often the file has each label.
  /// - Throws: what the source throws, and `CancellationError`.
  static func counts(
    of reader: LabelReader, in column: String, format: any TextFormat, _ source: TableSource
  ) throws -> [String: Int] {
    var source = source
    var counts: [String: Int] = [:]
    var rows = 0
    try format.read(&source) { line in
      rows += 1
      if rows.isMultiple(of: 1024) { try Task.checkCancellation() }
      guard case .row(let row) = line, let value = row[column] else { return }
      for label in reader.labels(of: value) where counts.count < labelLimit || counts[label] != nil
      {
        counts[label, default: 0] += 1
      }
    }
    return counts
  }
}
