internal import Synchronization

/// The costs that a run has said. Of many texts each is news only where it is twice as high as what was
/// said of the same work.
package final class SaidCosts: Sendable {
  private let said = Mutex<[String: Double]>([:])

  package init() {}

  /// From here on a cost is worth a line that stays.
  private static let worthSeconds = 5.0

  /// Whether it should be said now; counts it as said.
  /// - Parameter work: what is done, as a method.
  package func isNews(_ cost: PassCost, of work: String) -> Bool {
    guard cost.seconds > Self.worthSeconds else { return false }
    return said.withLock { said in
      guard cost.seconds > 2 * (said[work] ?? 0) else { return false }
      said[work] = cost.seconds
      return true
    }
  }
}
