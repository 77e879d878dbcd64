public import Datasets

/// What happens to the data set beside the screen.
public enum DatasetEvent: Sendable {
  /// The reading began.
  case began(name: String)
  /// Some more rows have answers.
  case scored(ExampleChunk, ScoringProgress)
  /// All rows have been read.
  case ended(ScoringProgress)
  /// Why not, as a sentence.
  case failed(String)
  case viewed(ErrorsViewRequest, ExampleView)
  case reported(ErrorsReportRequest, ExampleReport)
}

/// How far the scoring of a data set is.
public struct ScoringProgress: Sendable, Equatable {
  public var rows: Int
  public var badRows: Int
  /// From 0 to 1; nil where nobody knows.
  public var share: Double?
  public var rowsPerSecond: Double

  public init(rows: Int = 0, badRows: Int = 0, share: Double? = nil, rowsPerSecond: Double = 0) {
    self.rows = rows
    self.badRows = badRows
    self.share = share
    self.rowsPerSecond = rowsPerSecond
  }

  /// nil where nobody knows.
  var secondsLeft: Double? {
    guard let share, share > 0.001, rowsPerSecond > 0 else { return nil }
    return Double(rows) / rowsPerSecond * (1 - share) / share
  }
}

/// What the data set's screen wants from the world.
public enum DatasetEffect: Sendable, Equatable {
  /// The newest request wins. Both are about the table as it is in the state.
  case view(ErrorsViewRequest)
  case report(ErrorsReportRequest)
  case stopScoring
  /// From the first row; what was answered is in the store.
  case startScoring
}

public struct ErrorsViewRequest: Sendable, Equatable {
  public var number: Int
  public var query: String
  public var order: ExampleView.Order
  public var isReversed: Bool
  public var annotations: Annotations
  /// How many rows the table had.
  public var rows: Int
}

public struct ErrorsReportRequest: Sendable, Equatable {
  public var rows: Int
  public var ownSlices: [String]
}
