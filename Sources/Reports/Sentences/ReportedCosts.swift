internal import Synchronization

/// The costs that a run has reported. With many texts, a cost is reported again only if it is at
/// least twice the last one reported for the same work.
package final class ReportedCosts: Sendable {
  private let reported = Mutex<[String: Double]>([:])

  package init() {}

  /// Costs of at least this many seconds are reported.
  private static let worthSeconds = 5.0

  /// Whether it should be reported now; if so, it counts as reported.
  /// - Parameter work: the kind of work, such as a method.
  package func shouldReport(_ cost: PassCost, of work: String) -> Bool {
    guard cost.seconds > Self.worthSeconds else { return false }
    return reported.withLock { reported in
      guard cost.seconds > 2 * (reported[work] ?? 0) else { return false }
      reported[work] = cost.seconds
      return true
    }
  }
}
