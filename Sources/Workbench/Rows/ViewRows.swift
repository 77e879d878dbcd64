public import Datasets

extension Lane {
  public static let view = Lane("view of the rows")
}

/// Which rows of a table match a query, in an order.
public struct ViewRows: Question {
  /// What is asked of the table, and how far that had come: a table only grows.
  public struct View: Sendable, Equatable {
    public var query: String
    public var order: ExampleView.Order
    public var isReversed: Bool
    public var annotations: Annotations
    /// How many rows the table had.
    public var rows: Int
    /// How many rows had evidence and a second answer, where the query asks for them.
    public var known: Int
    /// The texts are made of parts that are no words, which a query may ask for.
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

  public var table: ExampleTable
  public var view: View

  public init(_ view: View, of table: ExampleTable) {
    self.table = table
    self.view = view
  }

  public static func == (a: ViewRows, b: ViewRows) -> Bool { a.view == b.view }

  public func hash(into hasher: inout Hasher) {
    hasher.combine(view.query)
    hasher.combine(view.rows)
  }

  public var lane: Lane { .view }

  /// - Throws: `QueryError`, `CancellationError`.
  public func answer(_ lab: Lab, progress: @escaping Progress<ExampleView>) throws -> ExampleView {
    try table.view(
      try Query(view.query), order: view.order, isReversed: view.isReversed,
      annotations: view.annotations)
  }
}
