public import Classifiers
public import Datasets
public import Reports
public import TerminalUI

/// Asks for a file with what is on the screen.
public struct ExportRequest: Sendable, Equatable {
  public var path: String
  public var format: ExportFormat
  /// What is there already may be replaced.
  public var mayReplace: Bool
  public var content: ExportContent
}

/// What is written.
public enum ExportContent: Sendable, Equatable {
  /// As `whylight explain` writes it.
  case explanation(Explanation, Prediction)
  case table(ExportTable)
  /// Rows of the data set as it is in the state.
  case examples(ExportedExamples)
  /// The screen as it is.
  case picture(Frame)
}

/// A small table.
public struct ExportTable: Sendable, Equatable {
  public var title: String
  public var header: [String]
  public var rows: [[String]]

  public init(title: String, header: [String], rows: [[String]]) {
    self.title = title
    self.header = header
    self.rows = rows
  }
}

/// Which rows of the data set, and what was written of them.
public struct ExportedExamples: Sendable, Equatable {
  public var title: String
  /// The query that all rows match; empty for all rows.
  public var query: String
  public var rows: [Int]
  public var annotations: Annotations
}

/// The outcome of an export.
public enum ExportEvent: Sendable {
  case written(ExportRequest, bytes: Int)
  /// A file of that name exists.
  case exists(ExportRequest)
  /// Why not, as a sentence.
  case failed(String)
}
