internal import Synchronization

/// Counts the model passes of a running job, for progress displays; each row of a batch counts as
/// one. May be read from another thread.
public final class PassCounter: Sendable {
  private let rows = Atomic<Int>(0)
  private let batches = Atomic<Int>(0)

  public init() {}

  public var passes: Int { rows.load(ordering: .relaxed) }
  /// Calls of the model, each with a batch of rows.
  public var calls: Int { batches.load(ordering: .relaxed) }

  func add(_ rows: Int) {
    self.rows.wrappingAdd(rows, ordering: .relaxed)
    batches.wrappingAdd(1, ordering: .relaxed)
  }
}
