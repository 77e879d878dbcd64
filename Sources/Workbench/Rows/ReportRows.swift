public import Datasets

extension Lane {
  public static let report = Lane("report of the rows", isInBackground: true)
}

/// What the rows of a table add up to.
public struct ReportRows: Question {
  /// What is asked of the table, and how far that had come: a table only grows.
  public struct Report: Sendable, Hashable {
    public var rows: Int
    /// Queries; one that can't be read is left out.
    public var ownSlices: [String]
    /// How many rows the second model had answered.
    public var otherRows: Int

    /// The texts are made of parts that are no words.
    public var hasParts: Bool

    public init(
      rows: Int, ownSlices: [String], otherRows: Int = 0, hasParts: Bool = false
    ) {
      self.hasParts = hasParts
      self.rows = rows
      self.ownSlices = ownSlices
      self.otherRows = otherRows
    }
  }

  public var table: ExampleTable
  public var report: Report

  public init(_ report: Report, of table: ExampleTable) {
    self.table = table
    self.report = report
  }

  public static func == (a: ReportRows, b: ReportRows) -> Bool { a.report == b.report }

  public func hash(into hasher: inout Hasher) { hasher.combine(report) }

  public var lane: Lane { .report }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<ExampleReport>
  ) throws -> ExampleReport {
    try table.report(ownSlices: report.ownSlices.compactMap { try? Query($0) })
  }
}
