internal import Classifiers
public import Datasets

extension Lane {
  public static let contrast = Lane("contrast of a row")
}

/// Why the model predicts this class for a row and not another one.
public struct ContrastRow: Question {
  @GrowingTable public var table: ExampleTable
  public var asked: ContrastedRow

  public init(_ asked: ContrastedRow, of table: ExampleTable) {
    self.table = table
    self.asked = asked
  }

  public var lane: Lane { .contrast }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<ExplainedRow>
  ) throws -> ExplainedRow {
    try RowExplainer(lab).contrast(asked, of: table)
  }
}
