public import Attribution
public import Classifiers
public import Datasets
public import Reports
public import TerminalUI

/// Writes what is on the screen to a file.
public struct Export: Question {
  public enum Answer: Sendable, Equatable {
    case written(bytes: Int)
    /// The file already exists.
    case exists
  }

  /// The contents of the file.
  public enum Content: Sendable, Equatable {
    /// As written by `whylight explain`.
    case explanation(ExportedExplanation)
    case table(ExportedTable)
    case examples(ExportedExamples)
    /// The picture of the screen.
    case picture(Frame)
  }

  public var path: String
  public var format: OutputFormat
  /// Whether an existing file may be replaced.
  public var mayReplace: Bool
  public var content: Content

  public init(
    _ content: Content, to path: String, as format: OutputFormat, mayReplace: Bool = false
  ) {
    self.path = path
    self.format = format
    self.mayReplace = mayReplace
    self.content = content
  }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(path)
    hasher.combine(format)
  }

  /// Files with different names are written concurrently, and none is cancelled for another.
  public var lane: Lane { Lane("writing \(path)", isFinishedAtEnd: true) }

  public func answer(_ lab: Lab, progress: @escaping Progress<Answer>) throws -> Answer {
    try lab.surroundings.write(self, lab)
  }
}

public struct ExportedExplanation: Sendable, Equatable {
  public var prediction: Prediction
  public var choice: ExplanationChoice
  public var attribution: TokenAttribution
  public var seconds: Double
  /// Whether the text is a molecule, which is drawn.
  public var isMolecule: Bool

  public init(
    prediction: Prediction, choice: ExplanationChoice, attribution: TokenAttribution,
    seconds: Double,
    isMolecule: Bool = false
  ) {
    self.isMolecule = isMolecule
    self.prediction = prediction
    self.choice = choice
    self.attribution = attribution
    self.seconds = seconds
  }
}

/// A small table.
public struct ExportedTable: Sendable, Equatable {
  public var title: String
  public var header: [String]
  public var rows: [[String]]

  public init(title: String, header: [String], rows: [[String]]) {
    self.title = title
    self.header = header
    self.rows = rows
  }
}

/// Rows of the data set, and the notes on them.
public struct ExportedExamples: Sendable, Equatable {
  public var title: String
  /// The query that all rows match; empty for all rows.
  public var query: String
  public var rows: [Int]
  public var annotations: Annotations
  /// The table that contains the rows.
  @GrowingTable public var table: ExampleTable

  public init(
    title: String, query: String, rows: [Int], annotations: Annotations, of table: ExampleTable
  ) {
    self.title = title
    self.query = query
    self.rows = rows
    self.annotations = annotations
    self.table = table
  }
}
