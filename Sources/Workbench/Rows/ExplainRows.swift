internal import Classifiers
public import Datasets

extension Lane {
  public static let rowExplanation = Lane("explanation of rows", isInBackground: true)
}

/// The words that contribute most to the predictions for some rows, a few rows at a time, so that
/// the first are shown soon. Each answer contains new rows only.
public struct ExplainRows: Question {
  @GrowingTable public var table: ExampleTable
  /// In the order in which they are wanted.
  public var rows: [Int]

  /// How many are returned together.
  private static let part = 4

  public init(_ rows: [Int], of table: ExampleTable) {
    self.table = table
    self.rows = rows
  }

  public var lane: Lane { .rowExplanation }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<[ExplainedRow]>
  ) throws -> [ExplainedRow] {
    let explainer = try RowExplainer(lab)
    var explained: [ExplainedRow] = []
    for first in stride(from: 0, to: rows.count, by: Self.part) {
      if first > 0 { try progress(explained) }
      let part = rows[first..<min(rows.count, first + Self.part)].filter { $0 < table.count }
      explained = try explainer.explain(part, of: table)
    }
    return explained
  }
}
