internal import Documents

/// Counts the labels of a whole file before its rows are read: in a file that is sorted by label,
/// the first rows do not show how classes are numbered.
enum LabelSurvey {
  /// Files have few classes; a column with more labels than this contains something else.
  private static let labelLimit = 10_000

  /// How often each label occurs in the file.
  /// - Throws: errors of the source, and `CancellationError`.
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
