public import Datasets

extension Lane {
  public static let report = Lane("report of the rows", isInBackground: true)
}

/// A summary of the rows of a table.
public struct ReportRows: Question {
  /// The parameters of the summary, and how many rows there were.
  public struct Report: Sendable, Hashable {
    public var rows: Int
    /// Queries; those that cannot be parsed are left out.
    public var ownSlices: [String]
    /// How many rows the second model had predicted.
    public var otherRows: Int
    /// Whether texts are made of parts other than words.
    public var hasParts: Bool

    public init(
      rows: Int, ownSlices: [String], otherRows: Int = 0, hasParts: Bool = false
    ) {
      self.rows = rows
      self.ownSlices = ownSlices
      self.otherRows = otherRows
      self.hasParts = hasParts
    }
  }

  @GrowingTable public var table: ExampleTable
  public var report: Report

  public init(_ report: Report, of table: ExampleTable) {
    self.table = table
    self.report = report
  }

  public var lane: Lane { .report }

  public func answer(
    _ lab: Lab, progress: @escaping Progress<ExampleReport>
  ) throws -> ExampleReport {
    try table.report(ownSlices: report.ownSlices.compactMap { try? Query($0) })
  }
}
