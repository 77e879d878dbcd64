/// How many rows of a data set an evaluation stands on, and which could not be read.
public protocol CountedRows {
  /// Rows with a label.
  var rows: Int { get }
  /// Rows that have none.
  var unlabelledRows: Int { get }
  /// Those of the rows of whose text the model did not take in all.
  var truncatedRows: Int { get }
  /// The first of the bad rows.
  var badRows: [BadRow] { get }
  /// Bad rows altogether.
  var badRowCount: Int { get }
}

extension Evaluation: CountedRows {}
extension RegressionEvaluation: CountedRows {}
