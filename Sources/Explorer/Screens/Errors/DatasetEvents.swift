public import Datasets
internal import Reports

/// What happens to the data set beside the screen.
public enum DatasetEvent: Sendable {
  /// The reading began.
  /// - Parameters:
  ///   - path: the file's whole path; nil where it can't be found again.
  ///   - arguments: what the user said of the file besides, as on the command line.
  case began(name: String, path: String? = nil, arguments: [String] = [])
  /// Some more rows have answers.
  case scored(ExampleChunk, ScoringProgress)
  /// How many rows the data set has.
  case counted(Int)
  /// What was written of rows before.
  case noted(Annotations)
  /// All rows have been read.
  case ended(ScoringProgress)
  /// Why not, as a sentence.
  case failed(String)
  case viewed(ErrorsViewRequest, ExampleView)
  case reported(ErrorsReportRequest, ExampleReport)
  case explained([ExplainedRow])
  case contrasted(ContrastedRow, ExplainedRow)
  case words(WordsEvent)
  case other(OtherEvent)
  /// Whether what was written of these rows of the table is kept now; the reason where it is not.
  case notesKept([Int], problem: String?)
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

  /// `1,200 rows`, `25 %`, `3,100 rows/s`, `41 s left`
  var words: [String] {
    var words = ["\(Numerals.grouped(rows)) rows"]
    if let share { words.append("\(Int(share * 100)) %") }
    words.append("\(Numerals.grouped(Int(rowsPerSecond))) rows/s")
    if let left = secondsLeft { words.append(Numerals.duration(seconds: left) + " left") }
    return words
  }
}

/// A row with the words that speak for what the model says of it.
public struct ExplainedRow: Sendable, Equatable {
  /// Its number in the table.
  public var row: Int
  public var scores: WordScores
  /// What people marked, as UTF-8 ranges of the text; nil where nobody did.
  public var rationale: [Range<Int>]?
  /// How well the scores agree with that; nil where nothing can be said.
  public var plausibility: Double?

  public init(
    row: Int, scores: WordScores, rationale: [Range<Int>]? = nil, plausibility: Double? = nil
  ) {
    self.row = row
    self.scores = scores
    self.rationale = rationale
    self.plausibility = plausibility
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

/// What happens to the words of the whole data set.
public enum WordsEvent: Sendable {
  /// The explainer's title.
  case began(method: String)
  /// The evidence of some more rows, and what all so far add up to where that was counted.
  case found([(row: Int, evidence: Evidence)], WordReport?, ScoringProgress)
  case ended(ScoringProgress)
  /// Why not, as a sentence.
  case failed(String)
}

/// What happens to the second model.
public enum OtherEvent: Sendable {
  case began(name: String)
  /// It knows as many classes, but their names don't tell which is which.
  case unmatched(name: String, classes: [String])
  case answered(OtherAnswers, ScoringProgress)
  case ended(ScoringProgress)
  /// Why not, as a sentence.
  case failed(String)
}

/// What the data set's screen wants from the world.
public enum DatasetEffect: Sendable, Equatable {
  /// The newest request wins. Both are about the table as it is in the state.
  case view(ErrorsViewRequest)
  case report(ErrorsReportRequest)
  case stopScoring
  /// From the first row; what was answered is in the store.
  case startScoring
  /// Rows of the table; the newest request wins.
  case explain([Int])
  /// The newest request wins.
  case contrast(ContrastedRow)
  /// All rows, from the first; what was explained is in the store.
  case explainAll
  case stopExplaining
  /// What the user wrote about rows of the table.
  case keep([Int: Annotations.Entry])
  /// A second model about all rows, by what `--model` takes; and which of its classes is which of the
  /// explorer's, where the user said so.
  case askOther(String, classMap: [String: String] = [:])
  case stopOther
}

public struct ErrorsViewRequest: Sendable, Equatable {
  public var number: Int
  public var query: String
  public var order: ExampleView.Order
  public var isReversed: Bool
  public var annotations: Annotations
  /// How many rows the table had.
  public var rows: Int
  /// How many rows had evidence and a second answer, where the query asks for them.
  public var known = 0
}

public struct ErrorsReportRequest: Sendable, Equatable {
  public var rows: Int
  public var ownSlices: [String]
  /// How many rows the second model had answered.
  public var otherRows = 0
}
