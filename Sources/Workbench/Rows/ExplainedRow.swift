public import Classifiers
public import Datasets

/// A row with the words that speak for what the model says of it.
public struct ExplainedRow: Sendable, Equatable {
  /// Its number in the table.
  public var row: Int
  public var scores: WordScores
  /// What people marked, as UTF-8 ranges of the text; nil where nobody did.
  public var rationale: [Range<Int>]?
  /// How well the scores agree with that; nil where nothing can be said.
  public var plausibility: Double?
  /// In which it was read; nil where the model read it at once.
  public var windows: TextWindows?

  public init(
    row: Int, scores: WordScores, rationale: [Range<Int>]? = nil, plausibility: Double? = nil,
    windows: TextWindows? = nil
  ) {
    self.row = row
    self.scores = scores
    self.rationale = rationale
    self.plausibility = plausibility
    self.windows = windows
  }
}

/// A row of the table whose answer is set against another class.
public struct ContrastedRow: Sendable, Hashable {
  public var row: Int
  public var versus: Int

  public init(row: Int, versus: Int) {
    self.row = row
    self.versus = versus
  }
}
