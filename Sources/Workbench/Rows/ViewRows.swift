public import Datasets

extension Lane {
  public static let view = Lane("view of the rows")
}

/// The rows of a table that match a query, in a given order.
public struct ViewRows: Question {
  /// The parameters of the view, and how many rows there were.
  public struct View: Sendable, Hashable {
    public var query: String
    public var order: ExampleView.Order
    public var isReversed: Bool
    public var annotations: Annotations
    /// The number of rows in the table.
    public var rows: Int
    /// How many rows had evidence and a second prediction, if the query uses them.
    public var known: Int
    /// Whether texts are made of parts other than words, which a query may use.
    public var hasParts: Bool

    public init(
      query: String, order: ExampleView.Order, isReversed: Bool, annotations: Annotations,
      rows: Int = 0, known: Int = 0, hasParts: Bool = false
    ) {
      self.query = query
      self.order = order
      self.isReversed = isReversed
      self.annotations = annotations
      self.rows = rows
      self.known = known
      self.hasParts = hasParts
    }
  }

  @GrowingTable public var table: ExampleTable
  public var view: View

  public init(_ view: View, of table: ExampleTable) {
    self.table = table
    self.view = view
  }

  public var lane: Lane { .view }

  /// - Throws: `QueryError`, `CancellationError`.
  public func answer(_ lab: Lab, progress: @escaping Progress<ExampleView>) throws -> ExampleView {
    try table.view(
      try Query(view.query), order: view.order, isReversed: view.isReversed,
      annotations: view.annotations)
  }
}
