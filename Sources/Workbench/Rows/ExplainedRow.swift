public import Classifiers
public import Datasets

/// A row with the words that contribute most to its prediction.
public struct ExplainedRow: Sendable, Equatable {
  /// Its index in the table.
  public var row: Int
  public var scores: WordScores
  /// The annotated rationale, as UTF-8 ranges of the text; nil if there is none.
  public var rationale: [Range<Int>]?
  /// How well the scores agree with it; nil if that cannot be measured.
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

/// A row of the table whose prediction is contrasted with another class.
public struct ContrastedRow: Sendable, Hashable {
  public var row: Int
  public var versus: Int

  public init(row: Int, versus: Int) {
    self.row = row
    self.versus = versus
  }
}
