public import Datasets

/// The progress of the work on all rows of a data set.
public struct RowsProgress: Sendable, Equatable {
  public var rows: Int
  public var badRows: Int
  /// From 0 to 1; nil if unknown.
  public var share: Double?
  public var rowsPerSecond: Double
  /// The columns that are read; empty before the first row.
  public var columns = ColumnNames()

  public init(rows: Int = 0, badRows: Int = 0, share: Double? = nil, rowsPerSecond: Double = 0) {
    self.rows = rows
    self.badRows = badRows
    self.share = share
    self.rowsPerSecond = rowsPerSecond
  }

  mutating func measure(_ time: Duration) {
    rowsPerSecond = Double(rows) / max(1e-3, time / .seconds(1))
  }
}
