/// How many rows of a data set an evaluation is based on, and which could not be read.
public protocol CountedRows {
  /// Rows with a label.
  var rows: Int { get }
  /// Rows without a label.
  var unlabelledRows: Int { get }
  /// Rows whose text the model did not read entirely.
  var truncatedRows: Int { get }
  /// The first of the bad rows.
  var badRows: [BadRow] { get }
  /// The number of all bad rows.
  var badRowCount: Int { get }
}

extension Evaluation: CountedRows {}
extension RegressionEvaluation: CountedRows {}
