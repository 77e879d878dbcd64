internal import Synchronization

/// Counts the model passes of a job while it runs, for whoever shows how far it is: a row of a batch
/// counts as one. May be read from another thread.
public final class PassCounter: Sendable {
  private let count = Atomic<Int>(0)

  public init() {}

  public var passes: Int { count.load(ordering: .relaxed) }

  func add(_ rows: Int) { count.wrappingAdd(rows, ordering: .relaxed) }
}
